//! Files that are too large to be held whole. Enters: a path, and what writes or reads it piece by piece. Leaves: the file's
//! entry in the manifest.

use crate::manifest::Entry;
use anyhow::Result;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Bytes that are hashed and go to the disk at once: many are hashed faster than few.
const PIECE: usize = 1 << 18;

/// A file that is hashed while it is written.
struct Pieces {
    file: File,
    hasher: blake3::Hasher,
    size: u64,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file with what is handed over piece by piece.
pub(super) fn write_pieces(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<Entry> {
    let pieces = Pieces {
        file: File::create(path)?,
        hasher: blake3::Hasher::new(),
        size: 0,
    };
    let mut out = BufWriter::with_capacity(PIECE, pieces);
    write(&mut out)?;
    let pieces = out.into_inner().map_err(|error| error.into_error())?;
    Ok(Entry::with_hash(pieces.size, pieces.hasher.finalize()))
}

/// The entry of a file on the disk; nothing where it cannot be read.
pub(super) fn entry_of_file(path: &Path) -> Option<Entry> {
    let file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).ok()?;
    Some(Entry::with_hash(size, hasher.finalize()))
}
