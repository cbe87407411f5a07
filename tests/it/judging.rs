//! Judging a text by all rules, without a site around it.

use gangwei::diagnostic::{Lang, Sink, Terminal, render_text};
use gangwei::fields::{Day, Vocabularies};
use gangwei::kinds::{Config, KINDS, read_document};
use gangwei::rules::{Judge, Judged, ReadFile, RuleBook, Waivers};
use gangwei::text::SourceFile;
use std::sync::Arc;

pub const TODAY: &str = "2026-11-21";

pub fn book() -> RuleBook {
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

pub fn config(jurisdictions: &str) -> Config {
    let text = format!(
        "title: 人才门户\norganization: {{name: 望澜银行}}\nbase_url: https://careers.wanglan.example/\njurisdictions: [{jurisdictions}]\napply: {{contact: 021-5555-0100}}\n"
    );
    let file = Arc::new(SourceFile {
        path: "gangwei.yaml".to_owned(),
        text,
    });
    Config::parse(&file, None, &mut Sink::default()).expect("settings")
}

/// What a text of a kind gets where the site names these jurisdictions and these vocabularies.
pub fn judged(
    book: &RuleBook,
    kind: &str,
    example: &str,
    jurisdictions: &str,
    vocabularies: &Vocabularies,
) -> Vec<Judged> {
    let kind = KINDS.iter().find(|known| known.name == kind).expect("kind");
    let text = if example.starts_with("---") {
        example.to_owned()
    } else {
        format!("---\ntitle: 例\npublished: 2026-11-01\n---\n{example}")
    };
    let source = Arc::new(SourceFile {
        path: format!("content/{}/example.md", kind.folder),
        text,
    });
    let config = config(jurisdictions);
    let mut sink = Sink::default();
    let document = read_document(&source, kind, vocabularies, config.language, &mut sink);
    let files = [ReadFile {
        source,
        kind,
        document: document.map(std::sync::Arc::new),
    }];
    let waivers = Waivers::default();
    let today = Day(TODAY.parse().expect("date"));
    let judge = Judge::new(book, &config, vocabularies, &files, &waivers, today);
    judge.judge(&files[0])
}

/// The codes that a text of a kind gets under all three laws.
pub fn codes(book: &RuleBook, kind: &str, example: &str) -> Vec<String> {
    let all = judged(book, kind, example, "cn, tw, hk", &Vocabularies::default());
    all.into_iter()
        .map(|one| one.diagnostic.code.into_owned())
        .collect()
}
