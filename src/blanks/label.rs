//! What a form calls a blank. Enters: a line and the blanks in it. Leaves: the phrase that the blank completes, in the
//! words of the text.

use super::BlankType;
use super::grammar::Grammar;
use super::line::FoldedLine;
use super::typing::Typing;
use crate::text::fold_char;
use std::ops::Range;

/// The longest label, in characters.
const LONGEST: usize = 24;
/// How far a phrase is followed to the left, so that a line without stops stays cheap.
const REACH: usize = 40;
/// How far a phrase is followed to the right.
const REACH_BEHIND: usize = 10;
/// A line as short as this that holds a date is the date of the whole text.
const DATE_LINE: usize = 16;

/// What a blank is called, and what it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// The phrase, in the text's own script.
    pub text: String,
    /// Whether the phrase names no thing of its own: 增幅, 比年初增加. The thing before it belongs to it.
    pub is_dependent: bool,
    /// Whether it names the thing that later phrases of the sentence are about.
    pub is_subject: bool,
}

/// What no phrase reaches over.
const STOPS: &[char] = &[
    ',', '。', ';', '!', '?', '、', '"', '“', '”', '《', '》', '(', ')', '|', '【', '】', '—', ':',
];

/// The label of a blank. `previous` is where the blank before it and its unit end, in characters.
pub(super) fn label_of(
    line: &FoldedLine,
    blank: Range<usize>,
    previous: usize,
    typing: &Typing,
) -> Label {
    let before = phrase_before(line, blank.start, previous);
    let after = phrase_after(line, typing.right.end.max(blank.end));
    let word = line.written(typing.right.start, typing.right.end);
    let plain = |text: String| Label {
        text: cut(&text),
        ..Label::default()
    };
    let (is_year, is_month) = (
        typing.blank_type == BlankType::Year,
        typing.blank_type == BlankType::Month,
    );
    if is_date_line(line) && (is_year || is_month || word == "日") {
        return plain(format!("落款{word}"));
    }
    match typing.blank_type {
        BlankType::Bank | BlankType::Branch | BlankType::Person | BlankType::Customer
            if !word.is_empty() =>
        {
            plain(word)
        }
        BlankType::Year if after.is_empty() => plain("年份".to_owned()),
        BlankType::Year => plain(format!("年份（{after}）")),
        BlankType::Month if before.is_empty() => plain("月份".to_owned()),
        BlankType::Date if before.is_empty() => plain("日期".to_owned()),
        BlankType::Rank if !before.contains('名') => plain(format!("{before}名次")),
        BlankType::Text => plain(match (before.is_empty(), after.is_empty()) {
            (true, true) => "文字".to_owned(),
            (false, true) => before,
            _ => format!("{before}…{after}"),
        }),
        BlankType::Integer | BlankType::Number if before.is_empty() && !after.is_empty() => {
            plain(after)
        }
        _ => {
            let folded: Vec<char> = before.chars().map(fold_char).collect();
            let grammar = Grammar::get();
            let is_dependent = folded.is_empty()
                || grammar.label_changes.begins(&folded) == Some(folded.len())
                || grammar.label_leaning.begins(&folded).is_some();
            Label {
                text: cut(&before),
                is_dependent,
                is_subject: !is_dependent,
            }
        }
    }
}

/// A label with the thing that it leans on.
pub(super) fn with_subject(subject: &str, label: &str) -> String {
    let taken: String = subject.chars().take(LONGEST - 8).collect();
    cut(&format!("{taken}{label}"))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Whether a line is a date and nothing more, as at the end of a report.
pub(super) fn is_date_line(line: &FoldedLine) -> bool {
    let is_date = |c: &char| !c.is_alphabetic() || matches!(c, '年' | '月' | '日' | 'x');
    line.folded.len() <= DATE_LINE
        && line.folded.contains(&'年')
        && line.folded.contains(&'月')
        && line.folded.iter().all(is_date)
}

/// The phrase that ends at a blank: `述职人签字：____` is called by what stands before the colon.
fn phrase_before(line: &FoldedLine, end: usize, previous: usize) -> String {
    let grammar = Grammar::get();
    let mut end = end;
    let bound = previous.max(end.saturating_sub(REACH)).min(end);
    while end > bound && matches!(line.folded[end - 1], ':' | ' ' | '"' | '“' | '《' | '(') {
        end -= 1;
    }
    let mut start = end;
    while start > bound && !STOPS.contains(&line.folded[start - 1]) {
        start -= 1;
    }
    // A numbered item begins behind its number.
    let is_mark = |c: &&char| c.is_ascii_digit() || ".#->_* ".contains(**c);
    start += line.folded[start..end].iter().take_while(is_mark).count();
    loop {
        let phrase = &line.folded[start..end];
        let time = leading_time(phrase);
        let opener = match grammar.label_keeps.begins(phrase) {
            Some(_) => None,
            None => grammar.label_openers.begins(phrase),
        };
        if let Some(link) = grammar.label_links.ends(phrase) {
            end -= link;
        } else if time > 0 && time < phrase.len() {
            start += time;
        } else if let Some(opener) = opener.filter(|&opener| opener < phrase.len()) {
            start += opener;
        } else {
            break;
        }
    }
    let phrase = line.written(start, end);
    phrase.trim().replace(['_', '*', '`', '[', ']'], "")
}

/// Characters of `12月末` or `二季度` at the beginning: when, and not what.
fn leading_time(phrase: &[char]) -> usize {
    let is_numeral = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c);
    let digits = phrase.iter().take_while(is_numeral).count();
    let rest: String = phrase[digits..].iter().take(3).collect();
    let units = ["月末", "月底", "月份", "季度", "月"];
    let unit = units.iter().find(|unit| rest.starts_with(*unit));
    match (digits, unit) {
        (1.., Some(unit)) => digits + unit.chars().count(),
        _ => 0,
    }
}

/// The words behind a blank, up to a stop; further blanks are an ellipsis.
fn phrase_after(line: &FoldedLine, start: usize) -> String {
    let folded = &line.folded;
    let is_mask = |at: usize| {
        folded[at] == '_'
            || (folded[at] == 'x' && (folded.get(at + 1) == Some(&'x') || folded[at - 1] == 'x'))
    };
    let mut text = String::new();
    for (at, c) in folded.iter().enumerate().skip(start.max(1)) {
        if STOPS.contains(c) || *c == '[' || text.chars().count() == REACH_BEHIND {
            break;
        }
        if !is_mask(at) {
            text.push(line.raw[at]);
        } else if !text.is_empty() && !text.ends_with('…') {
            text.push('…');
        }
    }
    text.trim_matches([' ', '…'])
        .trim_start_matches('的')
        .to_owned()
}
