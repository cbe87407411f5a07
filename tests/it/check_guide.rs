//! The guide to checks is correct: its commands run as written, and the program reads its files without a fault.

use crate::common::{Ran, gangwei, temporary};
use gangwei::diagnostic::{Diagnostic, Sink};
use gangwei::fields::Vocabularies;
use gangwei::kinds::{Config, Kind, read_document};
use gangwei::rules::{RuleBook, RuleText};
use gangwei::text::SourceFile;
use std::sync::Arc;

const GUIDE: &str = include_str!("../../docs/check.md");

/// The fenced blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = GUIDE.split(&fence).skip(1);
    parts
        .filter_map(|part| part.split("```").next())
        .map(str::to_owned)
        .collect()
}

/// The YAML block whose first line names a file.
fn file(path: &str) -> Arc<SourceFile> {
    let first = format!("# {path}\n");
    let text = blocks("yaml")
        .into_iter()
        .find(|text| text.starts_with(&first));
    Arc::new(SourceFile {
        path: path.to_owned(),
        text: text.expect(path),
    })
}

#[track_caller]
fn expect_no_faults(sink: Sink) {
    let faults: Vec<Diagnostic> = sink.into_sorted();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_command_of_the_guide_works() {
    let folder = temporary();
    let blocks = blocks("sh");
    let commands = blocks.iter().flat_map(|block| block.lines());
    let mut count = 0;
    for line in commands.filter(|line| line.starts_with("gangwei ")) {
        let ran = gangwei()
            .args(line.split_whitespace().skip(1))
            .current_dir(folder.path())
            .output()
            .expect("gangwei");
        let ran = Ran::of(&ran);
        // A check that finds faults has worked too.
        let worked = ran.code == Some(0) || (line.contains(" check") && ran.code == Some(1));
        assert!(worked, "{line}: {:?} {}", ran.code, ran.stderr);
        count += 1;
    }
    assert!(count >= 10, "the guide lost its commands");
}

#[test]
fn the_guides_settings_and_waiver_are_read() {
    let mut sink = Sink::default();
    let settings = file("gangwei.yaml");
    let config = Config::parse(&settings, None, &mut sink).expect("settings");
    assert_eq!(config.check.packs[0].value, "rules/our-bank.yaml");
    let waiver = file("content/jobs/teller.md");
    let source = Arc::new(SourceFile {
        path: waiver.path.clone(),
        text: format!("---\n{}---\n\n办理柜面业务。\n", waiver.text),
    });
    let kind = Kind::find("job").expect("kind");
    let vocabularies = Vocabularies::default();
    let document = read_document(&source, kind, &vocabularies, config.language, &mut sink);
    let allow = document.expect("document").shared.allow;
    assert_eq!(allow.len(), 1);
    assert!(config.check.approvers.contains(&allow[0].approver.value));
    expect_no_faults(sink);
}

#[test]
fn the_guides_pack_wins_and_its_rule_keeps_its_own_examples() {
    let mut sink = Sink::default();
    let book = RuleBook::new(&[file("rules/our-bank.yaml")], &mut sink);
    expect_no_faults(sink);
    let law = |code: &str| {
        let rule = book.rule(code).expect(code);
        book.weight(rule, "cn")
    };
    assert_eq!(
        law("age-limit").severity,
        Some(gangwei::diagnostic::Severity::Error)
    );
    assert!(law("age-limit").law.expect("law").read);
    let rule = book.rule("our-slogan").expect("rule");
    let finds = |text: &str| {
        let folded = RuleText::read(text).text;
        let found = rule
            .phrases
            .iter()
            .any(|phrase| phrase.find_iter(&folded).next().is_some());
        found
            && !rule
                .unless
                .iter()
                .any(|unless| unless.find_iter(&folded).next().is_some())
    };
    assert!(rule.rule.examples.hits.iter().all(|text| finds(text)));
    assert!(!rule.rule.examples.misses.iter().any(|text| finds(text)));
}
