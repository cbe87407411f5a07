//! The formula of scores as the header of `src/search/mod.rs` tells it, computed over the terms of all units, one by one.

use super::oracle::{Atom, Query};
use gangwei::search::key::{Key, bucket, latin, pair, single};
use gangwei::search::layout::{lay_out, sizes};
use gangwei::search::terms::Posting;
use gangwei::search::{SearchDocument, terms};
use std::collections::BTreeMap;

/// Terms of an atom that are looked up.
const MOST_TERMS: usize = 16;
/// What a term is worth by its impact.
const WEIGHTS: [u32; 7] = [4, 5, 10, 24, 26, 26, 28];
/// The least rarity, in sixteenths of a bit.
const LEAST_RARITY: u32 = 8;
/// What is added, in rarities: of the last term for a following neighbour, of all terms for a title's beginning, for a whole title.
const NEIGHBOUR: u32 = 8;
const BEGINNING: u32 = 8;
const WHOLE: u32 = 32;

/// A term of an atom, and the code unit that follows.
type Term = (Key, Option<u16>);

/// The terms of all documents.
pub struct Scores {
    /// By document, the terms of each unit.
    units: Vec<Vec<BTreeMap<Key, Posting>>>,
    /// By term, in how many units it is.
    numbers: BTreeMap<Key, u32>,
    /// By document, its place in the index.
    pub slots: Vec<u32>,
    postings: Vec<bool>,
}

/// A clause's choices, each with its terms, and whether it was typed; and the code unit that the next clause begins with.
pub type Weights = Vec<(Vec<(Vec<Term>, bool)>, Option<u16>)>;

impl Scores {
    pub fn new(documents: &[SearchDocument]) -> Self {
        let units_of = |document: &SearchDocument| {
            let units = terms(document, &document.sections, usize::MAX)
                .units
                .into_iter();
            let by_key = |posting: Posting| (posting.key, posting);
            units
                .map(|unit| unit.postings.into_iter().map(by_key).collect())
                .collect()
        };
        let units: Vec<Vec<BTreeMap<Key, Posting>>> = documents.iter().map(units_of).collect();
        let mut numbers = BTreeMap::new();
        for key in units.iter().flatten().flat_map(BTreeMap::keys) {
            *numbers.entry(*key).or_default() += 1;
        }
        let counts: Vec<usize> = units.iter().map(Vec::len).collect();
        Scores {
            slots: lay_out(documents, &counts, sizes(documents.len())).slot,
            postings: documents.iter().map(SearchDocument::is_posting).collect(),
            units,
            numbers,
        }
    }

    /// How many units a document has.
    pub fn units(&self, document: usize) -> usize {
        self.units[document].len()
    }

    /// Whether a document seems to hold an atom.
    pub fn seems(&self, document: usize, atom: &Atom) -> bool {
        let terms = terms_of(atom);
        let mut units = self.units[document].iter();
        units.any(|unit| self.of_unit(unit, &terms, None).is_some())
    }

    /// What of a query counts for scores.
    pub fn weights(&self, query: &Query) -> Weights {
        let mut weights = Weights::new();
        for (index, clause) in query.clauses.iter().enumerate() {
            if clause.is_negated {
                continue;
            }
            let next = query.clauses.get(index + 1).filter(|next| !next.is_negated);
            let next = next.and_then(|next| next.choices().next()?.words.first());
            let typed = clause.typed.iter().map(|atom| (terms_of(atom), true));
            let added = clause.added.iter().map(|atom| (terms_of(atom), false));
            let follower = next.and_then(|word| word.text.encode_utf16().next());
            weights.push((typed.chain(added).collect(), follower));
        }
        weights
    }

    /// The score of a document: the sum over the clauses, of each the best of its choices in the best unit.
    pub fn of(&self, document: usize, weights: &Weights) -> u32 {
        let clause = |(choices, follower): &(Vec<(Vec<Term>, bool)>, Option<u16>)| {
            let scores = choices.iter().flat_map(|(terms, is_typed)| {
                let units = self.units[document].iter();
                let scores = units.filter_map(|unit| self.of_unit(unit, terms, *follower));
                // What was not typed counts three quarters.
                scores.map(|score| if *is_typed { score } else { score * 3 / 4 })
            });
            scores.max().unwrap_or(0)
        };
        let score: u32 = weights.iter().map(clause).sum();
        score
            + if self.postings[document] {
                score / 2
            } else {
                0
            }
    }

    fn of_unit(
        &self,
        unit: &BTreeMap<Key, Posting>,
        terms: &[Term],
        follower: Option<u16>,
    ) -> Option<u32> {
        let precedes = |posting: &Posting, next: u16| posting.signature >> bucket(next) & 1 == 1;
        let mut found: Vec<(&Posting, u32)> = Vec::new();
        for (key, next) in terms {
            let posting = unit.get(key)?;
            if next.is_some_and(|next| !precedes(posting, next)) {
                return None;
            }
            found.push((posting, self.rarity(*key)));
        }
        let (first, last) = (found.first()?, found.last()?);
        let all: u32 = found.iter().map(|one| one.1).sum();
        let mut score: u32 = found
            .iter()
            .map(|one| one.1 * WEIGHTS[usize::from(one.0.impact)])
            .sum();
        if follower.is_some_and(|next| precedes(last.0, next)) {
            score += NEIGHBOUR * last.1;
        }
        let in_title = found.iter().all(|one| one.0.impact >= 3);
        if in_title && [4, 6].contains(&first.0.impact) {
            let is_whole = [5, 6].contains(&last.0.impact);
            score += all * if is_whole { WHOLE } else { BEGINNING };
        }
        Some(score)
    }

    fn rarity(&self, key: Key) -> u32 {
        let all = logarithm(self.units.len() as u32 + 1);
        let own = logarithm(self.numbers.get(&key).copied().unwrap_or(0));
        all.saturating_sub(own).max(LEAST_RARITY)
    }
}

/// A logarithm to the base 2 in sixteenths, straight between powers of two.
fn logarithm(value: u32) -> u32 {
    let value = value.max(1);
    let whole = value.ilog2();
    whole * 16 + (value * 16 >> whole) - 16
}

/// Pairs of characters, Latin words, pairs across a change of script; single characters where there are none of these.
fn terms_of(atom: &Atom) -> Vec<Term> {
    let units = |index: usize| -> Vec<u16> {
        let word = atom.words.get(index).map(|word| word.text.encode_utf16());
        word.map_or(Vec::new(), Iterator::collect)
    };
    let mut terms: Vec<Term> = Vec::new();
    for (index, word) in atom.words.iter().enumerate() {
        let own = units(index);
        let adjoins = atom
            .words
            .get(index + 1)
            .is_some_and(|next| next.before.is_empty());
        let after = units(index + 1).first().copied().filter(|_| adjoins);
        match word.is_han {
            true => terms.extend(own.windows(2).enumerate().map(|(at, two)| {
                let next = own.get(at + 2).copied().or(after);
                (pair(two[0], two[1]), next)
            })),
            false => terms.push((latin(&own), after)),
        }
        if let (Some(last), Some(after)) = (own.last(), after) {
            terms.push((pair(*last, after), None));
        }
    }
    if terms.is_empty() {
        let singles = atom
            .words
            .iter()
            .filter_map(|word| word.text.encode_utf16().next());
        terms.extend(singles.map(|unit| (single(unit), None)));
    }
    let count = terms.len();
    match count > MOST_TERMS {
        true => (0..MOST_TERMS)
            .map(|index| terms[index * count / MOST_TERMS])
            .collect(),
        false => terms,
    }
}

#[test]
fn logarithms_grow() {
    assert_eq!((logarithm(1), logarithm(1024)), (0, 160));
    assert!((1..5000).all(|value| logarithm(value) <= logarithm(value + 1)));
}
