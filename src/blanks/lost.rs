//! Text that was deleted without a trace: `增幅达%`, `修订了，对`. Enters: a line and its blanks. Leaves: warnings where
//! something seems to be missing. Nothing is guessed and nothing is made a blank.

use super::grammar::Grammar;
use super::line::FoldedLine;
use super::template::TemplateFault;
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::Span;
use std::ops::Range;

/// Stands for a blank.
const BLANK: char = '▯';

/// The most faults that are reported for one line.
const MOST: usize = 10;

/// What seems to be missing in a line.
pub(super) fn lost_text(line: &FoldedLine, blanks: &[Range<usize>]) -> Vec<TemplateFault> {
    // A table's head says % and 万元 without a number.
    if line.folded.iter().find(|&&c| c != ' ') == Some(&'|') {
        return Vec::new();
    }
    let mut text = String::with_capacity(line.folded.len() * 3);
    // For every byte of the text, the character that it comes from; for the last byte of a blank, the blank's last.
    let mut places: Vec<usize> = Vec::new();
    let mut blanks = blanks.iter().peekable();
    for (at, &c) in line.folded.iter().enumerate() {
        while blanks.peek().is_some_and(|blank| blank.end <= at) {
            blanks.next();
        }
        let (c, last) = match blanks.peek() {
            Some(blank) if blank.start == at => (BLANK, blank.end - 1),
            Some(blank) if blank.contains(&at) => continue,
            _ => (c, at),
        };
        text.push(c);
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
        if let Some(place) = places.last_mut().filter(|_| c.len_utf8() > 1) {
            *place = last;
        }
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for pattern in &Grammar::get().lost {
        for hit in pattern.find_iter(&text).take(MOST) {
            let range = places[hit.start()]..places[hit.end() - 1] + 1;
            if !found
                .iter()
                .any(|other| other.start < range.end && range.start < other.end)
            {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
        .into_iter()
        .take(MOST)
        .map(|range| {
            let words = line.written(range.start, range.end);
            TemplateFault {
                fault: Diagnostic::warning(
                    "lost-text",
                    say!(
                        "“{words}”这里好像少了字",
                        "something seems to be missing at `{words}`"
                    ),
                )
                .help(say!(
                    "要填写的地方写成 ____，不用填的补全原文",
                    "write ____ where a value belongs, or restore the words"
                )),
                span: Span::new(line.offsets[range.start], line.offsets[range.end]),
                in_front_matter: false,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blanks::{Blanks, find_blanks};

    fn lost(text: &str) -> Vec<String> {
        let line = FoldedLine::read(text, 0);
        let blanks: Vec<Range<usize>> = find_blanks(text, Blanks::All)
            .iter()
            .map(|blank| line.place(blank.span.start as usize)..line.place(blank.span.end as usize))
            .collect();
        lost_text(&line, &blanks)
            .iter()
            .map(|fault| text[fault.span.range()].to_owned())
            .collect()
    }

    #[test]
    fn what_was_deleted_is_found_and_what_is_a_blank_is_not() {
        assert_eq!(
            lost("增幅达%，及時修訂了，對流程再行梳理"),
            ["达%", "修訂了，"]
        );
        assert_eq!(
            lost("近30亿存款、亿贷款，通過學習年國家政策"),
            ["、亿贷款", "學習年國家"]
        );
        assert_eq!(
            lost("列第位，利润为万元，客户数小XXXX"),
            ["第位，", "为万元", "数小XXXX"]
        );
        assert!(lost("增幅达__%，修订了制度，近30亿元存款、5亿贷款，利润为 万元").is_empty());
        assert!(lost("比年初增加10万元，按照年度计划，列第3名，占比 12%，“求是”").is_empty());
        assert!(lost("| 指标 | 占比% |").is_empty());
    }
}
