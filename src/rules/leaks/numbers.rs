//! Numbers as they are written: in one piece, or in groups with a blank or a dash between them. Enters: the pieces of a
//! folded text. Leaves: numbers of the lengths asked for.

use super::checksums::is_digits;
use super::context::{is_in_address, is_separate};
use crate::rules::RuleText;
use crate::rules::pieces::AlphanumericRun;
use std::ops::Range;

/// A number found whole or in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its bytes in the text, separators included.
    pub range: Range<usize>,
    /// The number without separators.
    pub digits: String,
    /// Which piece it begins with.
    pub first: usize,
    /// How many pieces it has.
    pub pieces: usize,
}

/// The number that begins with one piece and is written in groups of these lengths.
pub(super) fn grouped(
    text: &str,
    all: &[AlphanumericRun],
    first: usize,
    lengths: &[usize],
) -> Option<Number> {
    let group = all.get(first..first + lengths.len())?;
    let fits = |(index, (piece, length)): (usize, (&AlphanumericRun, &usize))| {
        piece.range.len() == *length && (index == 0 || piece.joint.is_some())
    };
    if !group.iter().zip(lengths).enumerate().all(fits) {
        return None;
    }
    Some(Number {
        range: group.first()?.range.start..group.last()?.range.end,
        digits: group
            .iter()
            .map(|piece| &text[piece.range.clone()])
            .collect(),
        first,
        pieces: lengths.len(),
    })
}

/// Whether a number of digits stands by itself: no part of a longer one, of a decimal fraction or of a web address.
pub(super) fn is_isolated(text: &RuleText, all: &[AlphanumericRun], number: &Number) -> bool {
    let before = all.get(number.first).and_then(|piece| piece.joint);
    let after = all.get(number.first + number.pieces);
    let after = after.and_then(|piece| piece.joint);
    is_digits(&number.digits)
        && before != Some('-')
        && after != Some('-')
        && is_separate(text, &number.range)
        && !is_in_address(text, number.range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pieces::pieces;

    fn digits(text: &str, lengths: &[usize]) -> Vec<String> {
        let text = RuleText::read(text);
        let all = pieces(&text.text);
        let numbers = (0..all.len()).filter_map(|first| grouped(&text.text, &all, first, lengths));
        numbers
            .filter(|number| is_isolated(&text, &all, number))
            .map(|number| number.digits)
            .collect()
    }

    #[test]
    fn pieces_are_found_at_any_distance() {
        for length in 0..40 {
            let han = "甲".repeat(length);
            let text = format!("{han}1a{han}-é2{han}4{han}");
            let found: Vec<&str> = pieces(&text)
                .into_iter()
                .map(|piece| &text[piece.range])
                .collect();
            let expected = match length {
                0 => vec!["1a", "24"],
                _ => vec!["1a", "2", "4"],
            };
            assert_eq!(found, expected, "{length}");
        }
    }

    #[test]
    fn groups_with_single_blanks_or_dashes_are_one_number() {
        assert_eq!(digits("电138 0013-8000。", &[3, 4, 4]), ["13800138000"]);
        assert!(digits("138 | 0013 | 8000", &[3, 4, 4]).is_empty());
    }

    #[test]
    fn parts_of_longer_numbers_fractions_and_addresses_are_none() {
        for text in [
            "a12345",
            "123456",
            "0.12345",
            "12345.6",
            "2026-12345",
            "https://wanglan.example/p/12345",
        ] {
            assert!(digits(text, &[5]).is_empty(), "{text}");
        }
        assert_eq!(digits("12345. 678", &[5]), ["12345"]);
    }
}
