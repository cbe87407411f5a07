//! Targets that read: documents of every kind, report templates and their values, exams, rules, settings, encodings.

use crate::support::{check_reports, check_span, choice, document, file};
use gangwei::blanks::{BlankType, TypedValue, compile, form_json, parse_formula, read_value, show_computed, skeleton};
use gangwei::diagnostic::Sink;
use gangwei::fields::{ChoiceValue, Day, Vocabularies, Vocabulary, VocabularyName};
use gangwei::files::{decode_text, repair};
use gangwei::forms::{Filled, read_csv, read_values, to_markdown};
use gangwei::kinds::exam_items::parse_items;
use gangwei::kinds::{Config, KINDS};
use gangwei::rules::{Judge, ReadFile, RuleBook, Waivers};
use std::sync::{Arc, LazyLock};

/// Front matter and bodies of every kind.
pub fn documents(bytes: &[u8]) {
    let mut sink = Sink::default();
    if let Some(document) = document(bytes, &mut sink) {
        check_span(&document.source.text, document.body_span);
        check_span(&document.source.text, document.head);
        for (_, span) in &document.outline.typos {
            check_span(document.markdown(), *span);
        }
        for link in &document.outline.links {
            check_span(document.markdown(), link.span);
        }
        let _ = document.summary();
    }
    check_reports(sink);
}

/// Report templates, filled with the text's own words.
pub fn blanks(bytes: &[u8]) {
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let template = compile(&text, &[]);
    for blank in &template.blanks {
        check_span(&text, blank.span);
    }
    form_json(&template, &text).expect("a form is JSON");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut typed: Vec<Option<TypedValue>> = Vec::new();
    for (index, field) in template.fields.iter().enumerate() {
        let word = words.get((index * 7 + number) % words.len().max(1));
        let value = word.and_then(|word| read_value(word, field.blank_type, field.unit.as_deref()).ok());
        typed.push(value.flatten());
    }
    let filled = Filled::new(&template, &typed);
    let _ = to_markdown(&text, Some("a"), &template, &filled);
    let _ = skeleton(&text);
}

/// Exams with their items.
pub fn exams(bytes: &[u8]) {
    let exam = KINDS.iter().position(|kind| kind.name == "exam").expect("exam") as u8;
    let text = [&[exam], bytes].concat();
    let mut sink = Sink::default();
    if let Some(document) = document(&text, &mut sink) {
        for section in parse_items(&document) {
            for item in section.items {
                check_span(&document.source.text, item.span);
            }
        }
    }
    check_reports(sink);
}

/// All rules over documents of all kinds.
pub fn rules(bytes: &[u8]) {
    static BOOK: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::new(&[], &mut Sink::default()));
    static CONFIG: LazyLock<Config> = LazyLock::new(|| {
        let text = "title: a\nbase_url: https://a.example/\njurisdictions: [cn, tw, hk]\n";
        let settings = file("gangwei.yaml", text.to_owned());
        Config::parse(&settings, None, &mut Sink::default()).expect("settings")
    });
    let mut sink = Sink::default();
    let Some(document) = document(bytes, &mut sink) else {
        return;
    };
    let files = [ReadFile {
        source: document.source.clone(),
        kind: document.id.kind,
        document: Some(Arc::new(document)),
    }];
    let (vocabularies, waivers) = (Vocabularies::default(), Waivers::default());
    let today = Day(jiff::civil::date(2026, 11, 21));
    let judge = Judge::new(&BOOK, &CONFIG, &vocabularies, &files, &waivers, today);
    for judged in judge.judge(&files[0]) {
        sink.push(judged.diagnostic);
    }
    let diagnostics = check_reports(sink);
    // What `check --fix` would write is a text again.
    let fixes: Vec<_> = diagnostics.into_iter().filter_map(|one| one.fix).collect();
    let text = &files[0].source.text;
    let repaired = repair(text.as_bytes(), text, &fixes).expect("UTF-8 in, UTF-8 out");
    String::from_utf8(repaired).expect("UTF-8");
}

/// Settings, vocabularies and waivers.
pub fn settings(bytes: &[u8]) {
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let mut sink = Sink::default();
    match number % 6 {
        0 | 1 => {
            let settings = file("gangwei.yaml", text);
            if let Some(config) = Config::parse(&settings, None, &mut sink) {
                let link = config.link("jobs/a/index.html");
                assert!(!config.base_url.absolute(&link).is_empty());
            }
        }
        2 => drop(Waivers::read(&file("waivers.yaml", text), &mut sink)),
        list => {
            let name = VocabularyName::ALL[list - 2];
            let read = Vocabulary::parse(&file("content/units.yaml", text), name, &mut sink);
            for entry in read.entries() {
                let _ = read.with_parents(&entry.id);
            }
        }
    }
    check_reports(sink);
}

/// Values for reports, as YAML and as a table; a line of equals signs ends the template.
pub fn values(bytes: &[u8]) {
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let (template, values) = text.split_once("\n====\n").unwrap_or(("存款余额__万元，增长__%，由__经办。\n", &text));
    let template = compile(template, &[]);
    let values = file("values.yaml", values.to_owned());
    let mut sink = Sink::default();
    let rows = if number % 2 == 0 {
        read_csv(&values, &template, &mut sink)
    } else {
        read_values(&values, &template, &mut sink).into_iter().collect()
    };
    for row in rows {
        check_span(&values.text, row.span);
    }
    check_reports(sink);
}

/// Formulas and single values.
pub fn formulas(bytes: &[u8]) {
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let known = |name: &str| name.len().checked_sub(1).map(|length| length % 4);
    if let Ok(formula) = parse_formula(&text, &known) {
        let values = [Some(0.0), Some(1.5), None, Some(-3.0)];
        if let Ok(Some(value)) = formula.evaluate(&values) {
            let _ = show_computed(value);
        }
        let written = formula.written(&|field| format!("[[{}]]", "a".repeat(field + 1)));
        let again = parse_formula(&written, &known).expect("what is written is read again");
        let (one, other) = (formula.evaluate(&values).ok(), again.evaluate(&values).ok());
        let bits = |value: Option<Option<f64>>| value.map(|value| value.map(f64::to_bits));
        let is_number = |value: Option<Option<f64>>| !value.flatten().is_some_and(f64::is_nan);
        assert!(bits(one) == bits(other) || !is_number(one), "{text} became {written}");
    }
    let types = BlankType::CHOICES.len();
    let blank_type = BlankType::from_index(number % types);
    let unit = [None, Some("万元"), Some("%"), Some("人")][number / types % 4];
    if let Ok(Some(value)) = read_value(&text, blank_type, unit) {
        assert!(value.number.is_none_or(f64::is_finite), "{text}");
    }
}

/// Bytes in whatever encoding.
pub fn encodings(bytes: &[u8]) {
    match decode_text(bytes.to_vec()) {
        Ok(decoded) => {
            let again = decode_text(decoded.text.clone().into_bytes()).expect("UTF-8 is read");
            let stripped = decoded.text.strip_prefix('\u{FEFF}').unwrap_or(&decoded.text);
            // A text may begin with what a mark would be.
            if !decoded.text.starts_with('\u{FEFF}') {
                assert_eq!(again.text, stripped);
            }
        }
        Err(fault) => assert!(fault.line > 0),
    }
}
