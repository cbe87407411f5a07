//! Characters whose conversion the tables leave open. Enters: a text and the tables it passes. Leaves: the places where
//! nothing but a rule of thumb decided, so that a person can look. A phrase, a word and a term of the author settle a
//! character; so does custom: only characters that are worth a look are watched.

use super::chain::Chain;
use super::matching::Match;
use super::table::Table;
use std::ops::Range;

/// A character that might have become another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguity {
    /// Its bytes in the source.
    pub span: Range<usize>,
    /// The character as it stands in the source.
    pub character: char,
    /// What it became.
    pub became: char,
    /// What it might have become as well, likeliest first.
    pub others: Vec<char>,
}

/// When a watched character is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Wherever nothing settles it.
    Always,
    /// Only behind one of these characters.
    Behind(&'static str),
    /// Except behind one of these characters.
    NotBehind(&'static str),
}

/// A character that is worth a look.
#[derive(Debug, Clone)]
pub(super) struct Watched {
    /// The character in the source.
    pub character: char,
    /// Where it is worth one.
    pub when: When,
    /// What it may become, the default first.
    pub candidates: Vec<char>,
}

impl Watched {
    fn is_open(&self, before: Option<char>) -> bool {
        let among = |list: &str| before.is_some_and(|c| list.contains(c));
        match self.when {
            When::Always => true,
            When::Behind(list) => among(list),
            When::NotBehind(list) => !among(list),
        }
    }
}

/// What is worth a look in one direction.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Ascending by character.
    pub characters: Vec<Watched>,
    /// How the last table spells single characters, ascending: candidates are shown as they would be printed.
    pub spelling: Vec<(char, char)>,
}

/// An ambiguity behind the first table, which a phrase of the next one may settle.
struct Open {
    ambiguity: Ambiguity,
    /// Its first byte behind the first table.
    at: usize,
}

impl Watch {
    /// A character as it is printed in the end.
    fn spelled(&self, c: char) -> char {
        match self.spelling.binary_search_by_key(&c, |pair| pair.0) {
            Ok(index) => self.spelling[index].1,
            Err(_) => c,
        }
    }

    fn open(&self, start: usize, at: usize, c: char, became: char, others: &[char]) -> Open {
        let became = self.spelled(became);
        let mut listed: Vec<char> = Vec::new();
        for other in others.iter().map(|other| self.spelled(*other)) {
            if other != became && !listed.contains(&other) {
                listed.push(other);
            }
        }
        Open {
            ambiguity: Ambiguity {
                span: start..start + c.len_utf8(),
                character: c,
                became,
                others: listed,
            },
            at,
        }
    }

    /// The watched characters of a part of the text that no phrase holds and that begins at byte `at` behind the
    /// first table.
    fn singles(&self, text: &str, part: Range<usize>, at: usize, open: &mut Vec<Open>) {
        let mut before = text[..part.start].chars().next_back();
        for (offset, c) in text[part.clone()].char_indices() {
            if let Ok(index) = self
                .characters
                .binary_search_by_key(&c, |watched| watched.character)
                && self.characters[index].is_open(before)
                && let Some((became, others)) = self.characters[index].candidates.split_first()
            {
                open.push(self.open(part.start + offset, at + offset, c, *became, others));
            }
            before = Some(c);
        }
    }

    /// The characters of a phrase that another phrase, which begins in it and ends behind it, spells otherwise. An
    /// ordinary word is not doubted for the sake of a phrase that is none.
    fn crossed(&self, table: &Table, text: &str, phrase: Match, at: usize, open: &mut Vec<Open>) {
        let source = &text[phrase.start..phrase.end];
        for (offset, c) in source.char_indices().skip(1) {
            let start = phrase.start + offset;
            let Some(other) = table.phrase_at(text, start) else {
                continue;
            };
            if other.end <= phrase.end || (phrase.word && !other.word) {
                continue;
            }
            let nth = source[..offset].chars().count();
            let spelled = phrase.text(source);
            let (Some((behind, became)), Some(otherwise)) = (
                spelled.char_indices().nth(nth),
                other.text(&text[other.start..other.end]).chars().next(),
            ) else {
                continue;
            };
            if self.spelled(otherwise) != self.spelled(became) {
                open.push(self.open(start, at + behind, c, became, &[otherwise]));
            }
        }
    }

    /// The ambiguities of a text that holds no terms, in order.
    pub fn find(&self, chain: &Chain, text: &str) -> Vec<Ambiguity> {
        let Some((first, later)) = chain.0.split_first() else {
            return Vec::new();
        };
        let mut open = Vec::new();
        let mut converted = String::with_capacity(text.len());
        let mut copied = 0;
        first.each(text, |found| {
            self.singles(text, copied..found.start, converted.len(), &mut open);
            converted.push_str(&text[copied..found.start]);
            match found.single {
                true => self.singles(text, found.start..found.end, converted.len(), &mut open),
                false => self.crossed(first, text, found, converted.len(), &mut open),
            }
            found
                .value
                .push_to(&mut converted, &text[found.start..found.end]);
            copied = found.end;
        });
        self.singles(text, copied..text.len(), converted.len(), &mut open);
        converted.push_str(&text[copied..]);

        if let Some(next) = later.first()
            && !open.is_empty()
        {
            settle(next, &converted, &mut open);
        }
        open.into_iter().map(|open| open.ambiguity).collect()
    }
}

/// Takes away what stands in a phrase of the next table: the vocabulary was written by hand for the phrase as it is.
fn settle(table: &Table, text: &str, open: &mut Vec<Open>) {
    let mut phrases: Vec<Range<usize>> = Vec::new();
    table.each(text, |found| {
        if !found.single {
            phrases.push(found.start..found.end);
        }
    });
    open.retain(|open| {
        let behind = phrases.partition_point(|phrase| phrase.end <= open.at);
        !phrases
            .get(behind)
            .is_some_and(|phrase| phrase.contains(&open.at))
    });
}
