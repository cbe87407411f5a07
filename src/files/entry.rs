//! What identifies the bytes of a file: their number and their hash.

use serde::{Serialize, Serializer};

/// A file by its bytes, as the manifest lists it.
#[derive(Debug, Clone, Copy, Serialize, PartialEq, Eq)]
pub struct FileDigest {
    /// Bytes.
    pub size: u64,
    /// BLAKE3; in the file 64 lower-case hexadecimal digits.
    #[serde(serialize_with = "as_hex")]
    pub hash: blake3::Hash,
}

fn as_hex<S: Serializer>(hash: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hash.to_hex())
}

impl FileDigest {
    /// The entry of a file with these bytes.
    pub fn of(bytes: &[u8]) -> FileDigest {
        FileDigest::with_hash(bytes.len() as u64, blake3::hash(bytes))
    }

    /// The entry of a file of a size with a hash.
    pub fn with_hash(size: u64, hash: blake3::Hash) -> FileDigest {
        FileDigest { size, hash }
    }
}
