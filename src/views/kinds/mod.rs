//! The views of the kinds, one file a kind, named like the kind's own file in `crate::kinds`.

mod article;
mod campaign;
mod conditions;
mod exam;
mod job;
mod ladder;
mod notice;
mod page;
mod product;
mod recruiting;
mod report;
mod scorecard;

use super::{View, Views};
use crate::kinds::{Body, Document};
use anyhow::Result;

/// The view of the fields of a document's own kind, for its page and its row.
pub trait BodyView {
    /// The short facts of the document's row in a list, such as department and place.
    fn facts(&self, _views: &Views) -> Vec<String> {
        Vec::new()
    }
    /// The part of `doc` that only the kind's template needs, beside the shared fields.
    ///
    /// # Errors
    /// Returns an error if the data of the page cannot be serialised.
    fn view(&self, document: &Document, views: &Views) -> Result<View>;
    /// The body as HTML, where the kind reads it in its own way.
    fn body_html(&self, document: &Document, views: &Views) -> String {
        views.markdown(document)
    }
}

/// The view of a document's own fields.
pub fn body_view(body: &Body) -> &dyn BodyView {
    match body {
        Body::Job(job) => job.as_ref(),
        Body::Campaign(campaign) => campaign.as_ref(),
        Body::Notice(notice) => notice.as_ref(),
        Body::Report(report) => report.as_ref(),
        Body::Product(product) => product.as_ref(),
        Body::Exam(exam) => exam.as_ref(),
        Body::Article(article) => article.as_ref(),
        Body::Ladder(ladder) => ladder.as_ref(),
        Body::Scorecard(scorecard) => scorecard.as_ref(),
        Body::Page(page) => page.as_ref(),
    }
}
