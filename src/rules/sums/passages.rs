//! Sentences as sums are read in them. Enters: folded text. Leaves: sentences, lists joined to the line that opens them,
//! and each figure with the words before and after it. A blank to be filled in makes a sentence unreadable, never wrong.

use super::numbers::{Figure, figures, stop_fraction};
use super::units::Unit;
use memchr::{memchr, memrchr};
use std::ops::Range;

/// What stands between a figure and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing: the sentence or its bracket begins.
    Start,
    /// Neither a comma nor another mark: both stand in one clause.
    Same,
    /// 、 or a word for "and".
    Enumeration,
    /// A comma.
    Comma,
    /// A semicolon or the next line of a list.
    Semicolon,
    /// A colon.
    Colon,
}

/// A figure in its sentence.
#[derive(Debug, Clone)]
pub(super) struct LabelledFigure<'t> {
    /// The figure.
    pub figure: Figure,
    /// The words before it, back to the last mark or figure.
    pub label: &'t str,
    /// The words after it, up to the next mark or figure.
    pub tail: &'t str,
    /// How it is joined to what is before.
    pub joint: Joint,
    /// In how many brackets it stands.
    pub depth: usize,
    /// The number of its clause in the sentence.
    pub clause: usize,
}

impl LabelledFigure<'_> {
    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.figure.range.start
    }

    /// Whether its label holds one of these words.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.label.contains(word))
    }
}

/// The sentences in lines that hold one of the words at these places. A list belongs to the line before it that ends with a
/// colon, and to the line of its total.
pub(super) fn sentences_at(text: &str, places: &[usize]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for place in places {
        if *place < end {
            continue;
        }
        let block = block_around(text, *place);
        end = block.end;
        if is_readable(&text[block.clone()]) {
            found.extend(sentences(text, block));
        }
    }
    found
}

/// The line around a byte, with the lines of its list.
fn block_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let line_end =
        |from: usize| memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end);
    let line_start = |end: usize| memrchr(b'\n', &bytes[..end]).map_or(0, |start| start + 1);
    let mut block = line_start(at)..line_end(at);
    let mut first = block.clone();
    while let Some(before) = first.start.checked_sub(1) {
        let line = line_start(before)..before;
        if !goes_on(&text[line.clone()], &text[first]) {
            break;
        }
        block.start = line.start;
        first = line;
    }
    let mut last = line_start(at)..block.end;
    while last.end + 1 < text.len() {
        let line = last.end + 1..line_end(last.end + 1);
        if !goes_on(&text[last], &text[line.clone()]) {
            break;
        }
        block.end = line.end;
        last = line;
    }
    block
}

/// Whether a line belongs to the one before it.
fn goes_on(last: &str, line: &str) -> bool {
    if is_list_item(last) {
        is_list_item(line) || is_total_line(line)
    } else {
        last.ends_with(':') && is_list_item(line)
    }
}

/// Whether sums can be read in a block: it is no table and holds figures.
fn is_readable(content: &str) -> bool {
    // Only figures in Chinese: short texts, and rare enough to look at all of them.
    let is_han_figure = |c| "一二两三四五六七八九十".contains(c);
    !content.starts_with('|')
        && (content.bytes().any(|byte| byte.is_ascii_digit()) || content.contains(is_han_figure))
}

fn is_list_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.starts_with(['-', '+', '•', '·'])
        || (line.starts_with('(') && line.chars().nth(2) == Some(')'))
        || ((1..=2).contains(&digits) && line[digits..].starts_with(['.', '、', ')']))
}

fn is_total_line(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '+']);
    super::words::TOTALS
        .iter()
        .any(|word| line.starts_with(word))
}

fn sentences(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = block.start;
    for (index, c) in text[block.clone()].char_indices() {
        let at = block.start + index;
        let ends = match c {
            '。' => !is_point(text, at),
            '!' | '?' => true,
            _ => false,
        };
        if ends {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    found.push(start..block.end);
    // A sentence that begins with 其中 speaks of the figures of the one before.
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut() {
            Some(last) if text[range.clone()].trim_start().starts_with("其中") => {
                last.end = range.end;
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// The last bytes of a text, at most so many, from a whole character on.
pub(super) fn last_bytes(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The first bytes of a text, at most so many, whole characters only.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    let mut to = text.len().min(most);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// How many bytes a name with figures in it may have.
const LONGEST_NAME: usize = 80;

/// How many digits before a stop are looked at.
const LONGEST_NUMBER: usize = 12;

/// Whether a full stop stands for a decimal point: 2685。9万元. After the number of an item, an article or an annex it
/// ends a sentence.
pub(super) fn is_point(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let bytes = before.bytes().rev().take(LONGEST_NUMBER + 1);
    let digits = bytes
        .take_while(|byte| byte.is_ascii_digit() || *byte == b',')
        .count();
    if digits == 0 || digits > LONGEST_NUMBER || stop_fraction(&text[at..]).is_none() {
        return false;
    }
    match before[..at - digits].chars().next_back() {
        None => false,
        Some(c) => !"\n第件表图条款附注录号#。-".contains(c) && !c.is_ascii_alphabetic(),
    }
}

/// Whether a text has blanks to be filled in, so that its figures are not all there.
pub(super) fn has_blanks(text: &str) -> bool {
    if text.contains('_') || text.contains("**") || text.contains("[[") || text.contains('□') {
        return true;
    }
    let bytes = text.as_bytes();
    let is_word =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() && *byte != b'x');
    bytes.iter().enumerate().any(|(index, byte)| {
        *byte == b'x'
            && !is_word(bytes.get(index + 1))
            && !is_word(index.checked_sub(1).and_then(|before| bytes.get(before)))
    })
}

/// The figures of a sentence with their words.
pub(super) fn items(text: &str, range: Range<usize>) -> Vec<LabelledFigure<'_>> {
    let mut found: Vec<LabelledFigure> = Vec::new();
    let mut depth = 0_usize;
    let mut clause = 0;
    let mut cursor = range.start;
    for figure in figures(text, range.clone()) {
        let between = &text[cursor..figure.range.start];
        let (mut joint, mut label_start) = if found.is_empty() {
            (Joint::Start, cursor)
        } else {
            (Joint::Same, cursor)
        };
        let mut tail_end = None;
        for (index, c) in between.char_indices() {
            let met = match c {
                '、' => Joint::Enumeration,
                ',' => Joint::Comma,
                ';' | '\n' | '。' => Joint::Semicolon,
                ':' => Joint::Colon,
                '(' => {
                    depth += 1;
                    Joint::Start
                }
                ')' => {
                    depth = depth.saturating_sub(1);
                    Joint::Same
                }
                _ => continue,
            };
            tail_end.get_or_insert(cursor + index);
            label_start = cursor + index + c.len_utf8();
            if c == ')' {
                continue;
            }
            // What stands between two marks without a figure is a clause of its own.
            clause += 1;
            joint = met;
        }
        if !found.is_empty() && joint == Joint::Same {
            for word in ["以及", "和", "及", "与"] {
                if let Some(rest) = text[label_start..figure.range.start].strip_prefix(word) {
                    label_start = figure.range.start - rest.len();
                    tail_end.get_or_insert(cursor);
                    joint = Joint::Enumeration;
                    clause += 1;
                    break;
                }
            }
        }
        // 其中2025年5.5亿元: a year or an ordinal belongs to the name of what follows.
        if let Some(last) = found.last()
            && joint == Joint::Same
            && !between.contains(')')
            && matches!(last.figure.unit, Unit::Other | Unit::Bare)
        {
            let named = last.start() - last.label.len();
            if figure.range.start - named <= LONGEST_NAME {
                label_start = named;
                joint = last.joint;
            }
        }
        if let Some(last) = found.last_mut() {
            last.tail = &text[cursor..tail_end.unwrap_or(figure.range.start)];
        }
        cursor = figure.range.end;
        found.push(LabelledFigure {
            label: &text[label_start..figure.range.start],
            tail: "",
            joint,
            depth,
            clause,
            figure,
        });
    }
    if let Some(last) = found.last_mut() {
        let rest = &text[cursor..range.end];
        let end = rest.find([',', ';', ':', '、', '(', ')', '\n', '。']);
        last.tail = &rest[..end.unwrap_or(rest.len())];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences_with(text: &str, word: &str) -> Vec<Range<usize>> {
        let places: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
        sentences_at(text, &places)
    }

    #[test]
    fn a_decimal_stop_does_not_end_a_sentence() {
        let text = "其中利润2685。9万元。其中一半\n其中35。2026年\n";
        let found = sentences_with(text, "其中");
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["其中利润2685。9万元。其中一半", "其中35", "2026年"]);
    }

    #[test]
    fn a_list_belongs_to_its_heading_and_its_total() {
        let text = "招聘15人,其中:\n-柜员5人\n-客户经理7人\n合计12人\n其他事项\n";
        assert_eq!(
            sentences_with(text, "其中"),
            std::slice::from_ref(&(0..text.len() - "\n其他事项\n".len()))
        );
    }

    #[test]
    fn a_word_anywhere_in_a_list_gives_the_whole_list_once() {
        let list = "招聘15人:\n-柜员5人,其中女3人\n-客户经理7人,其中女2人\n合计12人";
        for (before, after) in [("", ""), ("前文1\n", "\n后文2\n"), ("-前文1\n\n", "\n-2")] {
            let text = format!("{before}{list}{after}");
            let end = match after {
                "\n-2" => before.len() + list.len(),
                _ => text.len() - after.len(),
            };
            let expected = before.len()..end;
            assert_eq!(
                sentences_with(&text, "其中"),
                std::slice::from_ref(&expected)
            );
        }
        assert!(sentences_with("其中", "其中").is_empty());
        assert!(sentences_with("|其中|1|", "其中").is_empty());
        assert!(sentences_with(list, "另外").is_empty());
    }

    #[test]
    fn labels_tails_and_brackets_are_kept_apart() {
        let text = "招聘柜员5人(女3人)、客户经理7人和大堂2人";
        let found = items(text, 0..text.len());
        let seen: Vec<(&str, usize, Joint)> = found
            .iter()
            .map(|item| (item.label, item.depth, item.joint))
            .collect();
        assert_eq!(
            seen,
            [
                ("招聘柜员", 0, Joint::Start),
                ("女", 1, Joint::Start),
                ("客户经理", 0, Joint::Enumeration),
                ("大堂", 0, Joint::Enumeration),
            ]
        );
    }

    #[test]
    fn blanks_are_seen_and_words_with_x_are_not_blanks() {
        assert!(has_blanks("新增xx户"));
        assert!(has_blanks("完成__万元"));
        assert!(!has_blanks("用excel统计300户"));
    }
}
