//! The units of a document: its sections, cut at the ends of sentences and packed to a readable size.

use super::document::{SearchSection, UNIT_LENGTH};
use super::fold::{Class, class};
use std::ops::Range;

/// The longest text between two sentence ends that is kept whole.
const LONGEST_SENTENCE: usize = 4 * UNIT_LENGTH;

/// A piece of a section: its index and the bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The index of the section.
    pub section: usize,
    /// The bytes of the section's text.
    pub text: Range<usize>,
}

/// Packs sections into units in order, that many at most; a long section is cut at the ends of sentences.
pub(super) fn pack(sections: &[SearchSection], most_units: usize) -> Vec<Vec<Piece>> {
    let mut units = vec![Vec::new()];
    let mut length = 0;
    for (section, content) in sections.iter().enumerate() {
        for text in cut(&content.text) {
            // Three bytes for a Han character: a good measure of code units, and cheap.
            let size = text.len() / 3;
            if length > 0 && length + size > UNIT_LENGTH && units.len() < most_units {
                units.push(Vec::new());
                length = 0;
            }
            length += size;
            if let Some(unit) = units.last_mut() {
                unit.push(Piece { section, text });
            }
        }
    }
    units
}

/// The byte ranges that a text is cut into, so that no word is cut in two.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    if text.len() / 3 > UNIT_LENGTH {
        let mut end = 0;
        for (at, c) in text.char_indices() {
            let sentence_ends = matches!(c, '\n' | '。' | '！' | '？' | '；');
            let too_long = (at - start) / 3 > LONGEST_SENTENCE && {
                let mut units = [0; 2];
                let units = c.encode_utf16(&mut units);
                class(super::fold::fold_unit(units[0])) == Class::Other
            };
            if !sentence_ends && !too_long {
                continue;
            }
            let after = at + c.len_utf8();
            if end > start && (after - start) / 3 > UNIT_LENGTH {
                pieces.push(start..end);
                start = end;
            }
            end = after;
        }
    }
    pieces.push(start..text.len());
    pieces
}
