//! Conversion between Simplified and Traditional Chinese, by phrase. Enters: a pair of languages, the author's terms,
//! texts. Leaves: the converted texts, and the characters that a person should look at. ASCII and everything that is
//! not Han stays as it is, outside the author's own terms.
//!
//! The tables are OpenCC's; data files of this program, which `data/README.md` names, correct them for a bank's prose.
//! A text passes one or two tables, each matched longest first from left to right, as OpenCC does it. This module
//! replaces OpenCC's run-time engine for four reasons: it reports which characters only a rule of thumb decided, it
//! converts texts that are cut by inline elements, it lets the author's terms win inside the matching, and it is an
//! order of magnitude faster.

mod ambiguity;
mod chain;
mod glossary;
mod matching;
mod table;
mod tables;

pub use ambiguity::Ambiguity;
pub use glossary::Term;

use crate::text::Language;
use ambiguity::Watch;
use chain::Chain;
use glossary::{Glossary, GlossaryPart};
use std::borrow::Cow;
use tables::TableScope;

/// Converts texts of one language into another; made once, used by many threads.
#[derive(Debug)]
pub struct Converter {
    chain: Chain,
    glossary: Glossary,
    watch: Option<Watch>,
}

impl Converter {
    /// Makes a converter; none when there is nothing to convert: between equal languages, and from or to English.
    /// Making one takes a few dozen milliseconds.
    pub fn new(from: Language, to: Language, glossary: &[Term]) -> Option<Converter> {
        Some(Converter {
            chain: tables::chain(from, to, TableScope::Own)?,
            glossary: Glossary::new(glossary),
            watch: tables::watch(from, to),
        })
    }

    /// Makes a converter that gives what OpenCC gives, without this program's corrections and vocabulary.
    pub fn opencc(from: Language, to: Language) -> Option<Converter> {
        Some(Converter {
            chain: tables::chain(from, to, TableScope::Opencc)?,
            glossary: Glossary::new(&[]),
            watch: None,
        })
    }

    /// Converts a text; borrowed when nothing changes.
    pub fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.glossary.is_empty() {
            return self.chain.convert(text);
        }
        let mut converted = String::with_capacity(text.len() + text.len() / 16);
        self.glossary.split(text, |part| match part {
            GlossaryPart::Between(from, to) => {
                converted.push_str(&self.chain.convert(&text[from..to]));
            }
            GlossaryPart::Term(term) => term
                .value
                .push_to(&mut converted, &text[term.start..term.end]),
        });
        if converted == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(converted)
        }
    }

    /// Converts the consecutive pieces of one running text, which inline elements cut: phrases are found in the text as
    /// a whole, and each piece gets its own part back. A phrase that crosses a border and does not keep its number of
    /// characters is converted piece by piece instead; a term of the author is not given up, its characters go to the
    /// pieces one by one and the rest to the last.
    pub fn convert_pieces(&self, pieces: &[&str]) -> Vec<String> {
        // Most running text is not cut at all.
        if let [whole] = pieces {
            return vec![self.convert(whole).into_owned()];
        }
        let text = pieces.concat();
        let mut borders = Vec::with_capacity(pieces.len());
        let mut length = 0;
        for piece in pieces {
            borders.push(length);
            length += piece.len();
        }
        let mut converted = String::with_capacity(text.len() + text.len() / 16);
        let mut next = 0;
        self.glossary.split(&text, |part| {
            let (start, end) = match &part {
                GlossaryPart::Between(start, end) => (*start, *end),
                GlossaryPart::Term(term) => (term.start, term.end),
            };
            let count = borders[next..]
                .iter()
                .take_while(|border| **border < end)
                .count();
            let inside = &mut borders[next..next + count];
            next += count;
            for border in &mut *inside {
                *border -= start;
            }
            let begin = converted.len();
            match part {
                GlossaryPart::Between(..) => {
                    let source = &text[start..end];
                    converted.push_str(&self.chain.convert_with_borders(source, inside));
                }
                GlossaryPart::Term(term) => {
                    let source = &text[start..end];
                    term.value.push_to(&mut converted, source);
                    chain::divide(source, &converted[begin..], inside);
                }
            }
            for border in inside {
                *border += begin;
            }
        });
        // Empty pieces at the end begin where the text ends.
        borders[next..]
            .iter_mut()
            .for_each(|border| *border = converted.len());
        borders.push(converted.len());
        borders
            .windows(2)
            .map(|piece| converted[piece[0]..piece[1]].to_owned())
            .collect()
    }

    /// The characters of a text that only a rule of thumb decided, in order: neither a phrase nor a word nor a term of
    /// the author settled them, or two phrases contend for them. Only from Simplified to Traditional.
    pub fn ambiguities(&self, text: &str) -> Vec<Ambiguity> {
        let mut ambiguities = Vec::new();
        if let Some(watch) = &self.watch {
            self.glossary.split(text, |part| {
                if let GlossaryPart::Between(from, to) = part {
                    let found = watch.find(&self.chain, &text[from..to]);
                    ambiguities.extend(found.into_iter().map(|ambiguity| Ambiguity {
                        span: ambiguity.span.start + from..ambiguity.span.end + from,
                        ..ambiguity
                    }));
                }
            });
        }
        ambiguities
    }
}
