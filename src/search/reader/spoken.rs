//! Words by their sound. Enters: letters, or characters that sound like the right ones. Leaves: words of the lexicon.
//! Pinyin is looked up for the query only; it never changes what a document holds.

use super::files::{Files, Stale};
use super::query::{self, Atom, Clause, Query};
use super::{Suggestion, evaluate};
use crate::search::fold::fold_units;
use crate::search::lexicon::Entry;
use crate::text::pinyin::{Token, Tolerance, matches, readings, syllables};
use std::collections::{BTreeMap, BTreeSet};

/// Words that are searched for instead of letters.
const MOST_WORDS: usize = 5;
/// Files of the lexicon that are read for one word typed by its sound.
const MOST_KEYS: usize = 24;
/// The longest word that is looked for by its sound.
const LONGEST_WORD: usize = 12;
/// What may differ from the reading, from nothing on.
const TOLERANCES: [Tolerance; 4] = [
    Tolerance {
        fuzzy: false,
        typing: false,
    },
    Tolerance {
        fuzzy: false,
        typing: true,
    },
    Tolerance {
        fuzzy: true,
        typing: false,
    },
    Tolerance {
        fuzzy: true,
        typing: true,
    },
];

/// The words that letters may stand for, the likeliest first: whole words before beginnings of words before those that
/// only sound alike, full syllables before initials, frequent words before rare ones.
pub fn words(files: &Files, typed: &str, limit: usize) -> Result<Vec<String>, Stale> {
    Ok(ranked(files, typed)?
        .into_iter()
        .map(|word| word.1)
        .take(limit)
        .collect())
}

/// Words with their class: the index of what had to be allowed.
fn ranked(files: &Files, typed: &str) -> Result<Vec<(usize, String)>, Stale> {
    let mut found: BTreeMap<String, (usize, bool, u32)> = BTreeMap::new();
    for tokens in syllables(typed).iter().filter(|tokens| tokens.len() > 1) {
        let key: String = tokens
            .iter()
            .take(2)
            .filter_map(|token| token.text().chars().next())
            .collect();
        let begun = tokens
            .iter()
            .any(|token| matches!(token, Token::Initial(_)));
        for (word, reading, weight) in files.lexicon(&key)? {
            let reading: Vec<&str> = reading.split(' ').collect();
            let Some(class) = TOLERANCES
                .iter()
                .position(|tolerance| matches(tokens, &reading, *tolerance))
            else {
                continue;
            };
            let rank = (class, begun, u32::MAX - weight);
            let best = found.entry(word).or_insert(rank);
            *best = (*best).min(rank);
        }
    }
    let mut ranked: Vec<((usize, bool, u32), String)> =
        found.into_iter().map(|(word, rank)| (rank, word)).collect();
    ranked.sort();
    // What only sounds alike is for when nothing else fits.
    let exact = ranked.iter().any(|(rank, _)| rank.0 < 2);
    ranked.retain(|(rank, _)| rank.0 < 2 || !exact);
    Ok(ranked
        .into_iter()
        .map(|(rank, word)| (rank.0, word))
        .collect())
}

/// Where Latin letters find nothing, the words that they may stand for are searched; where they do, these are offered.
pub fn add_words(
    files: &Files,
    query: &mut Query,
    suggestions: &mut Vec<Suggestion>,
) -> Result<(), Stale> {
    let mut empty = Vec::new();
    for clause in &query.clauses {
        let Some(atom) = letters(clause) else {
            empty.push(None);
            continue;
        };
        let hits = evaluate::atom_hits(files, atom, None)?;
        empty.push(Some(hits.slots.is_empty()));
    }
    // Syllables typed apart are one word.
    if empty.len() > 1 && empty.iter().all(Option::is_some) && empty.contains(&Some(true)) {
        let typed: Vec<String> = query
            .clauses
            .iter()
            .map(|clause| clause.atoms[0].text.clone())
            .collect();
        let typed = typed.join(" ");
        let words = words(files, &typed, MOST_WORDS)?;
        if !words.is_empty() {
            suggestions.push(Suggestion {
                kind: "pinyin",
                text: typed,
                query: words[0].clone(),
                words: words.clone(),
                total: None,
            });
            query.clauses = vec![Clause {
                atoms: words
                    .iter()
                    .map(|word| query::atom(&fold_units(word), false))
                    .collect(),
                typed: 0,
                negated: false,
            }];
            return Ok(());
        }
    }
    for (index, empty) in empty.into_iter().enumerate() {
        let Some(empty) = empty else {
            continue;
        };
        let text = query.clauses[index].atoms[0].text.clone();
        let mut words = ranked(files, &text)?;
        if !empty {
            words.retain(|word| word.0 == 0);
        }
        let words: Vec<String> = words
            .into_iter()
            .map(|word| word.1)
            .take(MOST_WORDS)
            .collect();
        let Some(first) = words.first().cloned() else {
            continue;
        };
        suggestions.push(Suggestion {
            kind: "pinyin",
            text,
            query: query::write(query, &|clause, _| (clause == index).then(|| first.clone())),
            words: words.clone(),
            total: None,
        });
        if empty {
            let atoms = words
                .iter()
                .map(|word| query::atom(&fold_units(word), false));
            query.clauses[index].atoms.extend(atoms);
        }
    }
    Ok(())
}

/// The only atom of a clause, when it is Latin letters that may be pinyin.
fn letters(clause: &Clause) -> Option<&Atom> {
    let [atom] = clause.atoms.as_slice() else {
        return None;
    };
    let is_letter = |unit: &u16| (0x61..=0x7A).contains(unit) || *unit == 0x27 || *unit == 0xFC;
    let fits =
        !clause.negated && !atom.quoted && atom.units.len() > 1 && atom.units.iter().all(is_letter);
    fits.then_some(atom)
}

/// A run of characters with some of them changed to a word of the lexicon that sounds the same, the likeliest first.
pub fn corrections(files: &Files, units: &[u16]) -> Result<Vec<String>, Stale> {
    let characters: Vec<char> = char::decode_utf16(units.iter().copied())
        .filter_map(Result::ok)
        .collect();
    let sounds: Vec<&[&str]> = characters.iter().map(|c| readings(*c)).collect();
    let mut lexicon: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    let mut found: BTreeSet<(usize, usize, u32, String, usize)> = BTreeSet::new();
    for length in (2..=characters.len().min(LONGEST_WORD)).rev() {
        for start in 0..=characters.len() - length {
            let sounds = &sounds[start..start + length];
            let own: String = characters[start..start + length].iter().collect();
            for key in keys(sounds) {
                if !lexicon.contains_key(&key) {
                    if lexicon.len() == MOST_KEYS {
                        continue;
                    }
                    lexicon.insert(key.clone(), files.lexicon(&key)?);
                }
                for (word, reading, weight) in lexicon.get(&key).into_iter().flatten() {
                    let folded = String::from_utf16_lossy(&fold_units(word));
                    if folded == own || folded.chars().count() != length {
                        continue;
                    }
                    let class = match (alike(sounds, reading, false), alike(sounds, reading, true))
                    {
                        (true, _) => 0,
                        (_, true) => 1,
                        _ => continue,
                    };
                    found.insert((class, usize::MAX - length, u32::MAX - weight, folded, start));
                }
            }
        }
    }
    let mut texts: Vec<String> = Vec::new();
    for (_, _, _, word, start) in found {
        let before = characters[..start].iter();
        let after = characters[start + word.chars().count()..].iter();
        let text = before
            .copied()
            .chain(word.chars())
            .chain(after.copied())
            .collect();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// The keys that the first two characters may have.
fn keys(sounds: &[&[&str]]) -> BTreeSet<String> {
    let first = |sounds: &[&str]| {
        sounds
            .iter()
            .filter_map(|sound| sound.chars().next())
            .collect::<Vec<char>>()
    };
    let seconds = first(sounds[1]);
    let pairs = first(sounds[0]).into_iter().flat_map(|one| {
        seconds
            .iter()
            .map(move |other| [one, *other].iter().collect())
    });
    pairs.collect()
}

/// Whether every syllable of a reading is one that its character may have.
fn alike(sounds: &[&[&'static str]], reading: &str, fuzzy: bool) -> bool {
    let tolerance = Tolerance {
        fuzzy,
        typing: false,
    };
    let mut syllables = reading.split(' ');
    let all = sounds.iter().all(|sounds| {
        let syllable = syllables.next().unwrap_or("");
        sounds
            .iter()
            .any(|sound| matches(&[Token::Full(sound)], &[syllable], tolerance))
    });
    all && syllables.next().is_none()
}
