//! Source files and places in them. Enters: text as loaded. Leaves: byte spans and line and column numbers.
//! Nothing here reads a disk.

use std::sync::Arc;

/// A text file of the site, as loaded: its path inside the site and its UTF-8 text.
#[derive(Debug)]
pub struct SourceFile {
    /// Path from the site's root, with `/` between folders, in normal form NFC.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// A range of bytes in one file; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a text of a site has a few megabytes at most"
    )]
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span together with the file it lies in.
#[derive(Debug, Clone)]
pub struct SourceSpan {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes meant.
    pub span: Span,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// The span of the character at a byte; empty at the end of a line.
    pub fn character(&self, at: usize) -> Span {
        let length = self.text[at.min(self.text.len())..]
            .chars()
            .next()
            .filter(|&c| c != '\n')
            .map_or(0, char::len_utf8);
        Span::new(at, at + length)
    }

    /// The line and column of a byte offset; an offset inside a character counts as its start.
    pub fn position(&self, byte_offset: usize) -> Position {
        let end = self.floor_boundary(byte_offset);
        super::work::count(end);
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The byte offset where a line (from 1) begins; past the end, the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        if line <= 1 {
            return 0;
        }
        self.text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(self.text.len(), |(index, _)| index + 1)
    }

    /// The byte offset of a line and column as a `Position` counts them.
    pub fn byte_offset(&self, position: Position) -> usize {
        let start = self.line_start(position.line);
        let line = self.text[start..].split('\n').next().unwrap_or("");
        start
            + line
                .char_indices()
                .nth(position.column.saturating_sub(1))
                .map_or(line.len(), |(index, _)| index)
    }

    /// The span cut to this text and to character boundaries.
    pub fn clamp(&self, span: Span) -> Span {
        let start = self.floor_boundary(span.start as usize);
        let end = self.floor_boundary(span.end as usize).max(start);
        Span::new(start, end)
    }

    fn floor_boundary(&self, byte_offset: usize) -> usize {
        let mut end = byte_offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_round_trip() {
        let file = SourceFile {
            path: "a.md".into(),
            text: "一二\n三四五\n".into(),
        };
        let position = file.position("一二\n三四".len());
        assert_eq!(position, Position { line: 2, column: 3 });
        assert_eq!(file.byte_offset(position), "一二\n三四".len());
        assert_eq!(file.position(1), Position { line: 1, column: 1 });
        assert_eq!(file.line_start(9), file.text.len());
    }
}
