//! The data files of the conversion, and the tables made from them. Enters: a pair of languages. Leaves: the tables
//! that convert a text one after the other, and the ambiguous characters to watch. The program reads a data file only
//! when a conversion needs it.

use super::ambiguity::{Watch, Watched, When};
use super::chain::Chain;
use super::table::ConversionTable;
use crate::text::Language;
use std::borrow::Cow;

/// A phrase and its replacement.
type Pair = (Cow<'static, str>, Cow<'static, str>);

/// The data from which a chain is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableScope {
    /// Only OpenCC's tables.
    Opencc,
    /// This program's own corrections, words and vocabulary, then OpenCC's tables.
    Own,
}

macro_rules! opencc {
    ($name:literal) => {
        include_str!(concat!("data/opencc/", $name, ".txt"))
    };
}
macro_rules! own {
    ($name:literal) => {
        include_str!(concat!("data/", $name, ".txt"))
    };
}

/// The entries of a data file: a phrase, and the values behind the tab, if the line has a tab.
fn entries(
    file: &'static str,
) -> impl Iterator<Item = (&'static str, Option<&'static str>)> + Clone {
    let lines = file
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| match line.split_once('\t') {
        Some((key, values)) => (key, Some(values)),
        None => (line, None),
    })
}

/// The first of several values.
fn first(values: &'static str) -> &'static str {
    values.split(' ').next().unwrap_or(values)
}

/// The pairs of a file. A phrase without a value is its own replacement.
fn pairs(file: &'static str) -> Vec<Pair> {
    let pair = |(key, values): (&'static str, Option<&'static str>)| {
        (key.into(), values.map_or(key, first).into())
    };
    entries(file).map(pair).collect()
}

/// The first value of each character in one or more files, sorted by character. If several files have a character, the
/// first of them applies.
struct Characters(Vec<(char, char)>);

impl Characters {
    fn new(files: &[&'static str]) -> Characters {
        let mut characters: Vec<(char, char)> = Vec::new();
        for (key, values) in files.iter().flat_map(|file| entries(file)) {
            let mut key = key.chars();
            if let (Some(c), None, Some(value)) = (
                key.next(),
                key.next(),
                values.and_then(|values| values.chars().next()),
            ) {
                characters.push((c, value));
            }
        }
        characters.sort_by_key(|pair| pair.0);
        characters.dedup_by_key(|pair| pair.0);
        Characters(characters)
    }

    fn convert_char(&self, c: char) -> char {
        match self.0.binary_search_by_key(&c, |pair| pair.0) {
            Ok(index) => self.0[index].1,
            Err(_) => c,
        }
    }

    /// Converts each character of a text.
    fn convert(&self, text: &str) -> String {
        text.chars().map(|c| self.convert_char(c)).collect()
    }
}

/// The pairs of a file of phrases. `characters` converts a phrase that has no value in the file.
fn phrases(file: &'static str, characters: &Characters) -> Vec<Pair> {
    let pair = |(key, values): (&'static str, Option<&'static str>)| {
        let value = match values {
            Some(values) => first(values).into(),
            None => characters.convert(key).into(),
        };
        (key.into(), value)
    };
    entries(file).map(pair).collect()
}

/// Adds a table of characters to the same step: it converts the replacements in `list`, and the characters that are not
/// in `list`. The result equals that of a step of its own, because each phrase of that table is one character.
fn then_characters(mut list: Vec<Pair>, characters: &Characters) -> Vec<Pair> {
    for (_, value) in &mut list {
        let spelled = characters.convert(value);
        if spelled != **value {
            *value = spelled.into();
        }
    }
    // The characters come last, so that an entry of `list` wins over them.
    let single = |(c, value): &(char, char)| (c.to_string().into(), value.to_string().into());
    list.extend(characters.0.iter().map(single));
    list
}

fn table(list: &[Pair], words: &[&str]) -> ConversionTable {
    let list: Vec<(&str, &str)> = list.iter().map(|(key, value)| (&**key, &**value)).collect();
    ConversionTable::new(&list, words)
}

/// The pairs from Simplified to OpenCC's own Traditional spelling.
fn simplified_to_traditional(scope: TableScope) -> Vec<Pair> {
    let characters = Characters::new(&[opencc!("STCharacters")]);
    let mut list = Vec::new();
    if scope == TableScope::Own {
        list.extend(pairs(own!("corrections")));
    }
    list.extend(phrases(opencc!("STPhrases"), &characters));
    if scope == TableScope::Own {
        list.extend(phrases(own!("words"), &characters));
    }
    list.extend(pairs(opencc!("STCharacters")));
    list
}

/// The pairs from OpenCC's own Traditional spelling to Simplified.
fn traditional_to_simplified() -> Vec<Pair> {
    let characters = Characters::new(&[opencc!("TSCharacters")]);
    let mut list = phrases(opencc!("TSPhrases"), &characters);
    list.extend(pairs(opencc!("TSCharacters")));
    list
}

/// A region's spelling of characters.
fn spelling(region: Language, scope: TableScope) -> Characters {
    match (region, scope) {
        (Language::HantHk, TableScope::Opencc) => Characters::new(&[opencc!("HKVariants")]),
        (Language::HantHk, TableScope::Own) => {
            Characters::new(&[own!("characters-hong-kong"), opencc!("HKVariants")])
        }
        (Language::HantTw, TableScope::Own) => {
            Characters::new(&[own!("characters-taiwan"), opencc!("TWVariants")])
        }
        _ => Characters::new(&[opencc!("TWVariants")]),
    }
}

/// The pairs from a region's spelling back to OpenCC's own.
fn to_standard(region: Language) -> Vec<Pair> {
    let (phrases, characters) = match region {
        Language::HantHk => (opencc!("HKVariantsRevPhrases"), opencc!("HKVariantsRev")),
        _ => (opencc!("TWVariantsRevPhrases"), opencc!("TWVariantsRev")),
    };
    let mut list = pairs(phrases);
    list.extend(pairs(characters));
    list
}

/// The pairs of a vocabulary. Its file has the phrases in Simplified, and `first` converts them, since the second table
/// receives the result of the first.
fn vocabulary(file: &'static str, first: &Chain) -> Vec<Pair> {
    let pair = |(key, value): (&'static str, Option<&'static str>)| {
        // A phrase without a value needs no pair.
        Some((first.convert(key), value?.into()))
    };
    entries(file).filter_map(pair).collect()
}

/// The ordinary words, in Simplified, sorted as in their file.
fn words(scope: TableScope) -> Vec<&'static str> {
    match scope {
        TableScope::Opencc => Vec::new(),
        TableScope::Own => entries(own!("words")).map(|(word, _)| word).collect(),
    }
}

/// Pairs that protect ordinary words from phrases that overlap them. `spelled` converts a word to the spelling in which
/// the table meets it. A word gets a pair if the phrases convert the whole word as the characters alone convert it.
fn guards(spelled: &Chain, phrases: &[Pair], characters: &[Pair]) -> Vec<Pair> {
    let phrases = table(phrases, &[]);
    let characters = table(characters, &[]);
    let guard = |word: &'static str| {
        let word = spelled.convert(word);
        let value = characters.convert(&word);
        (phrases.convert(&word) == value).then(|| (word, value.into()))
    };
    words(TableScope::Own)
        .into_iter()
        .filter_map(guard)
        .collect()
}

/// The chain from Simplified: phrases first, then the region's words and spelling.
fn from_simplified(to: Language, scope: TableScope) -> Chain {
    let words = words(scope);
    let list = simplified_to_traditional(scope);
    let spelling = spelling(to, scope);
    let (own_words, opencc_words) = match to {
        Language::HantTw => (Some(own!("vocabulary-taiwan")), pairs(opencc!("TWPhrases"))),
        Language::HantHk => (Some(own!("vocabulary-hong-kong")), Vec::new()),
        _ => (None, Vec::new()),
    };
    let own_words = own_words.filter(|_| scope == TableScope::Own);
    if own_words.is_none() && opencc_words.is_empty() {
        return Chain(vec![table(&then_characters(list, &spelling), &words)]);
    }
    let first = Chain(vec![table(&list, &words)]);
    let mut second = own_words.map_or(Vec::new(), |file| vocabulary(file, &first));
    second.extend(then_characters(opencc_words, &spelling));
    if scope == TableScope::Own {
        let characters = then_characters(Vec::new(), &spelling);
        let guards = guards(&first, &second, &characters);
        second.splice(0..0, guards);
    }
    let second = table(&second, &[]);
    Chain(first.0.into_iter().chain([second]).collect())
}

/// The chain to Simplified: the region's words and spelling first, then phrases.
fn to_simplified(from: Language, scope: TableScope) -> Chain {
    let mut list = Vec::new();
    if scope == TableScope::Own {
        match from {
            Language::HantTw => list.extend(pairs(own!("vocabulary-from-taiwan"))),
            Language::HantHk => list.extend(pairs(own!("vocabulary-from-hong-kong"))),
            _ => {}
        }
        list.extend(pairs(own!("corrections-to-simplified")));
    }
    if from == Language::HantTw {
        list.extend(pairs(opencc!("TWPhrasesRev")));
    }
    let standard = to_standard(from);
    list.extend(standard.iter().cloned());
    if scope == TableScope::Own && from != Language::Hant {
        let spelling = spelling(from, scope);
        let spelled = then_characters(simplified_to_traditional(scope), &spelling);
        let spelled = Chain(vec![table(&spelled, &words(scope))]);
        let guards = guards(&spelled, &list, &standard);
        list.splice(0..0, guards);
    }
    let second = traditional_to_simplified();
    Chain(vec![table(&list, &[]), table(&second, &[])])
}

/// The chain of tables for one direction; `None` if the languages need no conversion.
pub(super) fn chain(from: Language, to: Language, scope: TableScope) -> Option<Chain> {
    use Language::{En, Hans, Hant, HantHk, HantTw};
    Some(match (from, to) {
        (En, _) | (_, En) | (Hans, Hans) | (Hant, Hant) | (HantTw, HantTw) | (HantHk, HantHk) => {
            return None;
        }
        (Hans, _) => from_simplified(to, scope),
        (_, Hans) => to_simplified(from, scope),
        // No region writes OpenCC's own spelling. Generic Traditional has the spelling of Taiwan, without its words.
        (_, Hant) => Chain(vec![table(
            &then_characters(to_standard(from), &spelling(Hant, scope)),
            &[],
        )]),
        (Hant, _) => Chain(vec![table(
            &then_characters(Vec::new(), &spelling(to, scope)),
            &[],
        )]),
        (_, _) => Chain(vec![table(
            &then_characters(to_standard(from), &spelling(to, scope)),
            &[],
        )]),
    })
}

/// The ambiguous characters of one direction; `None` from Traditional to Simplified, since nearly every character has
/// only one target there.
pub(super) fn watch(from: Language, to: Language) -> Option<Watch> {
    if from != Language::Hans {
        return None;
    }
    let corrected = Characters::new(&[own!("corrections"), opencc!("STCharacters")]);
    let mut characters: Vec<Watched> = entries(own!("ambiguous"))
        .filter_map(|(key, context)| {
            let character = key.chars().next()?;
            let values = entries(opencc!("STCharacters"))
                .find(|(c, _)| *c == key)
                .and_then(|(_, values)| values)?;
            let mut candidates = vec![corrected.convert_char(character)];
            candidates.extend(values.split(' ').filter_map(|value| value.chars().next()));
            let when = match context.map(|context| (context.strip_prefix('-'), context)) {
                None => When::Always,
                Some((Some(list), _)) => When::NotBehind(list),
                Some((None, list)) => When::Behind(list),
            };
            Some(Watched {
                character,
                when,
                candidates,
            })
        })
        .collect();
    characters.sort_by_key(|watched| watched.character);
    Some(Watch {
        characters,
        spelling: spelling(to, TableScope::Own).0,
    })
}
