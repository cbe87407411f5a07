//! Writing: the only writer. Enters: outputs, one by one, from any worker. Leaves: a target folder that holds exactly
//! them. Nothing in the target changes until everything is staged; then files are renamed one by one, and a journal
//! lets the next run finish what was interrupted. Files that Gangwei did not write are never touched.
//!
//! ```text
//! target folder ──Staging::open──> Staging (holds the Manifest of the last publish)
//! Output ──put──────────────────> Staged { path, FileDigest }    staged only where the bytes differ
//! pieces ──begin──> Large ──finish──> Staged                      for outputs that are too large to be held
//! Vec<Staged> ──loss──> Loss                                      pages that would go
//! Vec<Staged> ──publish──> Journal ──> files renamed in order ──> Manifest ──> Published
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module writes a published folder"
)]

mod durable;
mod files;
mod interrupt;
mod links;
pub mod manifest;
mod online;
mod order;
mod pieces;

pub use files::{
    keep, keep_only, link_copy, replace_file, write_copy, write_filled, write_new,
    write_report_file,
};

use crate::diagnostic::visible;
use crate::files::{FOLDERS, FileDigest, OutputFile, digest_of_file, is_publishable, list_output};
use crate::pages::Output;
use crate::publish::manifest::{MANIFEST, Manifest, WORK, is_own, is_writable};
use crate::say;
use anyhow::{Context, Result, bail};
use durable::{flush, flush_file, flush_folder};
pub use interrupt::tidy_up;
use interrupt::{Entered, writing};
use links::{refuse_linked_folders, refuse_linked_work};
pub use online::Online;
use order::{Journal, first_moves, in_publishing_order, in_the_way};
pub use pieces::Large;
use same_file::Handle;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// The result of a publish.
#[derive(Debug, Default, Clone)]
pub struct Published {
    /// Files in the portal.
    pub files: usize,
    /// Bytes in the portal.
    pub bytes: u64,
    /// Files that were new or different.
    pub changed: usize,
    /// Files that went.
    pub removed: usize,
    /// Files that somebody else changed since the last publish, sorted; they have the bytes of this build again.
    pub edited: Vec<String>,
    /// Whether an interrupted publish was finished first.
    pub resumed: bool,
}

/// The pages that a publish would remove.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Pages of documents in the target.
    pub before: usize,
    /// Those of them that would go, sorted.
    pub removed: Vec<String>,
}

impl Loss {
    /// Whether a publish would remove more than this share of the pages, in percent. One page is never too much.
    pub fn exceeds(&self, percent: u32) -> bool {
        self.removed.len() > 1 && self.removed.len() * 100 > self.before * percent as usize
    }
}

/// The file in the working folder that a build holds locked.
const LOCK: &str = "lock";

/// A target with its staging folder, locked until it is dropped.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    stage: PathBuf,
    previous: Option<Manifest>,
    created: bool,
    resumed: bool,
    entered: Entered,
    lock: File,
}

/// A file that has been compared and, where it differs, staged.
#[derive(Debug, Clone)]
pub struct Staged {
    path: String,
    entry: FileDigest,
    changed: bool,
    edited: bool,
}

impl Staging {
    /// Opens a target: refuses dangerous ones, finishes an interrupted publish, clears old leftovers.
    pub fn open(target: &Path, site: &Path) -> Result<Staging> {
        let created = !target.exists();
        refuse_dangerous(target, site)?;
        refuse_linked_work(target)?;
        // A manifest that cannot be read stops the run before anything is made.
        read_manifest(target)?;
        let _writing = writing();
        let lock = take_lock(target)?;
        let entered = Entered::target(target, created);
        let stage = target.join(WORK).join("stage");
        let interrupted = finish_interrupted(target, &stage)?;
        remove_tree(&stage)?;
        fs::create_dir_all(&stage).with_context(|| format!("{}", stage.display()))?;
        Ok(Staging {
            // Read under the lock: another run may have published since.
            previous: read_manifest(target)?,
            entered,
            target: target.to_owned(),
            stage,
            created,
            resumed: interrupted,
            lock,
        })
    }

    /// Compares one output with the target and stages it where it differs. May be called from many workers at once.
    pub fn put(&self, output: &Output) -> Result<Staged> {
        let entry = FileDigest::of(&output.bytes);
        if !is_writable(&output.path) {
            bail!(say!(
                "程序的错误：“{0}”不能发布，门户还是原来的样子。请把这句话告诉程序的维护者",
                "a fault of the program: `{0}` cannot be published, and the portal is as it was; please report this line",
                visible(&output.path)
            ));
        }
        let path = self.target.join(&output.path);
        let known = self.known(&output.path)?;
        let (mut changed, mut edited) = (true, false);
        if let Some(known) = known {
            let found = fs::read(&path).ok();
            changed = found.as_ref() != Some(&output.bytes);
            edited = changed && found.is_some_and(|bytes| FileDigest::of(&bytes) != *known);
        }
        if changed {
            let _writing = writing();
            write_file(&self.stage.join(&output.path), &output.bytes)?;
        }
        Ok(Staged {
            path: output.path.clone(),
            entry,
            changed,
            edited,
        })
    }

    /// Begins an output that is staged piece by piece, since it is too large to be held whole.
    pub fn begin(&self, path: &str) -> Result<Large> {
        self.known(path)?;
        let stage = self.stage.join(path);
        let _writing = writing();
        if let Some(parent) = stage.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
        }
        Large::create(path, stage.clone()).map_err(|error| unwritten(&stage, error))
    }

    /// Finishes a large output, and drops it where the target already has the same bytes.
    pub fn finish(&self, large: Large) -> Result<Staged> {
        let (path, stage) = (large.path.clone(), large.stage.clone());
        let entry = large.finish().map_err(|error| unwritten(&stage, error))?;
        let known = self.known(&path)?;
        let found = known.and_then(|_| digest_of_file(&self.target.join(&path)).ok());
        let changed = found.as_ref() != Some(&entry);
        if !changed {
            fs::remove_file(&stage).with_context(|| format!("{}", stage.display()))?;
        }
        Ok(Staged {
            path,
            edited: changed && found.is_some_and(|found| known != Some(&found)),
            entry,
            changed,
        })
    }

    /// The digest of the file that the last publish wrote at a path. A foreign file at the path is refused.
    fn known(&self, path: &str) -> Result<Option<&FileDigest>> {
        let Some(previous) = &self.previous else {
            return Ok(None);
        };
        let known = previous.files.get(path);
        if self.is_foreign(previous, path, known.is_some()) {
            bail!(say!(
                "{0}：这个文件不是 gangwei 写的，请先移走",
                "{0}: this file was not written by gangwei; move it away",
                self.target.join(path).display()
            ));
        }
        Ok(known)
    }

    /// Whether there is a foreign file at a path, in a folder there, or as a file above it.
    fn is_foreign(&self, previous: &Manifest, path: &str, known: bool) -> bool {
        let full = self.target.join(path);
        let Ok(found) = fs::symlink_metadata(&full) else {
            let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
            return above.any(|folder| {
                !previous.files.contains_key(folder) && self.target.join(folder).is_file()
            });
        };
        if !found.is_dir() {
            return !known;
        }
        list_output(&full).map_or(true, |files| {
            let own = |file: &OutputFile| {
                previous
                    .files
                    .contains_key(&format!("{path}/{}", file.path))
            };
            !files.iter().all(own)
        })
    }

    /// Which pages of documents would go.
    pub fn loss(&self, staged: &[Staged]) -> Loss {
        let previous = self.previous.as_ref();
        previous.map_or_else(Loss::default, |previous| Loss::between(previous, staged))
    }

    /// Publishes everything that was staged and removes what the portal no longer has.
    pub fn publish(self, staged: Vec<Staged>) -> Result<Published> {
        let mut published = Published {
            files: staged.len(),
            bytes: staged.iter().map(|staged| staged.entry.size).sum(),
            changed: staged.iter().filter(|staged| staged.changed).count(),
            removed: 0,
            resumed: self.resumed,
            edited: staged
                .iter()
                .filter(|staged| staged.edited)
                .map(|staged| staged.path.clone())
                .collect(),
        };
        let changed: Vec<&str> = staged
            .iter()
            .filter(|staged| staged.changed)
            .map(|staged| staged.path.as_str())
            .collect();
        let mut journal = Journal {
            moves: match self.previous {
                // A first publish moves whole folders, since the target has none of them yet.
                None => first_moves(&changed),
                Some(_) => in_publishing_order(&changed),
            },
            ..Journal::default()
        };
        let manifest = Manifest::of(
            staged
                .into_iter()
                .map(|staged| (staged.path, staged.entry))
                .collect(),
        );
        if let Some(previous) = &self.previous {
            journal.removals = previous
                .files
                .keys()
                .filter(|path| !manifest.files.contains_key(*path))
                .cloned()
                .collect();
            published.removed = journal.removals.len();
            journal.in_the_way = in_the_way(&journal);
            for path in &journal.removals {
                let found = fs::read(self.target.join(path)).ok();
                if found
                    .is_some_and(|bytes| previous.files.get(path) != Some(&FileDigest::of(&bytes)))
                {
                    published.edited.push(path.clone());
                }
            }
        }
        published.edited.sort();
        let bytes = match manifest.to_bytes() {
            Ok(bytes) => bytes,
            Err(refused) => {
                self.abandon()?;
                return Err(refused);
            }
        };
        let _writing = writing();
        if fs::read(self.target.join(MANIFEST)).map_or(true, |old| old != bytes) {
            write_file(&self.stage.join(MANIFEST), &bytes)?;
            journal.moves.push(MANIFEST.to_owned());
        }
        if !journal.moves.is_empty() || !journal.removals.is_empty() {
            if let Err(refused) = refuse_linked_folders(&self.target, &journal) {
                self.abandon()?;
                return Err(refused);
            }
            let moves: Vec<&str> = journal.moves.iter().map(String::as_str).collect();
            flush(&self.stage, &moves)?;
            write_journal(&self.target, &journal)?;
            replay(&self.target, &self.stage, &journal)?;
        }
        leave(&self.target, Some(self.lock));
        self.entered.finished();
        Ok(published)
    }

    /// Gives up: the target is as it was.
    pub fn abandon(self) -> Result<()> {
        leave(&self.target, Some(self.lock));
        if self.created {
            // Only an empty folder is removed; a folder with foreign files stays.
            let _ = fs::remove_dir(&self.target);
        }
        Ok(())
    }
}

/// Refuses the root, the site, its parents, and folders with foreign files as targets.
fn refuse_dangerous(target: &Path, site: &Path) -> Result<()> {
    let real = real_path(target)?;
    let site = site
        .canonicalize()
        .with_context(|| format!("{}", site.display()))?;
    if real.parent().is_none() || site.starts_with(&real) {
        bail!(say!(
            "--out {0}：这是根目录、站点本身或它上面的文件夹，不能写在这里",
            "--out {0}: this is the root, the site itself or a folder above it",
            target.display()
        ));
    }
    for own in FOLDERS {
        if real.starts_with(site.join(own)) {
            bail!(say!(
                "--out {0}：这是站点自己的文件夹，不能写在这里",
                "--out {0}: this is a folder of the site",
                target.display()
            ));
        }
    }
    if real.is_file() {
        bail!(say!(
            "--out {0}：这是一个文件，要写文件夹",
            "--out {0}: this is a file",
            target.display()
        ));
    }
    if real.is_dir()
        && !real.join(MANIFEST).is_file()
        && !real.join(WORK).join("journal.json").is_file()
    {
        let foreign = fs::read_dir(&real)
            .with_context(|| format!("{}", real.display()))?
            .filter_map(Result::ok)
            .any(|entry| entry.file_name() != WORK);
        if foreign {
            bail!(say!(
                "--out {0}：文件夹里有不是 gangwei 写的文件；请换一个空文件夹",
                "--out {0}: the folder holds files that gangwei did not write; name an empty one",
                target.display()
            ));
        }
    }
    Ok(())
}

/// The path with `.`, `..` and symbolic links resolved in the part of it that exists.
fn real_path(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).with_context(|| format!("{}", path.display()))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => real.push(part),
        }
        if let Ok(followed) = real.canonicalize() {
            real = followed;
        }
    }
    Ok(real)
}

fn read_manifest(target: &Path) -> Result<Option<Manifest>> {
    let path = target.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => Manifest::parse(&bytes)
            .map(Some)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("{}", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{}", path.display())),
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = match fs::write(path, bytes) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
            }
            fs::write(path, bytes)
        }
        written => written,
    };
    written.map_err(|error| unwritten(path, error))
}

/// The error of a file that could not be written. The message names a full disk in plain words.
fn unwritten(path: &Path, error: std::io::Error) -> anyhow::Error {
    let place = path.display();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            say!(
                "{place}：写不下了，磁盘满了或到了限额；门户还是原来的样子，腾出空间再构建一次",
                "{place}: there is no room left on the disk or in the quota; the portal is as it was, so make room and build again"
            )
            .because(error)
        }
        _ => anyhow::Error::new(error).context(place.to_string()),
    }
}

fn write_journal(target: &Path, journal: &Journal) -> Result<()> {
    let work = target.join(WORK);
    let draft = work.join("journal.new");
    write_file(&draft, &serde_json::to_vec(journal).context("journal")?)?;
    flush_file(&draft)?;
    fs::rename(&draft, work.join("journal.json")).context("journal")?;
    flush_folder(&work);
    Ok(())
}

/// Finishes the moves and removals of a journal, and returns whether there was a journal.
fn finish_interrupted(target: &Path, stage: &Path) -> Result<bool> {
    let path = target.join(WORK).join("journal.json");
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| format!("{}", path.display())),
    };
    let journal = serde_json::from_slice::<Journal>(&bytes).ok();
    let inside = |journal: &Journal| {
        let mut paths = journal
            .moves
            .iter()
            .chain(&journal.removals)
            .chain(&journal.in_the_way);
        paths.all(|path| is_in_journal(path))
    };
    let Some(journal) = journal.filter(inside) else {
        bail!(say!(
            "{0}：上次发布没有做完，记录又被改坏了。请换一个空文件夹重新发布，再换过来",
            "{0}: the last publish was interrupted and its journal is damaged; publish into an empty folder, then swap the two",
            path.display()
        ));
    };
    refuse_linked_folders(target, &journal)?;
    replay(target, stage, &journal)?;
    fs::remove_file(&path).with_context(|| format!("{}", path.display()))?;
    Ok(true)
}

/// Whether a journal may name a path: that of a file of the portal, or of the manifest, which moves last.
fn is_in_journal(path: &str) -> bool {
    path == MANIFEST || is_own(path)
}

/// Makes the moves and removals of a journal. A move that was made before finds no staged file and is skipped.
fn replay(target: &Path, stage: &Path, journal: &Journal) -> Result<()> {
    remove_files(target, &journal.in_the_way)?;
    for path in &journal.moves {
        if path == MANIFEST {
            // The manifest speaks of nothing that a power cut could still take away.
            let moved: Vec<&str> = journal.moves.iter().map(String::as_str).collect();
            flush(target, &moved)?;
        }
        rename(&stage.join(path), &target.join(path))?;
    }
    remove_files(target, &journal.removals)?;
    flush_folder(target);
    Ok(())
}

/// Takes the lock of a target. Its file goes when a run ends; a run that locked one that was gone by then takes the new one.
fn take_lock(target: &Path) -> Result<File> {
    let work = target.join(WORK);
    let path = work.join(LOCK);
    let place = || format!("{}", work.display());
    for _ in 0..100 {
        fs::create_dir_all(&work).with_context(place)?;
        let lock = match File::create(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            opened => opened.with_context(place)?,
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(error)) => return Err(error).with_context(place),
        }
        let own = lock
            .try_clone()
            .and_then(Handle::from_file)
            .with_context(place)?;
        if Handle::from_path(&path).is_ok_and(|there| there == own) {
            return Ok(lock);
        }
    }
    bail!(say!(
        "{0}：另一个构建正在写这里",
        "{0}: another build is writing here",
        target.display()
    ))
}

/// Clears the working folder of a target. The lock's file goes last, while it is locked: until then no other run stages
/// anything here. Some file systems keep a folder for as long as a file in it is open, so the lock is closed before it.
fn leave(target: &Path, lock: Option<File>) {
    let work = target.join(WORK);
    if work.is_symlink() {
        return;
    }
    for entry in fs::read_dir(&work).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_name() == LOCK {
            continue;
        }
        let removed = if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        // What stays is cleared by the next run.
        let _ = removed;
    }
    let _ = fs::remove_file(work.join(LOCK));
    drop(lock);
    let _ = fs::remove_dir(&work);
}

/// Removes files, then the folders that are empty by then. A path that has become a folder is newer and stays.
fn remove_files(target: &Path, paths: &[String]) -> Result<()> {
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    // A name that an older version published elsewhere may mean another file on this system.
    let paths = paths
        .iter()
        .filter(|path| cfg!(unix) || is_publishable(path));
    for path in paths {
        let full = target.join(path);
        match fs::symlink_metadata(&full) {
            Ok(found) if !found.is_dir() => {
                fs::remove_file(&full).with_context(|| format!("{}", full.display()))?;
            }
            _ => {}
        }
        folders.extend(
            full.ancestors()
                .skip(1)
                .take_while(|folder| *folder != target)
                .map(Path::to_owned),
        );
    }
    // The deepest folder is removed first; a folder that is not empty stays.
    for folder in folders.into_iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    let mut renamed = fs::rename(from, to);
    if let Err(error) = &renamed {
        if !from.exists() {
            return Ok(());
        }
        if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
            && let Some(parent) = to.parent()
        {
            fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
            renamed = fs::rename(from, to);
        } else if to.is_dir() && from.is_file() {
            remove_empty_folders(to);
            renamed = fs::rename(from, to);
        }
    }
    renamed.with_context(|| format!("{}", to.display()))
}

/// Removes a folder if it holds no file.
fn remove_empty_folders(top: &Path) {
    for entry in WalkDir::new(top).contents_first(true).into_iter().flatten() {
        let _ = fs::remove_dir(entry.path());
    }
}

fn remove_tree(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}", path.display()))
        }
        _ => Ok(()),
    }
}
