//! Typos of an input method in a body: what looks like markdown and is read as plain text. Enters: headings and
//! paragraphs while the outline is read. Leaves: typos with their bytes, and the message about each.

use crate::diagnostic::{Diagnostic, Text};
use crate::say;
use crate::text::{SourceFile, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

mod lines;
mod list_repair;
mod table_repair;

use lines::{OfficeMark, TableFault, heading_mark, office_mark, table_fault};
use list_repair::repair_list;
use table_repair::written_as_table;

/// A part that looks like markdown but is not, such as a list sign without a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typo {
    /// `## 标题｛#id｝`, with full-width braces.
    FullWidthBraces,
    /// `##标题` or `＃ 标题`.
    HeadingMark,
    /// Lines that begin with `1、` and `2、`, or the like.
    ListMarker,
    /// Lines that begin with bars and make no table.
    Table(TableFault),
    /// An anchor that another heading has been given before.
    RepeatedAnchor,
}

impl Typo {
    /// Whether it is about lines that run together.
    pub(super) fn is_of_lines(self) -> bool {
        matches!(self, Typo::ListMarker | Typo::Table(TableFault::Tabs(_)))
    }

    /// The message to the author.
    pub fn diagnostic(self, source: &Arc<SourceFile>, span: Span) -> Diagnostic {
        let text = source.text.get(span.range()).unwrap_or("").trim();
        match self {
            Typo::FullWidthBraces => Diagnostic::warning(
                "full-width-braces",
                say!(
                    "锚点用了全角的花括号，会原样印在标题里",
                    "the anchor has full-width braces and is printed as a part of the heading"
                ),
            )
            .at(source, span)
            .help(say!("写成半角：{0}", "write {0}", half_width(text)))
            .fix(span, half_width(text)),
            Typo::HeadingMark => heading_diagnostic(source, span),
            Typo::ListMarker => {
                let diagnostic = Diagnostic::warning(
                    "list-marker",
                    say!(
                        "“{text}”不是列表的写法，几行会连成一段",
                        "`{text}` does not begin a list; the lines run together"
                    ),
                )
                .at(source, span)
                .help(list_help(text));
                match repair_list(&source.text, span) {
                    Some((lines, list)) => diagnostic.fix(lines, list),
                    None => diagnostic,
                }
            }
            Typo::Table(fault) => table_diagnostic(fault, source, span),
            Typo::RepeatedAnchor => Diagnostic::warning(
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

/// How a list is written that was begun with another mark.
fn list_help(mark: &str) -> Text {
    let is_bullet = matches!(office_mark(mark), Some((OfficeMark::Bullet, _)));
    match office_mark(mark) {
        _ if is_bullet || mark.starts_with(['-', '－']) => say!(
            "每行写成“- ”开头：半角减号、空格",
            "begin each line with `- `: a hyphen and a space"
        ),
        Some(_) => say!(
            "每行写成“1. ”开头：数字、半角句点、空格；要照原样印出“{mark}”，行与行之间空一行",
            "begin each line with `1. `: a number, a full stop and a space; to print `{mark}` as it stands, put an empty line between the lines"
        ),
        None => say!(
            "每行写成“{0}. ”开头：数字、半角句点、空格；要照原样印出“{mark}”，行与行之间空一行",
            "begin each line with `{0}. `: a number, a full stop and a space; to print `{mark}` as it stands, put an empty line between the lines",
            digits(mark)
        ),
    }
}

/// The message about signs that make no heading.
fn heading_diagnostic(source: &Arc<SourceFile>, span: Span) -> Diagnostic {
    let written = source.text.get(span.range()).unwrap_or("");
    let signs = written.matches(['#', '＃']).count();
    let mark = format!("{} ", "#".repeat(signs));
    let message = match written {
        _ if written.contains('＃') => say!(
            "井号是全角，这一行不会成为标题，会原样印出来",
            "the number sign is full-width; this line makes no heading and is printed as it stands"
        ),
        _ if written.is_ascii() => say!(
            "“{written}”后面没有空格，这一行不会成为标题，会原样印出来",
            "no space follows `{written}`; this line makes no heading and is printed as it stands"
        ),
        _ => say!(
            "“{0}”旁边的空格是全角，这一行不会成为标题，会原样印出来",
            "the space beside `{0}` is full-width; this line makes no heading and is printed as it stands",
            mark.trim_end()
        ),
    };
    Diagnostic::warning("heading-mark", message)
        .at(source, span)
        .help(say!(
            "写成“{mark}”开头：半角井号，后面空一格",
            "begin the line with `{mark}`: ASCII number signs and a space"
        ))
        .fix(span, mark)
}

/// The message about lines that should have been a table; the span is the line at fault.
fn table_diagnostic(fault: TableFault, source: &Arc<SourceFile>, span: Span) -> Diagnostic {
    let rule = |columns: usize| format!("|{}", "---|".repeat(columns));
    let (message, help) = match fault {
        TableFault::Bars => (
            say!(
                "竖线是全角，这几行不会排成表格",
                "the bars are full-width; these lines make no table"
            ),
            say!(
                "竖线改成半角“|”，表头下面要有一行“|---|---|”，几栏就写几段",
                "write ASCII bars, and below the head a line like `|---|---|` with one part for each column"
            ),
        ),
        TableFault::NoRule(columns) => (
            say!(
                "表头下面没有“{0}”这一行，这几行不会排成表格",
                "no line `{0}` stands below the head; these lines make no table",
                rule(columns)
            ),
            say!("在表头下面加上这一行", "put that line below the head"),
        ),
        TableFault::Tabs(columns) => (
            say!(
                "这几行用Tab分栏，不会排成表格，会连成一段",
                "these lines have tabs between their columns; they make no table and run together"
            ),
            say!(
                "每行写成“| 甲 | 乙 |”的样子，表头下面加一行“{0}”",
                "write each line like `| a | b |`, and below the head a line `{0}`",
                rule(columns)
            ),
        ),
        TableFault::BadRule(columns) => (
            say!(
                "表头有{columns}栏，下面这一行写得不对，不会排成表格",
                "the head has {columns} columns and this line does not fit it; the lines make no table"
            ),
            say!("这一行写成：{0}", "write this line as {0}", rule(columns)),
        ),
    };
    let diagnostic = Diagnostic::warning("table-lines", message)
        .at(source, span)
        .help(help);
    let text = source.text.get(span.range()).unwrap_or("");
    match fault {
        // Colons align columns; which one is lost or too many, only the author knows.
        TableFault::BadRule(columns) if !text.contains([':', '：']) => {
            diagnostic.fix(span, rule(columns))
        }
        _ => match written_as_table(&source.text, span, fault) {
            Some((lines, table)) => diagnostic.fix(lines, table),
            None => diagnostic,
        },
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

/// Typos that were found so far.
pub(super) struct Typos<'a> {
    text: &'a str,
    /// Those found, in order.
    pub found: Vec<(Typo, Span)>,
    /// The first byte of each line that continues the paragraph of the line before it.
    pub joined: Vec<u32>,
    anchors: BTreeSet<String>,
}

impl<'a> Typos<'a> {
    /// Before anything was read.
    pub(super) fn new(text: &'a str) -> Typos<'a> {
        Typos {
            text,
            found: Vec::new(),
            joined: Vec::new(),
            anchors: BTreeSet::new(),
        }
    }

    /// A heading: its plain text and its bytes.
    pub(super) fn heading(&mut self, plain: &str, span: Span) {
        if !(plain.trim_end().ends_with(['｝', '}']) && plain.contains("｛#")) {
            return;
        }
        let start = span.start as usize;
        let written = &self.text[span.range()];
        if let (Some(open), Some(close)) = (written.find('｛'), written.rfind(['｝', '}'])) {
            let end = close + written[close..].chars().next().map_or(0, char::len_utf8);
            self.found
                .push((Typo::FullWidthBraces, Span::new(start + open, start + end)));
        }
    }

    /// An anchor that the author gave.
    pub(super) fn anchor(&mut self, id: &str, heading: Span) {
        if self.anchors.insert(id.to_owned()) {
            return;
        }
        let written = &self.text[heading.range()];
        if let Some(at) = written.rfind(id) {
            let start = heading.start as usize + at;
            self.found
                .push((Typo::RepeatedAnchor, Span::new(start, start + id.len())));
        }
    }

    /// Running text of a paragraph, or of a list item without one: lines that were meant to be more than text.
    pub(super) fn running_text(&mut self, span: Span) {
        let mut before: Option<SourceLine> = None;
        let (mut reported_list, mut reported_table) = (false, false);
        let mut numbered: Option<(u32, Span)> = None;
        let mut at = span.start as usize;
        for whole in self.text[span.range()].split_inclusive('\n') {
            let line = SourceLine::new(whole, at);
            at += whole.len();
            if let Some(length) = heading_mark(line.text) {
                let span = Span::new(line.start, line.start + length);
                self.found.push((Typo::HeadingMark, span));
            }
            let number = line.number();
            if let Some(before) = &before {
                if !before.breaks() {
                    self.joined.push(Span::new(line.start, line.start).start);
                }
                let counted = number.zip(numbered).filter(|((number, _), (last, _))| {
                    // The author's own line break keeps lines apart.
                    last + 1 == *number && !before.breaks()
                });
                let list = counted.map(|(_, (_, span))| span);
                if let (Some(span), false) = (list.or(line.list_with(before)), reported_list) {
                    self.found.push((Typo::ListMarker, span));
                    reported_list = true;
                }
                if let (Some(fault), false) = (table_fault(before.text, line.text), reported_table)
                {
                    let span = match fault {
                        TableFault::BadRule(_) => line.span(),
                        _ => before.span(),
                    };
                    self.found.push((Typo::Table(fault), span));
                    reported_table = true;
                }
            }
            numbered = number.or(numbered);
            before = Some(line);
        }
    }
}

/// A line of running text without the marks of a quotation, and where it begins.
struct SourceLine<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> SourceLine<'a> {
    fn new(whole: &'a str, at: usize) -> SourceLine<'a> {
        let text = whole.trim_start_matches([' ', '\t', '>']);
        SourceLine {
            text,
            start: at + whole.len() - text.len(),
        }
    }

    fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.trim_end().len())
    }

    /// Whether the next line begins a new one on the page as well.
    fn breaks(&self) -> bool {
        let ending = self.text.trim_end_matches('\n');
        ending.ends_with("  ") || ending.ends_with('\\')
    }

    /// The number that it begins with, and the bytes of number and mark.
    fn number(&self) -> Option<(u32, Span)> {
        let text = self.text.trim_start_matches('\u{3000}');
        let start = self.start + self.text.len() - text.len();
        let (number, length) = marker(text)?;
        Some((number, Span::new(start, start + length)))
    }

    /// The mark of a word processor that it begins with.
    fn mark(&self) -> Option<(OfficeMark, Span)> {
        let text = self.text.trim_start_matches('\u{3000}');
        let start = self.start + self.text.len() - text.len();
        let (mark, length) = office_mark(text)?;
        Some((mark, Span::new(start, start + length)))
    }

    /// The mark of the line before, where both begin with marks of one kind and run together.
    fn list_with(&self, before: &SourceLine) -> Option<Span> {
        if before.breaks() {
            return None;
        }
        let (mark, _) = self.mark()?;
        let (first, span) = before.mark()?;
        (mark == first).then_some(span)
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
    // `1.甲` lacks the space that would make it an item; `1.5` is a number.
    let after = line[bytes + mark.len_utf8()..].chars().next();
    let lacks_space = || after.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit());
    let is_mark = match mark {
        '、' | '．' | '）' => true,
        '.' | ')' => lacks_space(),
        _ => false,
    };
    if digits.is_empty() || digits.len() > 3 || !is_mark {
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

    fn found(text: &str) -> Vec<(Typo, &str)> {
        let mut typos = Typos::new(text);
        typos.running_text(Span::new(0, text.len()));
        typos
            .found
            .into_iter()
            .map(|(typo, span)| (typo, &text[span.range()]))
            .collect()
    }

    #[test]
    fn numbered_lines_are_a_list_that_was_meant_and_reported_once() {
        assert_eq!(
            found("1、熟悉信贷\n2、熟悉风险\n3、熟悉合规"),
            [(Typo::ListMarker, "1、")]
        );
        assert_eq!(found("１）甲\n２）乙"), [(Typo::ListMarker, "１）")]);
        assert!(found("1、熟悉信贷").is_empty());
        assert!(found("2026、2027年").is_empty());
        assert!(found("1. 甲\n2. 乙").is_empty());
        assert_eq!(found("1.甲\n2.乙"), [(Typo::ListMarker, "1.")]);
        assert_eq!(found("1)甲\n2)乙"), [(Typo::ListMarker, "1)")]);
        assert_eq!(found("-甲\n-乙"), [(Typo::ListMarker, "-")]);
        for text in ["1.5万\n2.5万", "-5\n-6", "--甲\n--乙"] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert!(found("1、甲  \n2、乙\\\n3、丙").is_empty());
        assert_eq!(
            found("1、甲，\n还有甲；\n2、乙"),
            [(Typo::ListMarker, "1、")]
        );
    }

    #[test]
    fn lines_with_the_marks_of_a_word_processor_are_a_list_and_reported_once() {
        assert_eq!(
            found("条件：\n（一）甲；\n（二）乙；\n（三）丙。"),
            [(Typo::ListMarker, "（一）")]
        );
        assert_eq!(found("　　①甲\n　　②乙"), [(Typo::ListMarker, "①")]);
        assert_eq!(found("> ●　甲\n> ●　乙"), [(Typo::ListMarker, "●")]);
        assert_eq!(found("一、甲\n二、乙"), [(Typo::ListMarker, "一、")]);
        for text in [
            "（一）甲，\n以及乙。",
            "（一）甲  \n（二）乙",
            "①甲\\\n②乙",
            "见（一）\n和（二）",
            "（一）甲\n①乙",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn bars_that_make_no_table_are_reported_at_the_line_at_fault() {
        let table = Typo::Table;
        for (text, fault, at) in [
            (
                "| 甲 | 乙 |\n| 1 | 2 |",
                TableFault::NoRule(2),
                "| 甲 | 乙 |",
            ),
            ("|甲|乙|\n|——|——|\n|1|2|", TableFault::BadRule(2), "|——|——|"),
            ("｜甲｜\n｜乙｜", TableFault::Bars, "｜甲｜"),
        ] {
            assert_eq!(found(text), [(table(fault), at)], "{text}");
        }
        assert!(found("| 甲 |").is_empty());
    }
}
