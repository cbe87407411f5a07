//! Faults of the content where a worker cannot go on without them repaired. Enters: diagnostics. Leaves: an
//! `anyhow::Error`, out of which whoever began the work takes them again.

use super::{Diagnostic, Lang, Text};
use std::error::Error;
use std::fmt;

/// Diagnostics on their way up.
#[derive(Debug)]
pub struct ContentFaults(pub Vec<Diagnostic>);

impl ContentFaults {
    /// The same with the output in which they were met.
    #[must_use]
    pub fn met_in(mut self, path: &str) -> ContentFaults {
        let shown = path
            .strip_suffix("index.html")
            .filter(|path| !path.is_empty());
        let shown = shown.unwrap_or(path);
        for Text { zh, en } in self.0.iter_mut().map(|fault| &mut fault.message) {
            zh.push_str(&format!("（生成 {shown} 时）"));
            en.push_str(&format!(" (rendering {shown})"));
        }
        self
    }
}

impl fmt::Display for ContentFaults {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let messages = self.0.iter().map(|fault| fault.message.get(Lang::En));
        f.write_str(&messages.collect::<Vec<_>>().join("; "))
    }
}

impl Error for ContentFaults {}
