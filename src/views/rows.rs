//! Rows of lists, and the postings that a page shows as rows: those that name a document, those at a grade of a ladder,
//! those like another. Enters: documents of the site by index. Leaves: views of rows, each made once.
//!
//! ```text
//! ResolvedDocument (site) ──▶ RowView ──▶ partials/row.html ──▶ `row.html` of a list
//!                   RowView::pattern ──▶ <template id="gw-row"> ──▶ js/00-start.js
//! ```

use super::{DateView, TransitionsView, View, Views, WordView, body_view};
use crate::fields::VocabularyName;
use crate::kinds::Document;
use crate::site::State;
use serde::Serialize;
use std::cmp::Reverse;

/// Similar postings that a page shows.
const SIMILAR: usize = 4;
/// The lowest score of a similar posting: the same category, or the same department and place.
const SIMILAR_SCORE: u32 = 4;
/// How many of the newest in each list are compared for similarity, so that the cost does not grow with the site.
const SIMILAR_CANDIDATES: usize = 30;

/// A document's row in a list.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// The document's id.
    pub id: String,
    /// The kind's name.
    pub kind: &'static str,
    /// The title.
    pub title: String,
    /// The page.
    pub url: String,
    /// One sentence.
    pub summary: String,
    /// The language of title and summary.
    pub language: &'static str,
    /// Department, places, education, pay, or what the kind has instead.
    pub facts: Vec<String>,
    /// The day of publishing.
    pub published: Option<DateView>,
    /// When applications open.
    pub opens: Option<DateView>,
    /// The last day.
    pub closes: Option<DateView>,
    /// The state in words; `None` for kinds that do not open or close.
    pub state: Option<WordView>,
    /// When that changes.
    pub turns: Option<TransitionsView>,
    /// Whether it is internal.
    pub internal: bool,
}

impl RowView {
    /// A row of no document in which every part is present, for scripts that make rows: a fact, a summary, a state.
    pub(super) fn pattern(views: &Views) -> Self {
        RowView {
            id: String::new(),
            kind: "pattern",
            title: "…".to_owned(),
            url: views.link("index.html"),
            summary: "…".to_owned(),
            language: views.site.config.language.tag(),
            facts: vec![String::new()],
            published: None,
            opens: None,
            closes: None,
            state: Some(views.word("state", State::Closed)),
            turns: None,
            internal: false,
        }
    }
}

impl Views<'_> {
    /// A document's row.
    pub fn row(&self, index: usize) -> View {
        self.rows.get(index, || self.make_row(index))
    }

    fn make_row(&self, index: usize) -> View {
        let resolved = &self.site.documents[index];
        let document = &resolved.document;
        let window = document.body.as_kind().window();
        View::of(&RowView {
            id: document.id.id.clone(),
            kind: document.id.kind.name,
            title: document.shared.title.clone(),
            url: self.document_url(document),
            summary: document.summary().to_owned(),
            language: document.language(self.site.config.language).tag(),
            facts: body_view(&document.body).facts(self),
            published: document
                .shared
                .published
                .as_ref()
                .map(|day| self.day(day.value)),
            opens: window.opens.map(|opens| self.moment(opens)),
            closes: window.closes.map(|closes| self.moment(closes)),
            state: self.state(resolved),
            turns: self.transitions(resolved),
            internal: document.visibility() == crate::kinds::Visibility::Internal,
        })
    }

    /// Rows of listed postings out of some documents, in their lists' order.
    fn job_rows(&self, members: impl Iterator<Item = usize>) -> Vec<View> {
        let mut jobs: Vec<usize> = members
            .filter(|&index| {
                self.site.documents[index].document.body.job().is_some()
                    && self.site.is_listed(index)
            })
            .collect();
        crate::site::sort_documents(self.site, &mut jobs);
        jobs.into_iter().map(|index| self.row(index)).collect()
    }

    /// Postings that name a document.
    pub fn jobs_naming(&self, document: &Document) -> Vec<View> {
        match self.site.find(document.id.kind.name, &document.id.id) {
            Some(index) => self.job_rows(self.site.documents[index].named_by.iter().copied()),
            None => Vec::new(),
        }
    }

    /// Postings at one grade of a ladder.
    pub fn jobs_at_grade(&self, ladder: &Document, grade: &str) -> Vec<View> {
        let Some(index) = self.site.find("ladder", &ladder.id.id) else {
            return Vec::new();
        };
        let at_grade = |job: &usize| {
            let named = &self.site.documents[*job].grade;
            named
                .as_ref()
                .is_some_and(|(place, id)| *place == index && id == grade)
        };
        self.job_rows(
            self.site.documents[index]
                .named_by
                .iter()
                .copied()
                .filter(at_grade),
        )
    }

    /// Postings like this one: same category, department, place, type of recruitment; open ones only.
    pub fn similar_jobs(&self, document: &Document) -> Vec<View> {
        let Some(own) = document.body.job() else {
            return Vec::new();
        };
        let mut scores: Vec<(usize, u32)> = Vec::new();
        for (vocabulary, entry) in document.body.as_kind().entries() {
            let weight = match vocabulary {
                VocabularyName::Categories => 4,
                VocabularyName::Departments | VocabularyName::Locations => 2,
                VocabularyName::Units => 1,
            };
            let Some(list) = self.site.entry_list(vocabulary, &entry.id) else {
                continue;
            };
            scores.extend(
                list.documents
                    .iter()
                    .take(SIMILAR_CANDIDATES)
                    .map(|&index| (index, weight)),
            );
        }
        scores.sort_unstable();
        let candidates = scores.chunk_by(|a, b| a.0 == b.0).map(|same| {
            let score: u32 = same.iter().map(|(_, weight)| weight).sum();
            (score, same[0].0)
        });
        // The type of recruitment adds at most one, so that a posting with a lower score can be skipped here.
        let mut ranked: Vec<(u32, usize)> = candidates
            .filter(|(score, _)| score + 1 >= SIMILAR_SCORE)
            .filter_map(|(score, index)| {
                let other = &self.site.documents[index].document;
                let recruitment = other.body.job().map(|job| job.recruitment);
                let score = score + u32::from(recruitment == Some(own.recruitment));
                (score >= SIMILAR_SCORE && other.id.id != document.id.id).then_some((score, index))
            })
            .collect();
        ranked.sort_unstable_by_key(|(score, index)| (Reverse(*score), *index));
        ranked
            .into_iter()
            .take(SIMILAR)
            .map(|(_, index)| self.row(index))
            .collect()
    }
}
