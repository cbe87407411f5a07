//! Pages of two portals. Enters: two snapshots. Leaves: the pages that move, vanish, are new or have another text. Only
//! files whose hashes differ are read.

use super::Snapshot;
use super::facts::{self, FactChange, compare_facts};
use super::targets::{LinkChange, compare_links};
use crate::kinds::KINDS;
use crate::site::{is_document_page, is_search_data};
use crate::text::markup::text_of;
use crate::text::url::BaseUrl;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most bytes of a page that only redirects.
const REDIRECT_BYTES: u64 = 8 * 1024;
/// How many pages of each sort are read for their titles and facts.
const READ: usize = 2_000;

/// An address that leads to another one now.
#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    /// The page's title.
    pub title: String,
    /// The former address, from the portal's root.
    pub from: String,
    /// Where it leads to.
    pub to: String,
}

/// An address that opens nothing any more.
#[derive(Debug, Clone, Serialize)]
pub struct Vanished {
    /// The former page's title.
    pub title: String,
    /// The former address, from the portal's root.
    pub address: String,
    /// A new page of the same kind with the same title, where there is one.
    pub now_at: Option<String>,
}

/// A page of another kind than a posting.
#[derive(Debug, Clone, Serialize)]
pub struct PageSummary {
    /// Its title.
    pub title: String,
    /// Its address, from the portal's root.
    pub address: String,
    /// Its kind.
    pub kind: String,
    /// Facts that differ, where it was there before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactChange>,
    /// Links and pictures that lead elsewhere, where it was there before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkChange>,
}

/// The changes of the pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Addresses that lead elsewhere now.
    pub moved: Vec<Moved>,
    /// Addresses of documents that no longer open a page.
    pub vanished: Vec<Vanished>,
    /// Paths of all files that are gone and may have been linked, without the files that every build makes anew.
    pub gone: Vec<String>,
    /// New pages, without postings.
    pub added: Vec<PageSummary>,
    /// Pages with another text, without postings.
    pub changed: Vec<PageSummary>,
    /// New or different pages beyond those that are read.
    pub unread: usize,
}

/// The kind of a document's page in the source edition.
pub(super) fn kind_of(path: &str) -> Option<&'static str> {
    if !is_document_page(path) {
        return None;
    }
    match path.split('/').collect::<Vec<_>>()[..] {
        [folder, _, _] => KINDS
            .iter()
            .find(|kind| kind.folder == folder)
            .map(|kind| kind.name),
        [_, _] => Some("page"),
        // An edition repeats what its source says.
        _ => None,
    }
}

/// The address of a page, from the portal's root.
pub(super) fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// Compares the pages.
pub(super) fn compare(old: &Snapshot, new: &Snapshot) -> anyhow::Result<Pages> {
    let mut pages = Pages::default();
    let (old_base, base) = (old.base()?, new.base()?);
    let mut fresh: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    let mut budget = READ;
    for (path, entry) in &new.files {
        let Some(kind) = kind_of(path) else { continue };
        let before = old.files.get(path);
        if before == Some(entry) {
            continue;
        }
        let small = entry.size <= REDIRECT_BYTES;
        if kind == "job" && before.is_some() && !small {
            continue;
        }
        if budget == 0 {
            pages.unread += 1;
            continue;
        }
        budget -= 1;
        let Some(page) = new.text(path)? else {
            continue;
        };
        let title = facts::title(&page).unwrap_or_else(|| address(path));
        if let Some(to) = facts::leads_to(&page).filter(|_| small) {
            let inside = |to: String, base: &BaseUrl| match to.strip_prefix(base.path()) {
                Some(inside) => format!("/{inside}"),
                None => to,
            };
            let to = inside(to, &base);
            let was = old.text(path)?;
            let led_to = was.as_deref().map(facts::leads_to);
            let led_to = led_to.map(|to| to.map(|to| inside(to, &old_base)));
            if led_to.is_some_and(|led_to| led_to.as_ref() != Some(&to)) {
                pages.moved.push(Moved {
                    title,
                    from: address(path),
                    to,
                });
            }
            continue;
        }
        match before {
            None => {
                fresh
                    .entry((kind, title.clone()))
                    .or_insert_with(|| path.clone());
                if kind != "job" {
                    pages.added.push(page_of(kind, path, title));
                }
            }
            Some(_) if kind != "job" => {
                let Some(was) = old.text(path)? else {
                    continue;
                };
                let (was, is) = (facts::own_part(&was), facts::own_part(&page));
                let links = compare_links((was, &old_base), (is, &base));
                if !links.is_empty() || text_of(was) != text_of(is) {
                    pages.changed.push(PageSummary {
                        facts: compare_facts(was, is),
                        links,
                        ..page_of(kind, path, title)
                    });
                }
            }
            Some(_) => {}
        }
    }
    pages.changed.extend(home(old, new)?);
    let targets: Vec<&String> = pages.moved.iter().map(|moved| &moved.to).collect();
    pages.added.retain(|page| !targets.contains(&&page.address));
    let mut budget = READ;
    for path in old
        .files
        .keys()
        .filter(|path| !new.files.contains_key(*path))
    {
        if path.starts_with("assets/") || is_search_data(path) {
            continue;
        }
        pages.gone.push(path.clone());
        let Some(kind) = kind_of(path) else { continue };
        let page = match budget {
            0 => None,
            _ => old.text(path)?,
        };
        budget = budget.saturating_sub(1);
        let title = page.as_deref().and_then(facts::title);
        let title = title.unwrap_or_else(|| address(path));
        let now_at = fresh.get(&(kind, title.clone())).map(|path| address(path));
        pages.vanished.push(Vanished {
            title,
            address: address(path),
            now_at,
        });
    }
    Ok(pages)
}

fn page_of(kind: &str, path: &str, title: String) -> PageSummary {
    PageSummary {
        title,
        address: address(path),
        kind: kind.to_owned(),
        facts: Vec::new(),
        links: Vec::new(),
    }
}

/// The home page, where its menus lead out of the portal to another place: they surround all pages.
fn home(old: &Snapshot, new: &Snapshot) -> anyhow::Result<Option<PageSummary>> {
    const HOME: &str = "index.html";
    if old.files.get(HOME) == new.files.get(HOME) {
        return Ok(None);
    }
    let (Some(was), Some(is)) = (old.text(HOME)?, new.text(HOME)?) else {
        return Ok(None);
    };
    let mut links = compare_links((&was, &old.base()?), (&is, &new.base()?));
    links.retain(LinkChange::is_outside);
    Ok((!links.is_empty()).then(|| PageSummary {
        links,
        ..page_of("page", HOME, facts::title(&is).unwrap_or_default())
    }))
}
