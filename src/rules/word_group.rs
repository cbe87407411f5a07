//! The groups of words that detectors look for.

/// Whose words.
#[derive(Debug, Clone, Copy)]
pub enum WordGroup {
    /// Dates of an application, of tests.
    Dates,
    /// Growth.
    Growth,
    /// Totals and their parts.
    Parts,
    /// Shares and rates.
    Percent,
    /// Weights.
    Weights,
    /// Titles beside a name.
    Titles,
    /// Labels before a name.
    Labels,
}
