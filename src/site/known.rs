//! Every document that was read, by id and by file. Enters: all documents, in the site's order. Leaves: their places in
//! the site, for the visible ones. A reference to a document that is not visible is not a fault.

use super::document_folder;
use crate::kinds::{DocId, Document};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A kind, an id in lower case, a place.
type IdEntry = (&'static str, String, usize);

/// The documents that were read. The lists of places are sorted vectors, since the preview rebuilds them after every
/// save.
#[derive(Debug)]
pub(super) struct Known {
    /// Each with its place in the site, where it is shown.
    documents: Vec<(Arc<Document>, Option<usize>)>,
    /// Kinds and ids in lower case, sorted, with places in `documents`.
    by_id: Vec<IdEntry>,
    /// Places in `documents`, sorted by the path of the file.
    by_path: Vec<usize>,
    /// Folders of documents that are not visible, in lower case: no link may lead there.
    hidden: BTreeSet<String>,
}

impl Known {
    /// All documents, with their places in the site.
    pub(super) fn of(documents: Vec<(Arc<Document>, Option<usize>)>) -> Known {
        let ids = documents.iter().map(|(document, _)| &document.id);
        let mut by_id: Vec<_> = ids
            .zip(0..)
            .map(|(id, at)| (id.kind.name, id.id.to_lowercase(), at))
            .collect();
        by_id.sort_unstable();
        let mut by_path: Vec<usize> = (0..documents.len()).collect();
        by_path.sort_by_key(|at| documents[*at].0.source.path.as_str());
        let mut known = Known {
            documents,
            by_id,
            by_path,
            hidden: BTreeSet::new(),
        };
        let folder = |id: &DocId| document_folder(id).to_lowercase();
        let ids = known.documents.iter().map(|(document, _)| &document.id);
        let hidden = ids.filter(|id| known.find(id.kind.name, &id.id).is_none());
        known.hidden = hidden.map(folder).collect();
        known
    }

    /// Every document, shown or not, in the site's order.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().map(|(document, _)| document.as_ref())
    }

    /// The place of a visible document, by kind and id, ignoring case.
    pub(super) fn find(&self, kind: &str, id: &str) -> Option<usize> {
        let mut same = self.with_id(kind, id).iter();
        same.find_map(|(_, _, at)| self.documents[*at].1)
    }

    /// The place of a document that is shown, by its file.
    pub(super) fn find_path(&self, path: &str) -> Option<usize> {
        self.documents[self.at_path(path)?].1
    }

    /// Whether a document was read from a file.
    pub(super) fn has_path(&self, path: &str) -> bool {
        self.at_path(path).is_some()
    }

    /// The files that documents were read from.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let documents = self.documents.iter();
        documents.map(|(document, _)| document.source.path.as_str())
    }

    /// Whether a document has an id, ignoring case.
    pub(super) fn has(&self, kind: &str, id: &str) -> bool {
        !self.with_id(kind, id).is_empty()
    }

    /// The ids of a kind, as written.
    pub(super) fn ids(&self, kind: &str) -> impl Iterator<Item = &str> {
        let ids = self.documents.iter().map(|(document, _)| &document.id);
        ids.filter(move |id| id.kind.name == kind)
            .map(|id| id.id.as_str())
    }

    /// Whether a folder, in lower case, would be that of a document that is not visible.
    pub(super) fn is_hidden(&self, folder: &str) -> bool {
        self.hidden.contains(folder)
    }

    /// Documents with an id that another document already has, each with that other one: the first by the path of its
    /// file.
    pub(super) fn duplicates(&self) -> impl Iterator<Item = (&Document, &Document)> {
        let same_id = |a: &IdEntry, b: &IdEntry| (a.0, &a.1) == (b.0, &b.1);
        let groups = self.by_id.chunk_by(same_id).filter(|group| group.len() > 1);
        groups.flat_map(|group| {
            let same = group
                .iter()
                .map(|(_, _, at)| self.documents[*at].0.as_ref());
            let mut same: Vec<&Document> = same.collect();
            same.sort_by(|a, b| a.source.path.cmp(&b.source.path));
            let first = same.remove(0);
            same.into_iter().map(move |other| (first, other))
        })
    }

    fn with_id(&self, kind: &str, id: &str) -> &[IdEntry] {
        let id = id.to_lowercase();
        let wanted = (kind, id.as_str());
        let start = self
            .by_id
            .partition_point(|(kind, id, _)| (*kind, id.as_str()) < wanted);
        let same = self.by_id[start..].iter();
        let count = same
            .take_while(|(kind, id, _)| (*kind, id.as_str()) == wanted)
            .count();
        &self.by_id[start..start + count]
    }

    fn at_path(&self, path: &str) -> Option<usize> {
        let path_of = |at: &usize| self.documents[*at].0.source.path.as_str();
        let found = self.by_path.binary_search_by(|at| path_of(at).cmp(path));
        found.ok().map(|place| self.by_path[place])
    }
}
