//! What to offer when nothing is found: which part failed, then words that sound the same, words with a letter less wrong,
//! the parts that do occur, all of them or any. Every offer is a query that finds something, and says how much.

#![expect(
    clippy::cast_possible_truncation,
    reason = "an index holds fewer than 2²⁶ documents"
)]

use super::evaluate::{self, Documents};
use super::files::{Files, Stale};
use super::filter::{Filters, Sort, Table};
use super::query::{self, Atom, Clause, Query};
use super::{Options, Searched, Suggestion, check_document, combine, look_up, spoken};
use crate::search::fold::{Class, class};

/// Offers of one kind for one part.
const MOST_OFFERS: usize = 3;
/// Words that are tried for one part.
const MOST_TRIED: usize = 12;
/// The longest run that is taken apart.
const LONGEST_RUN: usize = 64;

/// Adds what can be said and offered for a query that found nothing. `dropped` are documents that the text check refused.
pub(super) fn suggest(
    files: &Files,
    query: &Query,
    searched: &[Searched],
    dropped: &Documents,
    options: &Options,
    suggestions: &mut Vec<Suggestion>,
) -> Result<(), Stale> {
    let positive: Vec<usize> = (0..query.clauses.len())
        .filter(|index| !query.clauses[*index].negated)
        .collect();
    if positive.is_empty() {
        return Ok(());
    }
    let written = query::write(query, &|_, _| None);
    let table = Table::load(files, &Filters::default(), Sort::Relevance, false)?;
    for all in [false, true] {
        let hidden = combine(
            files,
            searched,
            &table,
            &Options {
                all,
                ..options.clone()
            },
        );
        let hidden = evaluate::difference(&hidden, dropped).slots;
        for slot in hidden.iter().take(MOST_TRIED) {
            if check_document(files, searched, *slot, &Filters::default())?.is_some() {
                suggestions.push(Suggestion {
                    kind: if all && !options.all {
                        "closed"
                    } else {
                        "filters"
                    },
                    query: written,
                    total: Some(hidden.len() as u32),
                    ..Suggestion::default()
                });
                return Ok(());
            }
        }
    }

    let is_empty = |index: usize| {
        evaluate::documents(files, &searched[index].hits)
            .slots
            .is_empty()
    };
    let mut failed: Vec<usize> = positive
        .iter()
        .copied()
        .filter(|index| is_empty(*index))
        .collect();
    if failed.is_empty() && query.clauses.len() == 1 {
        failed = positive;
    }
    if failed.is_empty() {
        suggestions.push(Suggestion {
            kind: "together",
            text: written.clone(),
            ..Suggestion::default()
        });
    }
    for index in &failed {
        let clause = Query {
            clauses: vec![query.clauses[*index].clone()],
            is_cut: false,
        };
        suggestions.push(Suggestion {
            kind: "failed",
            text: query::write(&clause, &|_, _| None),
            ..Suggestion::default()
        });
    }
    for kind in ["sound", "spelling"] {
        for index in &failed {
            let Some(atom) = query.clauses[*index].atoms.first() else {
                continue;
            };
            let words = match kind {
                "sound" => same_sound(files, atom)?,
                _ => same_letters(files, atom)?,
            };
            let mut offered = 0;
            for word in words.into_iter().take(MOST_TRIED) {
                let other = query::write(query, &|clause, place| {
                    ((clause, place) == (*index, 0)).then(|| word.clone())
                });
                let total = count(files, &other, options)?;
                if total > 0 && offered < MOST_OFFERS {
                    offered += 1;
                    suggestions.push(Suggestion {
                        kind,
                        text: atom.text.clone(),
                        query: other,
                        words: vec![word],
                        total: Some(total),
                    });
                }
            }
        }
    }
    offer_parts(files, query, &written, options, suggestions)
}

/// Offers the parts that occur: all of them, then any of them.
fn offer_parts(
    files: &Files,
    query: &Query,
    written: &str,
    options: &Options,
    suggestions: &mut Vec<Suggestion>,
) -> Result<(), Stale> {
    let mut parts: Vec<String> = Vec::new();
    for clause in query.clauses.iter().filter(|clause| !clause.negated) {
        for atom in clause.atoms.iter().take(1) {
            for part in occurring(files, atom)? {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
    }
    let excluded: Vec<Clause> = query
        .clauses
        .iter()
        .filter(|clause| clause.negated)
        .cloned()
        .collect();
    let excluded = query::write(
        &Query {
            clauses: excluded,
            is_cut: false,
        },
        &|_, _| None,
    );
    for (kind, sign) in [("near", " "), ("any", "|")] {
        let other = format!("{} {excluded}", parts.join(sign)).trim().to_owned();
        if parts.is_empty() || other == written || (kind == "any" && parts.len() == 1) {
            continue;
        }
        let total = count(files, &other, options)?;
        if total > 0 {
            suggestions.push(Suggestion {
                kind,
                text: written.to_owned(),
                query: other,
                words: parts.clone(),
                total: Some(total),
            });
        }
    }
    Ok(())
}

/// How many documents a query seems to find.
fn count(files: &Files, text: &str, options: &Options) -> Result<u32, Stale> {
    let query = query::parse(text);
    let searched = look_up(files, &query)?;
    let table = Table::load(files, &Filters::default(), Sort::Relevance, false)?;
    Ok(combine(files, &searched, &table, options).slots.len() as u32)
}

/// An atom with characters changed to such as sound the same.
fn same_sound(files: &Files, atom: &Atom) -> Result<Vec<String>, Stale> {
    match atom.items.as_slice() {
        [item] if item.is_han && item.end - item.start <= LONGEST_RUN => {
            spoken::corrections(files, &atom.units[item.start..item.end])
        }
        _ => Ok(Vec::new()),
    }
}

/// Latin words that differ from an atom by one or two slips.
fn same_letters(files: &Files, atom: &Atom) -> Result<Vec<String>, Stale> {
    let own = String::from_utf16_lossy(&atom.units);
    let is_plain = own.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if atom.items.len() != 1 || !is_plain || !(3..=24).contains(&own.len()) {
        return Ok(Vec::new());
    }
    let most = if own.len() < 5 { 1 } else { 2 };
    let mut found: Vec<(usize, bool, usize, String)> = Vec::new();
    for (place, (word, _)) in files.latin_words()?.into_iter().enumerate() {
        let slips = if word.is_ascii() && word.len().abs_diff(own.len()) <= most {
            strsim::osa_distance(&own, &word)
        } else {
            usize::MAX
        };
        if (1..=most).contains(&slips) {
            let other_start = word.as_bytes().first() != own.as_bytes().first();
            found.push((slips, other_start, place, word));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|word| word.3).collect())
}

/// The parts of an atom that occur, each as long as it can be, as they were typed.
fn occurring(files: &Files, atom: &Atom) -> Result<Vec<String>, Stale> {
    let mut parts = Vec::new();
    let typed: Vec<u16> = atom.text.encode_utf16().collect();
    let occurs = |units: &[u16]| -> Result<bool, Stale> {
        let atom = query::atom(units, false);
        Ok(!evaluate::atom_hits(files, &atom, None)?.slots.is_empty())
    };
    for item in &atom.items {
        let end_of_item = item.end.min(item.start + LONGEST_RUN);
        let mut at = item.start;
        while at < end_of_item {
            let is_han = class(atom.units[at]) == Class::Han;
            let mut end = if is_han { at + 2 } else { end_of_item };
            if end > end_of_item || !occurs(&atom.units[at..end])? {
                at += if is_han { 1 } else { end_of_item - at };
                continue;
            }
            while end < end_of_item && occurs(&atom.units[at..=end])? {
                end += 1;
            }
            parts.push(String::from_utf16_lossy(typed.get(at..end).unwrap_or(&[])));
            at = end;
        }
    }
    Ok(parts)
}
