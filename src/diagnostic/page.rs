//! The page of a code: its meaning, the reason and the repair. The command line prints it.

use super::{Severity, Text};

/// The text that `gangwei explain` prints about one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPage {
    /// The code: `unknown-department`.
    pub code: String,
    /// The group that it is listed under.
    pub group: Text,
    /// How severe it is where no pack and no finding changes that.
    pub severity: Severity,
    /// The fault, in a few words.
    pub title: Text,
    /// Why it matters.
    pub why: Text,
    /// The repair.
    pub repair: Text,
}
