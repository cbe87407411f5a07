//! The author's own terms. Enters: terms and a text before conversion. Leaves: the text, split into terms and the parts
//! between them. A term wins over every phrase that overlaps it, and the tables do not convert its replacement again.

use super::matching::Match;
use super::table::ConversionTable;

/// A term that an author defines for one direction: every `from` becomes `to`. If both are equal, the term is not
/// converted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The term in the source.
    pub from: String,
    /// Its replacement.
    pub to: String,
}

/// A part of a text.
pub(super) enum GlossaryPart<'t> {
    /// A text between terms: the place of its first byte, and the place of the first byte after it.
    Between(usize, usize),
    /// A term.
    Term(Match<'t>),
}

/// Terms, in a table for the search in a text.
#[derive(Debug)]
pub(super) struct Glossary {
    table: ConversionTable,
    /// The first characters of terms, in ascending order.
    first_characters: Vec<char>,
}

/// Whether a term with its edge between two characters would cut a Latin word or a number.
fn cuts(left: Option<char>, right: Option<char>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(left) && latin(right)
}

impl Glossary {
    /// Makes a glossary. If two terms have the same text, the first applies.
    pub(super) fn new(terms: &[Term]) -> Glossary {
        let pairs: Vec<(&str, &str)> = terms.iter().map(|term| (&*term.from, &*term.to)).collect();
        let mut first_characters: Vec<char> = terms
            .iter()
            .filter_map(|term| term.from.chars().next())
            .collect();
        first_characters.sort_unstable();
        first_characters.dedup();
        Glossary {
            table: ConversionTable::new(&pairs, &[]),
            first_characters,
        }
    }

    /// Whether there are no terms.
    pub(super) fn is_empty(&self) -> bool {
        self.first_characters.is_empty()
    }

    /// Splits a text from left to right, with the longest term at each place. A Latin term must be a whole word.
    pub(super) fn split<'t>(&'t self, text: &str, mut part: impl FnMut(GlossaryPart<'t>)) {
        let mut between = 0;
        if !self.is_empty() {
            let mut before = None;
            let mut next = 0;
            for (start, c) in text.char_indices() {
                if start < next
                    || self.first_characters.binary_search(&c).is_err()
                    || cuts(before, Some(c))
                {
                    before = Some(c);
                    continue;
                }
                before = Some(c);
                let whole = |end: usize| {
                    let (term, rest) = text.split_at(end);
                    !cuts(term.chars().next_back(), rest.chars().next())
                };
                if let Some(term) = self.table.find(text, start, whole) {
                    if between < start {
                        part(GlossaryPart::Between(between, start));
                    }
                    (between, next) = (term.end, term.end);
                    part(GlossaryPart::Term(term));
                }
            }
        }
        if between < text.len() {
            part(GlossaryPart::Between(between, text.len()));
        }
    }
}

impl Match<'_> {
    /// The text that replaces `phrase`, which this match found.
    pub(super) fn text(&self, phrase: &str) -> String {
        let mut text = String::new();
        self.value.push_to(&mut text, phrase);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(terms: &[(&str, &str)], text: &str) -> Vec<String> {
        let terms: Vec<Term> = terms
            .iter()
            .map(|(from, to)| Term {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
            })
            .collect();
        let mut parts = Vec::new();
        Glossary::new(&terms).split(text, |part| {
            parts.push(match part {
                GlossaryPart::Between(from, to) => text[from..to].to_owned(),
                GlossaryPart::Term(term) => format!("<{}>", term.text(&text[term.start..term.end])),
            });
        });
        parts
    }

    #[test]
    fn the_longest_term_that_cuts_no_latin_word_wins() {
        let terms = [
            ("AI", "智"),
            ("AI岗", "智崗"),
            ("甲", "甲"),
            ("3级", "三級"),
            ("", "x"),
        ];
        assert_eq!(split(&terms, "AI岗甲AI"), ["<智崗>", "<甲>", "<智>"]);
        assert_eq!(split(&terms, "MAIL和AIR"), ["MAIL和AIR"]);
        assert_eq!(split(&terms, "13级3级"), ["13级", "<三級>"]);
        assert_eq!(
            split(&[("AI", "智"), ("AI与B", "x")], "AI与BC"),
            ["<智>", "与BC"]
        );
        assert_eq!(split(&terms, ""), [] as [&str; 0]);
        assert_eq!(split(&[], "甲"), ["甲"]);
    }

    #[test]
    fn the_first_of_two_terms_with_the_same_text_applies() {
        assert_eq!(split(&[("甲", "1"), ("甲", "2")], "甲"), ["<1>"]);
    }
}
