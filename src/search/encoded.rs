//! Files of an index that are named after their content.

use super::document::SearchFile;
use super::head;
use super::key::tag;

/// What a task makes.
#[derive(Debug, Clone, Default)]
pub struct Encoded {
    /// The files.
    pub files: Vec<SearchFile>,
    /// The tag of the file that others name; 0 when there is none.
    pub tag: u32,
}

/// A file named after its content.
pub fn named(name: &str, bytes: Vec<u8>) -> Encoded {
    let tag = tag(&bytes);
    Encoded {
        files: vec![SearchFile {
            path: head::tagged(name, tag),
            bytes,
        }],
        tag,
    }
}
