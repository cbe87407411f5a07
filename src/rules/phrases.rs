//! The rules that look for phrases. Enters: a file's rule text. Leaves: what each rule found, with negated and excepted
//! places left out.

use super::book::RuleBook;
use super::finding::Finding;
use super::rule::CompiledRule;
use super::subject::Subject;
use crate::say;
use std::ops::Range;

/// Words that turn a phrase into its opposite: "不限户籍" holds "限户籍".
const NEGATIONS: &[&str] = &[
    "不", "无", "未", "非", "勿", "免", "禁止", "严禁", "杜绝", "取消", "拒绝", "防止", "避免",
    "反对", "没有", "谨防", "警惕", "抵制",
];

/// How many characters may stand between a negation and what it negates.
const NEGATION_REACH: usize = 5;

/// Everything that phrase rules find in a file.
pub fn find_phrases<'b>(book: &'b RuleBook, subject: &Subject) -> Vec<(&'b CompiledRule, Finding)> {
    let mut found: Vec<(&CompiledRule, Range<usize>)> = Vec::new();
    for (rule, phrase) in book.phrases_in(&subject.text.text) {
        if rule.concerns(subject.kind.name) {
            for range in find_one(rule, phrase, subject) {
                found.push((rule, range));
            }
        }
    }
    // Two phrases of one rule at one place are one finding, the longer.
    found.sort_by(|a, b| {
        let key = |(rule, range): &(&CompiledRule, Range<usize>)| {
            (
                rule.rule.code.value.clone(),
                range.start,
                usize::MAX - range.end,
            )
        };
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<(&CompiledRule, Range<usize>)> = Vec::new();
    for (rule, range) in found {
        let overlaps = kept.last().is_some_and(|(known, last)| {
            known.rule.code.value == rule.rule.code.value && range.start < last.end
        });
        if !overlaps {
            kept.push((rule, range));
        }
    }
    kept.into_iter()
        .map(|(rule, range)| {
            let span = subject.text.span(range.clone());
            let written = subject.text.written(range);
            let title = &rule.rule.title;
            let mut message = say!("“{written}”：{}", "`{written}`: {}", title.zh);
            message.en = format!("`{written}`: {}", title.en);
            (rule, Finding::new(span, message))
        })
        .collect()
}

fn find_one(rule: &CompiledRule, phrase: usize, subject: &Subject) -> Vec<Range<usize>> {
    let text = &subject.text.text;
    let hits = rule.phrases[phrase].find_iter(text);
    hits.map(|hit| hit.range())
        .filter(|range| rule.rule.keeps_negated || !is_negated(text, range.start))
        .filter(|range| !is_excepted(rule, subject, range))
        .collect()
}

/// Whether a negation stands shortly before, in the same clause.
fn is_negated(text: &str, start: usize) -> bool {
    let before = text[..start].char_indices().rev();
    let from = before
        .take_while(|(_, c)| {
            !matches!(
                c,
                '\n' | '。' | ',' | '、' | ';' | ':' | '!' | '?' | '(' | ')'
            )
        })
        .take(NEGATION_REACH + 2)
        .last()
        .map_or(start, |(index, _)| index);
    let clause = &text[from..start];
    NEGATIONS.iter().any(|word| clause.contains(word))
}

/// Whether an exception of the rule overlaps a hit, within its line.
fn is_excepted(rule: &CompiledRule, subject: &Subject, range: &Range<usize>) -> bool {
    if rule.unless.is_empty() {
        return false;
    }
    let (start, line) = subject.text.line(range.start);
    rule.unless.iter().any(|unless| {
        unless
            .find_iter(line)
            .any(|hit| start + hit.start() < range.end && range.start < start + hit.end())
    })
}
