//! A file's text as rules read it: one script, one width, one case, without blanks inside Chinese. Enters: a source text.
//! Leaves: the folded text, in which every byte knows its byte of the source. Positions are never guessed.

use super::leaks::{Piece, pieces};
use crate::script::fold_char;
use crate::source::Span;
use std::cell::OnceCell;
use std::ops::Range;

/// A text as rules read it. Lines end with `\n`; a line that the author wrapped inside a paragraph goes on.
#[derive(Debug)]
pub struct RuleText<'a> {
    /// The folded text.
    pub text: String,
    /// The source text.
    pub source: &'a str,
    /// For every byte of `text` where its character begins in the source.
    offsets: Vec<u32>,
    /// The byte of `text` where the body begins, after the front matter.
    pub body: usize,
    /// What several rules look for numbers in, made when first asked for.
    pieces: OnceCell<Vec<Piece>>,
}

/// How many characters before and behind a place belong to it at most, so that a text of one line stays cheap.
const REACH: usize = 400;

/// What rules do not read: comments, and the waivers, which quote what they allow.
const WAIVER_KEYS: &[&str] = &["allow:", "豁免:", "豁免：", "豁免 :"];

impl<'a> RuleText<'a> {
    /// Folds a text. What is between its `---` lines is read line by line, the rest by paragraphs.
    pub fn read(source: &'a str) -> RuleText<'a> {
        let mut folder = Folder {
            text: String::with_capacity(source.len()),
            offsets: Vec::with_capacity(source.len()),
            blank: None,
        };
        let front = front_matter_end(source);
        let mut in_waiver = false;
        let mut body = 0;
        let mut offset = 0;
        for line in source.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let content = line.trim_end_matches(['\n', '\r']);
            if start < front {
                let opens = WAIVER_KEYS.iter().any(|key| content.starts_with(key));
                let inner = content.starts_with([' ', '\t', '-', '\u{3000}', ']', '}']);
                in_waiver = opens || (in_waiver && (inner || content.is_empty()));
                if !in_waiver && !content.trim_start().starts_with('#') {
                    folder.push_str(content, start);
                }
                folder.end_line(start + content.len());
                body = folder.text.len();
                continue;
            }
            folder.push_str(content, start);
            let next = source[offset..].lines().next().unwrap_or("");
            if !continues(content, next) {
                folder.end_line(start + content.len());
            }
        }
        folder.finish(source, body)
    }

    /// The bytes of the source that a range of `text` comes from.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_offset(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = self.offsets[range.end - 1] as usize;
        let length = self.source[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(start, last + length)
    }

    /// The source's own words for a range of `text`.
    pub fn written(&self, range: Range<usize>) -> &'a str {
        &self.source[self.span(range).range()]
    }

    /// The runs of letters and figures, in order.
    pub(super) fn pieces(&self) -> &[Piece] {
        self.pieces.get_or_init(|| pieces(&self.text))
    }

    fn source_offset(&self, at: usize) -> usize {
        self.offsets
            .get(at)
            .map_or(self.source.len(), |offset| *offset as usize)
    }

    /// The line of `text` around a byte, and where it begins. Of a line without end only what is near counts.
    pub fn line(&self, at: usize) -> (usize, &str) {
        self.around(at, |c| c == '\n')
    }

    /// The sentence of `text` around a byte, and where it begins. Of a sentence without end only what is near counts.
    pub fn sentence(&self, at: usize) -> (usize, &str) {
        self.around(at, |c| matches!(c, '\n' | '。' | '!' | '?' | ';'))
    }

    fn around(&self, at: usize, ends: impl Fn(char) -> bool) -> (usize, &str) {
        let before = self.text[..at].char_indices().rev().take(REACH);
        let start = before
            .take_while(|(_, c)| !ends(*c))
            .last()
            .map_or(at, |(index, _)| index);
        let after = self.text[at..].char_indices().take(REACH);
        let end = after
            .take_while(|(_, c)| !ends(*c))
            .last()
            .map_or(at, |(index, c)| at + index + c.len_utf8());
        (start, &self.text[start..end])
    }
}

struct Folder {
    text: String,
    offsets: Vec<u32>,
    /// A blank that waits: it stays between Latin words and figures, and goes inside Chinese.
    blank: Option<usize>,
}

impl Folder {
    fn push(&mut self, c: char, offset: usize) {
        self.text.push(c);
        self.offsets
            .extend(std::iter::repeat_n(offset as u32, c.len_utf8()));
    }

    fn push_str(&mut self, line: &str, start: usize) {
        let mut inside = false;
        let mut asterisks = Asterisks::default();
        for (index, c) in line.char_indices() {
            let rest = &line[index..];
            if rest.starts_with("<!--") {
                inside = true;
            }
            if inside {
                inside = !line[..index].ends_with("-->");
                if inside {
                    continue;
                }
            }
            if c.is_whitespace() {
                self.blank.get_or_insert(start + index);
                continue;
            }
            if has_no_width(c) || (c == '*' && !asterisks.mask(line, index)) {
                continue;
            }
            let c = fold_char(c);
            if let Some(blank) = self.blank.take()
                && c.is_ascii_alphanumeric()
                && self
                    .text
                    .ends_with(|before: char| before.is_ascii_alphanumeric())
            {
                self.push(' ', blank);
            }
            self.push(c, start + index);
        }
    }

    fn end_line(&mut self, offset: usize) {
        self.blank = None;
        self.push('\n', offset);
    }

    fn finish(self, source: &str, body: usize) -> RuleText<'_> {
        RuleText {
            text: self.text,
            offsets: self.offsets,
            source,
            body,
            pieces: OnceCell::new(),
        }
    }
}

/// Characters without width hide a phrase from a search and not from a reader.
fn has_no_width(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

/// The run of asterisks that was last met: marks of emphasis go, a run between figures masks a number and stays.
#[derive(Default)]
struct Asterisks {
    end: usize,
    masks: bool,
}

impl Asterisks {
    /// Whether the asterisk at a byte of a line masks something. Every run is looked at once.
    fn mask(&mut self, line: &str, index: usize) -> bool {
        if index >= self.end {
            let run = &line[index..];
            let after = run.trim_start_matches('*');
            self.end = line.len() - after.len();
            let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            self.masks =
                is_figure(line[..index].chars().next_back()) && is_figure(after.chars().next());
        }
        self.masks
    }
}

/// Where the front matter ends: after its second `---` line, or 0.
fn front_matter_end(source: &str) -> usize {
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return 0;
    };
    let mut offset = first.len();
    for line in lines {
        offset += line.len();
        if line.trim_end() == "---" {
            return offset;
        }
    }
    source.len()
}

/// Whether a paragraph goes on in the next line, as in texts that were wrapped by hand.
fn continues(line: &str, next: &str) -> bool {
    let (line, next) = (line.trim(), next.trim_start());
    let begins_block = |text: &str| {
        text.starts_with(['-', '*', '+', '#', '>', '|', '<', '`', '~', '(', '（', '['])
            || text.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    };
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{3400}'..='\u{9FFF}').contains(&c));
    !line.is_empty()
        && !next.is_empty()
        && !line.starts_with(['#', '|'])
        && !begins_block(next)
        && is_han(line.chars().next_back())
        && is_han(next.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(source: &str) -> String {
        RuleText::read(source).text
    }

    #[test]
    fn scripts_widths_blanks_and_emphasis_are_folded_and_positions_stay() {
        let source = "---\n標題: 柜員\n# 35岁\n---\n年齡 **３５** 周 歲以下\n";
        let text = RuleText::read(source);
        assert_eq!(text.text, "---\n标题:柜员\n\n---\n年龄35周岁以下\n");
        let at = text.text.find("35周岁").expect("there");
        assert_eq!(text.written(at..at + "35周岁".len()), "３５** 周 歲");
        assert_eq!(&text.text[text.body..], "年龄35周岁以下\n");
    }

    #[test]
    fn latin_words_stay_apart_and_masks_stay() {
        assert_eq!(folded("PMP or CFA 138****0000"), "pmp or cfa 138****0000\n");
    }

    #[test]
    fn wrapped_paragraphs_go_on_and_lists_do_not() {
        assert_eq!(folded("限男\n性应聘\n- 本科\n"), "限男性应聘\n-本科\n");
    }

    #[test]
    fn waivers_and_comments_are_not_read() {
        let source = "---\nallow:\n  - rule: age-limit\n    reason: 35周岁以下\ntitle: 岗\n---\n甲<!-- 限男 -->乙\n";
        assert_eq!(folded(source), "---\n\n\n\ntitle:岗\n---\n甲乙\n");
    }
}
