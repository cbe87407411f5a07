//! Sorts of files. Enters: the paths of a portal. Leaves: the files that a build makes by itself, and those that
//! somebody brought along: files beside documents, files of `static/`, and the configuration of web servers.

use super::inert::inert;
use crate::diagnostic::Lang;
use crate::files::FileDigest;
use crate::outputs::{Scope, declared};
use crate::say;
use crate::site::{Board, in_edition, is_search_data};
use serde::Serialize;
use std::collections::BTreeMap;

/// How a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It is gone.
    Removed,
}

/// A file that somebody brought along and that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileChange {
    /// Its address, from the portal's root.
    pub address: String,
    /// How it changed.
    pub fate: Fate,
}

impl FileChange {
    /// The change as a line of a comment.
    pub fn in_words(&self, lang: Lang) -> String {
        let fate = match self.fate {
            Fate::Added => say!("新的", "is new"),
            Fate::Changed => say!("换了内容", "has another content"),
            Fate::Removed => say!("没有了", "is gone"),
        };
        format!("- {} · {}", inert(&self.address), fate.get(lang))
    }
}

type FileDigests = BTreeMap<String, FileDigest>;

/// Files that a build writes beside the page of a posting, and that no declaration names.
const BESIDE: [&str; 2] = ["poster.png", "poster.svg"];

/// Whether a build makes the file from documents, settings and the theme.
fn is_made(path: &str, files: &FileDigests) -> bool {
    let own = in_edition(path);
    let (folder, name) = match path.rfind('/') {
        Some(at) => path.split_at(at + 1),
        None => ("", path),
    };
    let is_beside_page = files.contains_key(&format!("{folder}index.html"));
    name == "index.html"
        || own == "404.html"
        || path.starts_with("assets/")
        || is_search_data(path)
        || Board::ALL.iter().any(|board| board.file() == own)
        || (BESIDE.contains(&name) && is_beside_page)
        || declared(path).is_some_and(|file| {
            let is_alone = matches!(file.scope, Scope::Portal | Scope::Edition);
            !file.is_reviewed && (is_alone || is_beside_page)
        })
}

/// Whether only programs, and not readers of pages, see a file.
pub(super) fn is_for_programs(path: &str, files: &FileDigests) -> bool {
    is_made(path, files) && !path.ends_with(".html")
}

/// The files that somebody brought along and that were added, removed or changed.
pub(super) fn brought(old: &FileDigests, new: &FileDigests) -> Vec<FileChange> {
    let all: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for path in all {
        let fate = match (old.get(path), new.get(path)) {
            (None, _) => Fate::Added,
            (_, None) => Fate::Removed,
            (was, is) if was != is => Fate::Changed,
            _ => continue,
        };
        let side = if new.contains_key(path) { new } else { old };
        if !is_made(path, side) {
            changes.push(FileChange {
                address: super::pages::address(path),
                fate,
            });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_makes_is_distinguished_from_what_was_brought_along() {
        let made = [
            "index.html",
            "404.html",
            "en/404.html",
            "jobs/J-1/index.html",
            "jobs/J-1/calendar.ics",
            "jobs/J-1/poster.png",
            "zh-hant/jobs/feed.xml",
            "zh-hant/jobs/index.html",
            "feed.json",
            "zh-hant/jobs.json",
            "jobs.xml",
            "sitemap-2.xml",
            "assets/site.1.css",
            "search/index.html",
            "zh-hant/search/cards/1.bin",
        ];
        let brought = [
            "jobs/forms/form.txt",
            "jobs/forms/poster.png",
            "jobs/quant-search/form.pdf",
            "downloads/search/a.bin",
            "_headers",
            ".htaccess",
            "headers/nginx.conf",
            "poster.html",
            "a/b/robots.txt",
        ];
        let files = made.iter().chain(&brought);
        let files: FileDigests = files
            .map(|path| (path.to_string(), FileDigest::of(b"x")))
            .collect();
        for path in made {
            assert!(is_made(path, &files), "{path}");
        }
        let none = BTreeMap::new();
        let found = super::brought(&none, &files);
        let mut expected = brought.map(|path| format!("/{path}"));
        expected.sort_unstable();
        let found: Vec<&str> = found.iter().map(|file| file.address.as_str()).collect();
        assert_eq!(found, expected);
    }
}
