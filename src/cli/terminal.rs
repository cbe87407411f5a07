//! What a command leaves behind: texts on the terminal, and how it ended.

use super::machine::variable;
use crate::diagnostic::{Diagnostic, Lang, Terminal, render_text};
use std::io::{IsTerminal, Write};

/// How a command ended, where it could work at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing to complain of, or warnings only.
    Done,
    /// Faults in the content.
    Faults,
    /// There is nothing to do.
    Idle,
}

/// Prints faults to standard error, with colours only on a terminal that wants them.
pub(super) fn print_diagnostics(diagnostics: &[Diagnostic], lang: Lang) {
    let terminal = Terminal {
        lang,
        colour: std::io::stderr().is_terminal() && variable("NO_COLOR").is_none(),
        width: variable("COLUMNS")
            .and_then(|columns| columns.to_str()?.parse().ok())
            .unwrap_or(120),
    };
    error_text(&render_text(diagnostics, terminal));
}

/// Prints a text that ends its own lines to standard error. A closed pipe is no fault of the content.
pub(super) fn error_text(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints a line to standard error.
pub(super) fn error_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a line to standard output.
pub(super) fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a text that ends its own lines to standard output.
pub(super) fn print_text(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}
