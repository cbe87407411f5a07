//! An outline as markdown. Enters: an outline. Leaves: markdown that this program's own reading gives back as the same
//! headings, lists and paragraphs; what would be markup in it is escaped.

use super::characters::is_blank;
use super::model::{Block, Cell, Format, Kind, Outline};
use std::borrow::Cow;
use std::fmt::Write;

/// The outline as markdown; its uppermost headings get `base` number signs.
pub fn to_markdown(outline: &Outline, base: u8) -> String {
    let size: usize = outline
        .blocks
        .iter()
        .map(|block| block.text.words.len() + 8)
        .sum();
    let mut out = String::with_capacity(size);
    let mut before: Option<&Block> = None;
    let mut lists = ListMarks::default();
    let mut blocks = outline.blocks.as_slice();
    while let Some((block, rest)) = blocks.split_first() {
        let adjoins = matches!(block.kind, Kind::Item { .. })
            && before.is_some_and(|before| matches!(before.kind, Kind::Item { .. }))
            && lists.goes_on(block);
        if before.is_some() {
            out.push_str(if adjoins { "\n" } else { "\n\n" });
        }
        if !matches!(block.kind, Kind::Item { .. }) {
            lists.end();
        }
        let words = escaped(block.text.as_str(), outline.format);
        blocks = rest;
        match block.kind {
            Kind::Title => {
                let _ = write!(
                    out,
                    "{} {}",
                    "#".repeat(usize::from(base.saturating_sub(1).clamp(1, 6))),
                    one_line(&words)
                );
            }
            Kind::Heading { level } => {
                let level = usize::from(base.max(1).saturating_add(level.max(1) - 1).min(6));
                let _ = write!(
                    out,
                    "{} {}",
                    "#".repeat(level),
                    heading_words(&one_line(&words), outline.format)
                );
            }
            Kind::Paragraph | Kind::Label { .. } => {
                out.push_str(&begins_no_block(&words, outline.format));
            }
            Kind::Item {
                depth,
                ordered,
                number,
                starts,
            } => {
                let mark = lists.mark(usize::from(depth), ordered, number, starts, before);
                out.push_str(&mark);
                out.push_str(&begins_no_block(&words, outline.format));
            }
            Kind::Cell(cell) => {
                let end = rest
                    .iter()
                    .take_while(
                        |next| matches!(next.kind, Kind::Cell(other) if other.table == cell.table),
                    )
                    .count();
                table(block, &rest[..end], outline.format, &mut out);
                blocks = &rest[end..];
            }
            Kind::Verbatim => out.push_str(block.text.as_str()),
        }
        before = Some(block);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Marks of the open lists: a list beside another of its kind takes the other sign.
#[derive(Default)]
struct ListMarks {
    open: Vec<(bool, bool, usize)>,
    last: Vec<(bool, bool)>,
}

impl ListMarks {
    fn end(&mut self) {
        self.open.clear();
        self.last.clear();
    }

    /// Whether an item goes on with a list that is open, or begins one inside its last item.
    fn goes_on(&self, block: &Block) -> bool {
        let Kind::Item {
            depth,
            starts,
            ordered,
            ..
        } = block.kind
        else {
            return false;
        };
        let depth = usize::from(depth).min(self.open.len());
        depth > 0 || (!starts && self.open.first().is_some_and(|open| open.0 == ordered))
    }

    fn mark(
        &mut self,
        depth: usize,
        ordered: bool,
        number: u32,
        starts: bool,
        before: Option<&Block>,
    ) -> String {
        let depth = depth.min(self.open.len());
        let goes_on = !starts && self.open.get(depth).is_some_and(|open| open.0 == ordered);
        let other = if goes_on {
            self.open[depth].1
        } else {
            let beside = before.is_some_and(|before| matches!(before.kind, Kind::Item { .. }));
            let last = self
                .last
                .get(depth)
                .copied()
                .filter(|last| beside && self.open.len() > depth && last.0 == ordered);
            last.is_some_and(|last| !last.1)
        };
        let indent: usize = self.open.iter().take(depth).map(|open| open.2).sum();
        let sign = match (ordered, other) {
            (true, false) => format!("{number}. "),
            (true, true) => format!("{number}) "),
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
        };
        self.open.truncate(depth);
        self.open.push((ordered, other, sign.len()));
        self.last.truncate(depth);
        self.last.push((ordered, other));
        format!("{}{sign}", " ".repeat(indent))
    }
}

/// A table of the cells that belong together.
fn table(first: &Block, rest: &[Block], format: Format, out: &mut String) {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last: Option<Cell> = None;
    for block in std::iter::once(first).chain(rest) {
        let Kind::Cell(cell) = block.kind else {
            continue;
        };
        if last.is_none_or(|last| last.row != cell.row) {
            rows.push(Vec::new());
        }
        let words = escaped(block.text.as_str(), format).replace('|', "\\|");
        if let Some(row) = rows.last_mut() {
            let column = usize::try_from(cell.column)
                .unwrap_or(0)
                .min(row.len() + 64);
            if last == Some(cell)
                && let Some(own) = row.last_mut()
            {
                own.push_str("<br>");
                own.push_str(&words);
            } else {
                while row.len() < column {
                    row.push(String::new());
                }
                row.push(words);
            }
        }
        last = Some(cell);
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push('|');
        for column in 0..width {
            let _ = write!(out, " {} |", row.get(column).map_or("", String::as_str));
        }
        if index == 0 {
            out.push_str("\n|");
            out.push_str(&" --- |".repeat(width));
        }
    }
}

fn one_line(words: &str) -> Cow<'_, str> {
    if words.contains('\n') {
        words.replace('\n', " ").into()
    } else {
        words.into()
    }
}

/// A heading's words, whose last signs would be read as its own.
fn heading_words(words: &str, format: Format) -> Cow<'_, str> {
    match words.strip_suffix('#') {
        Some(rest) if format == Format::Plain => format!("{rest}\\#").into(),
        _ => words.into(),
    }
}

/// Words that would begin another block, with a backslash before them.
fn begins_no_block(words: &str, format: Format) -> Cow<'_, str> {
    if format == Format::Markdown {
        return words.into();
    }
    let Some(first) = words.chars().next() else {
        return words.into();
    };
    let behind = |at: usize| words[at..].starts_with(is_blank) || words.len() == at;
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && words[digits..].starts_with(['.', ')']) && behind(digits + 1) {
        return format!("{}\\{}", &words[..digits], &words[digits..]).into();
    }
    let signs = words.trim_start_matches(first);
    let is_rule =
        matches!(first, '-' | '=') && signs.trim_matches(|c| is_blank(c) || c == first).is_empty();
    match first {
        '#' | '>' | ':' | '|' => format!("\\{words}").into(),
        '-' | '+' if behind(1) || is_rule => format!("\\{words}").into(),
        '=' if is_rule => format!("\\{words}").into(),
        _ => words.into(),
    }
}

/// Words in which nothing is markup.
fn escaped(words: &str, format: Format) -> Cow<'_, str> {
    let is_markup = |c: char| {
        matches!(
            c,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '~' | '&' | '{' | '}' | '$' | '|'
        )
    };
    if format == Format::Markdown || !words.contains(is_markup) {
        return words.into();
    }
    let mut out = String::with_capacity(words.len() + 16);
    let bytes = words.as_bytes();
    for (at, c) in words.char_indices() {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(at + c.len_utf8()).copied().unwrap_or(b' ');
        let escapes = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '{' | '}' => true,
            // A run of underscores is a blank to fill in, and one inside a word is a letter.
            '_' => {
                before != b'_'
                    && after != b'_'
                    && !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
            }
            '~' => before == b'~' || after == b'~',
            '&' => after.is_ascii_alphanumeric() || after == b'#',
            _ => false,
        };
        if escapes {
            out.push('\\');
        }
        out.push(c);
    }
    out.into()
}
