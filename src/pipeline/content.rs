//! The files of `content/`, sorted by their use: documents with their kinds, texts for editions, everything else.

use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::Vocabularies;
use crate::files::{SourcePath, load_bytes, load_text};
use crate::kinds::{Config, Document, KINDS, Kind, read_document};
use crate::outputs::PreviousJobs;
use crate::rules::ReadFile;
use crate::say;
use crate::site::{Override, document_folder, override_path, unused_override};
use crate::text::Language;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The files of `content/` by what they are.
#[derive(Default)]
pub(super) struct Sorted {
    /// Documents, each with its kind.
    pub(super) documents: Vec<(SourcePath, &'static Kind)>,
    /// Texts of documents for one edition, with the path of the document.
    pub(super) overrides: Vec<(SourcePath, String, Language)>,
    /// Everything else.
    pub(super) files: Vec<SourcePath>,
}

/// Separates documents from their texts for editions and from other files. Markdown outside the kinds' folders is a
/// fault.
pub(super) fn sort_files(found: Vec<SourcePath>, sink: &mut Sink) -> Sorted {
    let mut sorted = Sorted::default();
    for file in found {
        if !file.path.ends_with(".md") {
            sorted.files.push(file);
            continue;
        }
        if let Some((of, language)) = override_path(&file.path) {
            sorted.overrides.push((file, of, language));
            continue;
        }
        let folder = file.path.split('/').nth(1).unwrap_or("");
        if let Some(kind) = KINDS
            .iter()
            .find(|kind| kind.folder == folder && file.path.matches('/').count() > 1)
        {
            sorted.documents.push((file, kind));
        } else {
            let folders: Vec<&str> = KINDS.iter().map(|kind| kind.folder).collect();
            sink.push(
                Diagnostic::error(
                    "unknown-kind",
                    say!(
                        "不知道“{}”是哪一类文档",
                        "`{}` belongs to no kind",
                        file.path
                    ),
                )
                .in_path(file.path)
                .help(say!(
                    "放进 content/ 下面的这些文件夹之一：{0}",
                    "put it into one of these folders under content/: {0}",
                    folders.join("、")
                )),
            );
        }
    }
    sorted
}

/// Reads the texts that authors wrote for one edition.
pub(super) fn read_overrides(sorted: &Sorted, config: &Config, sink: &mut Sink) -> Vec<Override> {
    let mut overrides = Vec::new();
    if sorted.overrides.is_empty() {
        return overrides;
    }
    let documents = sorted
        .documents
        .iter()
        .map(|(found, _)| found.path.as_str());
    let documents: BTreeSet<&str> = documents.collect();
    for (found, of, language) in &sorted.overrides {
        let Some(source) = load_text(found, sink) else {
            continue;
        };
        let known = documents.contains(of.as_str());
        let published = config
            .editions
            .iter()
            .skip(1)
            .any(|edition| edition == language);
        if known && published {
            overrides.extend(Override::read(&source, of, *language, sink));
        } else {
            sink.push(unused_override(&source, of, *language, known));
        }
    }
    overrides
}

/// The postings of an earlier output.
pub(super) fn load_previous(folder: &Path) -> Result<PreviousJobs> {
    let jobs = folder.join("jobs.json");
    let name = folder.display();
    let bytes = load_bytes(&jobs).map_err(|_| {
        anyhow::anyhow!(say!(
            "--previous {name}：这里没有以前生成的门户（缺 jobs.json）。第一次生成时不要写 --previous",
            "--previous {name}: no earlier portal is here (jobs.json is missing); leave the flag out of a first build"
        ))
    })?;
    PreviousJobs::parse(&bytes).ok_or_else(|| {
        anyhow::anyhow!(say!(
            "--previous {name}：jobs.json 读不懂，可能不是这个程序生成的，或没有复制完整",
            "--previous {name}: its jobs.json cannot be read; another program wrote it, or the copy is not whole"
        ))
    })
}

/// Titles of the documents that a build leaves out because they are internal, by the folder of their pages.
pub(super) fn internal_titles(
    documents: &[Arc<Document>],
    config: &Config,
) -> BTreeMap<String, String> {
    let internal = documents
        .iter()
        .filter(|document| !config.shows(document.visibility()));
    internal
        .map(|document| (document_folder(&document.id), document.shared.title.clone()))
        .collect()
}

/// Reads one document and collects its faults.
pub(super) fn read_file(
    found: &SourcePath,
    kind: &'static Kind,
    vocabularies: &Vocabularies,
    language: Language,
) -> (Option<ReadFile>, Sink) {
    let mut own = Sink::default();
    let file = load_text(found, &mut own).map(|source| ReadFile {
        document: read_document(&source, kind, vocabularies, language, &mut own).map(Arc::new),
        source,
        kind,
    });
    (file, own)
}

/// Reads all documents, on all cores, in the order of the files.
pub(super) fn read_documents(
    markdown: &[(SourcePath, &'static Kind)],
    read: impl Fn(&SourcePath, &'static Kind) -> (Option<ReadFile>, Sink) + Sync,
    sink: &mut Sink,
) -> Vec<ReadFile> {
    let read: Vec<(Option<ReadFile>, Sink)> = markdown
        .par_iter()
        .map(|(found, kind)| read(found, kind))
        .collect();
    let mut files = Vec::with_capacity(read.len());
    for (file, own) in read {
        sink.absorb(own);
        files.extend(file);
    }
    files
}
