//! Characters whose conversion the tables leave open. Enters: a text and the tables it passes. Leaves: the places where
//! nothing but a rule of thumb decided, so that a person can look. A phrase, a word and a term of the author settle a
//! character; so does custom: only characters that are worth a look are watched.

use super::chain::Chain;
use super::matching::Match;
use super::table::ConversionTable;
use std::ops::Range;

/// A character that might have become another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguity {
    /// Its bytes in the source.
    pub span: Range<usize>,
    /// The character in the source.
    pub character: char,
    /// The character that it became.
    pub became: char,
    /// Other characters that it might have become, likeliest first.
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
    /// The characters that it may become, the default first.
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

/// The characters that are ambiguous in one direction of conversion.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Ascending by character.
    pub characters: Vec<Watched>,
    /// How the last table spells single characters, ascending: candidates are shown as they would be printed.
    pub spelling: Vec<(char, char)>,
}

impl Watch {
    /// A character as it is printed in the end.
    fn spelled(&self, c: char) -> char {
        match self.spelling.binary_search_by_key(&c, |pair| pair.0) {
            Ok(index) => self.spelling[index].1,
            Err(_) => c,
        }
    }

    /// An ambiguity of the character that begins at a byte of the text.
    fn ambiguity(&self, start: usize, character: char, became: char, others: &[char]) -> Ambiguity {
        let became = self.spelled(became);
        let mut listed: Vec<char> = Vec::new();
        for other in others.iter().map(|other| self.spelled(*other)) {
            if other != became && !listed.contains(&other) {
                listed.push(other);
            }
        }
        Ambiguity {
            span: start..start + character.len_utf8(),
            character,
            became,
            others: listed,
        }
    }

    /// The watched characters of a part of the text that no phrase holds.
    fn singles(&self, text: &str, part: Range<usize>, open: &mut Vec<Ambiguity>) {
        let mut before = text[..part.start].chars().next_back();
        for (offset, c) in text[part.clone()].char_indices() {
            let place = self
                .characters
                .binary_search_by_key(&c, |watched| watched.character);
            if let Ok(index) = place
                && self.characters[index].is_open(before)
                && let Some((became, others)) = self.characters[index].candidates.split_first()
            {
                open.push(self.ambiguity(part.start + offset, c, *became, others));
            }
            before = Some(c);
        }
    }

    /// The characters of a phrase that another phrase, which begins in it and ends behind it, spells otherwise. An
    /// ordinary word is not ambiguous because of a phrase that is not a word.
    fn crossed(
        &self,
        table: &ConversionTable,
        text: &str,
        phrase: Match,
        open: &mut Vec<Ambiguity>,
    ) {
        let source = &text[phrase.start..phrase.end];
        for (nth, (offset, c)) in source.char_indices().enumerate().skip(1) {
            let start = phrase.start + offset;
            let Some(other) = table.phrase_at(text, start) else {
                continue;
            };
            if other.end <= phrase.end || (phrase.word && !other.word) {
                continue;
            }
            let otherwise = other.text(&text[other.start..other.end]).chars().next();
            let (Some(became), Some(otherwise)) = (phrase.text(source).chars().nth(nth), otherwise)
            else {
                continue;
            };
            if self.spelled(otherwise) != self.spelled(became) {
                open.push(self.ambiguity(start, c, became, &[otherwise]));
            }
        }
    }

    /// The ambiguities of a text that holds no terms, in order. The first table alone decides between characters: no
    /// phrase of a vocabulary holds a character that it leaves open.
    pub(super) fn find(&self, chain: &Chain, text: &str) -> Vec<Ambiguity> {
        let mut open = Vec::new();
        let Some(table) = chain.0.first() else {
            return open;
        };
        let mut read = 0;
        table.each(text, |found| {
            if found.single {
                self.singles(text, read..found.end, &mut open);
            } else {
                self.singles(text, read..found.start, &mut open);
                self.crossed(table, text, found, &mut open);
            }
            read = found.end;
        });
        self.singles(text, read..text.len(), &mut open);
        open
    }
}
