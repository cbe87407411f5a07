//! The lexicon: words with their pinyin, for queries in Latin letters and for words typed by their sound; and Latin words,
//! for typos. Enters: documents and settings. Leaves: one file for every two first letters of readings, deflated JSON.

#![expect(
    clippy::cast_possible_truncation,
    reason = "an index holds fewer than 2²⁶ documents, and the polyphones are the program's own"
)]

use super::deflate::{deflate, deflated_json};
use super::discover::{SAMPLE, Sample};
use super::document::{SearchDocument, SearchFile, SearchSection, SearchSettings};
use super::encoded::{Encoded, named};
use super::fold::{Class, class, fold_units};
use super::head;
use super::key::{self, TermKey, mix, tag};
use crate::text::pinyin::{browser_table, initials, listed_words, word_readings};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Result;
use std::sync::OnceLock;

/// Words that the lexicon holds at most.
const MOST_WORDS: usize = 24_000;
/// The most characters of a word.
const LONGEST_WORD: usize = 12;
/// What a name counts, beside a word of the text.
const NAME_WEIGHT: u32 = 4;
/// Endings of names that may be left out.
const ENDINGS: [char; 5] = ['部', '岗', '崗', '处', '處'];
/// Latin words that are kept at most.
const MOST_LATIN: usize = 3_000;

/// A word: as written, a reading with its syllables apart, how often it came up.
pub type LexiconEntry = (String, String, u32);

/// The share of the documents whose texts are looked through for words: every one, second, fourth … by its address,
/// so that one more document changes little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(u32);

impl Share {
    /// The share that makes a full sample.
    pub fn of(documents: &[SearchDocument]) -> Share {
        let length: usize = documents.iter().map(length).sum();
        Share((length / SAMPLE).next_power_of_two() as u32 - 1)
    }

    /// Whether a document belongs to it.
    pub fn takes(self, document: &SearchDocument) -> bool {
        address_hash(document) & self.0 == 0
    }
}

fn address_hash(document: &SearchDocument) -> u32 {
    let bytes = document.url.bytes();
    bytes.fold(0, |hash, byte| mix(hash ^ u32::from(byte)))
}

/// The folded words with the form they are written in and their weight.
fn words(
    documents: &[SearchDocument],
    share: Share,
    present: &BTreeSet<u16>,
) -> BTreeMap<Vec<u16>, (String, u32)> {
    let mut words: BTreeMap<Vec<u16>, (String, u32)> = BTreeMap::new();
    let mut sample = Sample::default();
    let mut sampled: Vec<(u32, &SearchDocument)> = Vec::new();
    for document in documents {
        let names = document
            .words
            .iter()
            .chain(&document.tags)
            .chain([&document.title]);
        for name in names {
            let folded = fold_units(name.trim());
            if !is_word(&folded) {
                continue;
            }
            // 风险管理部 is also looked for as 风险管理.
            let stem = name
                .trim()
                .strip_suffix(ENDINGS)
                .map(|stem| (fold_units(stem), stem.to_owned()));
            if let Some((folded, stem)) = stem.filter(|stem| stem.0.len() > 3) {
                words.entry(folded).or_insert_with(|| (stem, 0)).1 += 1;
            }
            let entry = words
                .entry(folded)
                .or_insert_with(|| (name.trim().to_owned(), 0));
            entry.1 += NAME_WEIGHT;
        }
        if share.takes(document) {
            sampled.push((address_hash(document), document));
        }
    }
    // The order of documents must not show where the sample is full.
    sampled.sort_by_key(|(hash, document)| (*hash, &document.url));
    for (_, document) in sampled {
        if sample.is_full() {
            break;
        }
        sample.add(&fold_units(&document.title));
        for section in &document.sections {
            let heading = fold_units(section.heading.trim());
            if is_word(&heading) {
                words
                    .entry(heading)
                    .or_insert_with(|| (section.heading.trim().to_owned(), 0))
                    .1 += 1;
            }
            sample.add(&fold_units(&section.text));
        }
    }
    for word in present {
        let polyphone = &polyphones()[usize::from(*word)];
        let written = || (polyphone.word.to_owned(), 0);
        let entry = words.entry(polyphone.units.clone());
        entry.or_insert_with(written).1 += 1;
    }
    let least = 4 + (documents.len() as u32 / 4_000).min(12);
    for (word, count) in sample.words(least) {
        let written = || (String::from_utf16_lossy(&word), 0);
        words.entry(word.clone()).or_insert_with(written).1 += count;
    }
    words
}

/// A word that is read otherwise than its characters.
pub struct Polyphone {
    /// As written.
    word: &'static str,
    /// Folded.
    units: Vec<u16>,
    /// The terms of every text that it stands in.
    pub terms: Vec<TermKey>,
}

/// Words that are read otherwise than their characters.
pub fn polyphones() -> &'static [Polyphone] {
    static WORDS: OnceLock<Vec<Polyphone>> = OnceLock::new();
    let polyphone = |word| {
        let units = fold_units(word);
        let is_han = |pair: &&[u16]| pair.iter().all(|unit| class(*unit) == Class::Han);
        let pairs = units.windows(2).filter(is_han);
        Polyphone {
            word,
            terms: pairs.map(|pair| key::pair(pair[0], pair[1])).collect(),
            units,
        }
    };
    WORDS.get_or_init(|| listed_words().map(polyphone).collect())
}

/// Notes those of them that stand in a document: 行长 is typed hangzhang however seldom it stands there. Only those that
/// the document's terms allow are looked for, and none that is noted already.
pub fn find_standing(
    document: &SearchDocument,
    sections: &[SearchSection],
    may_have: &[u16],
    present: &mut BTreeSet<u16>,
) {
    for word in may_have {
        if present.contains(word) {
            continue;
        }
        let units = &polyphones()[usize::from(*word)].units;
        let texts = sections.iter().map(|section| &section.text);
        let mut texts = texts.chain([&document.title]);
        if texts.any(|text| holds(&fold_units(text), units)) {
            present.insert(*word);
        }
    }
}

fn holds(text: &[u16], word: &[u16]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

/// Characters of a document, more or less.
fn length(document: &SearchDocument) -> usize {
    let texts = document.sections.iter().map(|section| section.text.len());
    (document.title.len() + document.late_bytes + texts.sum::<usize>()) / 3
}

/// Two to twelve characters, some of them Han, without signs or spaces.
fn is_word(units: &[u16]) -> bool {
    (2..=LONGEST_WORD).contains(&units.len())
        && units.iter().all(|unit| class(*unit) != Class::Other)
        && units.iter().any(|unit| class(*unit) == Class::Han)
}

/// The lexicon's entries by the first two letters of their readings, the weightiest first.
pub fn entries(
    documents: &[SearchDocument],
    settings: &SearchSettings,
) -> BTreeMap<String, Vec<LexiconEntry>> {
    let all: Vec<u16> = (0..polyphones().len() as u16).collect();
    let mut present = BTreeSet::new();
    for document in documents {
        find_standing(document, &document.sections, &all, &mut present);
    }
    entries_of(documents, settings, Share::of(documents), &present)
}

fn entries_of(
    documents: &[SearchDocument],
    settings: &SearchSettings,
    share: Share,
    present: &BTreeSet<u16>,
) -> BTreeMap<String, Vec<LexiconEntry>> {
    let mut ranked: Vec<(String, u32)> = words(documents, share, present).into_values().collect();
    ranked.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    ranked.truncate(MOST_WORDS);
    let own: Vec<(Vec<char>, Vec<&str>)> = settings
        .pronunciations
        .iter()
        .map(|(word, reading)| {
            let word = String::from_utf16_lossy(&fold_units(word));
            (word.chars().collect(), reading.split_whitespace().collect())
        })
        .filter(|(word, reading): &(Vec<char>, Vec<&str>)| {
            !word.is_empty() && word.len() == reading.len()
        })
        .collect();
    let mut entries: BTreeMap<String, Vec<LexiconEntry>> = BTreeMap::new();
    for (word, weight) in ranked {
        for reading in readings(&word, &own) {
            let key: String = initials(&reading).chars().take(2).collect();
            if key.len() == 2 {
                entries
                    .entry(key)
                    .or_default()
                    .push((word.clone(), reading.join(" "), weight));
            }
        }
    }
    entries
}

/// The readings of a word: with the site's own ones in their places first, then the built-in ones.
fn readings<'a>(word: &str, own: &[(Vec<char>, Vec<&'a str>)]) -> Vec<Vec<&'a str>> {
    let built_in: Vec<Vec<&str>> = word_readings(word);
    let folded: Vec<char> = word.chars().map(crate::text::fold_char).collect();
    let mut readings: Vec<Vec<&str>> = Vec::new();
    for (part, syllables) in own {
        let Some(at) = folded.windows(part.len()).position(|window| window == part) else {
            continue;
        };
        let whole = match built_in.first() {
            Some(reading) if reading.len() == folded.len() => {
                let mut reading = reading.clone();
                reading.splice(at..at + part.len(), syllables.iter().copied());
                reading
            }
            _ if part.len() == folded.len() => syllables.clone(),
            _ => continue,
        };
        readings.push(whole);
    }
    for reading in built_in {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// The lexicon's files; the one that the head names holds the tags of the others. Documents of the share have their
/// sections; `standing` names the polyphones that stand in any document.
pub fn encode(
    documents: &[SearchDocument],
    settings: &SearchSettings,
    share: Share,
    present: &BTreeSet<u16>,
) -> Result<Encoded> {
    let mut files = Vec::new();
    let mut tags: BTreeMap<String, u32> = BTreeMap::new();
    for (key, entries) in entries_of(documents, settings, share, present) {
        let bytes = deflated_json(&entries)?;
        let tag = tag(&bytes);
        files.push(SearchFile {
            path: head::tagged(&format!("lexicon/{key}"), tag),
            bytes,
        });
        tags.insert(key, tag);
    }
    let mut encoded = named("tags/lexicon", deflated_json(&tags)?);
    encoded.files.append(&mut files);
    Ok(encoded)
}

/// Latin words with the number of documents that have them, the most frequent first.
pub fn rank_latin(counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let mut ranked: Vec<(String, u32)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    ranked.truncate(MOST_LATIN);
    ranked
}

/// The readings of characters for the browser, deflated.
pub fn encode_characters() -> Result<Vec<u8>> {
    deflate(browser_table().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::deflate::inflate;

    fn spelled(documents: &[SearchDocument], settings: &SearchSettings, word: &str) -> Vec<String> {
        let entries = entries(documents, settings).into_values().flatten();
        entries
            .filter(|entry| entry.0 == word)
            .map(|entry| entry.1)
            .collect()
    }

    #[test]
    fn the_sites_own_readings_stand_beside_the_built_in_ones() {
        let documents = [SearchDocument {
            words: vec!["望澜银行".into(), "六安分行".into()],
            ..SearchDocument::default()
        }];
        let settings = SearchSettings {
            pronunciations: vec![("六安".into(), "lu an".into())],
            ..SearchSettings::default()
        };
        assert_eq!(
            spelled(&documents, &settings, "望澜银行"),
            ["wang lan yin hang"]
        );
        let read = spelled(&documents, &settings, "六安分行");
        assert!(
            read.contains(&"lu an fen hang".to_owned())
                && read.contains(&"liu an fen hang".to_owned()),
            "{read:?}"
        );
    }

    #[test]
    fn a_text_that_comes_later_counts_for_the_sample_like_one_that_is_here() {
        let text = "按季度向部门负责人汇报进展。".repeat(SAMPLE / 2);
        let late = SearchDocument {
            late_bytes: text.len(),
            ..SearchDocument::default()
        };
        let early = SearchDocument {
            sections: vec![SearchSection {
                text,
                ..SearchSection::default()
            }],
            ..SearchDocument::default()
        };
        let share = Share::of(&[early]);
        assert_ne!(share, Share::of(&[]));
        assert_eq!(share, Share::of(&[late]));
    }

    #[test]
    fn latin_words_are_counted_once_a_document() {
        let document = |url: &str, title: &str| SearchDocument {
            url: url.into(),
            title: title.into(),
            ..SearchDocument::default()
        };
        let documents = [
            document("1", "Java Java 2026 ＪＡＶＡ 5G Müller"),
            document("2", "java"),
        ];
        let files = crate::search::build(&documents, &SearchSettings::default()).expect("index");
        let latin = files.iter().find(|file| file.path.starts_with("latin-"));
        let counted = latin.and_then(|file| inflate(&file.bytes)).expect("words");
        assert_eq!(counted, br#"[["java",2],["5g",1]]"#);
    }
}
