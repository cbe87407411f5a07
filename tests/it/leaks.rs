//! The leak rules: no message shows what it warns of, allowed numbers and addresses pass, hostile texts cost no more than
//! their length.

use crate::common::expect_linear;
use gangwei::diagnostic::{Diagnostic, Severity, Sink};
use gangwei::fields::{Day, Vocabularies};
use gangwei::kinds::{Config, KINDS, read_document};
use gangwei::rules::{Judge, ReadFile, RuleBook, Waivers};
use gangwei::text::SourceFile;
use std::sync::Arc;

const SETTINGS: &str = "title: 人才门户\norganization: {name: 望澜银行, same_as: https://www.wanglan-bank.example/}\nbase_url: https://careers.wanglan.example/\napply: {contact: 021-5550-0100 或 138-0013-8000}\n";

fn book() -> RuleBook {
    RuleBook::new(&[], &mut Sink::default())
}

/// What the leak rules say of a text of a kind.
fn leaks(book: &RuleBook, settings: &str, kind: &str, text: &str) -> Vec<Diagnostic> {
    let kind = KINDS.iter().find(|known| known.name == kind).expect("kind");
    let text = if text.starts_with("---") {
        text.to_owned()
    } else {
        format!("---\ntitle: 例\npublished: 2026-11-01\n---\n{text}")
    };
    let source = Arc::new(SourceFile {
        path: format!("content/{}/example.md", kind.folder),
        text,
    });
    let settings = Arc::new(SourceFile {
        path: "gangwei.yaml".to_owned(),
        text: settings.to_owned(),
    });
    let config = Config::parse(&settings, None, &mut Sink::default()).expect("settings");
    let vocabularies = Vocabularies::default();
    let language = config.language;
    let document = read_document(&source, kind, &vocabularies, language, &mut Sink::default());
    let files = [ReadFile {
        source,
        kind,
        document: document.map(std::sync::Arc::new),
    }];
    let waivers = Waivers::default();
    let today = Day("2026-11-21".parse().expect("date"));
    let judge = Judge::new(book, &config, &vocabularies, &files, &waivers, today);
    let judged = judge.judge(&files[0]).into_iter();
    judged
        .map(|one| one.diagnostic)
        .filter(|diagnostic| diagnostic.code.starts_with("leak-"))
        .collect()
}

fn codes(kind: &str, text: &str) -> Vec<String> {
    let found = leaks(&book(), SETTINGS, kind, text);
    found
        .into_iter()
        .map(|found| found.code.into_owned())
        .collect()
}

fn severities(kind: &str, text: &str) -> Vec<(String, Severity)> {
    let found = leaks(&book(), SETTINGS, kind, text);
    found
        .into_iter()
        .map(|found| (found.code.into_owned(), found.severity))
        .collect()
}

#[test]
fn no_message_holds_what_it_warns_of() {
    let book = book();
    let mut seen = 0;
    for rule in book.rules() {
        let kind = rule
            .rule
            .kinds
            .first()
            .map_or("article", |kind| &kind.value);
        for hit in &rule.rule.examples.hits {
            for found in leaks(&book, SETTINGS, kind, hit) {
                let place = found.place.as_ref().expect("place");
                let written = place.file.text[place.span.range()].trim();
                let shown = [&found.message.zh, &found.message.en];
                assert!(
                    !written.is_empty() && shown.iter().all(|message| !message.contains(written)),
                    "{written}: {shown:?}"
                );
                let bare = written.replace([' ', '-'], "");
                let shared = (0..bare.len().saturating_sub(6))
                    .filter_map(|at| bare.get(at..at + 6))
                    .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
                for part in shared {
                    assert!(!found.message.zh.contains(part), "{part}: {shown:?}");
                }
                seen += 1;
            }
        }
    }
    assert!(seen >= 40, "only {seen} findings");
}

#[test]
fn a_published_telephone_is_no_leak_and_any_other_is() {
    let posting = |contact: &str| {
        format!(
            "---\ntitle: 柜员\npublished: 2026-11-01\napply: {{contact: {contact}}}\n---\n电话：13900139000。\n"
        )
    };
    assert!(codes("job", &posting("139 0013 9000")).is_empty());
    assert_eq!(codes("job", &posting("021-5550-0100")), ["leak-mobile"]);
    assert!(codes("article", "咨询请拨 13800138000。").is_empty());
}

#[test]
fn the_banks_own_sites_are_known_by_the_settings() {
    assert!(codes("page", "写信到 hr@mail.wanglan-bank.example。").is_empty());
    let unknown = "title: 门户\norganization: {name: 望澜银行}\n";
    let found = leaks(&book(), unknown, "page", "写信到 hr@wanglan-bank.example。");
    let severities: Vec<Severity> = found.iter().map(|found| found.severity).collect();
    assert_eq!(severities, [Severity::Note]);
}

#[test]
fn names_beside_blanks_are_errors_and_in_a_full_text_warnings() {
    let name = || "leak-third-party".to_owned();
    let full = "对青禾水泥的授信已压降。\n\n述职人签字：____\n\n20__年__月__日\n";
    assert_eq!(severities("report", full), [(name(), Severity::Warning)]);
    let masked = "对青禾水泥的授信已压降，余额__万元。\n";
    assert_eq!(severities("report", masked), [(name(), Severity::Error)]);
}

#[test]
fn a_person_comes_before_a_company() {
    assert_eq!(
        codes("article", "号码113101195006150214。"),
        ["leak-identity-number"]
    );
}

#[test]
fn comments_of_the_front_matter_and_emphasis_change_nothing() {
    assert_eq!(codes("article", "电话**139** 0013 9000。"), ["leak-mobile"]);
    assert_eq!(
        codes("article", "电话139\u{200B}00139000。"),
        ["leak-mobile"]
    );
}

/// Eight times the text may take no more than about eight times the time; a quadratic rule takes sixty-four times.
#[test]
fn hostile_texts_take_time_in_proportion_to_their_length() {
    let book = book();
    // The first ones are findings every time, the others nearly so.
    let shapes = [
        "柳湾支行、",
        "青禾水泥1.53亿元贷款，",
        "13900139000，",
        "a,13900139000,",
        "310199199006150044，",
        "6217000012345678907,",
        "ab@mail-box.example,",
        "密码:Wanglan2026，",
        "10.20.30.40,",
        "1",
        "13800138000",
        "62 ",
        "1-",
        "a1",
        "王",
        "公司",
        "甲公司",
        "支行",
        "a@",
        "@",
        "a@a.",
        "王伟经理",
        "1.5亿元",
        "__",
        "密码:",
        "http://a",
        "10.",
        "a.local",
        "《",
        "述职人:",
        "sk-",
        "eyJ",
        "甲",
        "x",
        ".",
    ];
    for shape in shapes {
        expect_linear(shape, 4_000, |bytes| {
            let text = format!("__万元。{}", shape.repeat(bytes / shape.len()));
            leaks(&book, SETTINGS, "report", &text);
        });
    }
}
