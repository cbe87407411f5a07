//! A run that is told to stop. Enters: targets that are being written. Leaves: targets as they were, without what was staged.
//! Whoever writes passes a gate that closes for good when a run stops, so that nothing is staged behind the cleaning.

#![expect(
    clippy::disallowed_methods,
    reason = "this module writes a published folder"
)]

use super::leave;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

static GATE: RwLock<()> = RwLock::new(());
static OPEN: Mutex<Vec<(PathBuf, bool)>> = Mutex::new(Vec::new());
static PUBLISHED: AtomicBool = AtomicBool::new(false);

/// A target that is being written, until the value goes.
#[derive(Debug)]
pub(super) struct Entered(PathBuf);

impl Entered {
    /// Notes a target, and whether this run made it.
    pub(super) fn target(target: &Path, created: bool) -> Entered {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.push((target.to_owned(), created));
        Entered(target.to_owned())
    }

    /// Everything is published; stopping has nothing left to clean.
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

/// Held while a file is staged, and while files are moved: a run does not stop in between.
pub(super) fn writing() -> RwLockReadGuard<'static, ()> {
    GATE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Cleans up what a stopped run leaves; nothing is written any more afterwards. Tells whether everything had been published
/// before: then the run is as good as done and may go on to its end.
pub fn tidy_up() -> bool {
    let gate = GATE.write().unwrap_or_else(PoisonError::into_inner);
    let open = std::mem::take(&mut *OPEN.lock().unwrap_or_else(PoisonError::into_inner));
    if open.is_empty() && PUBLISHED.load(Ordering::SeqCst) {
        return true;
    }
    // Closed for good.
    std::mem::forget(gate);
    for (target, created) in open {
        leave(&target, None);
        if created {
            let _ = fs::remove_dir(&target);
        }
    }
    false
}
