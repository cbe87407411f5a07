//! Single files, written for an author or kept for later builds. Enters: a path and bytes. Leaves: a whole file, or an
//! error; an existing file is replaced only if the caller asks for it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module writes a published folder"
)]

use super::write_file;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

/// Writes one file of the author's site that does not exist yet; an existing one is left alone and refused.
pub fn write_new(path: &Path, text: &str) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
    }
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .open(path)
        .with_context(|| format!("{}", path.display()))?;
    std::io::Write::write_all(&mut file, text.as_bytes())
        .with_context(|| format!("{}", path.display()))
}

/// Writes a filled report; an existing file is replaced only if the user asked for it.
pub fn write_filled(path: &Path, bytes: &[u8], replace: bool) -> Result<()> {
    let place = || format!("{}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(place)?;
    }
    let mut options = File::options();
    options.write(true);
    if replace {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut file = options.open(path).with_context(place)?;
    std::io::Write::write_all(&mut file, bytes).with_context(place)
}

/// Writes one file of a copy of a site, below a folder that the program made for it.
pub fn write_copy(folder: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    write_file(&folder.join(path), bytes)
}

/// Puts a symbolic link of a commit into such a copy, so that the copy is judged like the site itself; nothing is made
/// through another link. Systems without such links get a file that says where it led, as `git` does there.
pub fn link_copy(folder: &Path, path: &Path, target: &[u8]) -> Result<()> {
    let whole = folder.join(path);
    let mut above = whole
        .ancestors()
        .skip(1)
        .take_while(|above| *above != folder);
    if above.any(Path::is_symlink) || fs::symlink_metadata(&whole).is_ok() {
        return Ok(());
    }
    if let Some(parent) = whole.parent() {
        fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
    }
    #[cfg(unix)]
    {
        let target: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(target.to_vec());
        std::os::unix::fs::symlink(target, &whole).with_context(|| format!("{}", whole.display()))
    }
    #[cfg(not(unix))]
    write_file(&whole, target)
}

/// Puts new bytes in the place of one of the author's files, which is whole at every moment and keeps its permissions.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let place = || format!("{}", path.display());
    let real = path.canonicalize().with_context(place)?;
    let mut staged = real.clone().into_os_string();
    staged.push(".gangwei-new");
    let staged = std::path::PathBuf::from(staged);
    let permissions = fs::metadata(&real).with_context(place)?.permissions();
    fs::write(&staged, bytes).with_context(place)?;
    fs::set_permissions(&staged, permissions).with_context(place)?;
    fs::rename(&staged, &real).with_context(place)
}

/// Keeps a file for later builds, whole or not at all. The folder has a file that makes git ignore it.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    if !folder.is_dir() {
        fs::create_dir_all(folder).context("keep")?;
        write_file(&folder.join(".gitignore"), b"*\n")?;
    }
    let draft = path.with_extension("new");
    write_file(&draft, bytes)?;
    fs::rename(&draft, path).with_context(|| format!("{}", path.display()))
}

/// Deletes kept files with other names. A file that cannot be deleted does no harm.
pub fn keep_only(folder: &Path, names: &BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let is_other = |name: &str| {
            // The names are hashes; a file with any other name is foreign.
            let stem = name.strip_suffix(".new").unwrap_or(name);
            stem.len() == 64 && stem.bytes().all(|b| b.is_ascii_hexdigit()) && !names.contains(name)
        };
        if name.to_str().is_some_and(is_other) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a report where the user asked for it.
pub fn write_report_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{}", path.display()))
}
