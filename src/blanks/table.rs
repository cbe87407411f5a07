//! Blanks in tables. Enters: the rows of a table. Leaves: what a blank is called: its row, and its column.

use super::line::FoldedLine;

/// The longest label, in characters.
const LONGEST: usize = 24;

/// Whether a line is a row of a table.
pub(super) fn is_table_row(line: &FoldedLine) -> bool {
    line.folded.iter().find(|&&c| c != ' ') == Some(&'|')
}

/// The cells of a row, each with where it begins.
pub(super) fn cells(line: &FoldedLine) -> impl Iterator<Item = (usize, String)> {
    let ends = (0..line.raw.len()).filter(|&at| line.raw[at] == '|');
    let ends: Vec<usize> = ends.collect();
    let pairs: Vec<(usize, usize)> = ends.windows(2).map(|pair| (pair[0] + 1, pair[1])).collect();
    pairs
        .into_iter()
        .map(|(start, end)| (start, line.written(start, end).trim().to_owned()))
}

/// What a blank in a row with these cells is called: its row, and its column where the table has more than two.
pub(super) fn cell_label(cells: &[(usize, String)], at: usize, head: &[String]) -> Option<String> {
    let column = cells
        .partition_point(|(start, _)| *start <= at)
        .checked_sub(1)?;
    let row = &cells.first()?.1;
    let is_word = |c: char| c.is_alphabetic() && !matches!(c, 'X' | 'x');
    if column == 0 || !row.chars().any(is_word) {
        return None;
    }
    let heading = head.get(column).filter(|_| head.len() > 2);
    let text = format!("{row}{}", heading.map_or("", String::as_str));
    Some(
        text.chars()
            .filter(|c| !matches!(c, '*' | '_' | '`'))
            .take(LONGEST)
            .collect(),
    )
}
