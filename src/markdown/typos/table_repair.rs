//! The repair of lines that were meant as a table. Enters: a text, the line at fault and its fault. Leaves: what makes them
//! a table, where every line has as many columns as the head.

use super::lines::{TableFault, columns};
use crate::text::Span;

/// The bytes to replace, and by what.
pub(super) fn written_as_table(
    text: &str,
    head: Span,
    fault: TableFault,
) -> Option<(Span, String)> {
    let (start, end) = (head.start as usize, head.end as usize);
    // In a quotation or a list, what stands before the line is a part of it.
    if start > 0 && !text[..start].ends_with('\n') {
        return None;
    }
    let is_blank = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = text[start..]
        .lines()
        .take_while(|line| !is_blank(line))
        .collect();
    match fault {
        TableFault::NoRule(count) => {
            let fits = |line: &&str| line.starts_with('|') && columns(line.trim()) == count;
            let rule = format!("\n|{}", "---|".repeat(count));
            lines.iter().all(fits).then(|| (Span::new(end, end), rule))
        }
        TableFault::Tabs(count) => {
            let row = |line: &str| {
                let cells: Vec<&str> = line.trim_end().split('\t').map(str::trim).collect();
                format!("| {} |", cells.join(" | "))
            };
            let fits =
                |line: &&str| line.trim().split('\t').count() == count && !line.contains('|');
            if !lines.iter().all(fits) {
                return None;
            }
            let mut rows: Vec<String> = lines.iter().map(|line| row(line)).collect();
            rows.insert(1, format!("|{}", "---|".repeat(count)));
            let bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
            Some((Span::new(start, start + bytes - 1), rows.join("\n")))
        }
        TableFault::Bars | TableFault::BadRule(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str, fault: TableFault) -> Option<String> {
        let head = Span::new(0, text.lines().next()?.len());
        let (span, table) = written_as_table(text, head, fault)?;
        let mut repaired = text.to_owned();
        repaired.replace_range(span.range(), &table);
        Some(repaired)
    }

    #[test]
    fn lines_with_as_many_columns_become_a_table() {
        assert_eq!(
            repaired("| 甲 | 乙 |\n| 1 | 2 |\n\n丙", TableFault::NoRule(2)).as_deref(),
            Some("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n丙")
        );
        assert_eq!(
            repaired("甲\t乙\n1\t2\n\n丙", TableFault::Tabs(2)).as_deref(),
            Some("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n丙")
        );
    }

    #[test]
    fn lines_of_another_form_are_left_to_the_author() {
        for (text, fault) in [
            ("| 甲 | 乙 |\n| 1 |", TableFault::NoRule(2)),
            ("| 甲 | 乙 |\n| 1 | 2 |\n注：丙", TableFault::NoRule(2)),
            ("甲\t乙\n1\t2\n注：丙", TableFault::Tabs(2)),
            ("甲\t乙\n1|3\t2", TableFault::Tabs(2)),
        ] {
            assert_eq!(repaired(text, fault), None, "{text}");
        }
    }
}
