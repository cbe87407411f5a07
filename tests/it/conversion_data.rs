//! The conversion tables are OpenCC's, as the crate ferrous-opencc carries them; this test makes them again and compares.
//! `SNAPSHOTS=overwrite cargo test --test it conversion_data::` rewrites them. What is our own besides them keeps its promises.

use crate::common::library_source;
use crate::snapshot::expect_file;
use gangwei::text::Language::{self, Hans, Hant, HantHk, HantTw};
use gangwei::text::conversion::Converter;
use gangwei::text::is_han;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const OWN: &str = "src/text/conversion/data";
const FOLDER: &str = "src/text/conversion/data/opencc";

/// The tables taken over, each with the characters table that spells out what is left unsaid in a phrases table.
const TABLES: [(&str, Option<&str>); 12] = [
    ("STCharacters", None),
    ("STPhrases", Some("STCharacters")),
    ("TSCharacters", None),
    ("TSPhrases", Some("TSCharacters")),
    ("TWPhrases", None),
    ("TWPhrasesRev", None),
    ("TWVariants", None),
    ("TWVariantsRev", None),
    ("TWVariantsRevPhrases", None),
    ("HKVariants", None),
    ("HKVariantsRev", None),
    ("HKVariantsRevPhrases", None),
];

/// Where Cargo keeps the crate's own files.
fn dictionaries() -> PathBuf {
    library_source("ferrous-opencc").join("assets/dictionaries")
}

/// A table of the crate: every key with its values, the first being the one used.
fn read(folder: &Path, name: &str) -> BTreeMap<String, Vec<String>> {
    let path = folder.join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path).expect("table");
    let mut table = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (key, values) = line.split_once('\t').unwrap_or((line, line));
        let values = values.split(' ').map(str::to_owned).collect();
        table.entry(key.to_owned()).or_insert(values);
    }
    table
}

/// The table as this program keeps it: sorted; without entries that hold ASCII, which a conversion never changes;
/// without the value of a phrase that is converted character by character; other candidates only for characters.
fn rebuild(folder: &Path, name: &str, characters: Option<&str>) -> String {
    let characters = characters.map(|characters| read(folder, characters));
    let mut text = String::new();
    for (key, values) in read(folder, name) {
        if key.chars().chain(values[0].chars()).any(|c| c.is_ascii()) {
            continue;
        }
        let plain: Option<String> = characters.as_ref().map(|table| {
            let first = |c: char| table.get(&c.to_string()).map(|values| values[0].clone());
            key.chars()
                .map(|c| first(c).unwrap_or(c.to_string()))
                .collect()
        });
        match plain.is_some_and(|plain| plain == values[0]) {
            true => writeln!(text, "{key}"),
            false if key.chars().count() == 1 => writeln!(text, "{key}\t{}", values.join(" ")),
            false => writeln!(text, "{key}\t{}", values[0]),
        }
        .expect("string");
    }
    text
}

#[test]
fn the_tables_are_opencc_s() {
    let folder = dictionaries();
    for (name, characters) in TABLES {
        let path = format!("{FOLDER}/{name}.txt");
        let text = rebuild(&folder, name, characters);
        expect_file(path, &text);
    }
}

/// Lines of one of our own files: phrase and result, the phrase itself where none is written.
fn own(name: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{OWN}/{name}.txt"));
    let text = std::fs::read_to_string(&path).expect(name);
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (key, value) = line.split_once('\t').unwrap_or((line, line));
            (key.to_owned(), value.to_owned())
        })
        .collect()
}

fn converter(from: Language, to: Language) -> Converter {
    Converter::new(from, to, &[]).expect("a converter")
}

#[test]
fn no_phrase_stands_twice_in_a_file_of_our_own() {
    for name in [
        "ambiguous",
        "characters-hong-kong",
        "characters-taiwan",
        "corrections",
        "corrections-to-simplified",
        "vocabulary-from-hong-kong",
        "vocabulary-from-taiwan",
        "vocabulary-hong-kong",
        "vocabulary-taiwan",
        "words",
    ] {
        let mut seen = BTreeSet::new();
        for (key, _) in own(name) {
            assert!(seen.insert(key.clone()), "{name} has {key} twice");
        }
        assert!(!seen.is_empty(), "{name} is empty");
    }
}

#[test]
fn nothing_of_our_own_holds_ascii_or_changes_what_is_not_han() {
    let rest = |text: &str| text.chars().filter(|c| !is_han(*c)).collect::<String>();
    for name in [
        "corrections",
        "corrections-to-simplified",
        "vocabulary-from-hong-kong",
        "vocabulary-from-taiwan",
        "vocabulary-hong-kong",
        "vocabulary-taiwan",
        "words",
    ] {
        for (key, value) in own(name) {
            assert!(
                !format!("{key}{value}").chars().any(|c| c.is_ascii()),
                "{name}: {key}"
            );
            assert_eq!(rest(&key), rest(&value), "{name}: {key}");
        }
    }
    for (name, _) in TABLES {
        for (key, values) in read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER), name) {
            assert_eq!(rest(&key), rest(&values[0]), "{name}: {key}");
        }
    }
}

#[test]
fn a_vocabulary_gives_what_stands_in_it() {
    for (name, from, to) in [
        ("vocabulary-taiwan", Hans, HantTw),
        ("vocabulary-hong-kong", Hans, HantHk),
        ("vocabulary-from-taiwan", HantTw, Hans),
        ("vocabulary-from-hong-kong", HantHk, Hans),
        ("corrections-to-simplified", HantTw, Hans),
        ("corrections-to-simplified", HantHk, Hans),
        ("corrections-to-simplified", Hant, Hans),
    ] {
        let converter = converter(from, to);
        for (key, value) in own(name) {
            assert_eq!(converter.convert(&key), value, "{name}: {key}");
        }
    }
}

#[test]
fn no_phrase_of_a_vocabulary_holds_a_character_that_is_left_open() {
    let converter = converter(Hans, Hant);
    for name in ["vocabulary-taiwan", "vocabulary-hong-kong"] {
        for (key, _) in own(name) {
            assert_eq!(converter.ambiguities(&key), [], "{name}: {key}");
        }
    }
}

#[test]
fn a_vocabulary_is_spelled_as_its_region_spells() {
    for (name, region) in [
        ("vocabulary-taiwan", HantTw),
        ("vocabulary-hong-kong", HantHk),
    ] {
        let spelling = converter(Hant, region);
        for (key, value) in own(name) {
            assert_eq!(spelling.convert(&value), value, "{name}: {key}");
        }
    }
}

#[test]
fn a_correction_only_chooses_among_opencc_s_candidates() {
    let characters = read(&dictionaries(), "STCharacters");
    for (key, value) in own("corrections") {
        assert_eq!(key.chars().count(), value.chars().count(), "{key}");
        for (c, chosen) in key.chars().zip(value.chars()) {
            let known = characters.get(&c.to_string());
            let is_candidate = match known {
                Some(candidates) => candidates.contains(&chosen.to_string()),
                None => c == chosen,
            };
            assert!(is_candidate, "{key}: {c} does not become {chosen}");
        }
    }
}

#[test]
fn a_correction_changes_what_opencc_gives_or_guards_another_one() {
    // Generic Traditional spells 爲, 裏 and so on as Taiwan does, and has no vocabulary.
    let (ours, theirs) = (
        converter(Hans, Hant),
        Converter::opencc(Hans, Hant).expect("OpenCC"),
    );
    let spelling = Converter::opencc(Hant, HantTw).expect("OpenCC");
    let all = own("corrections");
    let mut needless = Vec::new();
    for (key, value) in &all {
        assert_eq!(ours.convert(key), spelling.convert(value), "{key}");
        let part = |(other, _): &(String, String)| other != key && key.contains(other.as_str());
        if theirs.convert(key) == ours.convert(key) && !all.iter().any(part) {
            needless.push(key);
        }
    }
    assert!(needless.is_empty(), "needless: {needless:?}");
}

#[test]
fn ordinary_words_are_sorted_and_come_out_as_they_stand() {
    let words = own("words");
    assert!(words.is_sorted(), "words.txt is not sorted by code point");
    let (ours, spelling) = (
        converter(Hans, Hant),
        Converter::opencc(Hant, HantTw).expect("OpenCC"),
    );
    for (word, value) in words.iter().filter(|(word, value)| word != value) {
        assert_eq!(ours.convert(word), spelling.convert(value), "{word}");
    }
    for (word, _) in &words {
        assert!(word.chars().count() > 1, "{word}");
        assert!(ours.ambiguities(word).is_empty(), "{word} is not settled");
    }
}

#[test]
fn every_watched_character_has_candidates() {
    let characters = read(&dictionaries(), "STCharacters");
    for (key, _) in own("ambiguous") {
        let candidates = characters.get(&key).map_or(0, Vec::len);
        assert!(candidates > 1, "{key} has {candidates}");
    }
}
