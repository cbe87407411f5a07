//! The site as data: its documents, and the facts that depend on several of them. `link` makes it, and `edition` makes
//! the same site in another language.

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

/// A document of the site, with the facts that depend on other documents.
#[derive(Debug, Clone)]
pub struct ResolvedDocument {
    /// The document, with the fields that it inherits from its campaign or the site.
    pub document: Arc<Document>,
    /// Its state at the moment of the build.
    pub state: State,
    /// Documents that it names, as indices in `Site::documents`.
    pub names: Vec<usize>,
    /// Documents that name this document.
    pub named_by: Vec<usize>,
    /// Documents that it replaces, in the order written.
    pub replaces: Vec<usize>,
    /// The grade that a posting names: the index of the ladder and the id of the grade.
    pub grade: Option<(usize, String)>,
}

/// The input of all pages. It does not change after `link` has made it.
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
    /// The rank of every document in the order of lists.
    pub ranks: Vec<u32>,
    /// Files beside documents that a visible document links to, sorted by path.
    pub attachments: Vec<SourcePath>,
    /// Former addresses, as paths of outputs, each with the index of the document that it redirects to.
    pub redirects: Vec<(String, usize)>,
    /// Files copied as they are.
    pub static_files: Vec<SourcePath>,
    /// The moment for which the states of documents hold.
    pub now: Timestamp,
    /// Whether the site contains drafts.
    pub drafts: bool,
    /// The commit of the content, if the portal states it.
    pub revision: Option<Revision>,
    /// The next moment at which a document changes state, and the index of the document if it is visible now.
    pub next_change: Option<(Timestamp, Option<usize>)>,
    /// All documents of the source, visible or not.
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

    /// The path of a document's page: `jobs/J-2026-001/index.html`. Plain pages are in the top folder.
    pub fn document_path(&self, id: &DocId) -> String {
        format!("{}/index.html", document_folder(id))
    }

    /// The path of a posting's poster: `jobs/J-2026-001/poster.png`.
    pub fn poster_path(&self, index: usize, format: &str) -> String {
        let folder = document_folder(&self.documents[index].document.id);
        format!("{folder}/poster.{format}")
    }

    /// Whether lists, feeds and the sitemap name a document.
    pub fn is_listed(&self, index: usize) -> bool {
        self.documents[index].state.is_listed()
    }

    /// The list of a vocabulary entry, if it has one.
    pub fn entry_list(&self, vocabulary: VocabularyName, id: &str) -> Option<&List> {
        let folder = format!("{}/{id}", vocabulary.folder());
        self.list_at(&folder).map(|index| &self.lists[index])
    }

    /// The index of the list in a folder of the output.
    pub fn list_at(&self, folder: &str) -> Option<usize> {
        self.lists_by_folder.get(folder).copied()
    }

    /// Whether the portal has a copy of a file beside documents.
    pub fn has_attachment(&self, path: &str) -> bool {
        self.attachments
            .binary_search_by(|found| found.path.as_str().cmp(path))
            .is_ok()
    }
}
