//! The text as the markdown library is to see it. Enters: a body. Leaves: a copy with noncharacters in it, or the body
//! itself where none are needed; `unmasked` takes them out of every event again.
//!
//! A noncharacter stands for a blank; another stands between a run of `*` or `~` and its neighbour where CommonMark's
//! flanking rules refuse emphasis and Chinese needs it (the CJK-friendly amendment of Tats-u, `specification.md`, and
//! beyond it: `“ ” ‘ ’ — … ·` count as Chinese, and so does ASCII punctuation on Han text); three more hide `*`, `_`
//! and `~` inside a bare address. Documents cannot hold noncharacters: `load` refuses them.

use super::cjk::{is_cjk, is_cjk_punctuation, is_punctuation};
use super::{Blank, Profile};
use std::borrow::Cow;

/// Stands for a blank.
pub(super) const BLANK: char = '\u{FDD1}';
/// Stands for a blank in plain text; wider than any gap that a phrase is found across.
pub(super) const PLAIN_BLANK: &str = "____";
/// Stands between a run and its neighbour; neither a space nor punctuation for the markdown library.
const JOIN: char = '\u{FDD0}';
/// Stand for `*`, `_` and `~` inside an address.
const HIDDEN: [(u8, char); 3] = [(b'*', '\u{FDD2}'), (b'_', '\u{FDD3}'), (b'~', '\u{FDD4}')];

/// A text with noncharacters in it.
#[derive(Debug)]
pub(super) struct Masked<'a> {
    /// What the markdown library reads.
    pub text: Cow<'a, str>,
    /// Where copy and original part: bytes of the copy and of the original, both rising.
    steps: Vec<(usize, usize)>,
    /// Whether anything but blanks was put in.
    pub marked: bool,
}

impl Masked<'_> {
    /// The byte of the original that stands at, or just before, a byte of the copy.
    pub(super) fn original(&self, at: usize) -> usize {
        let index = self.steps.partition_point(|step| step.0 <= at);
        match index.checked_sub(1).map(|index| self.steps[index]) {
            None => at,
            Some((copy, original)) => {
                let bound = self.steps.get(index).map_or(usize::MAX, |next| next.1);
                (original + (at - copy)).min(bound)
            }
        }
    }
}

/// Puts the noncharacters in.
pub(super) fn mask<'a>(text: &'a str, blanks: &[Blank], profile: Profile) -> Masked<'a> {
    let mut edits = Edits {
        text,
        out: String::new(),
        at: 0,
        steps: Vec::new(),
        marked: false,
    };
    let mut blanks = blanks.iter().peekable();
    if profile.chinese || profile.autolinks {
        let mut address = AddressScan::default();
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'*', b'_', b'~', &text.as_bytes()[at..]) {
            let start = at + found;
            let end = run_end(text, start);
            at = end;
            while let Some(blank) = blanks.next_if(|blank| (blank.span.start as usize) < end) {
                edits.replace(
                    blank.span.start as usize,
                    blank.span.end as usize,
                    Some(BLANK),
                );
            }
            if start < edits.at {
                continue;
            }
            let in_address = profile.autolinks && address.holds(text, start, end);
            if in_address
                || in_word(text, start, end)
                || (profile.chinese && is_multiplication(text, start, end))
            {
                edits.hide(start, end);
            } else if profile.chinese {
                edits.join(start, end);
            }
        }
    }
    for blank in blanks {
        edits.replace(
            blank.span.start as usize,
            blank.span.end as usize,
            Some(BLANK),
        );
    }
    edits.finish()
}

/// The text without marks, blanks staying; `None` where there are none.
#[inline]
pub(super) fn unmasked(text: &str) -> Option<String> {
    // All marks begin with the bytes EF B7.
    let bytes = text.as_bytes();
    let may_hold = memchr::memchr_iter(0xB7, bytes).any(|at| at > 0 && bytes[at - 1] == 0xEF);
    (may_hold && text.contains(is_mark)).then(|| {
        text.chars()
            .filter(|&c| c != JOIN)
            .map(|c| {
                let hidden = HIDDEN.iter().find(|(_, mark)| *mark == c);
                hidden.map_or(c, |(byte, _)| char::from(*byte))
            })
            .collect()
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, JOIN | '\u{FDD2}'..='\u{FDD4}')
}

fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let same = bytes[start..]
        .iter()
        .take_while(|&&byte| byte == bytes[start]);
    start + same.count()
}

/// Whether a run of `_` stands inside an ASCII word, where it never opens or closes and only cuts an address in pieces.
fn in_word(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let is_word = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    bytes[start] == b'_' && is_word(start.checked_sub(1)) && is_word(Some(end))
}

/// Whether a `*` is a sign between two figures of a Chinese text, 3*4平方米, and no emphasis.
fn is_multiplication(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let near = &bytes[start.saturating_sub(48)..bytes.len().min(end + 48)];
    &bytes[start..end] == b"*"
        && is_digit(start.checked_sub(1))
        && is_digit(Some(end))
        && !near.is_ascii()
}

/// The copy while it is made.
struct Edits<'a> {
    text: &'a str,
    out: String,
    /// The byte of the original up to which the copy is made.
    at: usize,
    steps: Vec<(usize, usize)>,
    marked: bool,
}

impl<'a> Edits<'a> {
    /// Puts a character in the place of some bytes, or of none.
    fn replace(&mut self, start: usize, end: usize, with: Option<char>) {
        if start < self.at {
            return;
        }
        if self.out.capacity() == 0 {
            self.out.reserve(self.text.len() + self.text.len() / 32);
        }
        self.out.push_str(&self.text[self.at..start]);
        self.steps.push((self.out.len(), start));
        self.out.extend(with);
        self.steps.push((self.out.len(), end));
        self.at = end;
    }

    fn mark(&mut self, start: usize, end: usize, with: char) {
        self.marked = true;
        self.replace(start, end, Some(with));
    }

    /// Hides a run inside an address, where it is a character like any other.
    fn hide(&mut self, start: usize, end: usize) {
        let byte = self.text.as_bytes()[start];
        if let Some((_, mark)) = HIDDEN.iter().find(|(hidden, _)| *hidden == byte) {
            for at in start..end {
                self.mark(at, at + 1, *mark);
            }
        }
    }

    /// Puts a mark beside a run where Chinese needs emphasis to open or close and CommonMark refuses.
    fn join(&mut self, mut start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let kind = bytes[start];
        if kind == b'_' {
            return;
        }
        let escapes = bytes[..start]
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count();
        if escapes % 2 == 1 {
            start += 1;
        }
        if start == end {
            return;
        }
        let (before, after) = (&self.text[..start], &self.text[end..]);
        let (left, right) = match (kind, end - start) {
            // A lone `~` is the sign of a range, 10~20万, and never strikes anything out.
            (b'~', 1) => (true, true),
            (b'~', 2) | (b'*', _) => (needs_left(before, after), needs_right(before, after)),
            _ => (false, false),
        };
        if left {
            self.mark(start, start, JOIN);
        }
        if right {
            self.mark(end, end, JOIN);
        }
    }

    fn finish(mut self) -> Masked<'a> {
        let text = if self.steps.is_empty() {
            Cow::Borrowed(self.text)
        } else {
            self.out.push_str(&self.text[self.at..]);
            Cow::Owned(self.out)
        };
        Masked {
            text,
            steps: self.steps,
            marked: self.marked,
        }
    }
}

/// Whether a run can close only with a mark on its left: punctuation before it, a word after it.
fn needs_left(before: &str, after: &str) -> bool {
    let (Some(previous), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    is_bracketing(previous)
        && is_wordlike(next)
        && (is_cjk_punctuation(previous) || is_cjk(next) || reaches_cjk(before.chars().rev()))
}

/// Whether a run can open only with a mark on its right: a word before it, punctuation after it.
fn needs_right(before: &str, after: &str) -> bool {
    let (Some(previous), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    is_wordlike(previous)
        && is_bracketing(next)
        && (is_cjk_punctuation(next) || is_cjk(previous) || reaches_cjk(after.chars()))
}

/// Whether punctuation stands on Chinese text. A few characters are looked at, so that a line of punctuation stays cheap.
fn reaches_cjk(mut characters: impl Iterator<Item = char>) -> bool {
    characters
        .by_ref()
        .take(8)
        .find(|&c| !is_punctuation(c))
        .is_some_and(is_cjk)
}

fn is_wordlike(c: char) -> bool {
    !c.is_whitespace() && !is_punctuation(c)
}

/// Punctuation that a run may stand beside; a table's border is not.
fn is_bracketing(c: char) -> bool {
    is_punctuation(c) && c != '|'
}

/// Knows whether a byte lies inside a bare address, reading the text once from left to right.
#[derive(Default)]
struct AddressScan {
    read: usize,
    inside: bool,
}

impl AddressScan {
    /// Whether the run lies inside an address and is followed by more of it.
    fn holds(&mut self, text: &str, start: usize, end: usize) -> bool {
        let bytes = text.as_bytes();
        let between = &bytes[self.read.min(start)..start];
        let word = match between.iter().rposition(|&byte| !is_address_byte(byte)) {
            Some(last) => {
                self.inside = false;
                &between[last + 1..]
            }
            None => between,
        };
        self.read = end;
        self.inside |= memchr::memmem::find(word, b"://").is_some()
            || memchr::memmem::find(word, b"www.").is_some();
        self.inside
            && bytes
                .get(end)
                .is_some_and(|&byte| byte.is_ascii_alphanumeric() || b"/-%=&#+".contains(&byte))
    }
}

/// Bytes that an address is made of, as the text has them.
pub(super) fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`' | b'|' | b'\\' | b'^')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Blanks;

    fn chinese(text: &str) -> Masked<'_> {
        mask(text, &[], Profile::new(Blanks::None, true))
    }

    #[test]
    fn text_without_need_is_borrowed() {
        for text in ["岗位", "**重要**通知", "_a_", "a*b*c", "`x`"] {
            assert!(matches!(chinese(text).text, Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn marks_go_in_and_out_and_offsets_map_back() {
        let text = "**重要：**请看https://a.example/x_y*z 和10~20万";
        let masked = chinese(text);
        assert_ne!(masked.text, text);
        assert_eq!(unmasked(&masked.text).as_deref(), Some(text));
        for (at, c) in masked.text.char_indices() {
            let original = masked.original(at);
            assert!(text.is_char_boundary(original));
            if !matches!(c, '\u{FDD0}'..='\u{FDD4}') {
                assert_eq!(text[original..].chars().next(), Some(c));
            }
        }
        assert_eq!(masked.original(masked.text.len()), text.len());
    }

    #[test]
    fn a_long_line_of_stars_in_an_address_takes_one_pass() {
        let text = format!("https://a.example/{}", "x*".repeat(100_000));
        assert_eq!(unmasked(&chinese(&text).text), Some(text));
    }
}
