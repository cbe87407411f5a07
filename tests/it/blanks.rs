//! Blanks of reports: what the compiler makes of the shapes that real texts have. `shapes.yaml` holds sentences with the
//! type of every blank. Texts of one's own are judged by `GANGWEI_TEXTS=DIR cargo test --test it blanks:: -- --ignored`:
//! DIR holds `NAME.txt` beside `NAME.types`, a type a blank in the order of the text.

use gangwei::blanks::{BlankType, compile, read_value};
use gangwei::fields::ChoiceValue;
use std::fmt::Write;

/// The share of blanks whose type must be right.
const ASKED: f64 = 0.95;

fn shapes() -> Vec<(String, Vec<String>)> {
    let text = include_str!("../blanks/shapes.yaml");
    let lines = text.lines().filter(|line| line.starts_with("- {text: '"));
    lines
        .map(|line| {
            let (text, types) = line["- {text: '".len()..].split_once("', types: ").unwrap();
            let types = types.trim_end_matches('}').trim_matches('\'');
            (
                text.to_owned(),
                types.split_whitespace().map(str::to_owned).collect(),
            )
        })
        .collect()
}

/// Compares types and prints every miss with its surroundings.
fn judge(name: &str, text: &str, expected: &[String], misses: &mut String) -> (usize, usize) {
    let template = compile(text, &[]);
    let mut right = 0;
    if template.blanks.len() != expected.len() {
        let _ = writeln!(
            misses,
            "{name}: {} blanks, {} expected",
            template.blanks.len(),
            expected.len()
        );
    }
    for (blank, expected) in template.blanks.iter().zip(expected) {
        let found = blank.blank_type.id();
        // A list of alternatives where the tables leave a choice.
        if expected.split('|').any(|one| one == found) {
            right += 1;
            continue;
        }
        let span = blank.span.range();
        let before: String = text[..span.start]
            .chars()
            .rev()
            .take(10)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let after: String = text[span.end..].chars().take(10).collect();
        let _ = writeln!(
            misses,
            "{name}: {before}【{}】{after} is {found}, not {expected}",
            &text[span]
        );
    }
    (right, expected.len().max(template.blanks.len()))
}

#[test]
fn blanks_of_all_shapes_get_their_types() {
    let mut misses = String::new();
    let (mut right, mut all) = (0, 0);
    for (text, expected) in shapes() {
        let (here, of) = judge(&text, &text, &expected, &mut misses);
        right += here;
        all += of;
    }
    println!("{right} of {all} blanks have their type\n{misses}");
    assert!(all > 110, "{all}");
    assert!(
        right as f64 >= ASKED * all as f64,
        "{right} of {all}\n{misses}"
    );
}

/// The page's script reads the same file: `tests/browser/report-values.test.mjs`.
#[test]
fn typed_values_are_read_as_the_page_reads_them() {
    let cases: serde_json::Value =
        serde_json::from_str(include_str!("../blanks/values.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let text = case[0].as_str().unwrap();
        let of_type = |choice: &&gangwei::fields::Choice| case[1] == choice.id;
        let index = BlankType::CHOICES
            .iter()
            .position(|choice| of_type(&choice))
            .unwrap();
        let read = read_value(text, BlankType::from_index(index), case[2].as_str());
        let read = read.ok().flatten();
        assert_eq!(
            read.as_ref().map(|value| value.display.as_str()),
            case[3].as_str(),
            "{text}"
        );
        assert_eq!(
            read.and_then(|value| value.number),
            case[4].as_f64(),
            "{text}"
        );
    }
}

#[test]
#[ignore = "needs texts of one's own: GANGWEI_TEXTS=DIR"]
fn blanks_of_given_texts_get_their_types() {
    let folder = std::env::var("GANGWEI_TEXTS").expect("GANGWEI_TEXTS names a folder");
    let mut misses = String::new();
    let (mut right, mut all) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "types")
        {
            continue;
        }
        let types = std::fs::read_to_string(&path).unwrap();
        let types: Vec<String> = types
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .map(str::to_owned)
            .collect();
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (here, of) = judge(&name, &text, &types, &mut misses);
        println!("{name}: {here} of {of}");
        right += here;
        all += of;
    }
    println!("{right} of {all} blanks have their type\n{misses}");
    assert!(
        all > 0 && right as f64 >= ASKED * all as f64,
        "{right} of {all}\n{misses}"
    );
}
