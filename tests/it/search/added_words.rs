//! Words that are searched besides the typed ones: synonyms, and what Latin letters may stand for.

use super::oracle::Oracle;
use super::pinyin_input::{Token, syllables};
use super::pinyin_matching::{Tolerance, matches};
use super::query::{Atom, Clause, Query, fold};
use std::cmp::Reverse;

/// Words that letters stand for are searched up to this number.
const MOST_SPOKEN: usize = 5;

/// A remark that an answer must make: what was typed, and the words that were added or are offered.
pub type Remark = (String, Vec<String>);

impl Oracle<'_> {
    /// Adds the words that mean the same as a typed one.
    pub fn add_synonyms(&self, query: &mut Query) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let groups: Vec<Vec<(String, &str)>> = (self.settings.synonyms.iter())
            .map(|group| {
                group
                    .iter()
                    .map(|word| (fold(word.trim()), word.trim()))
                    .filter(|word| !word.0.is_empty())
                    .collect()
            })
            .collect();
        // Of two spellings the first is shown.
        let shown = |folded: &str| {
            let mut all = groups.iter().flatten();
            let other = all.find(|(word, written)| word == folded && *written != folded);
            other.map_or(folded, |word| word.1).to_owned()
        };
        for clause in query.clauses.iter_mut().filter(|clause| !clause.is_negated) {
            for atom in clause.typed.clone().iter().filter(|atom| !atom.is_quoted) {
                let own = groups
                    .iter()
                    .filter(|group| group.iter().any(|word| word.0 == atom.folded));
                let mut reported = Vec::new();
                for (word, _) in own.flatten() {
                    if clause.choices().all(|known| known.folded != *word) {
                        clause.added.push(Atom::new(word, word, false));
                        reported.push(shown(word));
                    }
                }
                if !reported.is_empty() {
                    remarks.push((atom.typed.clone(), reported));
                }
            }
        }
        remarks
    }

    /// Adds the words that Latin letters stand for, where the letters find nothing; where they do, these are only offered.
    pub fn add_spoken(&self, query: &mut Query) -> Vec<Remark> {
        // Of every clause, whether its letters are nowhere; `None` where it cannot be pinyin.
        let nowhere: Vec<Option<bool>> = (query.clauses.iter())
            .map(|clause| {
                let letters = |c: char| c.is_ascii_lowercase() || c == '\'' || c == 'ü';
                let [atom] = clause.typed.as_slice() else {
                    return None;
                };
                let fits = atom.folded.chars().count() > 1 && atom.folded.chars().all(letters);
                let alone = clause.added.is_empty() && !clause.is_negated && !atom.is_quoted;
                (fits && alone).then(|| self.scores.seeming(atom).is_empty())
            })
            .collect();
        let atoms = |words: &[String]| {
            words
                .iter()
                .map(|word| Atom::new(word, &fold(word), false))
                .collect()
        };
        if nowhere.len() > 1 && !nowhere.contains(&None) && nowhere.contains(&Some(true)) {
            // Syllables typed apart are one word.
            let typed: Vec<&str> = query
                .clauses
                .iter()
                .map(|clause| clause.typed[0].typed.as_str())
                .collect();
            let typed = typed.join(" ");
            let words = self.spoken(&typed, false);
            if !words.is_empty() {
                query.clauses = vec![Clause {
                    added: atoms(&words),
                    ..Clause::default()
                }];
                return vec![(typed, words)];
            }
        }
        let mut remarks = Vec::new();
        for (clause, nowhere) in query.clauses.iter_mut().zip(nowhere) {
            let Some(nowhere) = nowhere else { continue };
            let typed = clause.typed[0].typed.clone();
            let words = self.spoken(&typed, !nowhere);
            if words.is_empty() {
                continue;
            }
            if nowhere {
                clause.added = atoms(&words);
            }
            remarks.push((typed, words));
        }
        remarks
    }

    /// The words of the lexicon whose reading fits letters, the likeliest first: whole words, then words that go on, then those
    /// that only sound alike, where no other fits; of these, full syllables before beginnings, frequent before rare.
    fn spoken(&self, typed: &str, whole: bool) -> Vec<String> {
        let splits: Vec<Vec<Token>> = syllables(typed)
            .into_iter()
            .filter(|split| split.len() > 1)
            .collect();
        let mut found = Vec::new();
        for (word, reading, weight) in &self.lexicon {
            let reading: Vec<&str> = reading.split(' ').collect();
            for split in &splits {
                let tolerances =
                    [(false, false), (false, true), (true, false), (true, true)].into_iter();
                let mut tolerances = tolerances.map(|(fuzzy, typing)| Tolerance { fuzzy, typing });
                if let Some(allowed) =
                    tolerances.position(|tolerance| matches(split, &reading, tolerance))
                {
                    let begun = split.iter().any(|token| matches!(token, Token::Initial(_)));
                    found.push((allowed, begun, Reverse(*weight), word.clone()));
                }
            }
        }
        found.sort();
        let exact = found.first().is_some_and(|best| best.0 < 2);
        let mut words: Vec<String> = Vec::new();
        for (allowed, _, _, word) in found {
            let fits = if whole {
                allowed == 0
            } else {
                allowed < 2 || !exact
            };
            if fits && !words.contains(&word) {
                words.push(word);
            }
        }
        words.truncate(MOST_SPOKEN);
        words
    }
}
