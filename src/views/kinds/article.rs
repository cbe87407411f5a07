//! What the page and row of an article or a policy show.

use super::BodyView;
use crate::kinds::{Article, Document};
use crate::views::{DateView, RedlineView, View, Views};
use anyhow::Result;
use serde::Serialize;

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
        #[derive(Serialize)]
        struct PolicyView<'a> {
            number: &'a Option<String>,
            issuer: &'a Option<String>,
            issued: Option<DateView>,
            effective: Option<DateView>,
            supersedes: &'a [String],
            version: &'a Option<String>,
            redline: Option<RedlineView>,
        }
        #[derive(Serialize)]
        struct ArticleView<'a> {
            authors: &'a [String],
            #[serde(rename = "abstract")]
            abstract_text: &'a Option<String>,
            keywords: &'a [String],
            classification: &'a Option<String>,
            policy: Option<PolicyView<'a>>,
        }
        Ok(View::of(&ArticleView {
            authors: &self.authors,
            abstract_text: &self.abstract_text,
            keywords: &self.keywords,
            classification: &self.classification,
            policy: self.policy.as_ref().map(|policy| PolicyView {
                number: &policy.number,
                issuer: &policy.issuer,
                issued: policy.issued.as_ref().map(|day| views.day(day.value)),
                effective: policy.effective.as_ref().map(|day| views.day(day.value)),
                supersedes: &policy.supersedes,
                version: &policy.version,
                redline: views.redline(document),
            }),
        }))
    }
}
