//! Percentages against the two numbers they compare. Enters: a sentence's figures. Leaves: percentages that the part and
//! the whole, or the result and the plan, do not make. Which two numbers are meant must be plain from the words.

use super::arithmetic::show;
use super::numbers::{Figure, MICRO};
use super::passages::{Joint, LabelledFigure, has_blanks, items, sentences_at};
use super::units::Unit;
use crate::rules::word_group::WordGroup;
use crate::rules::{Finding, Subject};
use crate::say;

const PLANS: &[&str] = &["计划", "目标", "任务", "预算"];
const RESULTS: &[&str] = &["实际", "完成", "实现", "达到", "达成"];

/// Rates that are no part of a whole.
const OTHER_RATES: &[&str] = &[
    "增长", "增", "利", "汇", "费", "收益", "回报", "周转", "替代", "覆盖", "折现", "完成", "达成",
];

/// How many figures may stand between a share and its whole.
const NEAR: usize = 32;

/// Percentages that their two numbers do not make.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    if !text.contains('%') {
        return Vec::new();
    }
    let mut found = Vec::new();
    for range in sentences_at(text, subject.text.places(WordGroup::Percent)) {
        let sentence = &text[range.clone()];
        if !sentence.contains('%') || has_blanks(sentence) {
            continue;
        }
        let among: Vec<usize> = sentence
            .match_indices("其中")
            .map(|(at, _)| range.start + at)
            .collect();
        let items = items(text, range);
        for (index, item) in items.iter().enumerate() {
            if item.figure.unit != Unit::Percent || item.figure.is_loose {
                continue;
            }
            let before = &items[..index];
            let pair = named_whole(item, before)
                .or_else(|| share(item, before, &among))
                .or_else(|| completion(item, before))
                .or_else(|| rate(item, before));
            if let Some((part, whole)) = pair
                && !another_fits(before, whole, item)
                && !fits(&part.figure, &whole.figure, &item.figure)
            {
                found.push(finding(subject, &part.figure, &whole.figure, &item.figure));
            }
        }
    }
    found
}

/// Whether another figure before the percentage makes it with the whole: then that one was meant.
fn another_fits(before: &[LabelledFigure], whole: &LabelledFigure, item: &LabelledFigure) -> bool {
    let near = before.iter().rev().take(NEAR);
    let mut others = near
        .filter(|other| other.figure.unit == whole.figure.unit && other.start() != whole.start());
    others.any(|other| fits(&other.figure, &whole.figure, &item.figure))
}

/// 占贷款总额160亿元的2%, 完成年度计划4711.62万元的57%: the whole stands right before the percentage.
fn named_whole<'i, 't>(
    item: &LabelledFigure,
    before: &'i [LabelledFigure<'t>],
) -> Option<(&'i LabelledFigure<'t>, &'i LabelledFigure<'t>)> {
    let [.., part, whole] = before else {
        return None;
    };
    let is_plan = PLANS.iter().any(|word| whole.label.contains(word))
        && ["完成", "为", "是", "占", "达", "相当于"]
            .iter()
            .any(|word| whole.label.starts_with(word));
    let is_whole = item.label == "的"
        && item.joint == Joint::Same
        && (whole.label.starts_with('占') || is_plan);
    (is_whole && is_pair(part, whole) && !part.says(&["比", "较", "计划", "目标"]))
        .then_some((part, whole))
}

/// 审议420个,通过289个,通过率68.8%: the part is named as the rate is, and the figure before it is the whole.
fn rate<'i, 't>(
    item: &LabelledFigure,
    before: &'i [LabelledFigure<'t>],
) -> Option<(&'i LabelledFigure<'t>, &'i LabelledFigure<'t>)> {
    let [.., whole, part] = before else {
        return None;
    };
    let stem = item
        .label
        .trim_end_matches(['为', '达', '是'])
        .strip_suffix('率')?;
    let is_named =
        stem.chars().count() >= 2 && part.label.ends_with(stem) && !OTHER_RATES.contains(&stem);
    let is_sound = part.figure.unit == whole.figure.unit
        && part.figure.unit != Unit::Percent
        && part.figure.sums()
        && part.figure.value <= whole.figure.value
        && whole.figure.value > 0
        && !part.figure.is_loose
        && !whole.figure.is_loose
        && item.clause <= part.clause + 1
        && part.clause <= whole.clause + 1
        && part.joint != Joint::Semicolon
        && item.joint != Joint::Semicolon;
    (is_named && is_sound).then_some((part, whole))
}

/// 其中女性460人,占45.1%: the whole stands before 其中, and nothing else of its unit does.
fn share<'i, 't>(
    item: &LabelledFigure,
    before: &'i [LabelledFigure<'t>],
    among: &[usize],
) -> Option<(&'i LabelledFigure<'t>, &'i LabelledFigure<'t>)> {
    if !is_plain_share(item.label) {
        return None;
    }
    let part = before.last()?;
    let is_near = item.clause <= part.clause + 1 && item.joint != Joint::Semicolon;
    let after = among.partition_point(|mark| *mark < part.start());
    let mark = *among[..after].last()?;
    let from = after.checked_sub(2).map_or(0, |index| among[index]);
    let middle = before.partition_point(|item| item.start() < mark);
    let first = before.partition_point(|item| item.start() < from);
    // A whole is named near its share; this also keeps the work within bounds.
    if middle - first > NEAR || before.len() - middle > NEAR {
        return None;
    }
    // A semicolon after 其中 may begin another whole.
    let wanders = before[middle..]
        .iter()
        .skip(1)
        .any(|item| item.joint == Joint::Semicolon);
    let mut wholes = before[first..middle]
        .iter()
        .filter(|item| item.figure.unit == part.figure.unit);
    let (whole, second) = (wholes.next()?, wholes.next());
    let is_named_anew = part.says(&["共", "合计", "总", "增", "比", "较"]);
    let is_sound = second.is_none()
        && !wanders
        && is_near
        && !is_named_anew
        && part.figure.value <= whole.figure.value
        && part.figure.sums()
        && part.figure.unit != Unit::Percent
        && !part.figure.is_loose
        && !whole.figure.is_loose
        && whole.figure.value > 0;
    is_sound.then_some((part, whole))
}

/// Whether a label says that a percentage is a share of the whole and of nothing else: 占比, 占总数的, 占.
fn is_plain_share(label: &str) -> bool {
    let Some(rest) = label.trim_start_matches('其').strip_prefix('占') else {
        return false;
    };
    let rest = ["总人数", "总户数", "总笔数", "总数", "总量", "总额", "全部"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let plain = [
        "",
        "比",
        "的",
        "比为",
        "比达",
        "比例",
        "比例为",
        "比重",
        "比重为",
        "为",
        "的比例为",
        "的比重为",
        "比是",
        "比例达",
        "到",
        "比达到",
    ];
    plain.contains(&rest)
}

/// 计划b,实际a,完成率p%: result and plan stand side by side right before.
fn completion<'i, 't>(
    item: &LabelledFigure,
    before: &'i [LabelledFigure<'t>],
) -> Option<(&'i LabelledFigure<'t>, &'i LabelledFigure<'t>)> {
    let [.., first, second] = before else {
        return None;
    };
    if !is_completion(item.label)
        || item.clause > second.clause + 1
        || item.joint == Joint::Semicolon
    {
        return None;
    }
    let plan = |item: &LabelledFigure| item.says(PLANS);
    let result = |item: &LabelledFigure| item.says(RESULTS) && !item.says(PLANS);
    let (part, whole) = match () {
        () if plan(first) && result(second) => (second, first),
        () if plan(second) && result(first) => (first, second),
        () => return None,
    };
    is_pair(part, whole).then_some((part, whole))
}

fn is_completion(label: &str) -> bool {
    let label = label.trim_end_matches(['为', '达', '是', '到', '的']);
    let rates = [
        "完成率",
        "达成率",
        "完成比例",
        "计划完成率",
        "任务完成率",
        "目标完成率",
        "完成进度",
        "目标达成率",
    ];
    let plan = label.strip_prefix("完成").and_then(|rest| {
        let rest = ["全年", "年度", "年初", "当年", "本年"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        PLANS.iter().find(|word| rest == **word)
    });
    rates.contains(&label) || plan.is_some()
}

/// Whether two figures can be compared: one unit, side by side, both exact.
fn is_pair(part: &LabelledFigure, whole: &LabelledFigure) -> bool {
    let distance = part.clause.abs_diff(whole.clause);
    part.figure.unit == whole.figure.unit
        && part.figure.sums()
        && part.figure.unit != Unit::Percent
        && !part.figure.is_loose
        && !whole.figure.is_loose
        && whole.figure.value > 0
        && part.depth == whole.depth
        && distance <= 1
}

/// Whether a percentage is that of a part in a whole, every number being known to its last digit only.
pub(crate) fn fits(part: &Figure, whole: &Figure, percent: &Figure) -> bool {
    let hundred = 100 * MICRO;
    // A percentage may be cut off or rounded, so that the number lies half a step below it or a step above.
    let least = (percent.value - percent.ulp / 2)
        .max(0)
        .checked_mul(2 * whole.value - whole.ulp);
    let most = (percent.value + percent.ulp).checked_mul(2 * whole.value + whole.ulp);
    let upper = hundred.checked_mul(2 * part.value + part.ulp);
    let lower = hundred.checked_mul(2 * part.value - part.ulp);
    match (least, most, lower, upper) {
        (Some(least), Some(most), Some(lower), Some(upper)) => least <= upper && lower <= most,
        // Numbers beyond any bank are not judged.
        _ => true,
    }
}

/// A ratio in percent, to the decimals of the percentage that is written.
pub(crate) fn ratio(part: i128, whole: i128, percent: &Figure) -> String {
    let last = percent.ulp.max(1);
    let divisor = whole.saturating_mul(last).max(1);
    let doubled = part.saturating_mul(200 * MICRO).saturating_add(divisor);
    let rounded = doubled.div_euclid(divisor.saturating_mul(2));
    show(rounded.saturating_mul(last), 1)
}

fn finding(subject: &Subject, part: &Figure, whole: &Figure, percent: &Figure) -> Finding {
    let text = &subject.text;
    let (a, b) = (
        text.written(part.range.clone()),
        text.written(whole.range.clone()),
    );
    let right = ratio(part.value, whole.value, percent);
    let written = show(percent.value, 1);
    Finding::new(
        text.span(percent.range.clone()),
        say!(
            "{a} 是 {b} 的 {right}%，文中写 {written}%",
            "{a} is {right}% of {b}; the text says {written}%"
        ),
    )
}
