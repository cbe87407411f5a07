//! The view of a plain page.

use super::BodyView;
use crate::kinds::{Document, Page};
use crate::views::{View, Views};
use anyhow::Result;

impl BodyView for Page {
    fn view(&self, _document: &Document, views: &Views) -> Result<View> {
        Ok(views.record(&[]))
    }
}
