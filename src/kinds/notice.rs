//! A notice: interviews, tests, results, corrections.

use super::KindBody;
use super::reference::{CampaignRef, Reference};
use crate::fields::{Day, Located};
use crate::kinds::Document;
use crate::record;
use crate::views::{DateView, LinkView, View, Views};
use serde::Serialize;

record! {
    /// A notice's own fields.
    Notice {
        notice_type: Option<String> = "notice_type", "公告类型", Expected, "面试通知、笔试通知、录用公示、更正公告等", "what the notice is", "面试通知";
        campaign: Option<CampaignRef> = "campaign", "招聘批次", Optional, "招聘批次的编号", "a campaign's id", "";
        until: Option<Located<Day>> = "until", "公示截止", Optional, "公示到哪一天", "shown until this day", "";
    }
}

impl KindBody for Notice {
    fn references(&self) -> Vec<(&'static str, &Reference)> {
        self.campaign.iter().map(CampaignRef::target).collect()
    }

    fn facts(&self, _views: &Views) -> Vec<String> {
        self.notice_type.iter().cloned().collect()
    }

    fn view(&self, _document: &Document, views: &Views) -> View {
        #[derive(Serialize)]
        struct NoticeView {
            notice_type: Option<String>,
            campaign: Option<LinkView>,
            until: Option<DateView>,
        }
        View::of(&NoticeView {
            notice_type: self.notice_type.clone(),
            campaign: self
                .campaign
                .as_ref()
                .and_then(|campaign| views.reference(campaign.target())),
            until: self.until.as_ref().map(|day| views.day(day.value)),
        })
    }
}
