//! Watching a site's folders, by the system's events or by looking now and then. Enters: a folder. Leaves: the files that
//! changed, reported together once the disk is quiet. A lost or unclear event counts as a change of everything.

use crate::files::FOLDERS;
use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Saving one file makes several events; they count as one until nothing has come for this time.
const QUIET: Duration = Duration::from_millis(12);
/// Events that are taken together at most, so that a disk that is never quiet is read all the same.
const MOST: usize = 4096;
/// How often folders without events are looked at.
const POLL: Duration = Duration::from_millis(800);

/// The changes since the last time.
#[derive(Debug, Default)]
pub(super) struct FileChanges {
    /// The files named.
    pub paths: BTreeSet<PathBuf>,
    /// Whether it may have been anything.
    pub unclear: bool,
}

impl FileChanges {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.unclear
    }

    fn take(&mut self, root: &Path, event: notify::Result<Event>) {
        match event {
            Ok(event) if event.need_rescan() => self.unclear = true,
            Ok(event) if is_change(event.kind) => {
                let own = event.paths.into_iter().filter(|path| is_own(root, path));
                self.paths.extend(own);
            }
            Ok(_) => {}
            // Lost events may have been anything.
            Err(_) => self.unclear = true,
        }
    }
}

/// Watches on a thread of its own; `changed` is called after every change of the site's own files, until it says no.
pub(super) fn watch(
    site: &Path,
    poll: bool,
    mut changed: impl FnMut(FileChanges) -> bool + Send + 'static,
) -> Result<()> {
    let root = site
        .canonicalize()
        .with_context(|| format!("{}", site.display()))?;
    let (sender, events) = channel();
    let mut watcher: Box<dyn Watcher + Send> = if poll {
        let config = Config::default()
            .with_poll_interval(POLL)
            .with_compare_contents(true);
        Box::new(PollWatcher::new(sender, config).context("watch")?)
    } else {
        Box::new(RecommendedWatcher::new(sender, Config::default()).context("watch")?)
    };
    watcher
        .watch(&root, RecursiveMode::NonRecursive)
        .with_context(|| format!("{}", root.display()))?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            watcher
                .watch(&folder, RecursiveMode::Recursive)
                .with_context(|| format!("{}", folder.display()))?;
        }
    }
    let run = move || {
        while let Some(changes) = next_changes(&root, &events) {
            for folder in FOLDERS.map(|folder| root.join(folder)) {
                // A folder that came, or came back, is another one than was watched.
                if changes.unclear || changes.paths.contains(&folder) {
                    let _ = watcher.unwatch(&folder);
                    if folder.is_dir() {
                        let _ = watcher.watch(&folder, RecursiveMode::Recursive);
                    }
                }
            }
            if !changed(changes) {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(run)
        .context("watch")?;
    Ok(())
}

/// Waits for a change, and then until the disk is quiet.
fn next_changes(root: &Path, events: &Receiver<notify::Result<Event>>) -> Option<FileChanges> {
    let mut changes = FileChanges::default();
    while changes.is_empty() {
        changes.take(root, events.recv().ok()?);
    }
    for _ in 0..MOST {
        match events.recv_timeout(QUIET) {
            Ok(event) => changes.take(root, event),
            Err(_) => break,
        }
    }
    Some(changes)
}

/// Whether anything is different afterwards; reading a file is an event too.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// The portal itself, version control and editors' own files are not the site.
fn is_own(root: &Path, path: &Path) -> bool {
    let Ok(relative) = path.strip_prefix(root) else {
        return false;
    };
    let first = relative
        .components()
        .next()
        .and_then(|part| part.as_os_str().to_str())
        .unwrap_or("");
    FOLDERS.contains(&first) || first == "gangwei.yaml"
}
