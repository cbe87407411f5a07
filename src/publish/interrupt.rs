//! Cleans up when a signal stops a run. Enters: targets that the run writes. Leaves: unchanged targets, without staged
//! files. Every write needs a lock, which a stopped run holds forever, so that nothing is staged after the cleaning.

#![expect(
    clippy::disallowed_methods,
    reason = "this module writes a published folder"
)]

use super::leave;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

/// The lock: each write holds it for reading, and `tidy_up` takes it for writing.
static GATE: RwLock<()> = RwLock::new(());
/// The targets that the run writes, each with whether this run made its folder.
static OPEN: Mutex<Vec<(PathBuf, bool)>> = Mutex::new(Vec::new());
/// Whether the run has published a target completely.
static PUBLISHED: AtomicBool = AtomicBool::new(false);

/// A target that the run writes, until the value is dropped.
#[derive(Debug)]
pub(super) struct Entered(PathBuf);

impl Entered {
    /// Registers a target. `created` tells whether this run made its folder.
    pub(super) fn target(target: &Path, created: bool) -> Entered {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.push((target.to_owned(), created));
        Entered(target.to_owned())
    }

    /// Ends a complete publish, after which a stopped run has nothing to clean.
    pub(super) fn finished(self) {
        drop(self);
        PUBLISHED.store(true, Ordering::SeqCst);
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = open.iter().position(|(target, _)| *target == self.0) {
            open.swap_remove(at);
        }
    }
}

/// The lock for staging and moving files. A run does not stop while a caller holds it.
pub(super) fn writing() -> RwLockReadGuard<'static, ()> {
    GATE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Cleans up after a stopped run, and prevents all later writes. Returns whether the publish was already complete: then
/// it cleans nothing, and the run may go on to its end.
pub fn tidy_up() -> bool {
    let gate = GATE.write().unwrap_or_else(PoisonError::into_inner);
    let open = std::mem::take(&mut *OPEN.lock().unwrap_or_else(PoisonError::into_inner));
    if open.is_empty() && PUBLISHED.load(Ordering::SeqCst) {
        return true;
    }
    // The lock stays taken, so that no write follows.
    std::mem::forget(gate);
    for (target, created) in open {
        leave(&target, None);
        if created {
            let _ = fs::remove_dir(&target);
        }
    }
    false
}
