//! What a command leaves behind: texts on the terminal, and how it ended.

use crate::diagnostic::{Diagnostic, Lang, Terminal, render_text};
use std::io::{IsTerminal, Write};

/// How a command ended, where it could work at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing to complain of, or warnings only.
    Done,
    /// Faults in the content.
    Faults,
}

/// Prints faults to standard error, with colours only on a terminal that wants them.
pub fn print_diagnostics(diagnostics: &[Diagnostic], lang: Lang) {
    let stderr = std::io::stderr();
    let terminal = Terminal {
        lang,
        colour: stderr.is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        width: std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok())
            .unwrap_or(120),
    };
    // A closed pipe is no fault of the content.
    let _ = stderr
        .lock()
        .write_all(render_text(diagnostics, terminal).as_bytes());
}

/// Prints a line to standard output.
pub fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a text that ends its own lines to standard output.
pub fn print_text(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}
