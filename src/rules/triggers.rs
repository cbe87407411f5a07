//! Which phrases are worth searching for in a text. Enters: the phrases of all rules. Leaves: for a text, the phrases of which
//! a beginning stands in it. One pass over the text replaces hundreds; what it lets through is still searched as written.

use super::word_search::WordSearch;
use regex_syntax::hir::HirKind;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

/// The most beginnings of one phrase; one with more is always searched for.
const MOST_LITERALS: usize = 400;
/// The shortest beginning in bytes: one Han character.
const SHORTEST: usize = 3;

/// The longest beginning in bytes that is looked for: four Han characters, so that few places have to be searched at.
const LONGEST: usize = 12;

/// Where a phrase may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// It has no plain beginning.
    Anywhere,
    /// At these bytes, in order.
    Known(Vec<usize>),
}

/// Beginnings of phrases, to be found all at once.
#[derive(Debug)]
pub(super) struct Triggers {
    search: Option<WordSearch>,
    /// The phrase that each beginning belongs to.
    owners: Vec<usize>,
    /// Phrases without plain beginnings, with what stands in every match where that is plain.
    always: Vec<(usize, Option<String>)>,
    count: usize,
}

impl Triggers {
    /// Reads the beginnings off patterns, which are numbered in their order.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Triggers {
        let (mut literals, mut owners, mut always) = (Vec::new(), Vec::new(), Vec::new());
        let mut count = 0;
        for (index, pattern) in patterns.enumerate() {
            count += 1;
            match beginnings(pattern) {
                Some(own) => {
                    owners.extend(std::iter::repeat_n(index, own.len()));
                    literals.extend(own);
                }
                None => always.push((index, needed(pattern))),
            }
        }
        let search = WordSearch::new(literals.iter().map(Vec::as_slice));
        if search.is_none() {
            // A beginning that the search cannot hold: then every phrase is searched for.
            always = (0..count).map(|index| (index, None)).collect();
        }
        Triggers {
            search,
            owners,
            always,
            count,
        }
    }

    /// Where each phrase may begin in a text, by number.
    pub(super) fn places(&self, text: &str) -> Vec<Places> {
        let mut places: Vec<Places> = (0..self.count).map(|_| Places::Known(Vec::new())).collect();
        for (index, needed) in &self.always {
            if needed.as_ref().is_none_or(|needed| text.contains(needed)) {
                places[*index] = Places::Anywhere;
            }
        }
        if let Some(search) = &self.search {
            search.each(text, |word, at| {
                // Places come in order; two beginnings of one phrase may stand at one place.
                if let Places::Known(known) = &mut places[self.owners[word]]
                    && known.last() != Some(&at)
                {
                    known.push(at);
                }
            });
        }
        places
    }
}

/// A literal that stands in every match: the longest of those that stand at the top of the pattern.
fn needed(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let HirKind::Concat(parts) = hir.kind() else {
        return None;
    };
    let literals = parts.iter().filter_map(|part| match part.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok(),
        _ => None,
    });
    literals
        .max_by_key(|literal| literal.len())
        .map(str::to_owned)
}

/// The literals of which one begins every match; `None` where there is no short list of long enough ones.
fn beginnings(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut extractor = Extractor::new();
    extractor
        .kind(ExtractKind::Prefix)
        .limit_total(MOST_LITERALS);
    let mut found = extractor.extract(&hir);
    found.keep_first_bytes(LONGEST);
    found.dedup();
    let literals = found.literals()?;
    let long_enough = literals
        .iter()
        .all(|literal| literal.as_bytes().len() >= SHORTEST);
    (long_enough && !literals.is_empty()).then(|| {
        let all = literals.iter().map(|literal| literal.as_bytes().to_vec());
        all.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phrases_whose_beginning_stands_in_the_text_are_candidates() {
        let triggers = Triggers::new(["限(男|女)性", "[^。]{2}高薪", "(缴|交)押金"].into_iter());
        let at = |places: &[usize]| Places::Known(places.to_vec());
        let none = |text: &str| triggers.places(text)[1].clone();
        assert_eq!(none("本岗位高薪"), Places::Anywhere);
        assert_eq!(none("本岗位"), at(&[]));
        let place = "本岗位".len();
        assert_eq!(
            triggers.places("本岗位限男性"),
            [at(&[place]), at(&[]), at(&[])]
        );
        assert_eq!(
            triggers.places("交押金、先交押金"),
            [at(&[]), at(&[]), at(&[0, "交押金、先".len()])]
        );
    }
}
