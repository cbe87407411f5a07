//! The data files of the conversion and the tables made of them. Enters: a pair of languages. Leaves: the tables that
//! a text passes one after the other, and the characters to watch. Nothing is read before a conversion is asked for.

use super::ambiguity::{Watch, Watched, When};
use super::chain::Chain;
use super::table::ConversionTable;
use crate::text::Language;
use std::borrow::Cow;

/// A phrase and what replaces it.
type Pair = (Cow<'static, str>, Cow<'static, str>);

/// Which data a chain is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableScope {
    /// OpenCC's tables alone.
    Opencc,
    /// With this program's own corrections, words and vocabulary before them.
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

/// The entries of a data file: a phrase, then the values behind the tab or none.
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

/// Pairs of a file in which an entry without a value stays as it is.
fn pairs(file: &'static str) -> Vec<Pair> {
    let pair = |(key, values): (&'static str, Option<&'static str>)| {
        (key.into(), values.map_or(key, first).into())
    };
    entries(file).map(pair).collect()
}

/// The first value of each character of one or more files, sorted by character; the first file counts.
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

    /// The text with each of its characters replaced.
    fn convert(&self, text: &str) -> String {
        text.chars().map(|c| self.convert_char(c)).collect()
    }
}

/// A phrases file and its characters, the values left unsaid in the former spelled out by the latter.
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

/// Lets a table of characters follow in the same step: what `list` gives is spelled with it, and so is what `list`
/// does not know. Equal to a step of its own because each of its phrases is one character.
fn then_characters(mut list: Vec<Pair>, characters: &Characters) -> Vec<Pair> {
    for (_, value) in &mut list {
        let spelled = characters.convert(value);
        if spelled != **value {
            *value = spelled.into();
        }
    }
    // Behind the others, so that they count where both know a character.
    let single = |(c, value): &(char, char)| (c.to_string().into(), value.to_string().into());
    list.extend(characters.0.iter().map(single));
    list
}

fn table(list: &[Pair], words: &[&str]) -> ConversionTable {
    let list: Vec<(&str, &str)> = list.iter().map(|(key, value)| (&**key, &**value)).collect();
    ConversionTable::new(&list, words)
}

/// From Simplified to OpenCC's own Traditional spelling.
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

/// From OpenCC's own Traditional spelling to Simplified.
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

/// From a region's spelling back to OpenCC's own.
fn to_standard(region: Language) -> Vec<Pair> {
    let (phrases, characters) = match region {
        Language::HantHk => (opencc!("HKVariantsRevPhrases"), opencc!("HKVariantsRev")),
        _ => (opencc!("TWVariantsRevPhrases"), opencc!("TWVariantsRev")),
    };
    let mut list = pairs(phrases);
    list.extend(pairs(characters));
    list
}

/// A vocabulary whose phrases are written in Simplified, as the first table spells them.
fn vocabulary(file: &'static str, first: &Chain) -> Vec<Pair> {
    let pair = |(key, value): (&'static str, Option<&'static str>)| {
        // A phrase without a spelling stays as it is.
        Some((first.convert(key), value?.into()))
    };
    entries(file).filter_map(pair).collect()
}

/// The ordinary words, in Simplified, sorted.
fn words(scope: TableScope) -> Vec<&'static str> {
    match scope {
        TableScope::Opencc => Vec::new(),
        TableScope::Own => entries(own!("words")).map(|(word, _)| word).collect(),
    }
}

/// Ordinary words as pairs for a table whose phrases must not cut them: `spelled` gives a word as the table finds it,
/// and the words kept are those of which the table's phrases leave what its characters alone would.
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

/// From Simplified: phrases first, then the region's words and spelling.
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

/// To Simplified: the region's words and spelling first, then phrases.
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

/// The tables of one direction; none when there is nothing to convert.
pub(super) fn chain(from: Language, to: Language, scope: TableScope) -> Option<Chain> {
    use Language::{En, Hans, Hant, HantHk, HantTw};
    Some(match (from, to) {
        (En, _) | (_, En) | (Hans, Hans) | (Hant, Hant) | (HantTw, HantTw) | (HantHk, HantHk) => {
            return None;
        }
        (Hans, _) => from_simplified(to, scope),
        (_, Hans) => to_simplified(from, scope),
        // OpenCC's own spelling is not written anywhere: generic Traditional is Taiwan's, without its words.
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

/// The characters to watch in one direction. From Traditional to Simplified nearly every character has one target, and
/// nothing is watched.
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
