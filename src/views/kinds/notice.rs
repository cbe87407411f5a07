//! The view of a notice, for its page and its row.

use super::BodyView;
use crate::fields::Record;
use crate::kinds::{Document, Notice};
use crate::views::{View, Views};
use anyhow::Result;

impl BodyView for Notice {
    fn facts(&self, _views: &Views) -> Vec<String> {
        self.notice_type.iter().cloned().collect()
    }

    fn view(&self, _document: &Document, views: &Views) -> Result<View> {
        Ok(views.record(&self.display_fields()))
    }
}
