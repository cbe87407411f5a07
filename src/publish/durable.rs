//! What must be on the disk before a manifest may speak of it. Enters: files that were staged or moved. Leaves: the same
//! files, so that neither a power cut nor a disk that is taken away leaves one half.

#![expect(
    clippy::disallowed_types,
    reason = "this module writes a published folder"
)]

use anyhow::{Context, Result};
use std::fs::File;
use std::path::Path;

/// Waits until everything written below a folder is on the disk. Linux does that at once for the whole file system, which
/// takes a thirtieth of the time that file after file would take; `paths` are the files, for other systems.
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
            // What was moved already, or is a folder, has been written before.
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

/// Waits until the names in a folder are on the disk, where the system can do that.
pub(super) fn flush_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}
