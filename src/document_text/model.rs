//! What the reader takes and gives. Enters: paragraphs with what their file says of them. Leaves: an outline whose every
//! word, mark and left-out character has its place in the source and its reason.

use super::reasons::{NotTakenReason, NoteReason, Reason};
use crate::text::Span;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Words as they are pasted or copied out of a file: a backslash is a backslash.
    #[default]
    Plain,
    /// The body of a document: markdown that an author wrote stays, and its text is not escaped again.
    Markdown,
}

/// A paragraph as a file gives it, with what the file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// The words; line breaks inside part lines.
    pub text: &'a str,
    /// The line of the source, from 1, or the number of the paragraph.
    pub line: u32,
    /// Where the words begin in the source, in bytes.
    pub start: u32,
    /// What the file says beside the words.
    pub hints: Hints,
}

/// What a file says of a paragraph beside its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// The level of a heading's style, from 1.
    pub heading: Option<u8>,
    /// The place in a list whose numbers or marks stand in the file's definitions and not in the words.
    pub list: Option<ListHint>,
    /// Every word is bold.
    pub bold: bool,
    /// The paragraph is centred.
    pub centred: bool,
    /// Columns before the first word that the file's layout adds; a full-width character takes two.
    pub indent: u32,
    /// The cell of a table that it stands in.
    pub cell: Option<Cell>,
    /// A new page begins before it.
    pub page_break: bool,
}

/// A place in a list of a word processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListHint {
    /// Which list: paragraphs with one number belong together.
    pub list: u32,
    /// How deep, from 0.
    pub level: u8,
    /// Whether its items have numbers.
    pub ordered: bool,
    /// The number that the word processor prints, where it is known.
    pub number: Option<u32>,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Which table, from 0.
    pub table: u32,
    /// Which row, from 0.
    pub row: u32,
    /// Which column, from 0.
    pub column: u32,
}

/// A place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The line of the first byte, from 1.
    pub line: u32,
    /// The bytes, from the first to the last that belong to it.
    pub span: Span,
}

/// Words that stand in the source one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where they begin in the text, in bytes.
    pub at: u32,
    /// Where they stand in the source.
    pub source: Span,
    /// Whether they read differently there: `,` became `，`, a line break became a blank.
    pub changed: bool,
}

/// Words with the places they came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub(super) words: String,
    pub(super) runs: Vec<Run>,
}

impl Text {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The runs, in order; together they are the words.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The bytes of the source that a range of the words came from, from the first to the last.
    pub fn source(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.source_at(range.start, false);
        let end = self.source_at(range.end, true);
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Where a byte of the words stands in the source; an end belongs to the run before it.
    fn source_at(&self, at: usize, is_end: bool) -> u32 {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let index = self
            .runs
            .partition_point(|run| if is_end { run.at < at } else { run.at <= at });
        let Some(run) = index.checked_sub(1).and_then(|index| self.runs.get(index)) else {
            return self.runs.first().map_or(0, |run| run.source.start);
        };
        match (run.changed, is_end) {
            (true, true) => run.source.end,
            (true, false) => run.source.start,
            (false, _) => (run.source.start + (at - run.at)).min(run.source.end),
        }
    }

    /// Adds words that stand in the source as they are.
    pub(super) fn push(&mut self, words: &str, start: u32) {
        self.push_run(
            words,
            Span::new(start as usize, start as usize + words.len()),
            false,
        );
    }

    /// Adds words that read differently in the source.
    pub(super) fn push_changed(&mut self, words: &str, source: Span) {
        self.push_run(words, source, true);
    }

    fn push_run(&mut self, words: &str, source: Span, changed: bool) {
        if words.is_empty() {
            return;
        }
        let at = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push_str(words);
        if let Some(last) = self.runs.last_mut()
            && !changed
            && !last.changed
            && last.source.end == source.start
        {
            last.source.end = source.end;
            return;
        }
        self.runs.push(Run {
            at,
            source,
            changed,
        });
    }

    /// Adds the words of another text.
    pub(super) fn append(&mut self, other: &Text) {
        for (index, run) in other.runs.iter().enumerate() {
            let end = other
                .runs
                .get(index + 1)
                .map_or(other.words.len(), |next| next.at as usize);
            self.push_run(&other.words[run.at as usize..end], run.source, run.changed);
        }
    }

    /// The words from a byte on.
    pub(super) fn from(mut self, at: usize) -> Text {
        if at == 0 {
            return self;
        }
        match self.runs.as_mut_slice() {
            [run] if !run.changed => {
                self.words.drain(..at);
                run.source.start += u32::try_from(at).unwrap_or(0);
                self
            }
            _ => self.slice(at..self.words.len()),
        }
    }

    /// A part of the words; its work grows with the part and not with the whole.
    pub(super) fn slice(&self, range: std::ops::Range<usize>) -> Text {
        let mut part = Text::default();
        let first = self
            .runs
            .partition_point(|run| run.at as usize <= range.start)
            .saturating_sub(1);
        for (index, run) in self.runs.iter().enumerate().skip(first) {
            let (at, end) = (
                run.at as usize,
                self.runs
                    .get(index + 1)
                    .map_or(self.words.len(), |next| next.at as usize),
            );
            if at >= range.end {
                break;
            }
            let (from, to) = (at.max(range.start), end.min(range.end));
            if from >= to {
                continue;
            }
            let source = if run.changed {
                run.source
            } else {
                let start = run.source.start as usize + (from - at);
                Span::new(start, start + (to - from))
            };
            part.push_run(&self.words[from..to], source, run.changed);
        }
        part
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title of the whole text; read only where it is asked for.
    Title,
    /// A heading; the uppermost has level 1.
    Heading {
        /// The level, from 1.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// A line that gives one thing its value: `招聘人数：2人`.
    Label {
        /// The bytes of the key in the text.
        key: Span,
        /// The bytes of the value in the text.
        value: Span,
    },
    /// An item of a list.
    Item {
        /// How deep, from 0.
        depth: u8,
        /// Whether its list has numbers.
        ordered: bool,
        /// Its place in its list, counted from the number that the list begins with.
        number: u32,
        /// Whether a list begins with it.
        starts: bool,
    },
    /// A paragraph in a cell of a table.
    Cell(Cell),
    /// Markdown that stays as it is written: code, tables, quotations, pictures, HTML.
    Verbatim,
}

/// A mark or a number at the beginning of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkRead {
    /// Where it stands.
    pub place: Place,
    /// The number that it says, if it says one.
    pub number: Option<u32>,
    /// The bytes of the text that it takes where it stays in the text, as 一、 of a heading does; otherwise 0.
    pub kept: u32,
}

/// A part of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its words, without the mark of an item and without ornaments.
    pub text: Text,
    /// Where it stands.
    pub place: Place,
    /// Its mark or number.
    pub mark: Option<MarkRead>,
    /// Why it is what it is.
    pub reason: Reason,
    /// A new page begins before it.
    pub page_break: bool,
}

impl Block {
    /// The key and the value of a label line.
    pub fn label(&self) -> Option<(&str, &str)> {
        let Kind::Label { key, value } = self.kind else {
            return None;
        };
        let words = self.text.as_str();
        Some((words.get(key.range())?, words.get(value.range())?))
    }

    /// The words without the number that a heading keeps: 岗位职责 of 一、岗位职责.
    pub fn bare(&self) -> &str {
        let kept = self.mark.map_or(0, |mark| mark.kept as usize);
        self.text.as_str().get(kept..).unwrap_or("")
    }
}

/// Characters that are in no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotTaken {
    /// Where they stand.
    pub place: Place,
    /// Why they are in no block.
    pub reason: NotTakenReason,
}

/// Something that a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub reason: NoteReason,
}

/// A text as its reader understands it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// How the source was written.
    pub format: Format,
    /// The blocks, in the order of the source.
    pub blocks: Vec<Block>,
    /// What is in no block, in the order of the source.
    pub not_taken: Vec<NotTaken>,
    /// What a person should look at, in the order of the source.
    pub notes: Vec<Note>,
    /// Columns of a full line, where the lines of the source were broken by their width.
    pub wrapped_at: Option<u32>,
    /// Steps of work that the reading took: characters looked at and lines compared.
    pub steps: u64,
}
