//! Ignored files: files that were meant as documents but have another extension. Enters: the files of `content/` and
//! the documents that were read. Leaves: a warning for each that no document links to, since it would be missed on no
//! page.

use super::content::Sorted;
use crate::diagnostic::{Diagnostic, Sink};
use crate::kinds::KINDS;
use crate::rules::ReadFile;
use crate::say;
use crate::site::{Override, linked_path};
use crate::text::url::decode;
use std::collections::BTreeSet;

/// Ends of names under which an editor, or a system that hides them, keeps markdown.
const MARKDOWN: &[&str] = &["md", "markdown", "txt"];
/// Ends of names of documents of word processors.
const WORD: &[&str] = &["docx", "doc", "wps"];

/// Warns of every file in a kind's folder that looks like a document but is ignored, if no document links to it.
pub(super) fn report_ignored(
    sorted: &Sorted,
    files: &[ReadFile],
    overrides: &[Override],
    sink: &mut Sink,
) {
    let meant = |path: &str| {
        let (stem, end) = path.rsplit_once('.')?;
        let end = end.to_lowercase();
        let is_known = MARKDOWN.contains(&end.as_str()) || WORD.contains(&end.as_str());
        let mut folders = path.split('/').skip(1);
        let kind = folders.next().filter(|_| folders.next().is_some())?;
        let is_kind = KINDS.iter().any(|known| known.folder == kind);
        (is_known && is_kind).then(|| (stem.to_owned(), WORD.contains(&end.as_str())))
    };
    let meant: Vec<(&str, String, bool)> = sorted
        .files
        .iter()
        .filter_map(|file| {
            meant(&file.path).map(|(stem, is_word)| (file.path.as_str(), stem, is_word))
        })
        .collect();
    if meant.is_empty() {
        return;
    }
    let linked: BTreeSet<String> = files
        .iter()
        .filter_map(|file| file.document.as_deref())
        .flat_map(|document| {
            let links = document.outline.links.iter();
            links.filter_map(|link| linked_path(document, &link.target))
        })
        .collect();
    // The links of a text for an edition, or of a document with faults, are not known: the file's name in it is enough.
    let unknown = files.iter().filter(|file| file.document.is_none());
    let texts: Vec<_> = unknown
        .map(|file| &file.source)
        .chain(overrides.iter().map(|over| &over.source))
        .map(|source| decode(&source.text))
        .collect();
    for (path, stem, is_word) in meant {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !linked.contains(path) && !texts.iter().any(|text| text.contains(name)) {
            sink.push(unpublished(path, &stem, is_word));
        }
    }
}

fn unpublished(path: &str, stem: &str, is_word: bool) -> Diagnostic {
    let stem = if stem.to_lowercase().ends_with(".md") {
        &stem[..stem.len() - ".md".len()]
    } else {
        stem
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let new = format!("{}.md", stem.rsplit('/').next().unwrap_or(stem));
    let help = if is_word {
        say!(
            "新建 {new}，把文字粘贴进去；是附件的，在文档里链接它",
            "paste its text into a new file {new}; if it is an attachment, link it in a document"
        )
    } else {
        say!(
            "把文件名改成 {new}；是附件的，在文档里链接它",
            "rename it {new}; if it is an attachment, link it in a document"
        )
    };
    Diagnostic::warning(
        "unpublished-file",
        say!(
            "“{name}”没有发布：文档的文件名要以 .md 结尾，也没有文档链接它",
            "`{name}` is not published: the name of a document ends in .md, and no document links to it"
        ),
    )
    .in_path(path)
    .help(help)
}
