//! Watching a site's folders, by the system's events or by looking now and then.

use anyhow::{Context, Result};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer_opt};
use std::path::Path;
use std::time::Duration;

/// Saving one file makes several events; they count as one within this time.
const SETTLE: Duration = Duration::from_millis(60);
/// How often folders without events are looked at.
const POLL: Duration = Duration::from_millis(800);

/// Folders of a site that are watched with everything below them.
const FOLDERS: [&str; 3] = ["content", "themes", "static"];

/// Keeps watching until it is dropped.
pub enum Watcher {
    /// By the system's events.
    Events(#[allow(dead_code)] Debouncer<RecommendedWatcher, RecommendedCache>),
    /// By looking now and then.
    Polling(#[allow(dead_code)] Debouncer<PollWatcher, RecommendedCache>),
}

impl Watcher {
    /// Begins to watch; `changed` is called after every change of the site's own files.
    pub fn start(site: &Path, poll: bool, changed: impl Fn() + Send + 'static) -> Result<Watcher> {
        let root = site
            .canonicalize()
            .with_context(|| format!("{}", site.display()))?;
        let own_root = root.clone();
        let handler = move |result: DebounceEventResult| {
            let concerns = match result {
                Ok(events) => events.iter().any(|event| {
                    !event.kind.is_access()
                        && event.paths.iter().any(|path| is_own(&own_root, path))
                }),
                // Lost events may have been anything.
                Err(_) => true,
            };
            if concerns {
                changed();
            }
        };
        if poll {
            let config = Config::default()
                .with_poll_interval(POLL)
                .with_compare_contents(true);
            let mut debouncer =
                new_debouncer_opt(SETTLE, None, handler, RecommendedCache::new(), config)
                    .context("watch")?;
            watch_folders(&root, |path, mode| debouncer.watch(path, mode))?;
            return Ok(Watcher::Polling(debouncer));
        }
        let mut debouncer = new_debouncer_opt(
            SETTLE,
            None,
            handler,
            RecommendedCache::new(),
            Config::default(),
        )
        .context("watch")?;
        watch_folders(&root, |path, mode| debouncer.watch(path, mode))?;
        Ok(Watcher::Events(debouncer))
    }
}

fn watch_folders(
    root: &Path,
    mut watch: impl FnMut(&Path, RecursiveMode) -> notify::Result<()>,
) -> Result<()> {
    watch(root, RecursiveMode::NonRecursive).with_context(|| format!("{}", root.display()))?;
    for folder in FOLDERS
        .map(|folder| root.join(folder))
        .iter()
        .filter(|folder| folder.is_dir())
    {
        watch(folder, RecursiveMode::Recursive).with_context(|| format!("{}", folder.display()))?;
    }
    Ok(())
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
