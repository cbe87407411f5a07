//! The site as data: its documents with what follows from all of them together. `link` makes it, and `edition` makes the
//! same site in other words.

use super::known::Known;
use super::lifecycle::State;
use super::list::List;
use super::paths::document_folder;
use super::revision::Revision;
use crate::fields::{Vocabularies, VocabularyName};
use crate::files::SourcePath;
use crate::kinds::{Config, DocId, Document};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document in the site with everything that follows from the other documents.
#[derive(Debug, Clone)]
pub struct ResolvedDocument {
    /// The document, its campaign's fields filled in.
    pub document: Arc<Document>,
    /// Its state at the moment of the build.
    pub state: State,
    /// Documents that it names, as places in `Site::documents`.
    pub names: Vec<usize>,
    /// Documents that name it.
    pub named_by: Vec<usize>,
    /// Documents whose place it takes, in the order written.
    pub replaces: Vec<usize>,
    /// The grade that a posting names: the ladder's place and the grade's id.
    pub grade: Option<(usize, String)>,
}

/// Everything that pages are made of. Nothing changes it once it is linked.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: Vocabularies,
    /// The visible documents, by kind and id.
    pub documents: Vec<ResolvedDocument>,
    /// The lists, parents before children.
    pub lists: Vec<List>,
    /// The place of every document in the order of lists.
    pub ranks: Vec<u32>,
    /// Files beside documents that a shown document links, by path.
    pub attachments: Vec<SourcePath>,
    /// Former addresses, as paths of outputs, with the document that each leads to.
    pub redirects: Vec<(String, usize)>,
    /// Files copied as they are.
    pub static_files: Vec<SourcePath>,
    /// The moment that states were computed for.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The commit that the content was read from, where the portal is to state it.
    pub revision: Option<Revision>,
    /// The next moment at which a page changes state.
    pub next_change: Option<(Timestamp, Option<usize>)>,
    /// Every document that was read, shown or not.
    pub(super) known: Arc<Known>,
    pub(super) lists_by_folder: BTreeMap<String, usize>,
}

impl Site {
    /// A document by kind and id, ignoring case.
    pub fn find(&self, kind: &str, id: &str) -> Option<usize> {
        self.known.find(kind, id)
    }

    /// Every document that was read, shown or not, by kind and id.
    pub fn all_documents(&self) -> impl Iterator<Item = &Document> {
        self.known.documents()
    }

    /// A document by its file's path.
    pub fn find_path(&self, path: &str) -> Option<usize> {
        self.known.find_path(path)
    }

    /// Where a document is: `jobs/J-2026-001/index.html`; plain pages are at the top.
    pub fn document_path(&self, id: &DocId) -> String {
        format!("{}/index.html", document_folder(id))
    }

    /// Where a posting's poster is: `jobs/J-2026-001/poster.png`.
    pub fn poster_path(&self, index: usize, format: &str) -> String {
        let folder = document_folder(&self.documents[index].document.id);
        format!("{folder}/poster.{format}")
    }

    /// Whether a posting or campaign takes applications, or will.
    pub fn is_listed(&self, index: usize) -> bool {
        self.documents[index].state.is_listed()
    }

    /// The list of one vocabulary entry, where there is one.
    pub fn entry_list(&self, vocabulary: VocabularyName, id: &str) -> Option<&List> {
        let folder = format!("{}/{id}", vocabulary.folder());
        self.list_at(&folder).map(|index| &self.lists[index])
    }

    /// The list in a folder of the output.
    pub fn list_at(&self, folder: &str) -> Option<usize> {
        self.lists_by_folder.get(folder).copied()
    }

    /// Whether a file beside documents is copied.
    pub fn has_attachment(&self, path: &str) -> bool {
        self.attachments
            .binary_search_by(|found| found.path.as_str().cmp(path))
            .is_ok()
    }
}
