//! A report as blocks, for writers of other formats. Enters: a body. Leaves: headings, paragraphs, items and tables, in
//! whose text blanks stand by number. Raw HTML and pictures are left out; their text stays.

use super::events::Events;
use super::mask::{BLANK, mask};
use super::{Profile, find_blanks};
use pulldown_cmark::{Event, Tag, TagEnd};

/// How a text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Struck through.
    pub strike: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String, Style),
    /// A blank by its number in the body.
    Blank(usize),
    /// A new line in the same paragraph.
    Break,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of a level from 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// An item of a list: how deep, from 0, and its number where the list is numbered.
    Item(usize, Option<u64>, Vec<Inline>),
    /// A paragraph of a quotation.
    Quote(Vec<Inline>),
    /// A table: rows of cells, the head first.
    Table(Vec<Vec<Vec<Inline>>>),
    /// A line across.
    Rule,
}

/// The blocks of a body.
pub fn blocks(text: &str, profile: Profile) -> Vec<Block> {
    let found = find_blanks(text, profile.blanks);
    let masked = mask(text, &found, profile);
    let mut reading = BlockReader::default();
    for (event, _) in Events::new(&masked, profile) {
        reading.take(event);
    }
    reading.close();
    reading.blocks
}

#[derive(Default)]
struct BlockReader {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    style: Style,
    /// How many blanks have been passed.
    blanks: usize,
    /// The next number of each open list; none for a list without numbers.
    lists: Vec<Option<u64>>,
    /// The item whose first paragraph has not come yet.
    item: Option<(usize, Option<u64>)>,
    quotes: usize,
    table: Vec<Vec<Vec<Inline>>>,
}

impl BlockReader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.line.push(Inline::Break),
            Event::Rule => {
                self.close();
                self.blocks.push(Block::Rule);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut pieces = text.split(BLANK);
        self.words(pieces.next().unwrap_or(""));
        for piece in pieces {
            self.line.push(Inline::Blank(self.blanks));
            self.blanks += 1;
            self.words(piece);
        }
    }

    fn words(&mut self, words: &str) {
        match self.line.last_mut() {
            _ if words.is_empty() => {}
            Some(Inline::Text(text, style)) if *style == self.style => text.push_str(words),
            _ => self.line.push(Inline::Text(words.to_owned(), self.style)),
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strikethrough => self.style.strike = true,
            Tag::List(first) => {
                self.close();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.close();
                let depth = self.lists.len().saturating_sub(1);
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let number = number.map(|next| {
                    *next += 1;
                    *next - 1
                });
                self.item = Some((depth, number));
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_) => {
                self.close();
            }
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strikethrough => self.style.strike = false,
            TagEnd::Heading(level) => {
                let line = std::mem::take(&mut self.line);
                self.blocks.push(Block::Heading(level as u8, line));
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.blocks.push(Block::Table(table));
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock => self.close(),
            _ => {}
        }
    }

    /// Ends the open line, if there is one.
    fn close(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        self.blocks.push(match self.item.take() {
            Some((depth, number)) => Block::Item(depth, number, line),
            None if self.quotes > 0 => Block::Quote(line),
            None => Block::Paragraph(line),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Blanks;

    #[test]
    fn blocks_keep_structure_and_number_their_blanks() {
        let text = "## 一、**存款**\n\n余额__万元。\n\n1. 甲__\n   - 乙\n\n| 项 | 额 |\n| --- | --- |\n| 存款 | __ |\n\n> 引用\n";
        let blocks = blocks(text, Profile::new(Blanks::All, true));
        let strong = Style {
            strong: true,
            ..Style::default()
        };
        let words = |text: &str| Inline::Text(text.to_owned(), Style::default());
        assert_eq!(
            blocks,
            [
                Block::Heading(
                    2,
                    vec![words("一、"), Inline::Text("存款".to_owned(), strong)]
                ),
                Block::Paragraph(vec![words("余额"), Inline::Blank(0), words("万元。")]),
                Block::Item(0, Some(1), vec![words("甲"), Inline::Blank(1)]),
                Block::Item(1, None, vec![words("乙")]),
                Block::Table(vec![
                    vec![vec![words("项")], vec![words("额")]],
                    vec![vec![words("存款")], vec![Inline::Blank(2)]],
                ]),
                Block::Quote(vec![words("引用")]),
            ]
        );
    }
}
