//! What a product's page and row show.

use super::BodyView;
use crate::kinds::{Document, Product};
use crate::views::{DateView, View, Views};
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
        #[derive(Serialize)]
        struct ProductView<'a> {
            category: &'a Option<String>,
            provider: &'a Option<String>,
            audience: &'a Option<String>,
            channels: &'a [String],
            facts: Vec<FactView<'a>>,
            risk_notice: &'a Option<String>,
            contact: &'a Option<String>,
            valid_from: Option<DateView>,
            valid_to: Option<DateView>,
            jobs: Vec<View>,
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
        Ok(View::of(&ProductView {
            category: &self.category,
            provider: &self.provider,
            audience: &self.audience,
            channels: &self.channels,
            facts: stated
                .into_iter()
                .filter_map(|(key, value)| value.as_deref().map(|value| FactView { key, value }))
                .collect(),
            risk_notice: &self.risk_notice,
            contact: &self.contact,
            valid_from: self.valid_from.as_ref().map(|day| views.day(day.value)),
            valid_to: self.valid_to.as_ref().map(|day| views.day(day.value)),
            jobs: views.jobs_naming(document),
        }))
    }
}
