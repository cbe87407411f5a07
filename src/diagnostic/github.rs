//! Diagnostics as annotations of GitHub: one workflow command a line. Enters: sorted diagnostics. Leaves: lines for
//! standard output. No text of an author may end a command or begin another.
//!
//! The notation is that of "Workflow commands for GitHub Actions"; the runner shows the first ten of each severity of a
//! step beside the changed lines.

use super::positions::positions;
use super::{Diagnostic, Lang, Severity, visible};
use std::fmt::Write;

/// Prints faults as `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::…`. `base` is the site's folder from
/// where the repository begins, empty or with `/` at its end.
pub fn render_github(diagnostics: &[Diagnostic], base: &str, lang: Lang) -> String {
    let mut out = String::new();
    for (diagnostic, found) in diagnostics.iter().zip(positions(diagnostics)) {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties: Vec<(&str, String)> = Vec::new();
        if !diagnostic.file().is_empty() {
            properties.push(("file", format!("{base}{}", diagnostic.file())));
        }
        if let Some((start, end)) = found {
            properties.push(("line", start.line.to_string()));
            // GitHub takes columns only within one line.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
            }
            properties.push(("endLine", end.line.to_string()));
            if start.line == end.line {
                properties.push(("endColumn", end.column.to_string()));
            }
        }
        properties.push(("title", diagnostic.code.to_string()));
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", escape_property(&visible(&value))))
            .collect();
        let mut message = vec![diagnostic.message.get(lang)];
        message.extend(diagnostic.advice(lang));
        let message: Vec<_> = message.into_iter().map(visible).collect();
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            escape_data(&message.join("\n"))
        );
    }
    out
}

/// Escapes a message: `%` and the line ends.
fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property's value, where colons and commas have a meaning too.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;

    /// Reads a command as the runner does: name, properties, message.
    fn parse(line: &str) -> (String, Vec<(String, String)>, String) {
        let unescape = |text: &str| {
            text.replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%25", "%")
        };
        let (head, message) = line[2..].split_once("::").expect("two parts");
        let (name, properties) = head.split_once(' ').expect("properties");
        let properties = properties
            .split(',')
            .map(|pair| pair.split_once('=').expect("a value"))
            .map(|(key, value)| (key.to_owned(), unescape(value)))
            .collect();
        (name.to_owned(), properties, unescape(message))
    }

    #[test]
    fn a_command_carries_place_code_and_advice() {
        let file = file("content/jobs/a.md", "一\n只要限男性\n");
        let printed = render_github(&[finding(&file, 0, "限男")], "hr/", Lang::Zh);
        assert_eq!(
            printed,
            "::error file=hr/content/jobs/a.md,line=2,col=3,endLine=2,endColumn=5,title=gender-limit::\
             “限男”：性别限制%0A删去性别%0A法律禁止（cn）\n"
        );
    }

    #[test]
    fn hostile_names_and_texts_can_be_read_and_make_one_line() {
        let path = "content/a,line=9::b%0A%3A\u{1b}]0;x\u{7}.md";
        let file = file(path, "甲%0A\r::error::乙");
        let mut hostile = finding(&file, 0, "甲%0A\r::error::乙");
        hostile.severity = Severity::Warning;
        let printed = render_github(&[hostile], "", Lang::En);
        assert_eq!(printed.lines().count(), 1);
        let (name, properties, message) = parse(printed.trim_end());
        assert_eq!(name, "warning");
        let path = "content/a,line=9::b%0A%3A\\u{1b}]0;x\\u{7}.md";
        assert_eq!(properties[0], ("file".to_owned(), path.to_owned()));
        assert!(message.starts_with("`甲%0A\\r::error::乙`: a limit by sex\n"));
        assert!(!printed.trim_end().contains(char::is_control));
    }

    #[test]
    fn a_finding_over_several_lines_has_no_columns_and_one_without_a_place_no_line() {
        let file = file("a.md", "限\n男");
        let printed = render_github(&[finding(&file, 0, "限\n男")], "", Lang::Zh);
        assert!(printed.contains("line=1,endLine=2,title") && !printed.contains("col="));
        let nowhere = Diagnostic::note("no-base-url", crate::say!("甲", "a"));
        let printed = render_github(&[nowhere], "", Lang::En);
        assert_eq!(printed, "::notice title=no-base-url::a\n");
    }
}
