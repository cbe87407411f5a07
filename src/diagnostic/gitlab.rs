//! Diagnostics as a report of GitLab's code quality: one JSON array. Enters: sorted diagnostics. Leaves: the text of the
//! report. No two findings may share a fingerprint, since GitLab shows only the first of them.

use super::fingerprint::fingerprints;
use super::positions::positions;
use super::{Diagnostic, Lang, Severity, sentences};
use serde_json::{Value, json};

/// The file named for a finding of the whole site, since the format asks for one.
const SETTINGS: &str = "gangwei.yaml";

/// Prints faults as the array of `description`, `check_name`, `fingerprint`, `severity` and `location` that GitLab's
/// page "Code Quality report format" describes. `base` is the site's folder from where the repository begins, empty or
/// with `/` at its end.
pub fn render_gitlab(diagnostics: &[Diagnostic], base: &str, lang: Lang) -> String {
    let all: Vec<Value> = diagnostics
        .iter()
        .zip(positions(diagnostics))
        .zip(fingerprints(diagnostics))
        .map(|((diagnostic, found), fingerprint)| {
            let line = found.map_or(1, |(start, _)| start.line);
            one(diagnostic, line, &fingerprint, base, lang)
        })
        .collect();
    format!("{:#}\n", Value::Array(all))
}

fn one(diagnostic: &Diagnostic, line: usize, fingerprint: &str, base: &str, lang: Lang) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let file = match diagnostic.file() {
        "" => SETTINGS,
        file => file,
    };
    let mut parts = vec![diagnostic.message.get(lang)];
    parts.extend(diagnostic.advice(lang));
    json!({
        "description": sentences(&parts, lang),
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": format!("{base}{file}"), "lines": { "begin": line } },
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;

    #[test]
    fn equal_findings_are_two_entries_with_the_documented_keys() {
        let file = file("content/jobs/a.md", "限男\n\n限男\n");
        let printed = render_gitlab(
            &[finding(&file, 0, "限男"), finding(&file, 1, "限男")],
            "hr/",
            Lang::Zh,
        );
        let report: Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(
            report[0]["description"],
            "“限男”：性别限制。删去性别。法律禁止（cn）。"
        );
        assert_eq!(report[0]["check_name"], "gender-limit");
        assert_eq!(report[0]["severity"], "major");
        assert_eq!(report[1]["location"]["path"], "hr/content/jobs/a.md");
        assert_eq!(report[1]["location"]["lines"]["begin"], 3);
        assert_ne!(report[0]["fingerprint"], report[1]["fingerprint"]);
    }

    #[test]
    fn a_finding_of_the_whole_site_stands_in_the_settings() {
        let nowhere = Diagnostic::note("no-base-url", crate::say!("甲", "a"));
        let printed = render_gitlab(&[nowhere], "", Lang::En);
        let report: Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(report[0]["severity"], "info");
        assert_eq!(report[0]["location"]["path"], SETTINGS);
        assert_eq!(report[0]["location"]["lines"]["begin"], 1);
    }
}
