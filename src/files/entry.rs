//! The digest of a file: the number of its bytes and their hash.

use serde::{Serialize, Serializer};

/// The size and the hash of a file, as the manifest lists them.
#[derive(Debug, Clone, Copy, Serialize, PartialEq, Eq)]
pub struct FileDigest {
    /// The number of bytes.
    pub size: u64,
    /// BLAKE3; in the file 64 lower-case hexadecimal digits.
    #[serde(serialize_with = "as_hex")]
    pub hash: blake3::Hash,
}

fn as_hex<S: Serializer>(hash: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hash.to_hex())
}

impl FileDigest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> FileDigest {
        FileDigest::with_hash(bytes.len() as u64, blake3::hash(bytes))
    }

    /// The digest with this size and this hash.
    pub fn with_hash(size: u64, hash: blake3::Hash) -> FileDigest {
        FileDigest { size, hash }
    }
}
