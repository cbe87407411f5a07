//! The view of a product, for its page and its row.

use super::BodyView;
use crate::fields::Record;
use crate::kinds::{Document, Product};
use crate::views::{View, Views};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Product {
    fn facts(&self, _views: &Views) -> Vec<String> {
        [&self.category, &self.provider, &self.audience]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        #[derive(Serialize)]
        struct FactView<'a> {
            key: &'static str,
            value: &'a str,
        }
        let facts = &self.facts;
        let stated = [
            ("rate", &facts.rate),
            ("fee", &facts.fee),
            ("term", &facts.term),
            ("minimum", &facts.minimum),
            ("risk_level", &facts.risk_level),
            ("currency", &facts.currency),
            ("registration", &facts.registration),
        ];
        let facts: Vec<FactView> = stated
            .into_iter()
            .filter_map(|(key, value)| value.as_deref().map(|value| FactView { key, value }))
            .collect();
        Ok(views
            .record(&self.display_fields())
            .with("facts", View::of(&facts))
            .with("jobs", View::list(views.jobs_naming(document))))
    }
}
