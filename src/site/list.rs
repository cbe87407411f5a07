//! One list of documents: its subject, and the paths of its pages.

use crate::fields::VocabularyName;
use crate::kinds::{Kind, Recruitment};

/// Rows on one page of a list.
pub const ROWS_PER_PAGE: usize = 30;

/// The subject of a list.
#[derive(Debug, Clone)]
pub enum ListKey {
    /// All documents of a kind.
    Kind(&'static Kind),
    /// The overview of a vocabulary's entries.
    Entries(VocabularyName),
    /// The postings of one entry.
    Entry(VocabularyName, String),
    /// The overview of recruitment types.
    Recruitments,
    /// The postings of one recruitment type.
    Recruitment(Recruitment),
}

/// One list.
#[derive(Debug)]
pub struct List {
    /// Its subject.
    pub key: ListKey,
    /// Its folder in the output: `departments/risk`.
    pub folder: String,
    /// The name of an entry, for words without a vocabulary file.
    pub name: String,
    /// Members that are listed now, in order.
    pub documents: Vec<usize>,
}

impl List {
    /// How many pages the list has, at least one.
    pub fn page_count(&self) -> usize {
        self.documents.len().div_ceil(ROWS_PER_PAGE).max(1)
    }

    /// The output path of one page, from 1.
    pub fn page_path(&self, page: usize) -> String {
        match page {
            0 | 1 => format!("{}/index.html", self.folder),
            page => format!("{}/page/{page}/index.html", self.folder),
        }
    }

    /// Whether the list has feeds: lists of documents have them, overviews have not.
    pub fn has_feed(&self) -> bool {
        !matches!(self.key, ListKey::Entries(_) | ListKey::Recruitments)
    }

    /// Whether the list has a calendar: lists of postings and campaigns have one.
    pub fn has_calendar(&self) -> bool {
        match self.key {
            ListKey::Kind(kind) => kind.applies,
            _ => self.has_feed(),
        }
    }
}
