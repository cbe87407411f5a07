//! Growth against what it is the growth of. Enters: a sentence's figures. Leaves: rates that present value and increase,
//! or base and present value, do not make, and differences that are none. 增幅 = 增加 / (本期 − 增加).

use super::arithmetic::{compare_sum, show};
use super::numbers::Figure;
use super::passages::{Joint, LabelledFigure, has_blanks, items, sentences_at};
use super::percent::{fits, ratio};
use super::units::Unit;
use crate::rules::word_group::WordGroup;
use crate::rules::{Finding, Subject};
use crate::say;

/// Growth that does not follow from its numbers.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    let mut found = Vec::new();
    for range in sentences_at(text, subject.text.places(WordGroup::Growth)) {
        let sentence = &text[range.clone()];
        if !WordGroup::Growth
            .words()
            .iter()
            .any(|word| sentence.contains(word))
            || has_blanks(sentence)
        {
            continue;
        }
        let items = items(text, range);
        for window in items.windows(3) {
            let [first, second, third] = window else {
                continue;
            };
            let is_close = second.clause <= first.clause + 1
                && third.clause <= second.clause + 1
                && second.joint != Joint::Semicolon
                && third.joint != Joint::Semicolon
                && second.depth == first.depth;
            let is_exact = window.iter().all(|item| !item.figure.is_loose);
            let is_amount = first.figure.unit == second.figure.unit
                && first.figure.sums()
                && first.figure.unit != Unit::Percent;
            if is_close && is_exact && is_amount {
                found.extend(judge(subject, first, second, third));
            }
        }
    }
    found
}

fn judge(
    subject: &Subject,
    first: &LabelledFigure,
    second: &LabelledFigure,
    third: &LabelledFigure,
) -> Option<Finding> {
    if third.figure.unit == Unit::Percent {
        let rate = change_of(third.label, RATES)?;
        if let Some(change) = change_of(second.label, CHANGES) {
            // 比年初的1200万元减少700万元: the base itself is named.
            if first.says(&["比", "较", "由", "从"]) {
                let is_base =
                    second.joint == Joint::Same && change.basis.is_none() && rate.basis.is_none();
                let falls = rate.falls == change.falls;
                return (is_base && falls)
                    .then(|| by_base_and_change(subject, first, second, third))?;
            }
            // 比年初增加 and 同比增幅 have different bases.
            let is_one_base = rate.basis.is_none() || rate.basis == change.basis;
            let is_present =
                change_of(first.label, CHANGES).is_none() && !first.says(&["计划", "目标", "任务"]);
            return (is_one_base && is_present && rate.falls == change.falls)
                .then(|| by_change(subject, first, second, third, rate.falls))?;
        }
        let (falls, is_motion) =
            motion(first, second).map_or((rate.falls, false), |falls| (falls, true));
        let is_series = first.says(&["上年", "去年", "年初", "上期", "基期"])
            && second.says(&["今年", "本年", "本期", "年末", "当年"])
            && rate.basis != Some("环比")
            && !second.says(&["比", "较", "增", "降"]);
        return ((is_motion || is_series) && falls == rate.falls)
            .then(|| by_base(subject, first, second, third, falls))?;
    }
    let falls = motion(first, second)?;
    let change = change_of(third.label, CHANGES)?;
    let is_difference =
        third.figure.unit == first.figure.unit && change.basis.is_none() && change.falls == falls;
    is_difference.then(|| difference(subject, first, second, third, falls))?
}

/// What a label says of a change.
struct Change {
    falls: bool,
    basis: Option<&'static str>,
}

const RATES: &[(&str, bool)] = &[
    ("增长幅度", false),
    ("增长率", false),
    ("增长", false),
    ("增幅", false),
    ("增速", false),
    ("升幅", false),
    ("涨幅", false),
    ("下降幅度", true),
    ("下降", true),
    ("降幅", true),
    ("减幅", true),
    ("减少", true),
];

const CHANGES: &[(&str, bool)] = &[
    ("净增加", false),
    ("增加", false),
    ("净增", false),
    ("新增", false),
    ("增长", false),
    ("上升", false),
    ("减少", true),
    ("净减", true),
    ("下降", true),
];

const BASES: &[(&str, &str)] = &[
    ("同比", "同比"),
    ("比上年同期", "同比"),
    ("较上年同期", "同比"),
    ("比去年同期", "同比"),
    ("较去年同期", "同比"),
    ("比同期", "同比"),
    ("较同期", "同比"),
    ("同期", "同比"),
    ("比上年末", "年初"),
    ("较上年末", "年初"),
    ("比上年", "同比"),
    ("较上年", "同比"),
    ("比去年", "同比"),
    ("较去年", "同比"),
    ("比年初", "年初"),
    ("较年初", "年初"),
    ("环比", "环比"),
    ("比上月", "环比"),
    ("较上月", "环比"),
    ("比上季度", "环比"),
    ("较上季度", "环比"),
];

/// Reads a label that is a base and a word of change and nothing else.
fn change_of(label: &str, verbs: &[(&str, bool)]) -> Option<Change> {
    let (basis, rest) = BASES
        .iter()
        .find_map(|(word, basis)| Some((Some(*basis), label.strip_prefix(word)?)))
        .unwrap_or((None, label));
    let rest = rest.trim_end_matches(['了', '为', '达', '到', '是']);
    let (_, falls) = verbs.iter().find(|(word, _)| *word == rest)?;
    // 增长到 names the result, not the change.
    let names_result =
        label.ends_with('到') && !label.ends_with("达到") || label.ends_with("增加为");
    (!names_result).then_some(Change {
        falls: *falls,
        basis,
    })
}

/// 由a增至b: whether it falls.
fn motion(first: &LabelledFigure, second: &LabelledFigure) -> Option<bool> {
    let begins = first.label.contains('由') || first.label.contains('从');
    let verb = second.label.trim_start_matches(['的']);
    let verb = verb.strip_suffix(['至', '到', '为'])?;
    let rises = ["增加", "增长", "上升", "提高", "提升", "扩大", "增", "升"];
    let falls = ["下降", "减少", "降低", "压降", "降", "减"];
    match () {
        () if !begins || second.joint == Joint::Enumeration => None,
        () if rises.contains(&verb) => Some(false),
        () if falls.contains(&verb) => Some(true),
        () => None,
    }
}

/// The base of a rate from the present value and the change.
fn by_change(
    subject: &Subject,
    now: &LabelledFigure,
    change: &LabelledFigure,
    rate: &LabelledFigure,
    falls: bool,
) -> Option<Finding> {
    let (now, change, rate) = (&now.figure, &change.figure, &rate.figure);
    let base = Figure {
        value: if falls {
            now.value + change.value
        } else {
            now.value - change.value
        },
        ulp: now.ulp + change.ulp,
        ..now.clone()
    };
    if base.value <= 0 || base.ulp >= base.value || fits(change, &base, rate) {
        return None;
    }
    let right = ratio(change.value, base.value, rate);
    let (shown_now, shown_change) = (show(now.value, now.scale), show(change.value, now.scale));
    let sign = if falls { '+' } else { '−' };
    let written = show(rate.value, 1);
    Some(Finding::new(
        subject.text.span(rate.range.clone()),
        say!(
            "{shown_change}÷({shown_now}{sign}{shown_change})={right}%，文中写 {written}%",
            "{shown_change} / ({shown_now} {sign} {shown_change}) = {right}%; the text says {written}%"
        ),
    ))
}

fn by_base_and_change(
    subject: &Subject,
    base: &LabelledFigure,
    change: &LabelledFigure,
    rate: &LabelledFigure,
) -> Option<Finding> {
    let (base, change, rate) = (&base.figure, &change.figure, &rate.figure);
    if base.value <= 0 || fits(change, base, rate) {
        return None;
    }
    let right = ratio(change.value, base.value, rate);
    let (a, b) = (show(change.value, base.scale), show(base.value, base.scale));
    let written = show(rate.value, 1);
    Some(Finding::new(
        subject.text.span(rate.range.clone()),
        say!(
            "{a}÷{b}={right}%，文中写 {written}%",
            "{a} / {b} = {right}%; the text says {written}%"
        ),
    ))
}

fn by_base(
    subject: &Subject,
    base: &LabelledFigure,
    now: &LabelledFigure,
    rate: &LabelledFigure,
    falls: bool,
) -> Option<Finding> {
    let (base, now, rate) = (&base.figure, &now.figure, &rate.figure);
    let change = Figure {
        value: if falls {
            base.value - now.value
        } else {
            now.value - base.value
        },
        ulp: now.ulp + base.ulp,
        ..now.clone()
    };
    if base.value <= 0 || base.ulp >= base.value || change.value < 0 || fits(&change, base, rate) {
        return None;
    }
    let right = ratio(change.value, base.value, rate);
    let (a, b) = (
        subject.text.written(base.range.clone()),
        subject.text.written(now.range.clone()),
    );
    let written = show(rate.value, 1);
    Some(Finding::new(
        subject.text.span(rate.range.clone()),
        say!(
            "从 {a} 到 {b} 是 {right}%，文中写 {written}%",
            "from {a} to {b} is {right}%; the text says {written}%"
        ),
    ))
}

fn difference(
    subject: &Subject,
    base: &LabelledFigure,
    now: &LabelledFigure,
    change: &LabelledFigure,
    falls: bool,
) -> Option<Finding> {
    let (low, high) = if falls {
        (&now.figure, &base.figure)
    } else {
        (&base.figure, &now.figure)
    };
    let change = &change.figure;
    if low.value > high.value || compare_sum(&[low, change], high).is_eq() {
        return None;
    }
    let right = show(high.value - low.value, change.scale);
    let written = show(change.value, change.scale);
    let unit = &subject.text.text[change.digits_end..change.range.end];
    let (a, b) = (
        subject.text.written(base.figure.range.clone()),
        subject.text.written(now.figure.range.clone()),
    );
    Some(Finding::new(
        subject.text.span(change.range.clone()),
        say!(
            "从 {a} 到 {b} 相差 {right} {unit}，文中写 {written} {unit}",
            "from {a} to {b} is {right} {unit}; the text says {written} {unit}"
        ),
    ))
}
