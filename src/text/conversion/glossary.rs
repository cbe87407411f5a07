//! The author's own terms. Enters: terms and a text before conversion. Leaves: the text cut into terms and the parts
//! between them. A term wins over every phrase that would overlap it, and what it gives is never converted again.

use super::matching::Match;
use super::table::ConversionTable;

/// A term that an author fixes for one direction: every `from` becomes `to`. Equal texts protect.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The term in the source.
    pub from: String,
    /// Its replacement.
    pub to: String,
}

/// A part of a text.
pub(super) enum GlossaryPart<'t> {
    /// The text between terms: its first byte and the first byte after it.
    Between(usize, usize),
    /// A term.
    Term(Match<'t>),
}

/// Terms, ready to be found.
#[derive(Debug)]
pub(super) struct Glossary {
    table: ConversionTable,
    /// The characters that terms begin with, ascending.
    begins: Vec<char>,
}

/// Whether a term that ends on one side and begins on the other would cut a Latin word or a number.
fn cuts(left: Option<char>, right: Option<char>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(left) && latin(right)
}

impl Glossary {
    /// Makes a glossary; of two terms for the same text the first counts.
    pub(super) fn new(terms: &[Term]) -> Glossary {
        let pairs: Vec<(&str, &str)> = terms.iter().map(|term| (&*term.from, &*term.to)).collect();
        let mut begins: Vec<char> = terms
            .iter()
            .filter_map(|term| term.from.chars().next())
            .collect();
        begins.sort_unstable();
        begins.dedup();
        Glossary {
            table: ConversionTable::new(&pairs, &[]),
            begins,
        }
    }

    /// Whether there are no terms.
    pub(super) fn is_empty(&self) -> bool {
        self.begins.is_empty()
    }

    /// Cuts a text, longest term first, from left to right. A Latin term is only found as a whole word.
    pub(super) fn split<'t>(&'t self, text: &str, mut part: impl FnMut(GlossaryPart<'t>)) {
        let mut between = 0;
        if !self.is_empty() {
            let mut before = None;
            let mut next = 0;
            for (start, c) in text.char_indices() {
                if start < next || self.begins.binary_search(&c).is_err() || cuts(before, Some(c)) {
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
    fn the_longest_term_that_cuts_no_latin_word_is_found() {
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
    fn of_two_terms_for_one_text_the_first_counts() {
        assert_eq!(split(&[("甲", "1"), ("甲", "2")], "甲"), ["<1>"]);
    }
}
