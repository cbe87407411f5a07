//! The words around a place in a folded text. Enters: text and a byte. Leaves: a bounded piece of the same line, so that a
//! long line costs no more than a short one.

use crate::rules::RuleText;
use std::ops::Range;

/// How many bytes of a web address may stand before a place inside it.
const ADDRESS_REACH: usize = 200;

/// At most this many characters before a byte, in the same line.
pub(super) fn before(text: &str, at: usize, count: usize) -> &str {
    let characters = text[..at].char_indices().rev();
    let start = characters
        .take(count)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(at, |(index, _)| index);
    &text[start..at]
}

/// At most this many characters from a byte on, in the same line.
pub(super) fn after(text: &str, at: usize, count: usize) -> &str {
    let characters = text[at..].char_indices();
    let end = characters
        .take(count)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(0, |(index, c)| index + c.len_utf8());
    &text[at..at + end]
}

/// Whether one of the words stands in a text.
pub(super) fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether the character at a byte stands in the source right behind the one before: folding drops blanks around signs.
pub(super) fn adjoins(text: &RuleText, at: usize) -> bool {
    at > 0 && at < text.text.len() && text.span(at - 1..at).end == text.span(at..at + 1).start
}

/// Whether a range is no part of a decimal fraction or of a masked number.
pub(super) fn is_separate(text: &RuleText, range: &Range<usize>) -> bool {
    let bytes = text.text.as_bytes();
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let start = range.start;
    let fraction_before =
        byte(start.checked_sub(1)) == b'.' && byte(start.checked_sub(2)).is_ascii_digit();
    let fraction_after = byte(Some(range.end)) == b'.'
        && byte(Some(range.end + 1)).is_ascii_digit()
        && adjoins(text, range.end + 1);
    let masked = byte(start.checked_sub(1)) == b'*' || byte(Some(range.end)) == b'*';
    !(fraction_before || fraction_after || masked)
}

/// Whether a place is inside a web address.
pub(super) fn is_in_address(text: &RuleText, at: usize) -> bool {
    let bytes = &text.source.as_bytes()[..text.span(at..at).start as usize];
    let reach = bytes.len().saturating_sub(ADDRESS_REACH);
    let start = bytes[reach..]
        .iter()
        .rposition(|byte| !byte.is_ascii_graphic() || matches!(byte, b'(' | b'<' | b'|' | b'"'))
        .map_or(reach, |index| reach + index + 1);
    bytes[start..].windows(3).any(|window| window == b"://")
}

/// Whether a place is inside a title in book marks: `《…》`.
pub(super) fn is_in_title(text: &str, at: usize) -> bool {
    let near = before(text, at, 40);
    match (near.rfind('《'), near.rfind('》')) {
        (Some(opens), Some(closes)) => opens > closes,
        (opens, _) => opens.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_stays_in_its_line_and_within_its_reach() {
        let text = "上一行\n甲乙丙丁戊\n下一行";
        let at = text.find('丁').expect("there");
        assert_eq!(before(text, at, 2), "乙丙");
        assert_eq!(before(text, at, 9), "甲乙丙");
        assert_eq!(after(text, at, 9), "丁戊");
    }

    #[test]
    fn titles_and_addresses_are_known() {
        let text = "《商业银行法》与银行";
        assert!(is_in_title(text, text.find("银行").expect("there")));
        assert!(!is_in_title(text, text.rfind("银行").expect("there")));
        let text = RuleText::read("见https://wanglan.example/a/1/ 1");
        let place = |found: Option<usize>| found.expect("there");
        assert!(is_in_address(&text, place(text.text.find('1'))));
        assert!(!is_in_address(&text, place(text.text.rfind('1'))));
    }
}
