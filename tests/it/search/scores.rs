//! The formula of scores as the header of `src/search/mod.rs` tells it, computed over the terms of all units, one by one.

use super::query::{Atom, Query};
use gangwei::search::key::{TermKey, bucket, latin, pair, single};
use gangwei::search::layout::{lay_out, sizes};
use gangwei::search::terms::Occurrence;
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
type Term = (TermKey, Option<u16>);

/// By document a score.
pub type ByDocument = BTreeMap<usize, u32>;

/// The terms of all documents.
pub struct Scores {
    /// By term, where it stands: document and unit.
    lists: BTreeMap<TermKey, BTreeMap<(usize, usize), Occurrence>>,
    /// By document, its place in the index.
    pub slots: Vec<u32>,
    /// The Latin words, and how many documents have each.
    pub latin: BTreeMap<String, u32>,
    /// By document, how many units it has.
    pub units: Vec<usize>,
    postings: Vec<bool>,
}

impl Scores {
    pub fn new(documents: &[SearchDocument]) -> Self {
        let mut lists: BTreeMap<TermKey, BTreeMap<(usize, usize), Occurrence>> = BTreeMap::new();
        let mut units = Vec::new();
        let mut latin = BTreeMap::new();
        for (index, document) in documents.iter().enumerate() {
            let known = terms(document, &document.sections, usize::MAX);
            for word in known.latin {
                *latin.entry(word).or_default() += 1;
            }
            let parts = known.units;
            units.push(parts.len());
            for (unit, part) in parts.into_iter().enumerate() {
                for occurrence in part.occurrences {
                    let list = lists.entry(occurrence.key).or_default();
                    list.insert((index, unit), occurrence);
                }
            }
        }
        Scores {
            lists,
            slots: lay_out(documents, &units, sizes(documents.len())).slot,
            latin,
            units,
            postings: documents.iter().map(SearchDocument::is_posting).collect(),
        }
    }

    /// The documents that seem to hold an atom, each with the score of its best unit.
    pub fn seeming(&self, atom: &Atom) -> ByDocument {
        self.hits(atom, None)
    }

    /// The score of every document that seems to hold a clause: the sum over the clauses, of each the best of its choices.
    pub fn of(&self, query: &Query) -> ByDocument {
        let mut scores = ByDocument::new();
        for (index, clause) in query.clauses.iter().enumerate() {
            if clause.is_negated {
                continue;
            }
            let next = query.clauses.get(index + 1).filter(|next| !next.is_negated);
            let next = next.and_then(|next| next.choices().next()?.words.first());
            let follower = next.and_then(|word| word.text.encode_utf16().next());
            let mut best = ByDocument::new();
            for (place, atom) in clause.choices().enumerate() {
                for (document, score) in self.hits(atom, follower) {
                    // What was not typed counts three quarters.
                    let is_typed = place < clause.typed.len();
                    let score = if is_typed { score } else { score * 3 / 4 };
                    let best = best.entry(document).or_default();
                    *best = score.max(*best);
                }
            }
            for (document, score) in best {
                *scores.entry(document).or_default() += score;
            }
        }
        for (document, score) in &mut scores {
            *score += if self.postings[*document] {
                *score / 2
            } else {
                0
            };
        }
        scores
    }

    fn hits(&self, atom: &Atom, follower: Option<u16>) -> ByDocument {
        let terms = terms_of(atom);
        let nothing = BTreeMap::new();
        let lists: Vec<_> = (terms.iter())
            .map(|term| self.lists.get(&term.0).unwrap_or(&nothing))
            .collect();
        let rarities: Vec<u32> = lists.iter().map(|list| self.rarity(list.len())).collect();
        let shortest = lists.iter().min_by_key(|list| list.len());
        let mut hits = ByDocument::new();
        for place in shortest.into_iter().flat_map(|list| list.keys()) {
            let found: Option<Vec<&Occurrence>> =
                lists.iter().map(|list| list.get(place)).collect();
            let Some(found) = found else { continue };
            let follow = |(occurrence, term): (&&Occurrence, &Term)| {
                term.1.is_none_or(|next| precedes(**occurrence, next))
            };
            if !found.iter().zip(&terms).all(follow) {
                continue;
            }
            let score = score(&found, &rarities, follower);
            let best = hits.entry(place.0).or_default();
            *best = score.max(*best);
        }
        hits
    }

    fn rarity(&self, units: usize) -> u32 {
        let all = logarithm(self.units.len() as u32 + 1);
        let own = logarithm(units as u32);
        all.saturating_sub(own).max(LEAST_RARITY)
    }
}

/// Whether a code unit may follow a term.
fn precedes(occurrence: Occurrence, next: u16) -> bool {
    occurrence.signature >> bucket(next) & 1 == 1
}

/// The score of a unit by its terms, in the order of the atom.
fn score(found: &[&Occurrence], rarities: &[u32], follower: Option<u16>) -> u32 {
    let weights = found.iter().map(|one| WEIGHTS[usize::from(one.impact)]);
    let mut score: u32 = weights
        .zip(rarities)
        .map(|(weight, rarity)| weight * rarity)
        .sum();
    let (Some(first), Some(last), Some(rarity)) = (found.first(), found.last(), rarities.last())
    else {
        return 0;
    };
    if follower.is_some_and(|next| precedes(**last, next)) {
        score += NEIGHBOUR * rarity;
    }
    let in_title = found.iter().all(|one| one.impact >= 3);
    if in_title && [4, 6].contains(&first.impact) {
        let is_whole = [5, 6].contains(&last.impact);
        score += rarities.iter().sum::<u32>() * if is_whole { WHOLE } else { BEGINNING };
    }
    score
}

/// A logarithm to the base 2 in sixteenths, straight between powers of two.
fn logarithm(value: u32) -> u32 {
    let value = value.max(1);
    let whole = value.ilog2();
    whole * 16 + ((value * 16) >> whole) - 16
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
        if word.is_han {
            terms.extend(own.windows(2).enumerate().map(|(at, two)| {
                let next = own.get(at + 2).copied().or(after);
                (pair(two[0], two[1]), next)
            }));
        } else {
            terms.push((latin(&own), after));
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
    if count > MOST_TERMS {
        terms = (0..MOST_TERMS)
            .map(|index| terms[index * count / MOST_TERMS])
            .collect();
    }
    terms
}

#[test]
fn logarithms_grow() {
    assert_eq!((logarithm(1), logarithm(1024)), (0, 160));
    assert!((1..5000).all(|value| logarithm(value) <= logarithm(value + 1)));
}
