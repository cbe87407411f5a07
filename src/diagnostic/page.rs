//! The page of a code: what it means, why it matters and how to repair it. Pages are read by the command line.

use super::{Severity, Text};

/// What `gangwei explain` says of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPage {
    /// The code: `unknown-department`.
    pub code: String,
    /// What it is listed under.
    pub group: Text,
    /// How severe it is where no pack and no finding changes that.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: Text,
    /// Why it matters.
    pub why: Text,
    /// What to write instead.
    pub repair: Text,
}
