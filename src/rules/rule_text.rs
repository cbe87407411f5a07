//! A file's text as rules read it: one script, one width, one case, without blanks inside Chinese. Enters: a source text.
//! Leaves: the folded text, in which every byte knows its byte of the source. Positions are never guessed.

use super::detector_words::WordPlaces;
use super::pieces::{AlphanumericRun, pieces};
use super::word_group::WordGroup;
use crate::text::{Folding, Span, has_no_width};
use std::cell::OnceCell;
use std::ops::Range;

/// A text as rules read it. Lines end with `\n`; a line that the author wrapped inside a paragraph goes on.
#[derive(Debug)]
pub struct RuleText<'a> {
    /// The folded text.
    pub text: String,
    /// The source text.
    pub source: &'a str,
    /// Bytes of `text` with the bytes of the source that they come from, wherever the distance between both changes.
    steps: Vec<(u32, u32)>,
    /// The byte of `text` where the body begins, after the front matter.
    pub body: usize,
    /// What several rules look for numbers in, made when first asked for.
    pieces: OnceCell<Vec<AlphanumericRun>>,
    /// Where the words stand that detectors hang on, found when first asked for.
    word_places: OnceCell<WordPlaces>,
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
            steps: Vec::new(),
            distance: 0,
            blank: None,
            folding: Folding::new(),
        };
        let front = front_matter_end(source);
        let mut in_waiver = false;
        let mut body = 0;
        let mut offset = 0;
        let mut lines = source.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
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
            if !lines.peek().is_some_and(|next| continues(content, next)) {
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
        let last = self.source_offset(range.end - 1);
        let length = self.source[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(start, last + length)
    }

    /// The source's own words for a range of `text`.
    pub fn written(&self, range: Range<usize>) -> &'a str {
        &self.source[self.span(range).range()]
    }

    /// The runs of letters and figures, in order.
    pub(super) fn pieces(&self) -> &[AlphanumericRun] {
        self.pieces.get_or_init(|| pieces(&self.text))
    }

    /// Where the words of a group begin, in order.
    pub(super) fn places(&self, group: WordGroup) -> &[usize] {
        self.word_places
            .get_or_init(|| WordPlaces::of(&self.text))
            .places(group)
    }

    /// The byte of the source at which the character around a byte of `text` begins there.
    fn source_offset(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source.len();
        }
        let at = self.text.floor_char_boundary(at);
        let after = self
            .steps
            .partition_point(|(start, _)| *start as usize <= at);
        let step = after.checked_sub(1).map(|index| self.steps[index]);
        step.map_or(at, |(start, source)| at - start as usize + source as usize)
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
    steps: Vec<(u32, u32)>,
    /// How many bytes of the source are no bytes of the text so far.
    distance: isize,
    /// A blank that waits: it stays between Latin words and figures, and goes inside Chinese.
    blank: Option<usize>,
    folding: Folding,
}

impl Folder {
    /// Remembers where what is added next stands in the source.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a document is far smaller than 2³² bytes; larger files are not read"
    )]
    fn place(&mut self, offset: usize) {
        let distance = offset.cast_signed() - self.text.len().cast_signed();
        if distance != self.distance {
            self.distance = distance;
            self.steps.push((self.text.len() as u32, offset as u32));
        }
    }

    fn push(&mut self, c: char, offset: usize) {
        self.place(offset);
        self.text.push(c);
    }

    /// Adds a part of the source that is read as it stands.
    fn copy(&mut self, part: &str, offset: usize) {
        self.place(offset);
        self.text.push_str(part);
        self.blank = None;
    }

    fn push_str(&mut self, line: &str, start: usize) {
        let mut inside = false;
        let mut asterisks = Asterisks::default();
        // Where a run of plain characters began, which go over at once.
        let mut run = None;
        for (index, c) in line.char_indices() {
            // Nearly all characters are ideographs, before which no blank stays.
            if is_plain(c) && !inside && self.folding.fold(c) == c {
                run.get_or_insert(index);
                continue;
            }
            if let Some(from) = run.take() {
                self.copy(&line[from..index], start + from);
            }
            if c == '<' && line[index..].starts_with("<!--") {
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
            let c = self.folding.fold(c);
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
        if let Some(from) = run {
            self.copy(&line[from..], start + from);
        }
    }

    fn end_line(&mut self, offset: usize) {
        self.blank = None;
        self.push('\n', offset);
    }

    fn finish(self, source: &str, body: usize) -> RuleText<'_> {
        RuleText {
            text: self.text,
            steps: self.steps,
            source,
            body,
            pieces: OnceCell::new(),
            word_places: OnceCell::new(),
        }
    }
}

/// Whether a character is neither a blank nor a sign that is looked at, and folds to no letter or figure of ASCII.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{9FFF}')
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
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{3400}'..='\u{9FFF}').contains(&c));
    // Most lines end with a stop, and most others before an empty one.
    let line = line.trim_end();
    if !is_han(line.chars().next_back()) {
        return false;
    }
    let next = next.trim_start();
    if !is_han(next.chars().next()) || next.starts_with(|c| "一二三四五六七八九十".contains(c))
    {
        return false;
    }
    !line.trim_start().starts_with(['#', '|'])
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
    fn plain_characters_are_no_blanks_and_no_signs() {
        for c in ('\u{0}'..=char::MAX).filter(|c| is_plain(*c)) {
            let is_sign = c == '<' || c == '*' || c.is_whitespace() || has_no_width(c);
            let folded = crate::text::fold_char(c);
            assert!(!is_sign && !folded.is_ascii_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn comments_and_blanks_go_and_signs_beside_ideographs_stay() {
        assert_eq!(
            folded("甲<!-- 乙 -->丙 <丁 a 戊 b c*己\n"),
            "甲丙<丁a戊b c己\n"
        );
        assert_eq!(folded("甲<!-- 乙\n"), "甲\n");
        assert_eq!(folded("a\u{200B}、 b\u{3000}c\n"), "a、b c\n");
    }

    #[test]
    fn latin_words_stay_apart_and_masks_stay() {
        assert_eq!(folded("PMP or CFA 138****0000"), "pmp or cfa 138****0000\n");
    }

    #[test]
    fn every_character_knows_its_own_in_the_source() {
        let source = "---\n標題：柜員，Ａ\u{3000}ｂ c\n---\n甲<!-- 乙 -->丙，**丁** 戊\r\n己\u{200B}庚𠮷辛\n 12  ab，，壬\n";
        let text = RuleText::read(source);
        let mut last = 0;
        for (at, c) in text.text.char_indices() {
            let span = text.span(at..at + c.len_utf8()).range();
            let written = source[span.clone()].chars().next().expect("there");
            let blank = c == ' ' && written.is_whitespace();
            let end = c == '\n' && matches!(written, '\r' | '\n');
            assert!(blank || end || crate::text::fold_char(written) == c, "{c}");
            assert_eq!(span.len(), written.len_utf8());
            assert!(span.start >= last);
            last = span.end;
            // A byte inside a character belongs to it.
            let inner = at + c.len_utf8() - 1;
            assert_eq!(text.source_offset(inner), span.start);
        }
        let end = text.text.len();
        assert_eq!(text.span(end..end).range(), source.len()..source.len());
    }

    #[test]
    fn wrapped_paragraphs_go_on_and_lists_do_not() {
        assert_eq!(folded("限男\n性应聘\n- 本科\n"), "限男性应聘\n-本科\n");
        assert_eq!(folded("甲 \n 乙\n"), "甲乙\n");
        for kept in [
            "甲\n一是\n",
            "#甲\n乙\n",
            "|甲\n乙\n",
            "甲。\n乙\n",
            "甲\n\n乙\n",
            "甲\n(乙\n",
        ] {
            assert_eq!(folded(kept), kept);
        }
    }

    #[test]
    fn waivers_and_comments_are_not_read() {
        let source = "---\nallow:\n  - rule: age-limit\n    reason: 35周岁以下\ntitle: 岗\n---\n甲<!-- 限男 -->乙\n";
        assert_eq!(folded(source), "---\n\n\n\ntitle:岗\n---\n甲乙\n");
    }
}
