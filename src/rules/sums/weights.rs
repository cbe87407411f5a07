//! Weights that do not make 100. Enters: a scorecard's groups, a ladder's stages, and sentences that name weights. Leaves:
//! findings with the sum. In a sentence only weights that claim to be all of them are judged, or those above 100.

use super::arithmetic::show;
use super::numbers::{Figure, MICRO};
use super::passages::{Joint, has_blanks, items, sentences_at};
use super::units::Unit;
use crate::fields::NumberText;
use crate::kinds::Body;
use crate::rules::word_group::WordGroup;
use crate::rules::{Finding, Subject};
use crate::say;
use crate::text::Span;

/// Weights that do not make 100.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let mut found: Vec<Finding> = in_fields(subject).into_iter().collect();
    let text = &subject.text.text;
    for range in sentences_at(text, subject.text.places(WordGroup::Weights)) {
        let sentence = &text[range.clone()];
        if range.start < subject.text.body || !sentence.contains("权重") || has_blanks(sentence) {
            continue;
        }
        found.extend(in_sentence(subject, range));
    }
    found
}

fn in_fields(subject: &Subject) -> Option<Finding> {
    let weights: Vec<Option<&NumberText>> = match &subject.document?.body {
        Body::Scorecard(card) => card
            .groups
            .iter()
            .map(|group| group.weight.as_ref())
            .collect(),
        Body::Ladder(ladder) => ladder
            .selection
            .iter()
            .map(|stage| stage.weight.as_ref())
            .collect(),
        _ => return None,
    };
    // A weight that is missing is another fault.
    let weights: Option<Vec<i128>> = weights
        .into_iter()
        .map(|weight| exact(&weight?.text))
        .collect();
    let weights = weights.filter(|weights| !weights.is_empty())?;
    let sum: i128 = weights
        .iter()
        .try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    // Shares of one instead of a hundred are a way to write it.
    if sum == 100 * MICRO || sum == MICRO {
        return None;
    }
    Some(Finding::new(first_weight(subject), message(sum)))
}

/// A plain decimal number in millionths.
fn exact(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_short = whole.len() <= 9 && fraction.len() <= 6;
    let is_plain = !whole.is_empty()
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    if !is_short || !is_plain {
        return None;
    }
    let padded = format!("{fraction:0<6}");
    Some(whole.parse::<i128>().ok()? * MICRO + padded.parse::<i128>().ok()?)
}

/// The first weight of the front matter, or the head of the document.
fn first_weight(subject: &Subject) -> Span {
    let head = &subject.text.text[..subject.text.body];
    let place = ["权重:", "weight:"].iter().filter_map(|key| {
        let at = head.find(key)?;
        let end = head[at..]
            .find([',', '}', '\n'])
            .map_or(head.len(), |end| at + end);
        Some(at..end)
    });
    match place.min_by_key(|range| range.start) {
        Some(range) => subject.text.span(range),
        None => subject
            .document
            .map_or(Span::new(0, 0), |document| document.head),
    }
}

fn message(sum: i128) -> crate::diagnostic::Text {
    let sum = show(sum, 1);
    say!(
        "各项权重合计 {sum}，应为 100",
        "the weights add up to {sum}, not to 100"
    )
}

fn in_sentence(subject: &Subject, range: std::ops::Range<usize>) -> Option<Finding> {
    let text = &subject.text.text;
    let sentence = &text[range.clone()];
    // What is calculated with weights, and lists inside lists, are read by nobody but people.
    if sentence.contains("其中")
        || sentence.contains(['×', '*', '=', '+'])
        || sentence.contains("调整")
        || sentence.contains("上限")
    {
        return None;
    }
    let items = items(text, range.clone());
    let first = items
        .iter()
        .position(|item| item.figure.unit == Unit::Percent)?;
    let mut weights: Vec<&Figure> = Vec::new();
    let mut total: Option<&Figure> = None;
    let mut last_clause = items[first].clause;
    let before = &text[range.start..items[first].start()];
    let one_by_one =
        before.ends_with("分别为") || before.ends_with("分别是") || before.ends_with("分别占");
    // 各环节权重:笔试40%、面试60%: the heading names all of them.
    let is_headed = before
        .rsplit_once(':')
        .is_some_and(|(heading, _)| heading.ends_with("权重"));
    for (index, item) in items.iter().enumerate().skip(first) {
        if item.figure.unit != Unit::Percent
            || item.figure.is_loose
            || item.depth != items[first].depth
        {
            return None;
        }
        if item.says(&["合计", "共计", "总计", "总和", "总权重", "加起来"]) {
            total = Some(&item.figure);
            break;
        }
        let is_weight = index == first || one_by_one || item.says(&["权重"]) || is_headed;
        let is_next =
            item.clause <= last_clause + 1 && (item.joint != Joint::Same || index == first);
        if !is_weight || !is_next {
            return None;
        }
        last_clause = item.clause;
        weights.push(&item.figure);
    }
    if weights.len() < 2 || !before.contains("权重") {
        return None;
    }
    let sum: i128 = weights.iter().map(|weight| weight.value).sum();
    let slack: i128 = weights
        .iter()
        .filter(|weight| weight.ulp < MICRO)
        .map(|weight| weight.ulp)
        .sum();
    // 三项权重分别为: the number of items says that these are all.
    let counted = is_counted(before, weights.len());
    let is_all = total.is_some_and(|total| total.value == 100 * MICRO)
        || (total.is_none() && one_by_one && counted);
    let distance = sum - 100 * MICRO;
    let is_wrong = if is_all {
        distance.abs() * 2 > slack
    } else {
        total.is_none() && distance * 2 > slack && !before.contains("每")
    };
    let last = weights.last()?;
    let span = subject
        .text
        .span(weights.first()?.range.start..total.unwrap_or(last).range.end);
    is_wrong.then(|| Finding::new(span, message(sum)))
}

/// Whether the words before a list say of how many items it is, and it has as many.
fn is_counted(before: &str, count: usize) -> bool {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut names = vec![count.to_string()];
    names.extend(
        digits
            .get(count)
            .filter(|name| !name.is_empty())
            .map(|name| (*name).to_owned()),
    );
    if count == 2 {
        names.push("两".to_owned());
    }
    ["项", "个", "部分", "类", "组", "者"].iter().any(|word| {
        names
            .iter()
            .any(|name| before.contains(&format!("{name}{word}")))
    })
}
