//! The rules that look for phrases. Enters: a file's rule text. Leaves: what each rule found, with negated and excepted
//! places left out.

use super::book::RuleBook;
use super::finding::Finding;
use super::rule::{CompiledRule, Pattern};
use super::subject::Subject;
use super::triggers::Places;
use crate::say;
use std::ops::Range;

/// Words that turn a phrase into its opposite: "不限户籍" holds "限户籍".
const NEGATIONS: &[&str] = &[
    "不", "无", "未", "非", "勿", "免", "禁止", "严禁", "杜绝", "取消", "拒绝", "防止", "避免",
    "反对", "没有", "谨防", "警惕", "抵制",
];

/// How many characters may stand between a negation and what it negates.
const NEGATION_REACH: usize = 5;

/// Words that hold a negation and negate nothing: "未婚女性优先", "无锡本地户口优先".
const NO_NEGATIONS: &[&str] = &[
    "未婚",
    "未育",
    "未来",
    "无锡",
    "无论",
    "无限",
    "非常",
    "不断",
    "不仅",
    "不但",
    "不少于",
    "不低于",
    "不超过",
    "不错",
];

/// Prohibitions, which reach over a list of quoted words: "不得写“限男性”、“男士优先”".
const PROHIBITIONS: &[&str] = &["不得", "禁止", "严禁", "杜绝", "不能以", "不以", "不因"];

/// How many characters a prohibition reaches, within a clause.
const PROHIBITION_REACH: usize = 40;

/// Everything that phrase rules find in a file.
pub(super) fn find_phrases<'b>(
    book: &'b RuleBook,
    subject: &Subject,
) -> Vec<(&'b CompiledRule, Finding)> {
    let mut all = Vec::new();
    for (rule, phrases) in book.candidates(&subject.text.text) {
        if !rule.concerns(subject.kind.name) {
            continue;
        }
        let mut found: Vec<(Range<usize>, bool)> = Vec::new();
        for (index, (phrase, places)) in rule.phrases.iter().zip(&phrases).enumerate() {
            let ranges = find_one(rule, phrase, places, subject).into_iter();
            found.extend(ranges.map(|range| (range, index >= rule.graver)));
        }
        // Two phrases at one place are one finding, the longer; of two alike the graver.
        found.sort_by_key(|(range, is_mild)| (range.start, usize::MAX - range.end, *is_mild));
        let mut end = 0;
        for (range, is_mild) in found {
            if range.start < end {
                continue;
            }
            end = range.end;
            let finding = quote(rule, range, subject);
            all.push((rule, if is_mild { finding.lesser() } else { finding }));
        }
    }
    all
}

/// A finding that quotes what was found.
fn quote(rule: &CompiledRule, range: Range<usize>, subject: &Subject) -> Finding {
    let span = subject.text.span(range.clone());
    let written = subject.text.written(range);
    let title = &rule.rule.title;
    let mut message = say!("“{written}”：{}", "`{written}`: {}", title.zh);
    message.en = format!("`{written}`: {}", title.en);
    Finding::new(span, message)
}

fn find_one(
    rule: &CompiledRule,
    phrase: &Pattern,
    places: &Places,
    subject: &Subject,
) -> Vec<Range<usize>> {
    let text = &subject.text.text;
    let mut hits: Vec<Range<usize>> = match places {
        Places::Anywhere => phrase.find_iter(text).collect(),
        Places::Known(places) if places.is_empty() => return Vec::new(),
        Places::Known(places) => phrase.find_at(text, places),
    };
    let mut exceptions = Exceptions::of(rule);
    hits.retain(|range| rule.rule.keeps_negated || !is_negated(text, range.start));
    hits.retain(|range| !exceptions.cover(subject, range));
    hits
}

/// Whether a negation stands shortly before, or a prohibition before a list, in the same clause.
fn is_negated(text: &str, start: usize) -> bool {
    let ends_clause = |c: char| matches!(c, '\n' | '。' | ',' | ';' | ':' | '!' | '?' | '(' | ')');
    let clause = before(text, start, NEGATION_REACH + 2, |c| {
        ends_clause(c) || c == '、'
    });
    if NEGATIONS.iter().any(|word| clause.contains(word)) {
        let mut clause = clause.to_owned();
        for word in NO_NEGATIONS {
            clause = clause.replace(word, "");
        }
        if NEGATIONS.iter().any(|word| clause.contains(word)) {
            return true;
        }
    }
    let clause = before(text, start, PROHIBITION_REACH, ends_clause);
    PROHIBITIONS.iter().any(|word| clause.contains(word))
}

/// The text before a byte, back to a character that ends it, so many characters at most.
fn before(text: &str, start: usize, reach: usize, ends: impl Fn(char) -> bool) -> &str {
    let from = text[..start]
        .char_indices()
        .rev()
        .take_while(|(_, c)| !ends(*c))
        .take(reach)
        .last()
        .map_or(start, |(index, _)| index);
    &text[from..start]
}

/// A rule's exceptions in the line that was looked at last. Hits come in order, so that each line is searched once.
struct Exceptions<'a> {
    rule: &'a CompiledRule,
    line: Option<usize>,
    /// Ranges of the text that touch no other, in order.
    ranges: Vec<Range<usize>>,
}

impl<'a> Exceptions<'a> {
    fn of(rule: &'a CompiledRule) -> Exceptions<'a> {
        Exceptions {
            rule,
            line: None,
            ranges: Vec::new(),
        }
    }

    /// Whether an exception overlaps a hit, within the line where the hit begins.
    fn cover(&mut self, subject: &Subject, hit: &Range<usize>) -> bool {
        if self.rule.unless.is_empty() {
            return false;
        }
        let looked_at = self.line.is_some_and(|end| hit.start < end);
        if !looked_at {
            let (start, line) = subject.text.line(hit.start);
            self.line = Some(start + line.len() + 1);
            self.ranges = self.in_line(start, line);
        }
        let after = self.ranges.partition_point(|range| range.end <= hit.start);
        let next = self.ranges.get(after);
        next.is_some_and(|range| range.start < hit.end)
    }

    fn in_line(&self, start: usize, line: &str) -> Vec<Range<usize>> {
        let unless = self.rule.unless.iter();
        let mut found: Vec<Range<usize>> = unless
            .flat_map(|unless| unless.find_iter(line))
            .map(|hit| start + hit.start..start + hit.end)
            .collect();
        found.sort_by_key(|range| (range.start, range.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for range in found {
            match joined.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negated(clause: &str) -> bool {
        is_negated(clause, clause.len())
    }

    #[test]
    fn words_that_only_hold_a_negation_negate_nothing() {
        assert!(negated("本岗位不"));
        assert!(negated("无户籍限制,不"));
        for clause in ["无锡", "未婚", "非常欢迎", "不断扩大,", "不低于两年的"] {
            assert!(!negated(clause), "{clause}");
        }
        assert!(negated("无锡分行不"));
    }

    #[test]
    fn a_prohibition_reaches_over_a_list_and_not_into_the_next_clause() {
        assert!(negated("招聘启事不得写年龄、籍贯、民族或者“"));
        assert!(!negated("应聘者不得有失信记录,"));
        assert!(!negated(&format!("不得{}", "甲".repeat(40))));
    }

    #[test]
    fn a_negation_stays_in_its_clause_and_near() {
        assert!(!negated("不限专业,"));
        assert!(!negated("不限学历、"));
        assert!(!negated("不看重所学的是什么专业但"));
    }
}
