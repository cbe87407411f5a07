//! The rules that need more than a phrase, by code. Each is a function from a file to its findings; its title, reason,
//! repair and examples are in `library/`.

use super::finding::Finding;
use super::subject::Subject;
use super::{gate, leaks, sums};

/// Finds what one rule looks for.
pub type Detector = fn(&Subject) -> Vec<Finding>;

/// Every detector with the code of its rule.
pub const DETECTORS: &[(&str, Detector)] = &[];
