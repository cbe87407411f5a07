//! Slips of an input method in a body: what looks like markdown and is read as plain text. Enters: headings and
//! paragraphs while the outline is read. Leaves: slips with their bytes, and what the author is told of each.

use crate::diagnostic::Diagnostic;
use crate::say;
use crate::source::{SourceFile, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What looks like markdown and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// `## 标题｛#id｝`, with full-width braces.
    FullWidthBraces,
    /// Lines that begin with `1、` and `2、`, or the like.
    ListMarker,
    /// An anchor that another heading has been given before.
    RepeatedAnchor,
}

impl Slip {
    /// What the author is told.
    pub fn diagnostic(self, source: &Arc<SourceFile>, span: Span) -> Diagnostic {
        let text = source.text.get(span.range()).unwrap_or("").trim();
        match self {
            Slip::FullWidthBraces => Diagnostic::warning(
                "full-width-braces",
                say!(
                    "锚点用了全角的花括号，会原样印在标题里",
                    "the anchor has full-width braces and is printed as a part of the heading"
                ),
            )
            .at(source, span)
            .help(say!("写成半角：{0}", "write {0}", half_width(text)))
            .fix(span, half_width(text)),
            Slip::ListMarker => Diagnostic::warning(
                "list-marker",
                say!(
                    "“{text}”不是列表的写法，几行会连成一段",
                    "`{text}` does not begin a list; the lines run together"
                ),
            )
            .at(source, span)
            .help(say!(
                "每行写成“{0}. ”开头：数字、半角句点、空格",
                "begin each line with `{0}. `: a number, a full stop and a space",
                digits(text)
            )),
            Slip::RepeatedAnchor => Diagnostic::warning(
                "repeated-anchor",
                say!(
                    "锚点“{text}”前面已经有了，链接只能到第一处",
                    "the anchor `{text}` stands above already; links lead to the first"
                ),
            )
            .at(source, span)
            .help(say!("给它换一个名字", "give it another name")),
        }
    }
}

/// ASCII in the place of full-width forms.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// The number that a marker begins with, in ASCII digits.
fn digits(marker: &str) -> String {
    half_width(marker)
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}

/// Slips that were found so far.
pub struct Slips<'a> {
    text: &'a str,
    /// Those found, in order.
    pub found: Vec<(Slip, Span)>,
    anchors: BTreeSet<String>,
    /// The last number that began a line, with its marker, and whether its list was reported.
    last: Option<(u32, Span)>,
    reported: bool,
}

impl<'a> Slips<'a> {
    /// Before anything was read.
    pub fn new(text: &'a str) -> Slips<'a> {
        Slips {
            text,
            found: Vec::new(),
            anchors: BTreeSet::new(),
            last: None,
            reported: false,
        }
    }

    /// A heading: its plain text and its bytes.
    pub fn heading(&mut self, plain: &str, span: Span) {
        if !(plain.trim_end().ends_with(['｝', '}']) && plain.contains("｛#")) {
            return;
        }
        let start = span.start as usize;
        let written = &self.text[span.range()];
        if let (Some(open), Some(close)) = (written.find('｛'), written.rfind(['｝', '}'])) {
            let end = close + written[close..].chars().next().map_or(0, char::len_utf8);
            self.found
                .push((Slip::FullWidthBraces, Span::new(start + open, start + end)));
        }
    }

    /// An anchor that the author gave.
    pub fn anchor(&mut self, id: &str, heading: Span) {
        if self.anchors.insert(id.to_owned()) {
            return;
        }
        let written = &self.text[heading.range()];
        if let Some(at) = written.rfind(id) {
            let start = heading.start as usize + at;
            self.found
                .push((Slip::RepeatedAnchor, Span::new(start, start + id.len())));
        }
    }

    /// A paragraph: two lines with rising numbers are a list that was meant.
    pub fn paragraph(&mut self, span: Span) {
        let mut at = span.start as usize;
        for line in self.text[span.range()].split_inclusive('\n') {
            let text = line.trim_start_matches([' ', '\t', '>', '\u{3000}']);
            let start = at + line.len() - text.len();
            at += line.len();
            let Some((number, length)) = marker(text) else {
                continue;
            };
            let here = Span::new(start, start + length);
            if number <= 1 {
                self.reported = false;
            }
            if let Some((before, place)) = self.last
                && before + 1 == number
                && !self.reported
            {
                self.found.push((Slip::ListMarker, place));
                self.reported = true;
            }
            self.last = Some((number, here));
        }
    }
}

/// A number and a mark that begin a line as a list would, and the bytes of both.
fn marker(line: &str) -> Option<(u32, usize)> {
    let digits: Vec<char> = line
        .chars()
        .take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c))
        .take(4)
        .collect();
    let bytes: usize = digits.iter().map(|c| c.len_utf8()).sum();
    let mark = line[bytes..].chars().next()?;
    if digits.is_empty() || digits.len() > 3 || !matches!(mark, '、' | '．' | '）') {
        return None;
    }
    let number = half_width(&digits.iter().collect::<String>())
        .parse()
        .ok()?;
    Some((number, bytes + mark.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Slip, &str)> {
        let mut slips = Slips::new(text);
        slips.paragraph(Span::new(0, text.len()));
        slips
            .found
            .into_iter()
            .map(|(slip, span)| (slip, &text[span.range()]))
            .collect()
    }

    #[test]
    fn numbered_lines_are_a_list_that_was_meant_and_told_once() {
        assert_eq!(
            found("1、熟悉信贷\n2、熟悉风险\n3、熟悉合规"),
            [(Slip::ListMarker, "1、")]
        );
        assert_eq!(found("１）甲\n２）乙"), [(Slip::ListMarker, "１）")]);
        assert!(found("1、熟悉信贷").is_empty());
        assert!(found("2026、2027年").is_empty());
        assert!(found("1. 甲\n2. 乙").is_empty());
    }
}
