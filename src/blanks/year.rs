//! Years in a report: the year that it is about, the one before, the one after, and years in somebody's past. Enters: a
//! line and a blank. Leaves: how the blank relates to the report's year. They are asked once and follow from each other.

use super::grammar::Grammar;
use super::label::is_date_line;
use super::line::FoldedLine;
use std::ops::Range;

/// How a year relates to the report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearRole {
    /// The report's year plus this many.
    Report(i32),
    /// A year of its own.
    Own,
}

impl YearRole {
    /// What the form calls it; nothing for a year of its own, which its sentence names.
    pub(super) fn label(self) -> Option<String> {
        match self {
            YearRole::Report(0) => Some("报告年份".to_owned()),
            YearRole::Report(..0) => Some("上一年份".to_owned()),
            YearRole::Report(_) => Some("下一年份".to_owned()),
            YearRole::Own => None,
        }
    }
}

/// How many characters around a year say what it is.
const REACH: usize = 14;

/// Reads the role of a year's blank in its sentence and section.
pub(super) fn year_role(
    line: &FoldedLine,
    blank: Range<usize>,
    right_end: usize,
    section: &str,
) -> YearRole {
    let grammar = Grammar::get();
    let prefix = line.folded[..blank.start]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let before = &line.folded[..blank.start - prefix];
    let after: Vec<char> = line.folded[right_end..]
        .iter()
        .take_while(|c| !matches!(c, ',' | '。' | ';'))
        .take(REACH)
        .copied()
        .collect();
    // The date at a text's end is the day of signing.
    if is_date_line(line) {
        return YearRole::Own;
    }
    let month = after
        .iter()
        .take_while(|c| {
            c.is_ascii_digit() || matches!(c, '_' | 'x' | '月' | '日' | '末' | '初' | '底' | ' ')
        })
        .count();
    if grammar.year_past.begins(&after[month..]).is_some()
        || (grammar.year_own.ends(before).is_some() && month > 0)
    {
        return YearRole::Own;
    }
    let section: Vec<char> = section.chars().map(crate::text::fold_char).collect();
    let clause = before
        .iter()
        .rev()
        .take_while(|c| !matches!(c, ',' | '。' | ';' | ':'))
        .take(REACH)
        .count();
    let clause = &before[before.len() - clause..];
    if grammar.year_after.ends(before).is_some() || grammar.year_sections.occurs_in(&section) {
        YearRole::Report(1)
    } else if grammar.year_before.ends(before).is_some()
        || grammar.year_before.ends(clause).is_some()
    {
        YearRole::Report(-1)
    } else {
        YearRole::Report(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str, section: &str) -> YearRole {
        let line = FoldedLine::read(text, 0);
        let start = line.raw.iter().position(|&c| c == '_').unwrap();
        let end = start + line.raw[start..].iter().take_while(|&&c| c == '_').count();
        year_role(&line, start..end, end + 1, section)
    }

    #[test]
    fn years_relate_to_the_year_of_the_report() {
        assert_eq!(role("__年上半年，我行存款", ""), YearRole::Report(0));
        assert_eq!(role("截止到__年12月末", ""), YearRole::Report(0));
        assert_eq!(role("總結__年國家宏觀經濟", ""), YearRole::Report(-1));
        assert_eq!(role("比20__年多", ""), YearRole::Report(-1));
        assert_eq!(role("計劃在__年全面推行", ""), YearRole::Report(1));
        assert_eq!(
            role("20__年，我的目标是", "四、下一年打算"),
            YearRole::Report(1)
        );
        assert_eq!(role("__年9月起擔任授信管理部經理", ""), YearRole::Own);
        assert_eq!(role("__年12月經分行批準", ""), YearRole::Own);
        assert_eq!(role("本人____年入行", ""), YearRole::Own);
        assert_eq!(role("自__年2月担任支行行长", ""), YearRole::Own);
        assert_eq!(role("20__年7月1日", "四、下一年打算"), YearRole::Own);
    }
}
