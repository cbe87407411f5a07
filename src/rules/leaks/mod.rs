//! Leaks: numbers of persons and companies, names, other banks' customers, secrets. Enters: one file of the content.
//! Leaves: findings at the bytes of what should not be public. A message never prints the whole of what it found.
//!
//! Each file holds one detector; what several of them need stands in `checksums`, `numbers`, `context` and `parties`.

pub(super) mod amount;
pub(super) mod bank_card;
pub(super) mod credit_code;
pub(super) mod email;
pub(super) mod identity_number;
pub(super) mod mobile;
pub(super) mod name;
pub(super) mod secret;
pub(super) mod third_party;

mod checksums;
mod context;
mod masks;
mod numbers;
mod parties;

use super::finding::Finding;
use super::subject::Subject;
use crate::say;
use regex::Regex;
use std::ops::Range;

/// The most characters of a find that a message shows at its beginning and at its end.
const VISIBLE_CHARACTERS: (usize, usize) = (3, 2);
/// A find shorter than this shows its first character only: three and two of them would be nearly all.
const SHORT: usize = 8;

/// A find as a message may show it: `310********02`, `王**`.
fn masked(written: &str) -> String {
    let characters: Vec<char> = written.chars().collect();
    let (head, tail) = match characters.len() {
        0 | 1 => (0, 0),
        length if length < SHORT => (1, 0),
        _ => VISIBLE_CHARACTERS,
    };
    let stars = (characters.len() - head - tail).clamp(2, SHORT);
    let mut shown: String = characters[..head].iter().collect();
    shown.extend(std::iter::repeat_n('*', stars));
    shown.extend(&characters[characters.len() - tail..]);
    shown
}

/// A finding at a range of the folded text that names what it found and shows only a masked part of it.
fn found(subject: &Subject, range: Range<usize>, what: (&str, &str)) -> Finding {
    let shown = masked(subject.text.written(range.clone()));
    let mut message = say!("“{shown}”：{}", "`{shown}`: {}", what.0);
    message.en = format!("`{shown}`: {}", what.1);
    Finding::new(subject.text.span(range), message)
}

/// A pattern of this program; `None` never happens, and then nothing is found.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}
