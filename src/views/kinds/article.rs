//! The view of an article or a policy, for its page and its row.

use super::BodyView;
use crate::fields::Record;
use crate::kinds::{Article, Document};
use crate::views::{View, Views};
use anyhow::Result;

impl BodyView for Article {
    fn facts(&self, _views: &Views) -> Vec<String> {
        match &self.policy {
            Some(policy) => [&policy.number, &policy.issuer, &policy.version]
                .into_iter()
                .flatten()
                .cloned()
                .collect(),
            None => self.authors.clone(),
        }
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        let view = views.record(&self.display_fields());
        Ok(match &self.policy {
            None => view,
            Some(policy) => view.with(
                "policy",
                views
                    .record(&policy.display_fields())
                    .with("redline", View::of(&views.redline(document))),
            ),
        })
    }
}
