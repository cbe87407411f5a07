//! Names for findings that stay the same while the lines around them move. Enters: sorted diagnostics. Leaves: one
//! name for each, different within a list. The text itself must never be readable from a name.

use super::Diagnostic;
use std::collections::BTreeMap;

/// The name of each finding, 32 hexadecimal digits: BLAKE3 of code, file, the text found and how many equal findings
/// precede it in the file. Line numbers do not count.
pub(super) fn fingerprints(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let key = (
                diagnostic.code.as_ref(),
                diagnostic.file(),
                found_text(diagnostic),
            );
            let ordinal = seen.entry(key).or_default();
            let (code, file, text) = key;
            let named = format!("{code}\0{file}\0{text}\0{ordinal}");
            *ordinal += 1;
            blake3::hash(named.as_bytes()).to_hex()[..32].to_owned()
        })
        .collect()
}

/// The words that a finding is about; its message where it points at no text.
fn found_text(diagnostic: &Diagnostic) -> &str {
    let place = diagnostic.place.as_ref();
    place
        .and_then(|place| place.file.text.get(place.span.range()))
        .filter(|text| !text.is_empty())
        .unwrap_or(&diagnostic.message.zh)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;

    #[test]
    fn lines_above_change_nothing_and_equal_findings_differ() {
        let short = file("a.md", "限男\n限男\n");
        let long = file("a.md", "新的一行\n限男\n限男\n");
        let before = fingerprints(&[finding(&short, 0, "限男"), finding(&short, 1, "限男")]);
        let after = fingerprints(&[finding(&long, 0, "限男"), finding(&long, 1, "限男")]);
        assert_eq!(before, after);
        assert_ne!(before[0], before[1]);
        assert!(before.iter().all(|name| name.len() == 32));
    }

    #[test]
    fn another_file_or_another_code_is_another_finding() {
        let (here, there) = (file("a.md", "限男"), file("b.md", "限男"));
        let mut other = finding(&here, 0, "限男");
        other.code = "gender-prefer".into();
        let all = fingerprints(&[finding(&here, 0, "限男"), other, finding(&there, 0, "限男")]);
        assert!(all[0] != all[1] && all[0] != all[2] && all[1] != all[2]);
    }
}
