//! Totals that claim to be of all their parts: 合计, 共计, 总计, 分别为, 由…组成. Enters: a sentence's figures. Leaves: totals
//! that differ from the sum either way. A list whose beginning, end or middle is not plain is no finding.

use super::numbers::Figure;
use super::passages::{Joint, LabelledFigure, last_bytes};
use super::units::Unit;
use super::words::{NO_PARTS, TOTALS};
use super::wrong_total::{LONGEST_TRIED, NEAR, Wrong, differs, is_apart, is_part};
use std::ops::Range;

/// What a label says after a word of totality, if it has one at its beginning.
fn claim(label: &str) -> Option<(Option<usize>, &str)> {
    let opening = [
        "以上",
        "上述",
        "人数",
        "总数",
        "金额",
        "以上各项",
        "各项",
        "上述各项",
    ];
    for word in TOTALS {
        let Some((before, after)) = label.split_once(word) else {
            continue;
        };
        if before.is_empty() || opening.contains(&before) {
            return Some((None, after));
        }
        let mut before = before.trim_start_matches("以上").chars();
        let count = before
            .next()
            .and_then(|c| "一二三四五六七八九".chars().position(|known| known == c));
        let count = count.map(|index| index + 1).or_else(|| {
            let first = label.trim_start_matches("以上").chars().next();
            (first == Some('两')).then_some(2)
        })?;
        let is_named = matches!(
            before.next(),
            Some('项' | '者' | '类' | '种' | '个' | '家' | '地' | '组' | '部')
        ) && before.clone().count() <= 2;
        return is_named.then_some((Some(count), after));
    }
    None
}

/// Whether nothing that changes the subject stands between a word of totality and its figure.
fn is_plain(after: &str) -> bool {
    let plain = [
        "",
        "为",
        "是",
        "达",
        "招聘",
        "招录",
        "招收",
        "录用",
        "人数",
        "金额",
        "共",
        "办理",
        "完成",
        "实现",
        "新增",
        "投放",
        "招聘人数",
        "招聘人数为",
        "金额为",
        "人数为",
        ":",
    ];
    plain.contains(&after)
}

/// 合计 after its parts: either way is wrong.
pub(super) fn before_total(text: &str, items: &[LabelledFigure]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut floor = 0;
    for (index, item) in items.iter().enumerate() {
        let Some((count, after)) = claim(label_before_colon(text, item)) else {
            continue;
        };
        let start = std::mem::replace(&mut floor, index + 1);
        if !is_plain(after) || !item.figure.sums() || item.figure.is_loose {
            continue;
        }
        if let Some(found) = total_of(&items[start..index], item, count) {
            wrong.push(found);
        }
        // 合计700笔,122亿元: the second figure is the total of another unit.
        if let Some(second) = items.get(index + 1)
            && second.label.is_empty()
            && second.figure.unit != item.figure.unit
            && second.figure.sums()
            && !second.figure.is_loose
            && matches!(second.joint, Joint::Comma | Joint::Same)
            && let Some(found) = total_of(&items[start..index], second, count)
        {
            wrong.push(found);
        }
    }
    wrong
}

/// The label of a total, also where a colon stands before the figure: 合计:15人.
fn label_before_colon<'t>(text: &'t str, item: &LabelledFigure<'t>) -> &'t str {
    if !item.label.is_empty() || item.joint != Joint::Colon {
        return item.label;
    }
    let before = last_bytes(&text[..item.start()], NEAR).trim_end_matches(':');
    let from = before.rfind([',', ';', '、', '\n', '。']).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    before[from..].trim_start_matches(['-', '+'])
}

fn total_of(
    before: &[LabelledFigure],
    total: &LabelledFigure,
    count: Option<usize>,
) -> Option<Wrong> {
    let unit = total.figure.unit;
    let mut parts: Vec<&LabelledFigure> = Vec::new();
    let mut clause = total.clause;
    let mut is_tight = None;
    let mut opened = false;
    for item in before.iter().rev() {
        if item.depth > total.depth {
            // A bracket after a part: its clauses are none of the list's.
            clause = clause.min(item.clause);
            continue;
        }
        if item.depth < total.depth || item.clause + 1 < clause {
            return None;
        }
        clause = item.clause;
        // A term of a calculation is a part of nothing that could be named.
        if item.figure.is_loose || item.figure.unit == Unit::Bare {
            return None;
        }
        if !item.figure.is(unit) {
            continue;
        }
        if !is_part(item) || item.tail.starts_with('等') || item.says(&["共", "合计", "总计"])
        {
            return None;
        }
        let tight = *is_tight.get_or_insert(item.joint == Joint::Enumeration);
        parts.push(item);
        let begins = match item.joint {
            Joint::Start | Joint::Colon => true,
            joint => (tight && joint != Joint::Enumeration) || item.label.contains("其中"),
        };
        if begins {
            opened = true;
            break;
        }
        if item.joint == Joint::Same {
            return None;
        }
    }
    // A list whose beginning is not seen may be longer.
    if !opened || parts.len() < 2 || count.is_some_and(|count| count != parts.len()) {
        return None;
    }
    // The figures at the beginning may be of something else; the total is right if the rest makes it.
    let fits = (2..=parts.len()).any(|length| last_make(&parts, length, &total.figure));
    (!fits).then(|| Wrong::new(&total.figure, &parts))
}

/// Whether the last parts make a total.
fn last_make(parts: &[&LabelledFigure], length: usize, total: &Figure) -> bool {
    (length == parts.len() || length <= LONGEST_TRIED) && differs(&parts[..length], total).is_eq()
}

/// 共15人: then the list; 共45户,分别为12户、15户、18户.
pub(super) fn after_total(
    text: &str,
    sentence: Range<usize>,
    items: &[LabelledFigure],
) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if text[sentence.clone()].contains("其中") {
        return wrong;
    }
    let mut busy = 0;
    for (index, item) in items.iter().enumerate() {
        let says_total = item.says(&["共", "合计", "总计", "总数"]);
        if index < busy || !item.figure.sums() || item.figure.is_loose {
            continue;
        }
        let Some(next) = items.get(index + 1) else {
            continue;
        };
        let in_bracket = next.depth == item.depth + 1 && next.joint == Joint::Start;
        let after_colon =
            next.depth == item.depth && next.joint == Joint::Colon && item.tail.is_empty();
        let one_by_one = next.depth == item.depth
            && (next.label.ends_with("分别为") || next.label.ends_with("分别是"))
            && next.clause == item.clause + 1
            && !NO_PARTS.iter().any(|word| next.label.contains(word));
        // Without a word of totality a bracket may leave parts out, but never hold too much.
        if !(in_bracket || says_total && (after_colon || one_by_one)) {
            continue;
        }
        let mut parts: Vec<&LabelledFigure> = Vec::new();
        let mut clause = next.clause;
        let mut is_whole = true;
        let mut end = index + 1;
        for part in &items[index + 1..] {
            if part.depth < next.depth
                || (in_bracket
                    && part.depth == next.depth
                    && part.joint == Joint::Start
                    && !parts.is_empty())
            {
                break;
            }
            end += 1;
            if part.depth > next.depth {
                clause = clause.max(part.clause);
                continue;
            }
            let leaves = one_by_one && !parts.is_empty() && part.joint != Joint::Enumeration;
            if leaves {
                break;
            }
            let is_first = parts.is_empty();
            let odd = part.joint == Joint::Same && !is_first;
            if !part.figure.is(item.figure.unit)
                || part.clause > clause + 1
                || odd
                || part.tail.starts_with('等')
                || !(is_part(part) || one_by_one && is_first && !part.figure.is_loose)
                || part.says(&["共", "合计", "总计", "另"])
            {
                is_whole = false;
                break;
            }
            clause = part.clause;
            parts.push(part);
        }
        busy = end;
        let difference = differs(&parts, &item.figure);
        let is_wrong = if says_total {
            difference.is_ne()
        } else {
            difference.is_gt() && is_apart(item.figure.unit, &parts, item.label)
        };
        let is_list = is_whole && parts.len() >= 2;
        if is_list && is_wrong && !(after_colon && has_more(text, sentence.end, parts.last())) {
            wrong.push(Wrong::new(&item.figure, &parts));
        }
    }
    wrong
}

/// Whether clauses without a figure follow the last part, which may name further parts.
fn has_more(text: &str, end: usize, last: Option<&&LabelledFigure>) -> bool {
    last.is_some_and(|last| text[last.figure.range.end..end].contains([',', '、', ';', '\n']))
}

/// 由…组成: the parts between against the total before or after.
pub(super) fn made_of(text: &str, sentence: Range<usize>, items: &[LabelledFigure]) -> Vec<Wrong> {
    let content = &text[sentence.clone()];
    let Some(end) = content.find("组成").or_else(|| content.find("构成")) else {
        return Vec::new();
    };
    let Some(start) = content[..end].rfind('由') else {
        return Vec::new();
    };
    let (start, end) = (sentence.start + start, sentence.start + end);
    let within = items.partition_point(|item| item.start() < start)
        ..items.partition_point(|item| item.start() < end);
    let parts: Vec<&LabelledFigure> = items[within.clone()].iter().collect();
    let [first, .., last] = parts.as_slice() else {
        return Vec::new();
    };
    let unit = first.figure.unit;
    let is_list = parts.iter().enumerate().all(|(index, part)| {
        part.figure.is(unit)
            && part.figure.sums()
            && is_part(part)
            && (index == 0 || part.joint == Joint::Enumeration)
    });
    let tail = &text[last.figure.range.end..end];
    if !is_list || tail.contains(['等', '、', ',', '和', '及', '若']) {
        return Vec::new();
    }
    let before = items[..within.start].iter().next_back();
    let after = items.get(within.end);
    let before = before.filter(|item| item.figure.is(unit) && first.clause <= item.clause + 1);
    let after = after.filter(|item| item.figure.is(unit) && item.says(&["共", "合计", "总计"]));
    let totals: Vec<&LabelledFigure> = before.into_iter().chain(after).collect();
    let fits = totals
        .iter()
        .any(|total| total.figure.is_loose || differs(&parts, &total.figure).is_eq());
    match totals.first() {
        Some(total) if !fits => vec![Wrong::new(&total.figure, &parts)],
        _ => Vec::new(),
    }
}
