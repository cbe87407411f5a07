//! Files that are too large to be held whole. Enters: a path and the pieces. Leaves: the file's entry in the manifest.

#![expect(
    clippy::disallowed_types,
    reason = "this module writes a published folder"
)]

use super::unwritten;
use crate::files::FileDigest;
use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::PathBuf;

/// The number of bytes that are hashed and written at once. Hashing is faster on large pieces.
const PIECE: usize = 1 << 18;

/// A file that is staged piece by piece.
#[derive(Debug)]
pub struct Large {
    pub(super) path: String,
    pub(super) stage: PathBuf,
    out: BufWriter<Hashed>,
}

impl Large {
    /// Begins a file of that path in the portal, staged at a place on the disk.
    pub(super) fn create(path: &str, stage: PathBuf) -> Result<Large> {
        let file = Hashed {
            file: File::create(&stage)?,
            hasher: blake3::Hasher::new(),
            size: 0,
        };
        Ok(Large {
            path: path.to_owned(),
            stage,
            out: BufWriter::with_capacity(PIECE, file),
        })
    }

    /// Writes a piece.
    pub fn put(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = self.out.write_all(bytes);
        written.map_err(|error| unwritten(&self.stage, error))
    }

    /// Writes what is left.
    pub(super) fn finish(self) -> Result<FileDigest> {
        let hashed = self
            .out
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        Ok(FileDigest::with_hash(hashed.size, hashed.hasher.finalize()))
    }
}

/// A file that is hashed while it is written.
#[derive(Debug)]
struct Hashed {
    file: File,
    hasher: blake3::Hasher,
    size: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.file.flush()
    }
}
