//! The head: the one file with a fixed name that a reader begins with, and the names of all others.
//! Enters: counts and tags. Leaves: JSON. A file that is named after its content never changes.

use super::key::tag_text;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the format; a reader refuses any other.
pub const FORMAT: u32 = 1;
/// The head's path.
pub const PATH: &str = "head.json";
/// Term shards whose tags stand in one file.
pub const PART: u32 = 256;

/// What a reader begins with. Tags are 24 bits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The format's version.
    pub format: u32,
    /// Documents in the index.
    pub documents: u32,
    /// Slots of the layout.
    pub slots: u32,
    /// Term shards, a power of two.
    pub shards: u32,
    /// Slots that share a text file, a power of two.
    pub block: u32,
    /// Days of a period, a power of two.
    pub period: u32,
    /// The number that Rice parameters are chosen by.
    pub scale: u32,
    /// The tags of the files that hold the tags of term shards.
    pub parts: Vec<u32>,
    /// The tags of single files, by path without tag.
    pub files: BTreeMap<String, u32>,
}

/// The path of a file that is named after its content.
pub fn tagged(name: &str, tag: u32) -> String {
    format!("{name}-{}.bin", tag_text(tag))
}

/// The name of a term shard, without its tag.
pub fn shard(shard: u32) -> String {
    format!("terms/{shard:04x}")
}

/// The name of a list that stands alone, without its tag.
pub fn list(shard: u32, rest: u32) -> String {
    format!("lists/{shard:04x}-{rest:06x}")
}

/// The name of a file that holds the tags of term shards, without its own.
pub fn part(part: u32) -> String {
    format!("tags/terms-{part:02x}")
}

/// The path of a text file.
pub fn text(block: u32) -> String {
    format!("text/{:02x}/{:02x}.bin", block >> 8, block & 0xFF)
}

/// The name of a file of cards, without its tag.
pub fn cards(number: u32) -> String {
    format!("cards/{number:03x}")
}

/// Writes tags, three bytes each, the lowest first.
pub fn encode_tags(tags: impl Iterator<Item = u32>) -> Vec<u8> {
    let bytes = |tag: u32| tag.to_le_bytes().into_iter().take(3);
    tags.flat_map(bytes).collect()
}
