//! From clauses to documents. Enters: clauses and posting lists. Leaves: for every clause the units that seem to hold
//! it, with scores, and the documents that hold all. Scores are whole numbers, the same in every reader.

#![expect(
    clippy::cast_possible_truncation,
    clippy::many_single_char_names,
    reason = "an index holds fewer than 2²⁶ documents; two lists are walked side by side"
)]

use super::files::{Files, Stale};
use super::query::{Atom, Clause};
use crate::search::key::{bucket, log2_sixteenths};

/// What a term is worth by its impact: once in the text, more often, heading, title, its beginning, its end, both.
const WEIGHTS: [u32; 7] = [4, 5, 10, 24, 26, 26, 28];
/// What the whole title is worth beyond its terms.
const WHOLE_TITLE: u32 = 32;
/// What the title's beginning is worth beyond its terms.
const TITLE_START: u32 = 8;
/// What it is worth that the next clause follows directly.
const ADJACENT: u32 = 8;
/// The least that a term is worth, in sixteenths of a bit.
const LEAST_RARITY: u32 = 8;
/// Choices that were not typed count three quarters.
const ADDED_QUARTERS: u32 = 3;

/// What a document is worth: a posting with the words in its title comes before others whose titles begin with them, and
/// after one whose whole title they are.
pub fn weigh(score: u32, is_posting: bool) -> u32 {
    if is_posting { score + score / 2 } else { score }
}

/// Units that seem to hold a clause.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// Slots, ascending.
    pub slots: Vec<u32>,
    /// The score of each.
    pub scores: Vec<u32>,
}

/// Documents by their first slot, ascending, with scores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documents {
    /// First slots.
    pub slots: Vec<u32>,
    /// Scores.
    pub scores: Vec<u32>,
}

/// The units that seem to hold an atom. `follower` is the first code unit of the next clause.
pub fn atom_hits(files: &Files, atom: &Atom, follower: Option<u16>) -> Result<Hits, Stale> {
    let terms = &atom.terms;
    let mut lists = Vec::new();
    for term in terms {
        lists.push(files.list(term.key)?);
    }
    let rarity: Vec<u32> = lists
        .iter()
        .map(|list| {
            let all = log2_sixteenths(files.head.documents + 1);
            all.saturating_sub(log2_sixteenths(list.slots.len() as u32))
                .max(LEAST_RARITY)
        })
        .collect();
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|index| lists[*index].slots.len());
    let total: u32 = rarity.iter().sum();
    let last = lists.len().saturating_sub(1);

    let mut hits = Hits::default();
    let Some(first) = order.first() else {
        return Ok(hits);
    };
    let mut cursors = vec![0_usize; lists.len()];
    'slots: for slot in &lists[*first].slots {
        let mut score = 0;
        let mut in_title = true;
        let mut bonus = 0;
        let mut ends = 0;
        for index in &order {
            let list = &lists[*index];
            let cursor = &mut cursors[*index];
            *cursor = gallop(&list.slots, *cursor, *slot);
            if list.slots.get(*cursor) != Some(slot) {
                continue 'slots;
            }
            let impact = list.impacts[*cursor];
            let signature = list.signatures[*cursor];
            if terms[*index]
                .next
                .is_some_and(|next| signature >> bucket(next) & 1 == 0)
            {
                continue 'slots;
            }
            score += rarity[*index] * WEIGHTS[usize::from(impact)];
            in_title &= impact >= 3;
            ends |= u32::from(*index == 0 && (impact == 4 || impact == 6));
            ends |= u32::from(*index == last && impact >= 5) << 1;
            if *index == last && follower.is_some_and(|next| signature >> bucket(next) & 1 == 1) {
                bonus = ADJACENT * rarity[*index];
            }
        }
        if in_title && ends & 1 == 1 {
            bonus += total * if ends == 3 { WHOLE_TITLE } else { TITLE_START };
        }
        hits.slots.push(*slot);
        hits.scores.push(score + bonus);
    }
    Ok(hits)
}

/// The first place from `from` on whose slot is not below `wanted`; fast for near and for far ones.
fn gallop(slots: &[u32], from: usize, wanted: u32) -> usize {
    let mut step = 1;
    let mut low = from;
    while low + step < slots.len() && slots[low + step] < wanted {
        low += step;
        step *= 2;
    }
    let high = (low + step + 1).min(slots.len());
    low + slots[low.min(high)..high].partition_point(|slot| *slot < wanted)
}

/// The hits of each of a clause's atoms.
pub fn clause_hits(
    files: &Files,
    clause: &Clause,
    follower: Option<u16>,
) -> Result<Vec<Hits>, Stale> {
    let mut all = Vec::new();
    for (index, atom) in clause.atoms.iter().enumerate() {
        let mut hits = atom_hits(files, atom, follower)?;
        if index >= clause.typed {
            hits.scores
                .iter_mut()
                .for_each(|score| *score = *score * ADDED_QUARTERS / 4);
        }
        all.push(hits);
    }
    Ok(all)
}

/// The documents that hold one of several atoms, each with its best score.
pub fn documents(files: &Files, atoms: &[Hits]) -> Documents {
    atoms.iter().fold(Documents::default(), |all, hits| {
        let mut own = Documents::default();
        let mut first = 0;
        for (slot, score) in hits.slots.iter().zip(&hits.scores) {
            first = first_slot(files, *slot);
            if own.slots.last() == Some(&first) {
                if let Some(best) = own.scores.last_mut() {
                    *best = (*best).max(*score);
                }
            } else {
                own.slots.push(first);
                own.scores.push(*score);
            }
        }
        let _ = first;
        union(&all, &own)
    })
}

/// The first slot of a unit's document.
pub fn first_slot(files: &Files, slot: u32) -> u32 {
    let mut first = slot;
    while first > 0 && files.flags[first as usize].continued {
        first -= 1;
    }
    first
}

fn union(a: &Documents, b: &Documents) -> Documents {
    let mut all = Documents::default();
    let (mut i, mut j) = (0, 0);
    loop {
        let (slot, score) = match (a.slots.get(i), b.slots.get(j)) {
            (None, None) => return all,
            (Some(x), Some(y)) if x == y => {
                let score = a.scores[i].max(b.scores[j]);
                (i, j) = (i + 1, j + 1);
                (*x, score)
            }
            (Some(x), y) if y.is_none_or(|y| x < y) => {
                i += 1;
                (*x, a.scores[i - 1])
            }
            (_, Some(y)) => {
                j += 1;
                (*y, b.scores[j - 1])
            }
            (Some(x), None) => {
                i += 1;
                (*x, a.scores[i - 1])
            }
        };
        all.slots.push(slot);
        all.scores.push(score);
    }
}

/// The documents in both, scores added.
pub fn intersection(a: &Documents, b: &Documents) -> Documents {
    let mut both = Documents::default();
    let mut at = 0;
    for (slot, score) in a.slots.iter().zip(&a.scores) {
        at = gallop(&b.slots, at, *slot);
        if b.slots.get(at) == Some(slot) {
            both.slots.push(*slot);
            both.scores.push(score + b.scores[at]);
        }
    }
    both
}

/// The documents of the first that are not in the second.
pub fn difference(a: &Documents, b: &Documents) -> Documents {
    let mut rest = Documents::default();
    let mut at = 0;
    for (slot, score) in a.slots.iter().zip(&a.scores) {
        at = gallop(&b.slots, at, *slot);
        if b.slots.get(at) != Some(slot) {
            rest.slots.push(*slot);
            rest.scores.push(*score);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn galloping_finds_the_first_that_is_not_below() {
        let slots: Vec<u32> = (0..100).map(|n| n * 3).collect();
        for from in [0, 5, 99, 100] {
            for wanted in 0..310 {
                let expected = (from..100).find(|at| slots[*at] >= wanted).unwrap_or(100);
                assert_eq!(
                    gallop(&slots, from, wanted),
                    expected.max(from),
                    "{from} {wanted}"
                );
            }
        }
    }
}
