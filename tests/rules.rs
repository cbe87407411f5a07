//! Every rule against its own examples: a rule's file states what it must find and what it must leave alone.

use gangwei::config::Config;
use gangwei::diagnostic::{Lang, Sink, Terminal, render_text};
use gangwei::document::read_document;
use gangwei::fields::Day;
use gangwei::kinds::KINDS;
use gangwei::rules::{CompiledRule, Judge, ReadFile, RuleBook, Waivers};
use gangwei::source::SourceFile;
use gangwei::vocabulary::Vocabularies;
use std::sync::Arc;

const TODAY: &str = "2026-11-21";

fn book() -> RuleBook {
    let mut sink = Sink::default();
    let book = RuleBook::new(&[], &mut sink);
    let faults = sink.into_sorted();
    let terminal = Terminal {
        lang: Lang::En,
        colour: false,
        width: 120,
    };
    assert!(faults.is_empty(), "{}", render_text(&faults, terminal));
    book
}

fn config() -> Config {
    let text = "title: 人才门户\norganization: {name: 望澜银行}\nbase_url: https://careers.wanglan.example/\njurisdictions: [cn, tw, hk]\n";
    let file = Arc::new(SourceFile {
        path: "gangwei.yaml".to_owned(),
        text: text.to_owned(),
    });
    Config::parse(&file, None, &mut Sink::default()).expect("settings")
}

/// The codes that a text of a kind gets.
fn codes(book: &RuleBook, kind: &str, example: &str) -> Vec<String> {
    let kind = KINDS.iter().find(|known| known.name == kind).expect("kind");
    let text = match example.starts_with("---") {
        true => example.to_owned(),
        false => format!("---\ntitle: 例\npublished: 2026-11-01\n---\n{example}"),
    };
    let source = Arc::new(SourceFile {
        path: format!("content/{}/example.md", kind.folder),
        text,
    });
    let (config, vocabularies) = (config(), Vocabularies::default());
    let mut sink = Sink::default();
    let document = read_document(&source, kind, &vocabularies, config.language, &mut sink);
    let files = [ReadFile {
        source,
        kind,
        document,
    }];
    let waivers = Waivers::default();
    let today = Day(TODAY.parse().expect("date"));
    let judge = Judge::new(book, &config, &vocabularies, &files, &waivers, today);
    let judged = judge.judge(&files[0]);
    judged
        .into_iter()
        .map(|one| one.diagnostic.code.into_owned())
        .collect()
}

fn kind_of(rule: &CompiledRule) -> &str {
    rule.rule
        .kinds
        .first()
        .map_or("article", |kind| &kind.value)
}

#[test]
fn every_rule_finds_its_hits_and_leaves_its_misses_alone() {
    let book = book();
    let mut faults = Vec::new();
    for rule in book.rules() {
        let code = &rule.rule.code.value;
        let examples = &rule.rule.examples;
        if examples.hits.len() < 3 || examples.misses.len() < 3 {
            faults.push(format!("{code}: at least three hits and three misses"));
        }
        for (texts, wanted) in [(&examples.hits, true), (&examples.misses, false)] {
            for text in texts {
                let found = codes(&book, kind_of(rule), text).contains(code);
                if found != wanted {
                    let verb = if wanted { "misses" } else { "finds" };
                    faults.push(format!("{code} {verb}: {text}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
