//! Every rule against its own examples: a rule's file states what it must find and what it must leave alone.

use crate::judging::{book, codes, judged};
use gangwei::diagnostic::{Severity, Sink};
use gangwei::fields::{Vocabularies, Vocabulary, VocabularyName};
use gangwei::rules::{CompiledRule, RuleBook};
use gangwei::text::SourceFile;
use std::sync::Arc;

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

/// A site's own pack in which counsel has confirmed the law of Taiwan on age.
const CONFIRMED: &str = "name: {zh: 本行, en: Our bank}\ndate: 2026-11-01\njurisdictions: [tw]\nlaws:\n  age-limit:\n    text: {zh: 法务已核对, en: confirmed by counsel}\n    read: yes\n";

#[test]
fn a_posting_is_judged_by_the_law_of_its_own_places() {
    let pack = Arc::new(SourceFile {
        path: "packs/own.yaml".to_owned(),
        text: CONFIRMED.to_owned(),
    });
    let mut sink = Sink::default();
    let book = RuleBook::new(&[pack], &mut sink);
    let places = Arc::new(SourceFile {
        path: "content/locations.yaml".to_owned(),
        text: "- {id: shanghai, name: 上海, jurisdiction: cn}\n- {id: taipei, name: 台北, jurisdiction: tw}\n- {id: both, name: 两地, jurisdiction: 大陆、香港}\n".to_owned(),
    });
    let locations = Vocabulary::parse(&places, VocabularyName::Locations, &mut sink);
    assert!(sink.into_sorted().is_empty());
    let mut vocabularies = Vocabularies::default();
    vocabularies.set(VocabularyName::Locations, locations);
    let severity = |places: &str| {
        let text =
            format!("---\ntitle: 柜员\npublished: 2026-11-01\n{places}---\n年龄 35 周岁以下。\n");
        let all = judged(&book, "job", &text, "cn, tw, hk", &vocabularies);
        let found = all.iter().find(|one| one.diagnostic.code == "age-limit");
        found.map(|one| one.diagnostic.severity)
    };
    assert_eq!(severity("locations: [上海]\n"), Some(Severity::Warning));
    assert_eq!(severity("locations: [台北]\n"), Some(Severity::Error));
    assert_eq!(severity("locations: [上海, 台北]\n"), Some(Severity::Error));
    assert_eq!(severity("locations: [两地]\n"), Some(Severity::Warning));
    assert_eq!(severity(""), Some(Severity::Error));
}

#[test]
fn a_jurisdiction_is_known_by_its_names_whatever_their_script_and_case() {
    let own = Arc::new(SourceFile {
        path: "packs/own.yaml".to_owned(),
        text: "name: {zh: 澳门, en: Macau}\ndate: 2026-11-01\njurisdictions: MO\nnames: 澳门\nrules:\n  - code: dialect\n    title: {zh: 方言, en: a dialect}\n    why: {zh: 不作要求。, en: It is not asked for.}\n    rewrite: {zh: 删去。, en: Delete it.}\n    severity: {MO: error}\n    phrases: [会说方言]\n".to_owned(),
    });
    let mut sink = Sink::default();
    let book = RuleBook::new(&[own], &mut sink);
    assert!(sink.into_sorted().is_empty());
    let weight = |jurisdictions: &str, code: &str| {
        let all = judged(
            &book,
            "job",
            "限女性，会说方言，年龄 35 周岁以下。",
            jurisdictions,
            &Vocabularies::default(),
        );
        let found = all.into_iter().find(|one| one.diagnostic.code == code);
        found.map(|one| (one.diagnostic.severity, one.diagnostic.reason))
    };
    for (code, names) in [
        (
            "cn",
            &["CN", "中国", "大陆", "中國內地", "Mainland China"][..],
        ),
        ("tw", &["TW", "台湾", "臺灣"]),
        ("hk", &["Hk", "香港", "Hong Kong"]),
    ] {
        for name in names {
            assert_eq!(
                weight(name, "age-limit"),
                weight(code, "age-limit"),
                "{name}"
            );
            assert!(weight(name, "gender-limit").is_some(), "{name}");
        }
    }
    assert!(weight("mo", "dialect").is_some() && weight("澳門", "dialect").is_some());
    assert!(weight("cn", "dialect").is_none());
}

#[test]
fn a_law_that_nobody_has_read_makes_no_error() {
    let book = book();
    let vocabularies = Vocabularies::default();
    let mut capped = 0;
    for rule in book.rules() {
        for jurisdiction in ["cn", "tw", "hk"] {
            let weight = book.weight(rule, jurisdiction);
            if weight.law.is_none_or(|law| law.read) {
                continue;
            }
            for text in &rule.rule.examples.hits {
                let all = judged(&book, kind_of(rule), text, jurisdiction, &vocabularies);
                let code = &rule.rule.code.value;
                for one in all.iter().filter(|one| one.diagnostic.code == *code) {
                    assert_ne!(
                        one.diagnostic.severity,
                        Severity::Error,
                        "{code} in {jurisdiction}: {text}"
                    );
                    capped += usize::from(weight.severity == Some(Severity::Error));
                }
            }
        }
    }
    assert!(capped > 50, "only {capped} findings needed the limit");
}

#[test]
fn repealed_laws_are_warnings_in_postings_and_notes_in_articles() {
    let book = book();
    let vocabularies = Vocabularies::default();
    let severity = |kind: &str| {
        let all = judged(&book, kind, "依据担保法审查。", "cn", &vocabularies);
        let found = all.iter().find(|one| one.diagnostic.code == "stale-law");
        found.map(|one| one.diagnostic.severity)
    };
    assert_eq!(severity("job"), Some(Severity::Warning));
    assert_eq!(severity("article"), Some(Severity::Note));
    assert_eq!(severity("exam"), Some(Severity::Note));
}

#[test]
fn each_missing_fact_of_a_product_is_one_finding_at_its_head() {
    let book = book();
    let text = "---\ntitle: 安享一年\npublished: 2026-11-01\nfacts: {term: 1年}\n---\n期限一年。\n";
    let all = judged(&book, "product", text, "cn", &Vocabularies::default());
    let missing: Vec<&str> = all
        .iter()
        .filter(|one| one.diagnostic.code == "product-facts")
        .map(|one| one.diagnostic.message.en.as_str())
        .collect();
    assert_eq!(
        missing,
        [
            "the product page lacks `provider`",
            "the product page lacks `category`",
            "the product page lacks `facts: rate or fee`",
            "the product page lacks `risk_notice`",
            "the product page lacks `contact`",
        ]
    );
}

#[test]
fn an_exception_covers_its_own_line_only() {
    let book = book();
    let found = |text: &str| {
        let all = judged(&book, "job", text, "cn", &Vocabularies::default());
        let ages = all.iter().filter(|one| one.diagnostic.code == "age-limit");
        ages.count()
    };
    assert_eq!(found("- 35周岁以下。\n- 18周岁以上。\n- 40周岁以下。\n"), 2);
    assert_eq!(found("- 35周岁以下，年满18周岁，45周岁以内。\n"), 2);
}
