//! The terms of a document. Enters: one document. Leaves: its units (sections packed to a readable size) and for each
//! the terms with impact and signature. Nothing here depends on another document.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a table of terms has fewer than 2³² places, and a Latin letter is below 128"
)]

use super::document::{SearchDocument, SearchSection};
use super::fold::{Class, class, fold_into, fold_units, runs};
use super::key::{self, TermKey};
use super::lexicon;
use super::pieces::{Piece, pack};

/// One term of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The term.
    pub key: TermKey,
    /// How much it says about the unit: 0 once in the text, 1 more often, 2 heading or tag, 3 title,
    /// 4 the title's beginning, 5 its end, 6 both.
    pub impact: u8,
    /// Bit b is set when a code unit of bucket b follows somewhere in the unit.
    pub signature: u8,
}

/// A unit of a document: what is found as one hit.
#[derive(Debug, Clone, Default)]
pub struct UnitTerms {
    /// The terms, each once, in no particular order.
    pub occurrences: Vec<Occurrence>,
    /// The pieces of text that it holds.
    pub pieces: Vec<Piece>,
}

/// The units of a document; there is always one, and only the first holds title, tags and number.
#[derive(Debug, Clone, Default)]
pub struct DocumentTerms {
    /// The units in the order of the text.
    pub units: Vec<UnitTerms>,
    /// The Latin words with a letter, folded, sorted, each once.
    pub latin: Vec<String>,
    /// Of `lexicon::polyphones`, those that may stand in its title or text, by their index.
    pub polyphones: Vec<u16>,
}

/// Takes a document with its sections apart, into that many units at most.
pub fn terms(
    document: &SearchDocument,
    sections: &[SearchSection],
    most_units: usize,
) -> DocumentTerms {
    let mut units = Vec::new();
    let mut polyphones = Vec::new();
    let mut table = TermTable::new();
    for pieces in pack(sections, most_units) {
        if units.is_empty() {
            table.scan(&document.title, TextPart::Title);
            table.scan_number(&document.number);
            for tag in &document.tags {
                table.scan(tag, TextPart::Tag);
            }
            for word in &document.words {
                table.scan(word, TextPart::Heading);
            }
        }
        for piece in &pieces {
            let section = &sections[piece.section];
            if piece.text.start == 0 {
                table.scan(&section.heading, TextPart::Heading);
            }
            let text = section.text.get(piece.text.clone()).unwrap_or("");
            table.scan(text, TextPart::Body);
        }
        let words = (0..).zip(lexicon::polyphones());
        let present = words.filter(|(_, word)| table.has_all(&word.terms));
        polyphones.extend(present.map(|(index, _)| index));
        units.push(UnitTerms {
            occurrences: table.take(),
            pieces,
        });
    }
    table.latin.sort_unstable();
    table.latin.dedup();
    DocumentTerms {
        units,
        latin: table.latin,
        polyphones,
    }
}

/// Where in a document a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextPart {
    Title,
    Tag,
    Heading,
    Body,
}

const TWICE: u16 = 2;
const HEADING: u16 = 1 << 2;
const TITLE: u16 = 1 << 3;
const TITLE_START: u16 = 1 << 4;
const TITLE_END: u16 = 1 << 5;

/// A hash table of terms, open addressing with linear steps. Key 0 is free: no term has it.
struct TermTable {
    slots: Vec<(TermKey, u16, u8)>,
    /// The slots in use.
    used: Vec<u32>,
    latin: Vec<String>,
    /// The code units of the text at hand.
    units: Vec<u16>,
}

impl TermTable {
    fn new() -> Self {
        TermTable {
            slots: vec![(0, 0, 0); 2048],
            used: Vec::with_capacity(1024),
            latin: Vec::new(),
            units: Vec::new(),
        }
    }

    fn take(&mut self) -> Vec<Occurrence> {
        let mut occurrences = Vec::with_capacity(self.used.len());
        for at in self.used.drain(..) {
            let slot = &mut self.slots[at as usize];
            occurrences.push(Occurrence {
                key: slot.0,
                impact: impact(slot.1),
                signature: slot.2,
            });
            *slot = (0, 0, 0);
        }
        occurrences
    }

    /// Notes a term: where it stands and which code unit follows.
    fn note(&mut self, key: TermKey, flags: u16, next: Option<u16>) {
        if self.used.len() * 2 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0, 0); old.len() * 2];
            for place in 0..self.used.len() {
                let slot = old[self.used[place] as usize];
                let to = self.find(slot.0);
                self.slots[to] = slot;
                self.used[place] = to as u32;
            }
        }
        let at = self.find(key);
        let slot = &mut self.slots[at];
        if slot.0 == 0 {
            slot.0 = key;
            self.used.push(at as u32);
        }
        slot.1 = match flags {
            0 => slot.1 & !3 | (slot.1 & 3).saturating_add(1).min(TWICE),
            flags => slot.1 | flags,
        };
        if let Some(next) = next {
            slot.2 |= 1 << key::bucket(next);
        }
    }

    fn find(&self, key: TermKey) -> usize {
        let mask = self.slots.len() - 1;
        // The middle bits of the product would not know the first of two characters.
        let mut at = (key.wrapping_mul(0x9E37_79B1) >> 12) as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// Whether all of some terms stand in the title or the text.
    fn has_all(&self, keys: &[TermKey]) -> bool {
        let occurs = |key: &TermKey| self.slots[self.find(*key)].1 & (TITLE | 3) != 0;
        keys.iter().all(occurs)
    }

    /// Keeps a word of ASCII letters and digits with at least one letter, for typos.
    fn note_latin(&mut self, token: &[u16]) {
        let is_letter = |unit: &u16| (0x61..=0x7A).contains(unit);
        let fits = (2..=24).contains(&token.len()) && token.iter().all(|unit| *unit < 0x80);
        if fits && token.iter().any(is_letter) {
            self.latin
                .push(token.iter().map(|unit| char::from(*unit as u8)).collect());
        }
    }

    /// A record number counts as a title; without its signs it is one more term.
    fn scan_number(&mut self, number: &str) {
        self.scan(number, TextPart::Title);
        let units = fold_units(number);
        let joined: Vec<u16> = units
            .into_iter()
            .filter(|unit| class(*unit) != Class::Other)
            .collect();
        let latin = joined.iter().all(|unit| class(*unit) == Class::Latin);
        if latin && !joined.is_empty() {
            self.note(key::latin(&joined), TITLE | TITLE_START | TITLE_END, None);
        }
    }

    /// Notes every term of a text.
    fn scan(&mut self, text: &str, field: TextPart) {
        let mut units = std::mem::take(&mut self.units);
        fold_into(text, &mut units);
        self.scan_units(&units, field);
        self.units = units;
    }

    fn scan_units(&mut self, units: &[u16], field: TextPart) {
        let is_word = |unit: &u16| class(*unit) != Class::Other;
        let (first, last) = match field {
            TextPart::Title => (
                units.iter().position(is_word),
                units.iter().rposition(is_word),
            ),
            _ => (None, None),
        };
        let flags = |start: usize, end: usize| match field {
            TextPart::Body => 0,
            TextPart::Heading | TextPart::Tag => HEADING,
            TextPart::Title => {
                let starts = if Some(start) == first { TITLE_START } else { 0 };
                let ends = if Some(end - 1) == last { TITLE_END } else { 0 };
                TITLE | starts | ends
            }
        };
        let mut start = 0;
        for (here, to) in runs(units) {
            let from = std::mem::replace(&mut start, to);
            if here == Class::Other {
                continue;
            }
            let next = neighbour(units, here, to);
            if here == Class::Han {
                let run = &units[from..to];
                for (at, three) in (from..).zip(run.windows(3)) {
                    let key = key::pair(three[0], three[1]);
                    self.note(key, flags(at, at + 2), Some(three[2]));
                }
                if let [.., one, two] = run {
                    self.note(key::pair(*one, *two), flags(to - 2, to), next);
                }
                if matches!(field, TextPart::Title | TextPart::Tag) {
                    for (unit, at) in run.iter().zip(from..) {
                        self.note(key::single(*unit), flags(at, at + 1), None);
                    }
                }
            } else {
                self.note(key::latin(&units[from..to]), flags(from, to), next);
                self.note_latin(&units[from..to]);
            }
            // The pair across a change of script finds 'A股' and '3年', whose single character has no pair.
            if let Some(next) = next {
                let across = match field {
                    TextPart::Body => 0,
                    TextPart::Title => TITLE,
                    _ => HEADING,
                };
                self.note(key::pair(units[to - 1], next), across, None);
            }
        }
    }
}

/// The code unit of another script that follows a run at its end, directly or after one space.
fn neighbour(units: &[u16], here: Class, end: usize) -> Option<u16> {
    let at = end + usize::from(units.get(end) == Some(&0x20));
    let next = *units.get(at)?;
    let there = class(next);
    (there != Class::Other && there != here).then_some(next)
}

fn impact(flags: u16) -> u8 {
    match flags {
        flags if flags & TITLE_START != 0 && flags & TITLE_END != 0 => 6,
        flags if flags & TITLE_END != 0 => 5,
        flags if flags & TITLE_START != 0 => 4,
        flags if flags & TITLE != 0 => 3,
        flags if flags & HEADING != 0 => 2,
        flags if flags & 3 == TWICE => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, text: &str) -> SearchDocument {
        SearchDocument {
            title: title.into(),
            sections: vec![SearchSection {
                text: text.into(),
                ..SearchSection::default()
            }],
            ..SearchDocument::default()
        }
    }

    fn occurrence(document: &SearchDocument, key: TermKey) -> Option<Occurrence> {
        let terms = terms(document, &document.sections, usize::MAX);
        let mut all = terms.units.iter().flat_map(|unit| &unit.occurrences);
        all.find(|occurrence| occurrence.key == key).copied()
    }

    fn pair_of(text: &str) -> TermKey {
        let units = fold_units(text);
        key::pair(units[0], units[1])
    }

    #[test]
    fn pairs_never_cross_punctuation() {
        let document = document("", "风险。管理，風險");
        assert!(occurrence(&document, pair_of("险管")).is_none());
        let risk = occurrence(&document, pair_of("风险")).expect("风险");
        assert_eq!((risk.impact, risk.signature), (1, 0));
    }

    #[test]
    fn the_title_counts_most_and_knows_its_ends() {
        let document = document("风险管理岗", "管理");
        for (text, impact) in [("风险", 4), ("险管", 3), ("管理", 3), ("理岗", 5)] {
            assert_eq!(
                occurrence(&document, pair_of(text)).expect(text).impact,
                impact
            );
        }
    }

    #[test]
    fn a_change_of_script_makes_a_pair_with_or_without_a_space() {
        for text in ["买A股", "买 A 股"] {
            assert!(
                occurrence(&document("", text), pair_of("a股")).is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_long_section_is_cut_at_sentence_ends_and_loses_nothing() {
        let text = "按季度向部门负责人汇报进展。".repeat(900);
        let mut document = document("标题", &text);
        document.sections.push(SearchSection::default());
        let units = terms(&document, &document.sections, usize::MAX).units;
        assert!(units.len() > 4, "{}", units.len());
        let joined: String = units
            .iter()
            .flat_map(|unit| &unit.pieces)
            .map(|piece| {
                let text = &document.sections[piece.section].text[piece.text.clone()];
                assert!(text.is_empty() || text.ends_with('。'));
                text
            })
            .collect();
        assert_eq!(joined, text);
        let limited = pack(&document.sections, 3);
        assert_eq!(limited.len(), 3);
        let pieces: usize = limited.iter().map(Vec::len).sum();
        assert_eq!(pieces, pack(&document.sections, usize::MAX).concat().len());
    }
}
