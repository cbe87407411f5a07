//! Links that break. Enters: files that are gone, and the new portal. Leaves: the pages of the new portal that still
//! link one of them. All pages are read, in one pass each, and only if a file is gone.

use super::pages::address;
use super::{LookAtAll, Snapshot};
use aho_corasick::AhoCorasick;
use serde::Serialize;
use std::collections::BTreeSet;

/// A link of a page to an address that opens nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Broken {
    /// The page that links.
    pub page: String,
    /// The target of the link, from the portal's root.
    pub target: String,
}

/// Finds the links of the new portal to files that are gone.
pub(super) fn broken_links(
    gone: &[String],
    new: &Snapshot,
    look_at_all: &LookAtAll,
) -> anyhow::Result<Vec<Broken>> {
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let base = new.base()?;
    let is_portable = new.choices()?.is_some_and(|choices| choices.portable);
    // A link ends with its attribute or before the place in the page that it names.
    let mut patterns = Vec::new();
    for path in gone {
        let link = if is_portable {
            let link = base.link(path);
            let link = link.strip_prefix(base.path()).unwrap_or(&link);
            format!("/{link}{}", portable_rest(path))
        } else {
            format!("\"{}", base.link(path))
        };
        patterns.extend([format!("{link}\""), format!("{link}#")]);
    }
    let finder = AhoCorasick::new(&patterns)?;
    let pages = new.files.keys().map(String::as_str);
    let pages: Vec<&str> = pages.filter(|path| path.ends_with(".html")).collect();
    let found = look_at_all(&pages, &|path| {
        let bytes = (new.read)(path)?;
        let hits = finder.find_iter(&bytes);
        let broken = hits.map(|hit| Broken {
            page: address(path),
            target: address(&gone[hit.pattern().as_usize() / 2]),
        });
        Ok(broken.collect())
    })?;
    let sorted: BTreeSet<Broken> = found.into_iter().collect();
    Ok(sorted.into_iter().collect())
}

/// Links of a portable portal name the page of a folder.
fn portable_rest(path: &str) -> &'static str {
    if path.ends_with("index.html") {
        "index.html"
    } else {
        ""
    }
}
