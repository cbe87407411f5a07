//! Runs of letters and figures in a folded text. Enters: folded text. Leaves: pieces in order, each knowing what joins it
//! to the one before.

use std::ops::Range;

/// One run of ASCII letters and figures that holds a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlphanumericRun {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The blank or dash that alone stands between it and the piece before.
    pub joint: Option<char>,
}

/// The bit that every byte of a character beyond ASCII has.
const BEYOND_ASCII: u64 = 0x8080_8080_8080_8080;

/// The pieces of a text, in order.
pub(super) fn pieces(text: &str) -> Vec<AlphanumericRun> {
    let bytes = text.as_bytes();
    let mut found: Vec<AlphanumericRun> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii() {
            // Chinese text is passed eight bytes at a time.
            while let Some(eight) = bytes[at..].first_chunk::<8>()
                && u64::from_ne_bytes(*eight) & BEYOND_ASCII == BEYOND_ASCII
            {
                at += 8;
            }
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
            continue;
        }
        let start = at;
        let mut figures = false;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            figures |= bytes[at].is_ascii_digit();
            at += 1;
        }
        if figures {
            let joint = found
                .last()
                .filter(|last| last.range.end + 1 == start)
                .map(|last| char::from(bytes[last.range.end]))
                .filter(|joint| matches!(joint, ' ' | '-'));
            found.push(AlphanumericRun {
                range: start..at,
                joint,
            });
        }
    }
    found
}
