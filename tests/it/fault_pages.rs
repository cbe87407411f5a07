//! Every code that the program can print has a page, and every page a code: both are read off the sources.

use gangwei::cli::explain::pages;
use gangwei::cli::fault_pages::fault_pages;
use gangwei::diagnostic::{FaultPage, Severity, Sink};
use gangwei::rules::RuleBook;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The sources without their tests and comments, by path below `src/`.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>, root: &Path) {
        for entry in std::fs::read_dir(folder).expect("folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found, root);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("source");
                let code = text.split("#[cfg(test)]").next().unwrap_or("");
                let code: Vec<&str> = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                let name = path.strip_prefix(root).expect("below src");
                found.insert(name.to_string_lossy().replace('\\', "/"), code.join("\n"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    walk(&root, &mut found, &root);
    found
}

/// The codes that the sources name, each with the severities that they are made with, where that is said beside them.
fn codes() -> BTreeMap<String, BTreeSet<&'static str>> {
    // A code stands in a constructor, before its wording in a tuple, or as the code of something unknown.
    let patterns = [
        r#"(?:Diagnostic::|\.)(?<severity>error|warning|note)\(\s*"(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)""#,
        r#"(?<severity>)"(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)",\s*say!\("#,
        r#"(?:=>|unknown_code:)(?<severity>)\s*"(?<code>unknown-[a-z0-9-]+)""#,
        r#"(?<severity>)"(?<code>unknown-[a-z0-9-]+)",\s*\("#,
    ];
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let patterns = patterns.map(|pattern| Regex::new(pattern).expect("pattern"));
    for code in sources().values() {
        for hit in patterns.iter().flat_map(|one| one.captures_iter(code)) {
            let severities = found.entry(hit["code"].to_owned()).or_default();
            severities.extend(match &hit["severity"] {
                "error" => Some("error"),
                "warning" => Some("warning"),
                "note" => Some("note"),
                _ => None,
            });
        }
    }
    found
}

fn faults() -> Vec<FaultPage> {
    fault_pages(&mut Sink::default())
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes = codes();
    assert!(codes.len() > 50, "the codes are no longer found");
    let rules = RuleBook::new(&[], &mut Sink::default());
    let pages: BTreeSet<String> = faults().into_iter().map(|page| page.code).collect();
    let without: Vec<&String> = codes
        .keys()
        .filter(|code| !pages.contains(*code) && rules.rule(code).is_none())
        .collect();
    assert!(without.is_empty(), "no page in faults.yaml: {without:?}");
    let idle: Vec<&String> = pages
        .iter()
        .filter(|code| !codes.contains_key(*code))
        .collect();
    assert!(idle.is_empty(), "no code in the sources: {idle:?}");
}

#[test]
fn a_page_states_the_gravest_severity_of_its_code() {
    let codes = codes();
    for page in faults() {
        let Some(severities) = codes.get(&page.code).filter(|known| !known.is_empty()) else {
            continue;
        };
        let highest = ["error", "warning", "note"]
            .into_iter()
            .find(|name| severities.contains(name));
        let stated = match page.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        assert_eq!(Some(stated), highest, "{}", page.code);
    }
}

#[test]
fn no_code_hides_in_a_variable_that_this_test_does_not_follow() {
    // These pass codes on that they are given; the patterns above find them where they are written.
    let known = [
        "blanks/compile.rs",
        "diagnostic/mod.rs",
        "fields/mod.rs",
        "fields/record.rs",
        "yaml/mod.rs",
        "site/references.rs",
        "rules/mod.rs",
        "yaml/typos/mod.rs",
        "fields/vocabulary/mod.rs",
    ];
    let variable = Regex::new(r#"(?:Diagnostic::(?:error|warning|note)|reader\.error)\(\s*[^"\s]"#)
        .expect("pattern");
    for (name, code) in sources() {
        assert!(
            known.contains(&name.as_str()) || !variable.is_match(&code),
            "src/{name} makes a diagnostic whose code is no literal"
        );
    }
}

#[test]
fn no_code_has_two_pages() {
    let book = RuleBook::new(&[], &mut Sink::default());
    let all = pages(&book);
    let codes: BTreeSet<&String> = all.iter().map(|page| &page.code).collect();
    assert_eq!(codes.len(), all.len());
    assert!(
        book.rules()
            .all(|rule| codes.contains(&rule.rule.code.value))
    );
}
