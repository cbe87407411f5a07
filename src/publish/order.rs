//! The order of a publish. Enters: the files that changed and the files to remove. Leaves: the journal of moves and
//! removals. Nothing here touches the disk.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The moves and removals that a target still needs. Repeating them does no harm.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Files at the path of a needed folder, or in a folder at the path of a needed file. They are removed before any
    /// move.
    #[serde(default)]
    pub(super) in_the_way: Vec<String>,
    pub(super) moves: Vec<String>,
    pub(super) removals: Vec<String>,
}

/// Removals that moves cannot wait for: `a` before `a/b` comes, and `a/b` before `a` comes.
pub(super) fn in_the_way(journal: &Journal) -> Vec<String> {
    fn below_any<'a>(path: &'a str, of: &BTreeSet<&'a str>) -> Option<&'a str> {
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.find(|folder| of.contains(folder))
    }
    let removals: BTreeSet<&str> = journal.removals.iter().map(String::as_str).collect();
    let moves: BTreeSet<&str> = journal.moves.iter().map(String::as_str).collect();
    let files = moves.iter().filter_map(|path| below_any(path, &removals));
    let inside = removals
        .iter()
        .filter(|path| below_any(path, &moves).is_some());
    let all: BTreeSet<&str> = files.chain(inside.copied()).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// The files that pages need come before the pages.
fn rank(path: &str) -> u8 {
    match path {
        path if path.starts_with("assets/") || path.starts_with("search/") => 0,
        path if !path.ends_with(".html") => 1,
        _ => 2,
    }
}

pub(super) fn in_publishing_order(paths: &[&str]) -> Vec<String> {
    let mut ordered: Vec<&str> = paths.to_vec();
    ordered.sort_by_key(|path| (rank(path), *path));
    ordered.into_iter().map(str::to_owned).collect()
}

pub(super) fn first_moves(paths: &[&str]) -> Vec<String> {
    let tops: BTreeSet<&str> = paths
        .iter()
        .map(|path| path.split('/').next().unwrap_or(path))
        .collect();
    let mut tops: Vec<&str> = tops.into_iter().collect();
    tops.sort_by_key(|top| {
        (
            *top == "index.html",
            *top != "assets" && *top != "search",
            *top,
        )
    });
    tops.into_iter().map(str::to_owned).collect()
}
