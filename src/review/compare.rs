//! The review itself. Enters: two snapshots. Leaves: everything that a reviewer should know, as data that serialises to
//! the JSON of `gangwei diff`.

use super::links::{Broken, broken_links};
use super::pages::{self, Moved, PageSummary, Vanished, address};
use super::postings::{self, Changed, Posting};
use super::size::{self, Size};
use super::sorts::{FileChange, brought, is_for_programs};
use super::{Finding, LookAtAll, Snapshot};
use crate::kinds::KINDS;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A document that was internal and becomes public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exposed {
    /// Its title.
    pub title: String,
    /// Its address, from the portal's root.
    pub address: String,
    /// Whether the old content marked it as internal; otherwise it is new, and its kind is usually internal.
    pub was_internal: bool,
}

/// A posting that closes.
#[derive(Debug, Clone, Serialize)]
pub struct Closed {
    /// The posting as it was.
    #[serde(flatten)]
    pub posting: Posting,
    /// Whether its page stays and says that it is closed, or redirects to another.
    pub page_stays: bool,
}

/// The differences between two portals.
#[derive(Debug, Serialize)]
pub struct Review {
    /// The version of this shape.
    pub schema: u32,
    /// The name of the old portal.
    pub old: String,
    /// The name of the new portal.
    pub new: String,
    /// The moment for which the new portal was made.
    pub as_of: Option<String>,
    /// Postings that open.
    pub opened: Vec<Posting>,
    /// Postings that change.
    pub changed: Vec<Changed>,
    /// Postings that close.
    pub closed: Vec<Closed>,
    /// Documents that become public.
    pub exposed: Vec<Exposed>,
    /// Addresses that lead elsewhere.
    pub moved: Vec<Moved>,
    /// Addresses that open nothing any more.
    pub vanished: Vec<Vanished>,
    /// Links to them that stay.
    pub broken_links: Vec<Broken>,
    /// New pages that are no postings.
    pub added_pages: Vec<PageSummary>,
    /// Changed pages that are no postings.
    pub changed_pages: Vec<PageSummary>,
    /// Files beside documents, of `static/` and for web servers that were added, removed or changed.
    pub files: Vec<FileChange>,
    /// Other pages whose files differ too and that were not read, since there are so many.
    pub unread_pages: usize,
    /// Faults that the new content has and the old one had not; absent for published folders.
    pub findings: Option<Vec<Finding>>,
    /// Errors of the new content, with which nothing would be published.
    pub errors: usize,
    /// Files and bytes by sort.
    pub sizes: Vec<Size>,
    /// Files that are new, different or gone.
    pub files_changed: usize,
    /// Those of them that are not only read by programs.
    pub files_seen: usize,
}

/// Compares two portals.
pub fn review(old: &Snapshot, new: &Snapshot, look_at_all: &LookAtAll) -> anyhow::Result<Review> {
    let postings_of = |snapshot: &Snapshot| postings::read(snapshot.bytes("jobs.json")?.as_deref());
    let jobs = if old.files.get("jobs.json") == new.files.get("jobs.json") {
        postings::Postings::default()
    } else {
        let (was, is) = (postings_of(old)?, postings_of(new)?);
        postings::compare((&was, &old.base()?), (&is, &new.base()?))
    };
    let pages = pages::compare(old, new)?;
    let moved_from: BTreeSet<&String> = pages.moved.iter().map(|moved| &moved.from).collect();
    let stays = |id: &str| {
        let path = format!("jobs/{id}/index.html");
        new.files.contains_key(&path) && !moved_from.contains(&address(&path))
    };
    let closed = jobs.closed.into_iter().map(|posting| Closed {
        page_stays: stays(&posting.id),
        posting,
    });
    let all: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    let differs = |path: &&String| old.files.get(*path) != new.files.get(*path);
    let different: Vec<&String> = all.into_iter().filter(differs).collect();
    let is_seen = |path: &&&String| {
        let of_program = |snapshot: &Snapshot| is_for_programs(path, &snapshot.files);
        !of_program(old) && !of_program(new)
    };
    Ok(Review {
        schema: 1,
        old: old.name.clone(),
        new: new.name.clone(),
        as_of: new.choices()?.map(|choices| choices.as_of),
        opened: jobs.opened,
        changed: jobs.changed,
        closed: closed.collect(),
        exposed: exposed(old, new, &pages),
        broken_links: broken_links(&pages.gone, new, look_at_all)?,
        moved: pages.moved,
        vanished: pages.vanished,
        unread_pages: pages.unread,
        added_pages: pages.added,
        changed_pages: pages.changed,
        findings: new_findings(old, new),
        errors: new.source.as_ref().map_or(0, |source| source.errors),
        sizes: size::compare(&old.files, &new.files),
        files: brought(&old.files, &new.files),
        files_changed: different.len(),
        files_seen: different.iter().filter(is_seen).count(),
    })
}

/// Documents that the new portal shows and that the old content kept inside, or that are new and of a kind that is
/// internal unless its author says otherwise.
fn exposed(old: &Snapshot, new: &Snapshot, pages: &pages::Pages) -> Vec<Exposed> {
    let mut found = Vec::new();
    let internal = old.source.as_ref().map(|source| &source.internal);
    for (folder, title) in internal.into_iter().flatten() {
        let path = format!("{folder}/index.html");
        if new.files.contains_key(&path) && !old.files.contains_key(&path) {
            found.push(Exposed {
                title: title.clone(),
                address: address(&path),
                was_internal: true,
            });
        }
    }
    for page in &pages.added {
        let kind = KINDS.iter().find(|kind| kind.name == page.kind);
        let known = found.iter().any(|known| known.address == page.address);
        if kind.is_some_and(|kind| kind.internal) && !known {
            found.push(Exposed {
                title: page.title.clone(),
                address: page.address.clone(),
                was_internal: false,
            });
        }
    }
    found
}

/// Faults of the new content beyond those of the old; lines do not count, since they move.
fn new_findings(old: &Snapshot, new: &Snapshot) -> Option<Vec<Finding>> {
    let (old, new) = (old.source.as_ref()?, new.source.as_ref()?);
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for found in &old.findings {
        *known
            .entry((&found.file, &found.code, &found.message))
            .or_default() += 1;
    }
    let fresh = new.findings.iter().filter(|found| {
        let key = (
            found.file.as_str(),
            found.code.as_str(),
            found.message.as_str(),
        );
        match known.get_mut(&key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    });
    Some(fresh.cloned().collect())
}
