//! What one blank takes. Enters: a line and a blank's place in it. Leaves: its type, its unit and the reason, from the
//! right neighbour, then the left one, then the phrase before it. The classes and their neighbours are those that
//! counting 259 blanks of real summaries gave.

use super::BlankType;
use super::grammar::{Grammar, Right};
use super::line::FoldedLine;
use crate::diagnostic::Text;
use crate::say;
use std::ops::Range;

/// What a blank takes, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typing {
    /// The type.
    pub blank_type: BlankType,
    /// The unit in Simplified characters, `万元`; nothing where the text states none.
    pub unit: Option<String>,
    /// Where unit or deciding word stand in the line, as characters; empty where nothing right of it decides.
    pub right: Range<usize>,
    /// Why.
    pub reason: Text,
}

/// Decides what a blank takes that its author has not named.
pub(super) fn type_of(line: &FoldedLine, blank: Range<usize>) -> Typing {
    let grammar = Grammar::get();
    let (before, after) = (&line.folded[..blank.start], &line.folded[blank.end..]);
    let right = grammar.right_of(after);
    let word = |right: Right| {
        let start = blank.end + right.skipped;
        start..start + right.length
    };
    let decided = |blank_type: BlankType, right: Option<Right>, reason: Text| {
        let range = right.map_or(blank.end..blank.end, word);
        let is_figure = right.is_some_and(|right| right.is_unit)
            && !matches!(
                blank_type,
                BlankType::Year | BlankType::Month | BlankType::Rank
            );
        Typing {
            blank_type,
            unit: is_figure.then(|| line.folded[range.clone()].iter().collect()),
            right: range,
            reason,
        }
    };
    let known = right.filter(|right| right.blank_type.is_some());
    let followed = known.map(|right| line.written(word(right).start, word(right).end));
    if before.last() == Some(&'第') {
        let is_rank = grammar.ranks.begins(after).is_some() || ends_phrase(after);
        let reason = say!("前面是“第”", "第 stands before it");
        return match (is_rank, known.filter(|right| right.is_unit)) {
            (false, Some(right)) => decided(BlankType::Integer, Some(right), reason),
            _ => decided(BlankType::Rank, right, reason),
        };
    }
    if let Some(right) = known {
        let blank_type = match right.blank_type {
            Some(BlankType::Year)
                if is_span_of_years(before, &after[right.skipped + right.length..]) =>
            {
                BlankType::Integer
            }
            // 为**行: a bank that hides its own name.
            Some(BlankType::Branch) if right.length == 1 && line.folded[blank.start] == '*' => {
                BlankType::Bank
            }
            blank_type => blank_type.unwrap_or_default(),
        };
        let word = followed.unwrap_or_default();
        let reason = say!("后面是“{word}”", "`{word}` stands behind it");
        return decided(blank_type, Some(right), reason);
    }
    let from_left = grammar.left_of(before);
    match from_left {
        Some(BlankType::Percent) => {
            return decided(
                BlankType::Percent,
                None,
                say!("前面是“百分之”", "百分之 stands before it"),
            );
        }
        Some(blank_type) if ends_phrase(after) || blank_type == BlankType::Bank => {
            let reason = say!("前面的词", "by the word before it");
            return decided(blank_type, None, reason);
        }
        _ => {}
    }
    if asks_for_figure(before) && ends_phrase(after) {
        let reason = say!(
            "前面是指标，原文没有单位",
            "a measure stands before it; the text names no unit"
        );
        return decided(BlankType::Number, None, reason);
    }
    if line.folded[blank.start] == ' ' {
        let reason = say!("空白处原来有数字", "a figure stood in this gap");
        return decided(BlankType::Number, None, reason);
    }
    decided(
        BlankType::Text,
        None,
        say!("旁边的字没有说明填什么", "nothing beside it says more"),
    )
}

/// Whether a phrase ends here: a stop, a bracket, a gap, the end of the line.
fn ends_phrase(after: &[char]) -> bool {
    after
        .first()
        .is_none_or(|c| !c.is_alphanumeric() && *c != '_')
}

/// Whether a phrase asks for a figure: it ends in a measure or a change, perhaps with a linking word behind.
fn asks_for_figure(before: &[char]) -> bool {
    let grammar = Grammar::get();
    let mut end = before.len();
    for _ in 0..3 {
        let phrase = &before[..end];
        if grammar.metric_verbs.ends(phrase).is_some()
            || grammar.metric_nouns.ends(phrase).is_some()
        {
            return true;
        }
        match grammar.metric_links.ends(phrase) {
            Some(length) => end -= length,
            None if phrase.last() == Some(&' ') => end -= 1,
            None => return false,
        }
    }
    false
}

/// Whether 年 counts years here and names none.
fn is_span_of_years(before: &[char], after: &[char]) -> bool {
    let grammar = Grammar::get();
    let prefixed = before.last().is_some_and(char::is_ascii_digit);
    !prefixed
        && (grammar.span_before.ends(before).is_some()
            || grammar.span_after.begins(after).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blanks::{Blanks, find_blanks};
    use crate::fields::ChoiceValue;

    fn types(text: &str) -> Vec<&'static str> {
        let line = FoldedLine::read(text, 0);
        find_blanks(text, Blanks::All)
            .iter()
            .map(|blank| {
                let range =
                    line.place(blank.span.start as usize)..line.place(blank.span.end as usize);
                type_of(&line, range).blank_type.id()
            })
            .collect()
    }

    #[test]
    fn the_right_neighbour_decides_first() {
        assert_eq!(
            types("存款__万元，外币__萬美元，增幅__%，下降__个百分点"),
            ["money", "money", "percent", "percent"]
        );
        assert_eq!(types("新開__戶，__余户，共__筆，得__分"), ["integer"; 4]);
        assert_eq!(types("20__年__月__日"), ["year", "month", "integer"]);
        assert_eq!(
            types("__銀行__分行__支行，到__信用社，为**行"),
            ["bank", "branch", "branch", "branch", "bank"]
        );
        assert_eq!(
            types("在__主任带领下，__副總經理讲话"),
            ["person", "person"]
        );
        assert_eq!(
            types("工作__年，__年来，第__季度"),
            ["integer", "integer", "integer"]
        );
    }

    #[test]
    fn then_the_left_one_and_the_phrase() {
        assert_eq!(types("列全行第_位，排名第__。"), ["rank", "rank"]);
        assert_eq!(types("百分之__，签字：____"), ["percent", "person"]);
        assert_eq!(
            types("銀行卡消費額XXX；日均增加____，替代率为__。"),
            ["number"; 3]
        );
        assert_eq!(types("对__人民币业务，现任____。制定___方案"), ["text"; 3]);
    }
}
