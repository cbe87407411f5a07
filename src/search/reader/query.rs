//! Queries. Enters: what was typed. Leaves: clauses that all must hold; each is a choice of atoms, each atom a row of
//! words to be found side by side. Nothing that holds a letter, a digit or a character is dropped.

use crate::search::fold::{Class, class, fold_units};
use crate::search::key::{self, Key};

/// More clauses than this are not looked up; the answer says so.
const MOST_CLAUSES: usize = 32;
/// Terms of an atom that are looked up.
const MOST_TERMS: usize = 16;

/// A query, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What must hold, and what must not.
    pub clauses: Vec<Clause>,
    /// Whether there was more than is looked up.
    pub is_cut: bool,
}

/// A condition: one of its atoms is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// The choices; the first ones were typed, others come from synonyms or readings.
    pub atoms: Vec<Atom>,
    /// How many of the choices were typed.
    pub typed: usize,
    /// Whether the condition must not hold.
    pub negated: bool,
}

/// Words to be found side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Atom {
    /// As typed, without quotation marks.
    pub text: String,
    /// Folded.
    pub units: Vec<u16>,
    /// The words.
    pub items: Vec<Item>,
    /// Whether it was quoted.
    pub quoted: bool,
    /// What is looked up.
    pub terms: Vec<Term>,
    /// Whether only titles and tags are searched: a single character has no pair.
    pub in_titles: bool,
}

/// A word of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its class.
    pub is_han: bool,
    /// Its first code unit.
    pub start: usize,
    /// The end of its code units.
    pub end: usize,
    /// Whether signs or spaces stand before it.
    pub apart: bool,
}

/// A term to look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its key.
    pub key: Key,
    /// The code unit that must follow it.
    pub next: Option<u16>,
    /// The pair of code units, where it is one.
    pub pair: Option<[u16; 2]>,
}

/// Takes a query apart.
pub fn parse(text: &str) -> Query {
    let original: Vec<u16> = text.encode_utf16().collect();
    let units = fold_units(text);
    let is_word = |at: usize| {
        units
            .get(at)
            .is_some_and(|unit| class(*unit) != Class::Other)
    };
    let mut query = Query::default();
    let (mut at, mut negated, mut joined) = (0, false, false);
    // The next quotation mark is only looked for once: a query of nothing but marks stays linear.
    let mut no_more_quotes = false;
    while at < units.len() {
        let mut found = None;
        if is_quote(units[at]) && !no_more_quotes {
            match units[at + 1..].iter().position(|unit| is_quote(*unit)) {
                Some(length) => found = Some((at + 1, at + 1 + length, true, at + length + 2)),
                None => no_more_quotes = true,
            }
        } else if units[at] == 0x2D && (at == 0 || !is_word(at - 1)) {
            let quote = units.get(at + 1).is_some_and(|unit| is_quote(*unit));
            negated = is_word(at + 1) || quote;
        } else if units[at] == 0x7C {
            joined = true;
        } else if is_word(at) {
            let mut end = at + 1;
            while is_word(end) || (is_joiner(&units, end) && is_word(end + 1)) {
                end += 1;
            }
            found = Some((at, end, false, end));
        }
        let Some((start, end, quoted, next)) = found else {
            at += 1;
            continue;
        };
        at = next;
        let mut atom = atom(&units[start..end], quoted);
        if !atom.items.is_empty() {
            atom.text = String::from_utf16_lossy(&original[start..end]);
            let is_full = query.clauses.len() == MOST_CLAUSES;
            match query
                .clauses
                .last_mut()
                .filter(|last| joined && !last.negated && !negated)
            {
                Some(last) => {
                    last.atoms.push(atom);
                    last.typed += 1;
                }
                None if is_full => {
                    query.is_cut = true;
                    break;
                }
                None => query.clauses.push(Clause {
                    atoms: vec![atom],
                    typed: 1,
                    negated,
                }),
            }
        }
        (negated, joined) = (false, false);
    }
    // A choice of very many is cut like a query of very many clauses.
    for clause in &mut query.clauses {
        if clause.atoms.len() > MOST_CLAUSES {
            clause.atoms.truncate(MOST_CLAUSES);
            clause.typed = MOST_CLAUSES;
            query.is_cut = true;
        }
    }
    query
}

/// Quotation marks, straight, curved and Chinese.
fn is_quote(unit: u16) -> bool {
    matches!(unit, 0x22 | 0x201C..=0x201F | 0x300C..=0x300F)
}

/// A sign that holds two Latin words together, as in HR-2026-0153.
fn is_joiner(units: &[u16], at: usize) -> bool {
    let is_latin = |at: usize| {
        units
            .get(at)
            .is_some_and(|unit| class(*unit) == Class::Latin)
    };
    let sign = matches!(
        units.get(at),
        Some(0x26 | 0x27 | 0x2B | 0x2D | 0x2E | 0x2F | 0x40 | 0x5F)
    );
    sign && is_latin(at - 1) && is_latin(at + 1)
}

/// An atom from folded code units.
pub fn atom(units: &[u16], quoted: bool) -> Atom {
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let here = class(units[at]);
        let start = at;
        while at < units.len() && class(units[at]) == here {
            at += 1;
        }
        if here != Class::Other {
            items.push(Item {
                is_han: here == Class::Han,
                start,
                end: at,
                apart: items.last().is_some_and(|before| before.end < start),
            });
        }
    }
    let mut atom = Atom {
        text: String::from_utf16_lossy(units),
        units: units.to_vec(),
        items,
        quoted,
        ..Atom::default()
    };
    (atom.terms, atom.in_titles) = terms(&atom);
    atom
}

/// The terms of an atom, and whether they are single characters.
fn terms(atom: &Atom) -> (Vec<Term>, bool) {
    let units = &atom.units;
    let mut terms = Vec::new();
    let pair = |at: usize, next| Term {
        key: key::pair(units[at], units[at + 1]),
        next,
        pair: Some([units[at], units[at + 1]]),
    };
    for (index, item) in atom.items.iter().enumerate() {
        let after = atom
            .items
            .get(index + 1)
            .filter(|after| !after.apart)
            .map(|after| units[after.start]);
        if item.is_han {
            let pairs = item.end - item.start - 1;
            for at in item.start..item.start + pairs {
                let is_last = at + 2 == item.end;
                terms.push(pair(at, if is_last { after } else { Some(units[at + 2]) }));
            }
        } else {
            terms.push(Term {
                key: key::latin(&units[item.start..item.end]),
                next: after,
                pair: None,
            });
        }
        if after.is_some() {
            terms.push(Term {
                pair: None,
                ..pair(item.end - 1, None)
            });
        }
    }
    let in_titles = terms.is_empty();
    if in_titles {
        terms.extend(atom.items.iter().map(|item| Term {
            key: key::single(units[item.start]),
            next: None,
            pair: None,
        }));
    }
    if terms.len() > MOST_TERMS {
        let count = terms.len();
        terms = (0..MOST_TERMS)
            .map(|index| terms[index * count / MOST_TERMS])
            .collect();
    }
    (terms, in_titles)
}

impl Atom {
    /// Whether finding its terms is finding it, so that nothing needs to be checked.
    pub fn is_exact(&self) -> bool {
        match self.items.as_slice() {
            [item] if item.is_han => item.end - item.start <= 2,
            items => items.len() == 1,
        }
    }
}

/// Writes a query; `instead` may give another text for an atom, by clause and place.
pub fn write(query: &Query, instead: &dyn Fn(usize, usize) -> Option<String>) -> String {
    let clauses = query.clauses.iter().enumerate().map(|(index, clause)| {
        let atoms = clause.atoms[..clause.typed]
            .iter()
            .enumerate()
            .map(|(place, atom)| {
                instead(index, place).unwrap_or_else(|| {
                    if atom.quoted {
                        format!("\"{}\"", atom.text)
                    } else {
                        atom.text.clone()
                    }
                })
            });
        let sign = if clause.negated { "-" } else { "" };
        format!("{sign}{}", atoms.collect::<Vec<_>>().join("|"))
    });
    clauses.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(bool, Vec<String>)> {
        let clauses = parse(text).clauses;
        let texts = |clause: &Clause| clause.atoms.iter().map(|atom| atom.text.clone()).collect();
        clauses
            .iter()
            .map(|clause| (clause.negated, texts(clause)))
            .collect()
    }

    fn all(words: &[&str]) -> Vec<(bool, Vec<String>)> {
        words
            .iter()
            .map(|word| (false, vec![(*word).to_owned()]))
            .collect()
    }

    #[test]
    fn words_quotes_exclusions_and_choices_are_told_apart() {
        assert_eq!(shape("深圳　柜员，Java"), all(&["深圳", "柜员", "Java"]));
        assert_eq!(shape("“風險 管理” IT审计"), all(&["風險 管理", "IT审计"]));
        assert_eq!(
            shape("HR-2026-0153 node.js"),
            all(&["HR-2026-0153", "node.js"])
        );
        let excluded = (true, vec!["实习".to_owned()]);
        assert_eq!(shape("柜员 -实习")[1], excluded);
        assert_eq!(shape("柜员 －「实习」")[1], excluded);
        assert_eq!(shape("薪酬|薪资 | 待遇")[0].1, ["薪酬", "薪资", "待遇"]);
    }

    #[test]
    fn signs_alone_search_nothing_and_many_words_are_cut_openly() {
        for text in ["", "  ", "!?。，", "\"", "|||", "---", "(.*)[^]"] {
            assert!(parse(text).clauses.is_empty(), "{text}");
        }
        let long = parse(&"风险 ".repeat(3_000));
        assert!(long.is_cut);
        assert_eq!(long.clauses.len(), MOST_CLAUSES);
        assert!(parse(&"险".repeat(10_000)).clauses[0].atoms[0].terms.len() <= MOST_TERMS);
    }

    #[test]
    fn a_quotation_mark_without_its_fellow_is_a_sign() {
        assert_eq!(shape("\"风险 管理"), all(&["风险", "管理"]));
        assert_eq!(parse(&"\"".repeat(100_001)).clauses, []);
    }
}
