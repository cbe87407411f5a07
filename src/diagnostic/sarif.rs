//! Diagnostics as SARIF 2.1.0, the format of the OASIS standard "Static Analysis Results Interchange Format". Enters:
//! sorted diagnostics and the pages of codes. Leaves: one log with one run. No time, machine or absolute path may be
//! in it, so that two runs over one content print the same bytes.

use super::fingerprint::fingerprints;
use super::positions::{count_on, positions};
use super::{Diagnostic, FaultPage, Fix, Lang, Severity, sentences};
use crate::text::{Position, SourceSpan};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The schema that the log follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The signs that a path keeps in a URI (RFC 3986, section 3.3). A colon is not among them, since it would end a
/// scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Prints faults as a SARIF log. `pages` describe the codes; only those found are listed. `base` is the site's folder
/// from where the repository begins, empty or with `/` at its end. Columns count characters.
pub fn render_sarif(
    diagnostics: &[Diagnostic],
    pages: &[FaultPage],
    base: &str,
    lang: Lang,
) -> String {
    let mut codes: BTreeMap<&str, Severity> = BTreeMap::new();
    for diagnostic in diagnostics {
        let highest = codes.entry(&diagnostic.code).or_insert(diagnostic.severity);
        *highest = diagnostic.severity.max(*highest);
    }
    let rules: Vec<Value> = codes
        .iter()
        .map(|(&code, &highest)| {
            let page = pages.iter().find(|page| page.code == code);
            rule(code, page, highest, lang)
        })
        .collect();
    let index: BTreeMap<&str, usize> = codes.keys().copied().zip(0..).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .zip(positions(diagnostics))
        .zip(fingerprints(diagnostics))
        .map(|((diagnostic, found), fingerprint)| {
            let mut result = result(diagnostic, found, base, lang);
            result["ruleIndex"] = index.get(diagnostic.code.as_ref()).copied().into();
            result["partialFingerprints"] = json!({ "codeFileText/v1": fingerprint });
            result
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gangwei",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "language": match lang { Lang::Zh => "zh-CN", Lang::En => "en-US" },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A code's description; without a page, what its findings say of it.
fn rule(code: &str, page: Option<&FaultPage>, highest: Severity, lang: Lang) -> Value {
    let severity = page.map_or(highest, |page| page.severity);
    let mut rule = json!({ "id": code });
    if let Some(page) = page {
        rule["shortDescription"] = json!({ "text": page.title.get(lang) });
        rule["fullDescription"] = json!({ "text": page.why.get(lang) });
        rule["help"] = json!({ "text": page.repair.get(lang) });
    }
    rule["defaultConfiguration"] = json!({ "level": severity.name() });
    rule
}

fn result(
    diagnostic: &Diagnostic,
    found: Option<(Position, Position)>,
    base: &str,
    lang: Lang,
) -> Value {
    let mut parts = vec![diagnostic.message.get(lang)];
    parts.extend(diagnostic.advice(lang));
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.name(),
        "message": { "text": sentences(&parts, lang) },
        "locations": [],
    });
    if !diagnostic.file().is_empty() {
        let mut physical = Map::new();
        let artifact = artifact(diagnostic.file(), base);
        physical.insert("artifactLocation".to_owned(), artifact);
        if let Some((start, end)) = found {
            physical.insert("region".to_owned(), region(start, end));
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    if let (Some(fix), Some(place), Some((start, _))) = (&diagnostic.fix, &diagnostic.place, found)
    {
        let help = diagnostic.help.as_ref().or(diagnostic.label.as_ref());
        let description = help.unwrap_or(&diagnostic.message).get(lang);
        result["fixes"] = json!([{
            "description": { "text": description },
            "artifactChanges": [change(fix, place, start, base)],
        }]);
    }
    result
}

fn artifact(file: &str, base: &str) -> Value {
    let path = format!("{base}{file}");
    json!({ "uri": utf8_percent_encode(&path, PATH).to_string() })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The change of a fix, counted on from where its finding begins.
fn change(fix: &Fix, place: &SourceSpan, found: Position, base: &str) -> Value {
    let span = place.file.clamp(fix.span).range();
    let start = count_on(&place.file, place.span.start as usize, found, span.start);
    let end = count_on(&place.file, span.start, start, span.end);
    json!({
        "artifactLocation": artifact(&place.file.path, base),
        "replacements": [{
            "deletedRegion": region(start, end),
            "insertedContent": { "text": fix.text },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;
    use crate::text::Span;

    fn log(diagnostics: &[Diagnostic], pages: &[FaultPage]) -> Value {
        let printed = render_sarif(diagnostics, pages, "人事/", Lang::Zh);
        serde_json::from_str(&printed).expect("JSON")
    }

    #[test]
    fn a_result_points_at_characters_of_a_percent_encoded_path() {
        let file = file("content/jobs/甲 1:#.md", "𠮷\n只要限男性\n");
        let log = log(&[finding(&file, 0, "限男")], &[]);
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "%E4%BA%BA%E4%BA%8B/content/jobs/%E7%94%B2%201%3A%23.md"
        );
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5 })
        );
        assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn each_code_is_described_once_and_results_name_its_index() {
        let file = file("a.md", "限男限男");
        let mut note = finding(&file, 0, "限男");
        note.code = "age-limit".into();
        note.severity = Severity::Note;
        let words = |text: &str| crate::say!("{text}", "{text}");
        let page = FaultPage {
            code: "gender-limit".to_owned(),
            group: words("规则"),
            severity: Severity::Warning,
            title: words("性别限制"),
            why: words("法律禁止"),
            repair: words("删去"),
        };
        let all = [note, finding(&file, 0, "限男"), finding(&file, 1, "限男")];
        let log = log(&all, &[page]);
        let rules = log["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .expect("rules");
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0]["defaultConfiguration"]["level"], "note");
        assert_eq!(rules[1]["defaultConfiguration"]["level"], "warning");
        assert_eq!(rules[1]["help"]["text"], "删去");
        let results = log["runs"][0]["results"].as_array().expect("results");
        for result in results {
            let index = result["ruleIndex"].as_u64().expect("index");
            let index = usize::try_from(index).expect("index");
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        assert_ne!(
            results[1]["partialFingerprints"],
            results[2]["partialFingerprints"]
        );
    }

    #[test]
    fn a_fix_replaces_its_own_bytes() {
        let file = file("a.md", "部门：公司");
        let fixed = finding(&file, 0, "：").fix(Span::new(6, 9), ": ");
        let log = log(&[fixed], &[]);
        let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
        let replacement = &change["replacements"][0];
        assert_eq!(replacement["insertedContent"]["text"], ": ");
        assert_eq!(replacement["deletedRegion"]["startColumn"], 3);
        assert_eq!(replacement["deletedRegion"]["endColumn"], 4);
    }

    #[test]
    fn a_finding_without_a_file_has_no_location() {
        let nowhere = Diagnostic::note("no-base-url", crate::say!("甲", "a"));
        let log = log(&[nowhere], &[]);
        assert_eq!(log["runs"][0]["results"][0]["locations"], json!([]));
    }
}
