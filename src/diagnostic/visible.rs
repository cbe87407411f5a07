//! Texts that are safe to print. Enters: any text, such as a name that somebody else chose. Leaves: the same text, with
//! escapes for the characters that a terminal acts on and for the signs that a workflow runner takes for a command.

use std::borrow::Cow;
use std::ops::Range;

/// Signs that some workflow runners take for the beginning of a command anywhere in a line.
const COMMANDS: [&str; 2] = ["##[", "##vso["];

/// A text on one line that neither a terminal nor the log of a runner acts on: control characters, line ends and marks
/// that change the direction of reading become `\n`, `\u{9b}` and the like.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(needs_escape) && !text.contains("##") {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(pieces(text, |_| false).map(|(_, piece)| piece).collect())
    }
}

/// Does the same for a text of several lines, which keep their tabs and line ends.
pub fn visible_text(text: &str) -> String {
    visible_lines(text, 0..0).0
}

/// Does the same for lines of a file, and returns where a span of bytes is in the new text.
pub(super) fn visible_lines(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    let keep = |rest: &str| rest.starts_with(['\t', '\n']) || rest.starts_with("\r\n");
    let mut shown = String::with_capacity(text.len());
    let mut moved = span.clone();
    for (at, piece) in pieces(text, keep) {
        if at < span.start {
            moved.start = shown.len() + piece.len();
        }
        if at < span.end {
            moved.end = shown.len() + piece.len();
        }
        shown.push_str(&piece);
    }
    (shown, moved)
}

/// Every character with its place. A character that needs an escape gets one, unless `keep` keeps it.
fn pieces<'a>(
    text: &'a str,
    keep: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (usize, String)> + 'a {
    text.char_indices().map(move |(at, c)| {
        let rest = &text[at..];
        let begins = c == '#' && COMMANDS.iter().any(|command| rest.starts_with(command));
        let piece = match (begins, needs_escape(c) && !keep(rest)) {
            (true, _) => c.escape_unicode().to_string(),
            (_, true) => c.escape_default().to_string(),
            _ => c.to_string(),
        };
        (at, piece)
    })
}

/// Whether a character needs an escape, since it would act instead of being seen: control characters, line ends, and
/// marks that change the direction of reading.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{61C}' | '\u{200E}' | '\u{200F}'
        )
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_terminals_and_runners_act_on_are_escaped_and_the_rest_stays() {
        for text in ["柜员（上海） “二”", "## 岗位职责", "a\u{200D}b 👩‍💻", ""]
        {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible("a\n::error::b\r\t"), "a\\n::error::b\\r\\t");
        assert_eq!(visible("\u{1b}]0;x\u{7}\u{7f}"), "\\u{1b}]0;x\\u{7}\\u{7f}");
        assert_eq!(visible("\u{9b}31m\u{85}"), "\\u{9b}31m\\u{85}");
        assert_eq!(visible("\u{202E}\u{2028}"), "\\u{202e}\\u{2028}");
        assert_eq!(
            visible("a ##[error]x ##vso[y]"),
            "a \\u{23}#[error]x \\u{23}#vso[y]"
        );
    }

    #[test]
    fn a_span_stays_on_its_words() {
        let text = "\u{9b}一\r\n\t限\u{1b}男\r二";
        let start = text.find('限').expect("the words");
        let end = text.find('男').expect("the words") + "男".len();
        let (shown, span) = visible_lines(text, start..end);
        assert_eq!(shown, "\\u{9b}一\r\n\t限\\u{1b}男\\r二");
        assert_eq!(&shown[span], "限\\u{1b}男");
        let (shown, span) = visible_lines("一\n", 4..4);
        assert_eq!((shown.as_str(), span), ("一\n", 4..4));
        assert_eq!(visible_lines("\u{9b}", 0..2).1, 0..6);
        assert_eq!(visible_lines("", 0..0).1, 0..0);
    }
}
