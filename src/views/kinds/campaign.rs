//! What a campaign's page and row show.

use super::BodyView;
use super::recruiting::{
    ApplyView, GraduationView, StepView, view_apply, view_graduation, view_steps,
};
use crate::fields::VocabularyName;
use crate::kinds::{Campaign, Document};
use crate::views::{DateView, EntryView, View, Views, WordView};
use anyhow::Result;
use serde::Serialize;

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
        #[derive(Serialize)]
        struct CampaignView {
            recruitment: Option<WordView>,
            unit: Option<EntryView>,
            opens: Option<DateView>,
            closes: Option<DateView>,
            steps: Vec<StepView>,
            apply: Option<ApplyView>,
            graduation: Vec<GraduationView>,
            class: Option<String>,
            conditions: Vec<String>,
        }
        Ok(View::of(&CampaignView {
            recruitment: self
                .recruitment
                .map(|recruitment| views.word("recruitment", recruitment)),
            unit: self
                .unit
                .as_ref()
                .map(|unit| views.entry(VocabularyName::Units, &unit.0)),
            opens: self.opens.as_ref().map(|opens| views.moment(&opens.value)),
            closes: self
                .closes
                .as_ref()
                .map(|closes| views.moment(&closes.value)),
            steps: view_steps(&self.steps, views),
            apply: self
                .apply
                .as_ref()
                .map(|apply| view_apply(apply, &document.shared.title, "")),
            graduation: self
                .graduation
                .as_ref()
                .map(|graduation| view_graduation(graduation, views))
                .unwrap_or_default(),
            class: self.class.clone(),
            conditions: self.conditions.clone(),
        })
        .with("jobs", View::list(views.jobs_naming(document))))
    }
}
