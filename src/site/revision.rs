//! Which commit the content was read from.

use jiff::Timestamp;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its full name.
    pub commit: String,
    /// When it was made.
    pub committed: Timestamp,
}
