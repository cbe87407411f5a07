//! The formats of `gangwei check` for other programs, through the real binary on a small faulty site.
//! `SNAPSHOTS=overwrite cargo test --test it formats::` rewrites the expected reports.

use crate::common::{Ran, gangwei, temporary};
use crate::site_text::write_site;
use crate::snapshot::expect_folder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tempfile::TempDir;

fn site() -> TempDir {
    let folder = temporary();
    write_site(
        &folder.path().join("hr/site"),
        include_str!("../formats/site.txt"),
    );
    folder
}

/// Checks the site from two folders above it, as a repository's pipeline does.
fn check(folder: &Path, format: &str, lang: &str) -> String {
    let ran = gangwei()
        .args(["check", "hr/site", "--as-of", "2026-11-21"])
        .args(["--format", format, "--lang", lang])
        .current_dir(folder)
        .output()
        .expect("gangwei");
    let ran = Ran::of(&ran).expect(1);
    assert_eq!(ran.stderr, "", "{format}");
    ran.stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_reports_are_the_expected_ones_in_both_languages() {
    let folder = site();
    let mut reports = BTreeMap::new();
    for lang in ["zh", "en"] {
        for (format, ending) in [("sarif", "json"), ("github", "txt"), ("gitlab", "json")] {
            let report = check(folder.path(), format, lang).replace(
                concat!("\"", env!("CARGO_PKG_VERSION"), "\""),
                "\"VERSION\"",
            );
            reports.insert(format!("{format}.{lang}.{ending}"), report);
        }
    }
    expect_folder("tests/formats/expected", &reports);
}

#[test]
fn sarif_follows_the_schema_of_the_standard() {
    // The pattern for languages holds a stray bracket, which the dialect's regular expressions do not allow.
    let schema = include_str!("../schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema = json(&schema);
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("schema");
    let log = json(&check(site().path(), "sarif", "zh"));
    let faults: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() >= 6, "the site has lost its faults");
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema takes anything");
}

#[test]
fn gitlab_gets_the_documented_keys_and_no_fingerprint_twice() {
    let report = json(&check(site().path(), "gitlab", "zh"));
    let findings = report.as_array().expect("an array");
    assert!(findings.len() >= 6, "the site has lost its faults");
    let mut fingerprints = BTreeSet::new();
    for finding in findings {
        for key in ["description", "check_name", "fingerprint"] {
            let text = finding[key].as_str().expect(key);
            assert!(!text.is_empty() && !text.contains('\n'), "{finding}");
        }
        let severity = finding["severity"].as_str().expect("severity");
        assert!(
            ["info", "minor", "major", "critical", "blocker"].contains(&severity),
            "{finding}"
        );
        let path = finding["location"]["path"].as_str().expect("path");
        assert!(path.starts_with("hr/site/"), "{path}");
        let line = finding["location"]["lines"]["begin"].as_u64();
        assert!(line.is_some_and(|line| line >= 1), "{finding}");
        assert!(
            fingerprints.insert(finding["fingerprint"].to_string()),
            "{finding}"
        );
    }
}

#[test]
fn every_format_tells_the_same_findings_in_the_same_order() {
    let folder = site();
    let codes = |report: &Value, key: &str| -> Vec<String> {
        let all = report.as_array().expect("an array").iter();
        all.map(|one| one[key].as_str().expect(key).to_owned())
            .collect()
    };
    let plain = codes(&json(&check(folder.path(), "json", "en")), "code");
    let gitlab = codes(&json(&check(folder.path(), "gitlab", "en")), "check_name");
    let sarif = json(&check(folder.path(), "sarif", "en"));
    let sarif = codes(&sarif["runs"][0]["results"], "ruleId");
    let github: Vec<String> = check(folder.path(), "github", "en")
        .lines()
        .map(|line| {
            let (_, rest) = line.split_once("title=").expect("title");
            rest.split("::").next().expect("code").to_owned()
        })
        .collect();
    assert_eq!(plain, gitlab);
    assert_eq!(plain, sarif);
    assert_eq!(plain, github);
}

#[test]
fn fingerprints_stay_when_lines_are_put_above() {
    let folder = site();
    let prints = || -> BTreeSet<String> {
        let report = json(&check(folder.path(), "gitlab", "zh"));
        let all = report.as_array().expect("an array").iter();
        all.map(|one| one["fingerprint"].to_string()).collect()
    };
    let before = prints();
    let path = folder.path().join("hr/site/content/jobs/客户 经理,1.md");
    let text = std::fs::read_to_string(&path).expect("document");
    let longer = text
        .replace("---\n编号", "---\n简介: 新的一行\n编号")
        .replace("\n负责", "\n新的一段。\n\n负责");
    assert_ne!(text, longer);
    std::fs::write(&path, longer).expect("document");
    assert_eq!(before, prints());
}
