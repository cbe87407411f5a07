//! The text check: whether a unit holds an atom, and what to quote. Enters: units and atoms. Leaves: occurrences as
//! offsets of UTF-16 code units, which folding keeps.

use super::query::{Atom, Item};
use crate::search::fold::{Class, class, fold_units};
use crate::search::texts::Unit;

/// Signs and spaces that may stand between two words of an atom.
const WIDEST_GAP: usize = 3;
/// Code units of a quotation.
const QUOTATION: usize = 96;
/// Code units before the first mark in which a sentence's beginning is looked for.
const LEAD: usize = 24;

/// Where an atom stands.
pub type Mark = (usize, usize);

/// A unit, folded.
pub struct Folded {
    /// The unit as written.
    pub unit: Unit,
    title: Vec<u16>,
    number: Vec<u16>,
    tags: Vec<Vec<u16>>,
    words: Vec<Vec<u16>>,
    pieces: Vec<(Vec<u16>, Vec<u16>)>,
}

/// A result's quotation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotation {
    /// The text.
    pub text: String,
    /// What of it was found.
    pub marks: Vec<Mark>,
}

impl Folded {
    /// Folds a unit.
    pub fn new(unit: Unit) -> Self {
        let all = |words: &[String]| words.iter().map(|word| fold_units(word)).collect();
        Folded {
            title: fold_units(&unit.title),
            number: fold_units(&unit.number),
            tags: all(&unit.tags),
            words: all(&unit.words),
            pieces: unit
                .pieces
                .iter()
                .map(|(_, heading, text)| (fold_units(heading), fold_units(text)))
                .collect(),
            unit,
        }
    }

    /// Whether title, number, tags or words hold an atom.
    pub fn head_holds(&self, atom: &Atom) -> bool {
        let titles = [&self.title, &self.number].into_iter().chain(&self.tags);
        let words = self.words.iter().filter(|_| !atom.in_titles);
        titles.chain(words).any(|text| holds(atom, text)) || self.is_number(atom)
    }

    /// Whether the unit holds an atom.
    pub fn holds(&self, atom: &Atom) -> bool {
        self.head_holds(atom)
            || (!atom.in_titles
                && (0..self.pieces.len()).any(|piece| self.piece_holds(piece, atom)))
    }

    fn piece_holds(&self, piece: usize, atom: &Atom) -> bool {
        let (heading, text) = &self.pieces[piece];
        holds(atom, heading) || holds(atom, text)
    }

    /// A record number may be typed without its signs.
    fn is_number(&self, atom: &Atom) -> bool {
        let Some(item) = atom.items.first().filter(|_| atom.items.len() == 1) else {
            return false;
        };
        let letters = self
            .number
            .iter()
            .filter(|unit| class(**unit) != Class::Other);
        letters.eq(&atom.units[item.start..item.end])
    }

    /// Whether every pair of characters that was looked up stands somewhere in the unit, as the index said.
    pub fn has_pairs(&self, atom: &Atom) -> bool {
        let pieces = self.pieces.iter().flat_map(|piece| [&piece.0, &piece.1]);
        let heads = [&self.title, &self.number];
        let texts: Vec<&Vec<u16>> = heads
            .into_iter()
            .chain(&self.tags)
            .chain(&self.words)
            .chain(pieces)
            .collect();
        let stands = |pair: [u16; 2]| {
            texts
                .iter()
                .any(|text| text.windows(2).any(|two| *two == pair))
        };
        atom.terms.iter().filter_map(|term| term.pair).all(stands)
    }

    /// The marks of atoms in the title.
    pub fn title_marks(&self, atoms: &[&Atom]) -> Vec<Mark> {
        marks(atoms, &self.title)
    }

    /// How many of several atoms a piece holds.
    pub fn piece_count(&self, piece: usize, atoms: &[&Atom]) -> usize {
        atoms
            .iter()
            .filter(|atom| !atom.in_titles && self.piece_holds(piece, atom))
            .count()
    }

    /// The number of pieces.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// A quotation from a piece: around the first mark, from a sentence's beginning where one is near.
    pub fn quote(&self, piece: usize, atoms: &[&Atom]) -> Quotation {
        let Some((_, text)) = self.pieces.get(piece) else {
            return Quotation::default();
        };
        let units: Vec<u16> = self.unit.pieces[piece].2.encode_utf16().collect();
        let marks = marks(atoms, text);
        let first = marks.first().map_or(0, |mark| mark.0);
        let is_end = |unit: &u16| matches!(unit, 0x0A | 0x3002 | 0x21 | 0x3F | 0x3B);
        let mut start = match text[first.saturating_sub(LEAD)..first]
            .iter()
            .rposition(is_end)
        {
            Some(before) => first.saturating_sub(LEAD) + before + 1,
            None if first <= LEAD => 0,
            None => first - LEAD,
        };
        while start < first && class(text[start]) == Class::Other {
            start += 1;
        }
        let is_low = |at: usize| {
            units
                .get(at)
                .is_some_and(|unit| (0xDC00..0xE000).contains(unit))
        };
        start -= usize::from(start > 0 && is_low(start));
        let mut end = (start + QUOTATION).min(units.len());
        end -= usize::from(end > start && is_low(end));
        let before = if start > 0 { "…" } else { "" };
        let after = if end < units.len() { "…" } else { "" };
        let shown: Vec<u16> = units[start..end]
            .iter()
            .map(|unit| if *unit < 0x20 { 0x20 } else { *unit })
            .collect();
        let shift = before.len().min(1);
        Quotation {
            text: format!("{before}{}{after}", String::from_utf16_lossy(&shown)),
            marks: marks
                .into_iter()
                .filter(|mark| mark.0 >= start && mark.0 < end)
                .map(|(from, to)| (from - start + shift, to.min(end) - start + shift))
                .collect(),
        }
    }
}

fn holds(atom: &Atom, text: &[u16]) -> bool {
    next_occurrence(atom, text, 0).is_some()
}

/// The occurrences of atoms in a text, sorted, joined where they overlap.
fn marks(atoms: &[&Atom], text: &[u16]) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::new();
    for atom in atoms {
        let mut from = 0;
        while let Some(mark) = next_occurrence(atom, text, from) {
            all.push(mark);
            from = mark.1;
        }
    }
    all.sort_unstable();
    let mut joined: Vec<Mark> = Vec::new();
    for mark in all {
        match joined.last_mut().filter(|last| last.1 >= mark.0) {
            Some(last) => last.1 = last.1.max(mark.1),
            None => joined.push(mark),
        }
    }
    joined
}

/// The first occurrence of an atom at or after an offset.
fn next_occurrence(atom: &Atom, text: &[u16], from: usize) -> Option<Mark> {
    let first = atom.items.first()?;
    let word = &atom.units[first.start..first.end];
    let mut from = from;
    loop {
        let start = from
            + text
                .get(from..)?
                .windows(word.len())
                .position(|window| window == word)?;
        if let Some(end) = rest_from(atom, text, start) {
            return Some((start, end));
        }
        from = start + 1;
    }
}

/// The end of an atom that begins at an offset.
fn rest_from(atom: &Atom, text: &[u16], start: usize) -> Option<usize> {
    let mut at = start;
    for (index, item) in atom.items.iter().enumerate() {
        if index > 0 {
            at += gap(atom, index, text, at)?;
        }
        let end = at + item.end - item.start;
        let is_here = text.get(at..end)? == &atom.units[item.start..item.end];
        if !is_here || (!item.is_han && !stands_alone(text, at, end)) {
            return None;
        }
        at = end;
    }
    Some(at)
}

/// The width of the gap before an item, where a text may have one.
fn gap(atom: &Atom, index: usize, text: &[u16], at: usize) -> Option<usize> {
    let item: &Item = &atom.items[index];
    let width = text[at..]
        .iter()
        .take(WIDEST_GAP + 1)
        .take_while(|unit| class(**unit) == Class::Other)
        .count();
    let other_script = item.is_han != atom.items[index - 1].is_han;
    let fits = if item.apart {
        width <= WIDEST_GAP && (width > 0 || other_script)
    } else {
        width == 0 || (width == 1 && text[at] == 0x20)
    };
    fits.then_some(width)
}

fn stands_alone(text: &[u16], start: usize, end: usize) -> bool {
    let is_latin = |unit: Option<&u16>| unit.is_some_and(|unit| class(*unit) == Class::Latin);
    !is_latin(start.checked_sub(1).and_then(|before| text.get(before))) && !is_latin(text.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::reader::query::parse;

    fn found(query: &str, text: &str) -> bool {
        holds(&parse(query).clauses[0].atoms[0], &fold_units(text))
    }

    #[test]
    fn scripts_may_stand_apart_by_a_space_and_latin_words_stand_alone() {
        assert!(found("IT审计", "負責 IT 審計工作"));
        assert!(found("IT审计", "IT审计"));
        assert!(!found("IT审计", "kit审计"));
        assert!(!found("IT审计", "IT，审计"));
        assert!(found("A股", "买A股的"));
        assert!(!found("java", "JavaScript"));
        assert!(found("HR-2026-0153", "编号HR－2026－0153。"));
        assert!(found("\"risk management\"", "Risk  Management"));
        assert!(!found("\"风险 管理\"", "风险管理"));
    }

    #[test]
    fn a_quotation_begins_at_a_sentence_and_marks_what_was_written() {
        let unit = Unit {
            slot: 0,
            url: String::new(),
            title: String::new(),
            kind: String::new(),
            number: String::new(),
            tags: vec![],
            words: vec![],
            facts: crate::search::texts::Facts::default(),
            pieces: vec![(
                String::new(),
                String::new(),
                format!("{}。負責風險管理工作。", "甲".repeat(200)),
            )],
        };
        let query = parse("风险管理");
        let quotation = Folded::new(unit).quote(0, &[&query.clauses[0].atoms[0]]);
        assert_eq!(quotation.text, "…負責風險管理工作。");
        assert_eq!(quotation.marks, [(3, 7)]);
    }
}
