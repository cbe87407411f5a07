//! What an answer without results must offer, as far as it can be told plainly: Latin words with a typo less, and the parts
//! of a query that do occur.

use super::oracle::Oracle;
use super::query::{Atom, Clause, Query, parse};
use super::reader::{Filters, Options};
use std::cmp::Reverse;

/// Offers of one kind for one part, of the words that are tried.
const MOST_OFFERS: usize = 3;
const MOST_TRIED: usize = 12;
/// The longest run that is taken apart.
const LONGEST_RUN: usize = 64;

/// An offer: its kind, the query, its words, and how many documents seem to hold it.
pub type Offer = (&'static str, String, Vec<String>, usize);

impl Oracle<'_> {
    /// How many documents seem to hold a query, whatever the filters.
    pub fn count(&self, query: &str, options: &Options) -> usize {
        let options = Options {
            filters: Filters::default(),
            ..options.clone()
        };
        self.candidates(&parse(query), &options).len()
    }

    /// Words of the documents that differ by one or two typos from those of clauses that failed.
    pub fn spellings(&self, query: &Query, failed: &[&Clause], options: &Options) -> Vec<Offer> {
        let mut known: Vec<(&String, &u32)> = self.scores.latin.iter().collect();
        known.sort_by_key(|(word, count)| (Reverse(**count), *word));
        let mut offers = Vec::new();
        for atom in failed.iter().filter_map(|clause| clause.choices().next()) {
            let own = &atom.folded;
            let letters = own.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if !letters || !(3..=24).contains(&own.len()) {
                continue;
            }
            let most = if own.len() < 5 { 1 } else { 2 };
            let typos = |word: &&String| strsim::osa_distance(own, word);
            let words = known.iter().map(|(word, _)| *word);
            let near = words.filter(|word| (1..=most).contains(&typos(word)));
            let mut near: Vec<&String> = near.collect();
            // The frequent ones stand first, and stay there among equals.
            near.sort_by_key(|word| (typos(word), word.as_bytes()[0] != own.as_bytes()[0]));
            let tried = near.into_iter().take(MOST_TRIED).map(|word| {
                let other = query.written(&|one| (one == atom).then(|| word.clone()));
                let total = self.count(&other, options);
                ("spelling", other, vec![word.clone()], total)
            });
            offers.extend(tried.filter(|offer| offer.3 > 0).take(MOST_OFFERS));
        }
        offers
    }

    /// All parts that occur, and any of them.
    pub fn parts(&self, query: &Query, options: &Options) -> Vec<Offer> {
        let mut parts: Vec<String> = Vec::new();
        let (negated, positive): (Vec<Clause>, Vec<Clause>) =
            (query.clauses.iter().cloned()).partition(|clause| clause.is_negated);
        for atom in positive.iter().filter_map(|clause| clause.choices().next()) {
            for part in self.occurring(atom) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        let excluded = Query {
            clauses: negated,
            is_cut: false,
        };
        let excluded = excluded.written(&|_| None);
        let mut offers = Vec::new();
        for (kind, sign) in [("near", " "), ("any", "|")] {
            let other = format!("{} {excluded}", parts.join(sign)).trim().to_owned();
            let says_more =
                other != query.written(&|_| None) && (kind == "near" || parts.len() > 1);
            let total = self.count(&other, options);
            if !parts.is_empty() && says_more && total > 0 {
                offers.push((kind, other, parts.clone(), total));
            }
        }
        offers
    }

    /// The parts of an atom that occur, each as long as it can be, as they were typed.
    fn occurring(&self, atom: &Atom) -> Vec<String> {
        let folded: Vec<u16> = atom.folded.encode_utf16().collect();
        let typed: Vec<u16> = atom.typed.encode_utf16().collect();
        let occurs = |from: usize, to: usize| {
            let part = String::from_utf16_lossy(&folded[from..to]);
            !self
                .scores
                .seeming(&Atom::new(&part, &part, false))
                .is_empty()
        };
        let length = |text: &str| text.encode_utf16().count();
        let mut parts = Vec::new();
        let mut next = 0;
        for word in &atom.words {
            let mut at = next + length(&word.before);
            next = at + length(&word.text);
            let last = next.min(at + LONGEST_RUN);
            let shortest = |at: usize| if word.is_han { at + 2 } else { last };
            while at < last && shortest(at) <= last {
                let mut end = shortest(at);
                if !occurs(at, end) {
                    at = if word.is_han { at + 1 } else { last };
                    continue;
                }
                while end < last && occurs(at, end + 1) {
                    end += 1;
                }
                parts.push(String::from_utf16_lossy(&typed[at..end]));
                at = end;
            }
        }
        parts
    }
}
