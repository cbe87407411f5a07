//! What a line of running text begins with. Enters: one line, without the marks of a quotation before it. Leaves: the mark
//! that its author took for markdown, if there is one.

use crate::document_text::begins_with_mark;

/// Signs that open a title without a blank: `##【校招】`.
const OPENING: &[char] = &['【', '（', '“', '《', '「'];

/// The bytes of `##`, `＃　` or the like where a title follows and no heading came of it.
pub(super) fn heading_mark(line: &str) -> Option<usize> {
    let odd = |c: char| matches!(c, '\u{3000}' | '\u{A0}');
    let marked = line.trim_start_matches(odd);
    let rest = marked.trim_start_matches(['#', '＃']);
    let signs = &marked[..marked.len() - rest.len()];
    let title = rest.trim_start_matches(|c| c == ' ' || odd(c));
    let gap = &rest[..rest.len() - title.len()];
    let count = signs.chars().count();
    let next = title.chars().next()?;
    let is_title = next.is_alphanumeric() || OPENING.contains(&next);
    let is_ascii = marked.len() == line.len() && signs.is_ascii() && gap.is_ascii();
    // One sign is also how topics and numbers are written: `#校招#`, `#1`.
    let is_topic =
        count == 1 && gap.is_empty() && (next.is_numeric() || title.contains(['#', '＃']));
    let is_typo = (1..=6).contains(&count)
        && is_title
        && !is_topic
        // With an ASCII blank it is a heading, or is meant as text.
        && (!is_ascii || gap.is_empty());
    is_typo.then_some(line.len() - title.len())
}

/// Marks of lists that word processors make and markdown does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfficeMark {
    /// `（一）`
    BracketedHan,
    /// `一、`
    Han,
    /// `（1）`
    Bracketed,
    /// `①`
    Circled,
    /// `●`
    Bullet,
}

/// The mark that a line begins with, and its bytes.
pub(super) fn office_mark(line: &str) -> Option<(OfficeMark, usize)> {
    let first = line.chars().next()?;
    match first {
        '\u{2460}'..='\u{249B}' => return Some((OfficeMark::Circled, first.len_utf8())),
        '●' | '•' | '·' | '◆' | '◇' | '■' | '▪' | '▲' | '➢' | '➤' | '►' => {
            return Some((OfficeMark::Bullet, first.len_utf8()));
        }
        // `-甲` lacks the space that would make it an item.
        '-' | '－' if line[first.len_utf8()..].starts_with(char::is_alphabetic) => {
            return Some((OfficeMark::Bullet, first.len_utf8()));
        }
        _ => {}
    }
    let inner = line.strip_prefix(['（', '(']).unwrap_or(line);
    let is_bracketed = inner.len() < line.len();
    let han = |c: char| "一二三四五六七八九十".contains(c);
    let rest = inner.trim_start_matches(han);
    let (mark, rest) = match (rest.len() < inner.len(), is_bracketed) {
        (true, true) => (OfficeMark::BracketedHan, rest),
        (true, false) => (OfficeMark::Han, rest),
        (false, true) => (
            OfficeMark::Bracketed,
            inner.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)),
        ),
        (false, false) => return None,
    };
    let number = inner[..inner.len() - rest.len()].chars().count();
    let after = match mark {
        OfficeMark::Han => rest.strip_prefix('、'),
        _ => rest.strip_prefix(['）', ')']),
    }?;
    (1..=3)
        .contains(&number)
        .then_some((mark, line.len() - after.len()))
}

/// What is wrong with two lines of bars that should have begun a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFault {
    /// A bar is full-width.
    Bars,
    /// The line of hyphens is missing; so many columns it should have.
    NoRule(usize),
    /// The line of hyphens has other signs or another number of columns than this.
    BadRule(usize),
    /// Columns are parted by tabs, as they are when a table is pasted; so many there are.
    Tabs(usize),
}

const BARS: [char; 2] = ['|', '｜'];

/// The fault of a table whose first two lines these are.
pub(super) fn table_fault(head: &str, second: &str) -> Option<TableFault> {
    let (head, second) = (head.trim(), second.trim());
    let tabs = |line: &str| line.matches('\t').count();
    // A word processor puts a tab between the mark of an item and its words.
    let is_item = begins_with_mark(head) && begins_with_mark(second);
    if tabs(head) > 0 && tabs(head) == tabs(second) && !head.starts_with(BARS) && !is_item {
        return Some(TableFault::Tabs(tabs(head) + 1));
    }
    if !head.starts_with(BARS) || !second.starts_with(BARS) {
        return None;
    }
    if head.contains('｜') || second.contains('｜') {
        return Some(TableFault::Bars);
    }
    let is_rule = second.contains(['-', '－', '—', '–', '─'])
        && second.chars().all(|c| "|-－—–─:： \t\u{3000}".contains(c));
    Some(if is_rule {
        TableFault::BadRule(columns(head))
    } else {
        TableFault::NoRule(columns(head))
    })
}

/// The cells of a row.
pub(super) fn columns(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row).replace("\\|", "");
    row.strip_suffix('|').unwrap_or(&row).split('|').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_after_signs_that_make_no_heading_is_seen_and_topics_are_not() {
        for (line, mark) in [
            ("##福利待遇", "##"),
            ("###2. 乙是对的。", "###"),
            ("#福利", "#"),
            ("##Benefits", "##"),
            ("＃　福利", "＃　"),
            ("＃＃ 福利", "＃＃ "),
            ("#　福利", "#　"),
            ("　## 福利", "　## "),
            ("##【校招】", "##"),
        ] {
            assert_eq!(heading_mark(line), Some(mark.len()), "{line}");
        }
        for line in [
            "# 福利",
            "#校招#望澜银行",
            "#1会议室",
            "＃1",
            "#######福利",
            "##",
            "##，",
            "\\##福利",
            "按#键",
            "福利",
        ] {
            assert_eq!(heading_mark(line), None, "{line}");
        }
    }

    #[test]
    fn marks_of_word_processors_are_known() {
        for (line, mark) in [
            ("（一）甲", "（一）"),
            ("(十二)甲", "(十二)"),
            ("三、甲", "三、"),
            ("（1）甲", "（1）"),
            ("①甲", "①"),
            ("●　甲", "●"),
            ("•甲", "•"),
        ] {
            assert_eq!(
                office_mark(line).map(|(_, length)| length),
                Some(mark.len())
            );
        }
        for line in [
            "（注）甲",
            "一线员工",
            "1、甲",
            "（2026年）",
            "甲",
            "",
            "（",
            "一",
        ] {
            assert_eq!(office_mark(line), None, "{line}");
        }
    }

    #[test]
    fn the_fault_of_a_table_is_found_in_its_first_two_lines() {
        for (head, second, fault) in [
            ("| 甲 | 乙 |", "| 1 | 2 |", Some(TableFault::NoRule(2))),
            ("| 甲 | 乙 |", "|——|——|", Some(TableFault::BadRule(2))),
            ("|甲|乙|丙|", "|---|---|", Some(TableFault::BadRule(3))),
            ("|甲\\|乙|丙|", "|---|", Some(TableFault::BadRule(2))),
            ("｜甲｜乙｜", "｜---｜---｜", Some(TableFault::Bars)),
            ("甲\t乙", "1\t2", Some(TableFault::Tabs(2))),
            ("甲\t乙", "1\t2\t3", None),
            ("（一）\t甲", "（二）\t乙", None),
            ("\u{F0D8}\t甲", "\u{F0D8}\t乙", None),
            ("l\t甲", "l\t乙", None),
            ("| 甲", "乙", None),
            ("甲 | 乙", "| 1", None),
        ] {
            assert_eq!(table_fault(head, second), fault, "{head}");
        }
    }
}
