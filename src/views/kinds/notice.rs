//! What a notice's page and row show.

use super::BodyView;
use crate::kinds::{Document, Notice};
use crate::views::{DateView, LinkView, View, Views};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Notice {
    fn facts(&self, _views: &Views) -> Vec<String> {
        self.notice_type.iter().cloned().collect()
    }

    fn view(&self, _document: &Document, views: &Views) -> Result<View> {
        #[derive(Serialize)]
        struct NoticeView {
            notice_type: Option<String>,
            campaign: Option<LinkView>,
            until: Option<DateView>,
        }
        Ok(View::of(&NoticeView {
            notice_type: self.notice_type.clone(),
            campaign: self
                .campaign
                .as_ref()
                .and_then(|campaign| views.reference(campaign.target())),
            until: self.until.as_ref().map(|day| views.day(day.value)),
        }))
    }
}
