//! One line of a text as the grammar reads it. Enters: a line. Leaves: its characters, folded, each with its byte.

use crate::text::fold_char;

/// A line, character by character.
#[derive(Debug)]
pub(super) struct FoldedLine {
    /// The characters as written.
    pub raw: Vec<char>,
    /// The same folded: Simplified, half width, lower case.
    pub folded: Vec<char>,
    /// The byte of each in the whole text, and the byte behind the last.
    pub offsets: Vec<usize>,
}

impl FoldedLine {
    /// Reads a line that begins at a byte of the whole text.
    pub(super) fn read(line: &str, base: usize) -> FoldedLine {
        let content = line.trim_end_matches(['\n', '\r']);
        let raw: Vec<char> = content.chars().collect();
        let fold = |&c: &char| match c {
            '\u{a0}' => ' ',
            c => fold_char(c),
        };
        let folded = raw.iter().map(fold).collect();
        let mut offsets: Vec<usize> = content.char_indices().map(|(at, _)| base + at).collect();
        offsets.push(base + content.len());
        FoldedLine {
            raw,
            folded,
            offsets,
        }
    }

    /// The place of a byte of the whole text among the characters.
    pub(super) fn place(&self, offset: usize) -> usize {
        self.offsets.partition_point(|&at| at < offset)
    }

    /// What was written from one place to another.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        self.raw[from..to].iter().collect()
    }
}

/// Lines of a text that can hold blanks, with the byte where each begins: those of fenced code cannot.
pub(super) fn prose_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start();
        let fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        if fence {
            fenced = !fenced;
        }
        (!fence && !fenced).then_some((start, line))
    })
}
