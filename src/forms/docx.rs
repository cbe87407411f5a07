//! A filled report as a Word document. Enters: blocks and values. Leaves: the bytes of a `.docx` with headings, tables, and
//! a content control for every blank that remains. No clock: the same report gives the same bytes.

use super::Filled;
use crate::blanks::Template;
use crate::markdown::{Block, Inline, Style};
use anyhow::Result;
use docx_rs::{
    AlignmentType, BreakType, Docx, LineSpacing, PageMargin, Paragraph, Run, RunFonts,
    SpecialIndentType, StructuredDataTag, Style as WordStyle, StyleType, Table, TableCell,
    TableRow,
};
use std::io::Cursor;

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// 25 mm and 20 mm.
const MARGIN: (i32, i32) = (1_417, 1_134);
/// Half points of the body's text: 12 pt, 小四.
const SIZE: usize = 24;
/// An indent of two characters, and of one level of a list.
const INDENT: i32 = 480;

/// The report as a Word document.
pub fn to_docx(
    blocks: &[Block],
    title: &str,
    template: &Template,
    filled: &Filled,
) -> Result<Vec<u8>> {
    let writer = DocxWriter { template, filled };
    let serif = RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia("宋体");
    let margin = PageMargin {
        top: MARGIN.0,
        bottom: MARGIN.0,
        left: MARGIN.1,
        right: MARGIN.1,
        ..PageMargin::new()
    };
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(serif)
        .default_size(SIZE)
        .default_line_spacing(LineSpacing::new().line(360))
        .add_style(heading("Title", "Title", 36, 0).align(AlignmentType::Center))
        .add_paragraph(
            Paragraph::new()
                .style("Title")
                .add_run(Run::new().add_text(allowed(title))),
        );
    for (level, size) in [(1, 32), (2, 30), (3, 28), (4, 26), (5, 24), (6, 24)] {
        docx = docx.add_style(heading(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            size,
            level,
        ));
    }
    for block in blocks {
        docx = match block {
            Block::Table(rows) => docx.add_table(writer.table(rows)),
            block => docx.add_paragraph(writer.paragraph(block)),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes)?;
    Ok(bytes.into_inner())
}

/// A style that Word's own outline knows; level 0 is none of it.
fn heading(id: &str, name: &str, size: usize, level: usize) -> WordStyle {
    let sans = RunFonts::new()
        .ascii("Arial")
        .hi_ansi("Arial")
        .east_asia("黑体");
    let style = WordStyle::new(id, StyleType::Paragraph)
        .name(name)
        .size(size)
        .bold()
        .fonts(sans);
    match level.checked_sub(1) {
        Some(outline) => style.outline_lvl(outline),
        None => style,
    }
}

struct DocxWriter<'a> {
    template: &'a Template,
    filled: &'a Filled,
}

impl DocxWriter<'_> {
    fn paragraph(&self, block: &Block) -> Paragraph {
        match block {
            Block::Heading(level, line) => {
                // The title is the first level.
                let style = format!("Heading{}", level.saturating_sub(1).clamp(1, 6));
                self.line(Paragraph::new().style(&style).keep_next(true), line)
            }
            Block::Paragraph(line) => {
                let indent = Some(SpecialIndentType::FirstLine(INDENT));
                self.line(Paragraph::new().indent(None, indent, None, None), line)
            }
            Block::Item(depth, number, line) => {
                let depth = i32::try_from(*depth).unwrap_or(i32::MAX);
                let left = INDENT.saturating_mul(depth.saturating_add(1));
                let mark = number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
                let paragraph = Paragraph::new()
                    .indent(Some(left), None, None, None)
                    .add_run(Run::new().add_text(mark));
                self.line(paragraph, line)
            }
            Block::Quote(line) => self.line(
                Paragraph::new().indent(Some(INDENT), None, Some(INDENT), None),
                line,
            ),
            Block::Rule | Block::Table(_) => Paragraph::new(),
        }
    }

    fn table(&self, rows: &[Vec<Vec<Inline>>]) -> Table {
        let cell =
            |line: &Vec<Inline>| TableCell::new().add_paragraph(self.line(Paragraph::new(), line));
        let rows = rows
            .iter()
            .map(|row| TableRow::new(row.iter().map(cell).collect()).cant_split());
        Table::new(rows.collect())
    }

    fn line(&self, paragraph: Paragraph, line: &[Inline]) -> Paragraph {
        line.iter()
            .fold(paragraph, |paragraph, inline| match inline {
                Inline::Text(text, style) => paragraph.add_run(run(text, *style)),
                Inline::Break => paragraph.add_run(Run::new().add_break(BreakType::TextWrapping)),
                Inline::Blank(number) => match self.filled.in_blank(self.template, *number) {
                    Some(value) => paragraph.add_run(Run::new().add_text(allowed(value))),
                    None => paragraph.add_structured_data_tag(self.control(*number)),
                },
            })
    }

    /// A content control called after the blank, with a line to write on in it.
    fn control(&self, number: usize) -> StructuredDataTag {
        let blank = self.template.blanks.get(number);
        let field = blank.and_then(|blank| self.template.fields.get(blank.field));
        let label = field.map_or("填空", |field| field.label.as_str());
        let width = blank.map_or(4, |blank| blank.width);
        StructuredDataTag::new()
            .alias(attribute(label))
            .add_run(Run::new().add_text("_".repeat(width)))
    }
}

/// The text without what XML 1.0 forbids (its production `Char`): a reference such as `&#1;` makes it.
fn allowed(text: &str) -> String {
    let forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    text.replace(forbidden, "")
}

/// A text as the value of an attribute, which the library writes as it is.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in allowed(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

fn run(text: &str, style: Style) -> Run {
    let mut run = Run::new().add_text(allowed(text));
    if style.strong {
        run = run.bold();
    }
    if style.emphasis {
        run = run.italic();
    }
    if style.strike {
        run = run.strike();
    }
    run
}
