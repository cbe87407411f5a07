//! The memory of the preview between two readings. Enters: files, each with its state on the disk. Leaves: documents
//! and findings, those of unchanged files taken from the last reading. Everything else that the reading of a document
//! or its findings depend on is in a key; a different key empties the memory. A build never uses it.

use crate::diagnostic::Sink;
use crate::files::{FOLDERS, FileState, SourcePath, file_state, list_files, settings_file};
use crate::kinds::{Document, Kind};
use crate::rules::{Judged, ReadFile};
use crate::site::Inheritance;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Documents as they were last read.
#[derive(Debug, Default)]
pub struct Memory {
    reading: Option<blake3::Hash>,
    inheriting: Option<blake3::Hash>,
    judging: Option<blake3::Hash>,
    files: BTreeMap<String, Remembered>,
    changed: BTreeSet<PathBuf>,
}

#[derive(Debug)]
struct Remembered {
    state: Option<FileState>,
    file: Option<ReadFile>,
    /// The document with what it inherits.
    filled: Option<Arc<Document>>,
    faults: Sink,
    judged: Option<Vec<Judged>>,
}

impl Memory {
    /// Forgets everything.
    pub fn forget(&mut self) {
        *self = Memory::default();
    }

    /// Files that are read again in any state, since the times on a disk are coarse.
    pub fn mark(&mut self, paths: BTreeSet<PathBuf>) {
        self.changed.extend(paths);
    }

    /// The files, read where the last reading cannot be used. The key is a hash of everything else that a reading
    /// depends on.
    pub(super) fn read(
        &mut self,
        found: &[(SourcePath, &'static Kind)],
        key: blake3::Hash,
        read: impl Fn(&SourcePath, &'static Kind) -> (Option<ReadFile>, Sink) + Sync,
        sink: &mut Sink,
    ) -> Vec<ReadFile> {
        if self.reading.replace(key) != Some(key) {
            self.files.clear();
        }
        let (known, changed) = (&self.files, std::mem::take(&mut self.changed));
        let fresh: Vec<Option<Remembered>> = found
            .par_iter()
            .map(|(found, kind)| {
                // The state is taken before reading, so that a file that changes meanwhile is read again the next time.
                let state = file_state(found);
                let same = |known: &Remembered| state.is_some() && known.state == state;
                if known.get(&found.path).is_some_and(same) && !changed.contains(&found.disk) {
                    return None;
                }
                let (file, faults) = read(found, kind);
                Some(Remembered {
                    state,
                    file,
                    filled: None,
                    faults,
                    judged: None,
                })
            })
            .collect();
        let mut before = std::mem::take(&mut self.files);
        for ((found, _), fresh) in found.iter().zip(fresh) {
            if let Some(file) = fresh.or_else(|| before.remove(&found.path)) {
                sink.absorb(file.faults.clone());
                self.files.insert(found.path.clone(), file);
            }
        }
        self.files()
    }

    /// The files as they were last read.
    pub(super) fn files(&self) -> Vec<ReadFile> {
        let kept = self.files.values();
        kept.filter_map(|one| one.file.clone()).collect()
    }

    /// The documents with inherited fields, in the order of the files; only new ones are copied and filled in.
    pub(super) fn fill(&mut self, inheritance: &Inheritance<'_>) -> Vec<Arc<Document>> {
        let key = blake3::hash(format!("{inheritance:?}").as_bytes());
        let same = self.inheriting.replace(key) == Some(key);
        let mut files: Vec<&mut Remembered> = self.files.values_mut().collect();
        files.par_iter_mut().for_each(|one| {
            let read = one.file.as_ref().and_then(|file| file.document.as_ref());
            if let Some(read) = read
                && (!same || one.filled.is_none())
            {
                let mut document = Document::clone(read);
                inheritance.fill(&mut document);
                one.filled = Some(Arc::new(document));
            }
        });
        let filled = self.files.values().filter_map(|one| one.filled.clone());
        filled.collect()
    }

    /// The findings of the files; only files without findings from the last time are judged. The key is a hash of
    /// everything else that a finding depends on.
    pub(super) fn judge(
        &mut self,
        key: blake3::Hash,
        judge: impl Fn(&ReadFile) -> Vec<Judged> + Sync,
    ) -> Vec<Judged> {
        let same = self.judging.replace(key) == Some(key);
        let mut files: Vec<&mut Remembered> = self.files.values_mut().collect();
        files.par_iter_mut().for_each(|one| {
            if let Some(file) = &one.file
                && (!same || one.judged.is_none())
            {
                one.judged = Some(judge(file));
            }
        });
        let judged = self.files.values().filter_map(|one| one.judged.as_ref());
        judged.flatten().cloned().collect()
    }
}

/// A hash of the metadata of all files of a site, without reading them. It differs if any file changed.
pub fn source_snapshot(site: &Path) -> blake3::Hash {
    // Faults of listing are reported when the site is read.
    let mut sink = Sink::default();
    let root = site.canonicalize().unwrap_or_else(|_| site.to_owned());
    let mut found: Vec<SourcePath> = settings_file(&root, &mut sink).into_iter().collect();
    for folder in FOLDERS {
        found.extend(list_files(&root, folder, &mut sink));
    }
    let states: Vec<_> = found
        .par_iter()
        .map(|one| (&one.path, file_state(one)))
        .collect();
    blake3::hash(format!("{states:?}").as_bytes())
}
