//! Flushes files to the disk before a manifest lists them. Enters: staged or moved files. Leaves: the same files on the
//! disk, so that no file is incomplete after a power cut or the removal of the disk.

#![expect(
    clippy::disallowed_types,
    reason = "this module writes a published folder"
)]

use anyhow::{Context, Result};
use std::fs::File;
use std::path::Path;

/// Waits until all files below a folder are on the disk. Linux flushes the whole file system in one call, which is
/// about thirty times as fast as one call for each file. Other systems flush the files in `paths`.
pub(super) fn flush(folder: &Path, paths: &[&str]) -> Result<()> {
    let place = || format!("{}", folder.display());
    #[cfg(target_os = "linux")]
    {
        let _ = paths;
        let handle = File::open(folder).with_context(place)?;
        rustix::fs::syncfs(&handle)
            .map_err(std::io::Error::from)
            .with_context(place)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let mut folders = std::collections::BTreeSet::from([folder.to_owned()]);
        for path in paths {
            let whole = folder.join(path);
            // Another call has flushed a path that was moved since, or is a folder.
            if whole.is_file() {
                let file = File::options()
                    .write(true)
                    .open(&whole)
                    .with_context(place)?;
                file.sync_all().with_context(place)?;
            }
            folders.extend(whole.parent().map(Path::to_owned));
        }
        for folder in folders {
            flush_folder(&folder);
        }
        Ok(())
    }
}

/// Waits until one file, and its name in its folder, are on the disk.
pub(super) fn flush_file(path: &Path) -> Result<()> {
    let place = || format!("{}", path.display());
    let file = File::options().write(true).open(path).with_context(place)?;
    file.sync_all().with_context(place)?;
    path.parent().into_iter().for_each(flush_folder);
    Ok(())
}

/// Waits until the names in a folder are on the disk, if the system supports it.
pub(super) fn flush_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}
