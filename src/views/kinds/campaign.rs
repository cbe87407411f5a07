//! The view of a campaign, for its page and its row.

use super::BodyView;
use super::recruiting::{view_apply, view_steps};
use crate::fields::Record;
use crate::kinds::{Campaign, Document};
use crate::views::{View, Views};
use anyhow::Result;

impl BodyView for Campaign {
    fn facts(&self, views: &Views) -> Vec<String> {
        let unit = self.unit.iter().map(|unit| unit.0.name.clone());
        unit.chain(
            self.recruitment
                .map(|recruitment| views.word("recruitment", recruitment).name),
        )
        .collect()
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        let apply = self
            .apply
            .as_ref()
            .map(|apply| view_apply(apply, &document.shared.title, ""));
        Ok(views
            .record(&self.display_fields())
            .with("apply", View::of(&apply))
            .with("steps", View::of(&view_steps(&self.steps, views)))
            .with("jobs", View::list(views.jobs_naming(document))))
    }
}
