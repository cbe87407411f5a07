//! Symbolic links in a target. Whoever can put links there could lead a publish out of the target. Therefore no file is
//! written or removed through a link. Enters: a target, and paths in it. Leaves: a refusal that names the link.

#![expect(
    clippy::disallowed_methods,
    reason = "this module writes a published folder"
)]

use super::order::Journal;
use crate::publish::manifest::WORK;
use crate::say;
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Refuses a working folder that is a link, or holds one.
pub(super) fn refuse_linked_work(target: &Path) -> Result<()> {
    let work = target.join(WORK);
    refuse(&work)?;
    for entry in fs::read_dir(&work).into_iter().flatten().flatten() {
        refuse(&entry.path())?;
    }
    Ok(())
}

/// Refuses to follow a journal through a folder that is a link.
pub(super) fn refuse_linked_folders(target: &Path, journal: &Journal) -> Result<()> {
    let paths = journal.moves.iter().chain(&journal.removals);
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for path in paths.chain(&journal.in_the_way) {
        // The folders above a folder that was checked are checked too.
        for (at, _) in path.match_indices('/').rev() {
            if !folders.insert(&path[..at]) {
                break;
            }
        }
    }
    folders
        .into_iter()
        .try_for_each(|folder| refuse(&target.join(folder)))
}

fn refuse(path: &Path) -> Result<()> {
    if path.is_symlink() {
        bail!(say!(
            "{0}：这是一个链接，不会通过它写或删文件；请移走它，或者换一个空文件夹",
            "{0}: this is a symbolic link, and nothing is written or removed through it; move it away, or name an empty folder",
            path.display()
        ));
    }
    Ok(())
}
