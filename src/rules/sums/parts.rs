//! Parts after 其中 against their total. Enters: a sentence's figures. Leaves: totals that their parts do not make. The
//! parts may be incomplete, so that only too much is wrong; where the rest is named as well, either way is. Whatever could
//! be read otherwise is no finding.

use super::passages::{Joint, LabelledFigure, has_blanks, items, last_bytes, sentences_at};
use super::totals::{after_total, before_total, made_of};
use super::units::Unit;
use super::words::{Overlap, REST, is_new_subject};
use super::wrong_total::{LONGEST_TRIED, NEAR, Wrong, differs, is_apart, is_part, overlap_of};
use crate::rules::word_group::WordGroup;
use crate::rules::{Finding, Subject};
use std::cmp::Ordering;
use std::ops::Range;

/// Totals that their parts do not make.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    let mut wrong: Vec<Wrong> = Vec::new();
    for range in sentences_at(text, subject.text.places(WordGroup::Parts)) {
        let sentence = &text[range.clone()];
        if !WordGroup::Parts
            .words()
            .iter()
            .any(|word| sentence.contains(word))
            || sentence.contains("权重")
            || has_blanks(sentence)
        {
            continue;
        }
        let items = items(text, range.clone());
        if items.len() < 2 {
            continue;
        }
        wrong.extend(after_among(text, range.clone(), &items));
        wrong.extend(before_total(text, &items));
        wrong.extend(after_total(text, range.clone(), &items));
        wrong.extend(made_of(text, range, &items));
    }
    wrong.sort_by_key(|wrong| wrong.total.range.start);
    wrong.dedup_by_key(|wrong| wrong.total.range.start);
    wrong
        .into_iter()
        .map(|wrong| wrong.finding(subject))
        .collect()
}

/// 其中: the parts after it against the figures before it.
fn after_among(text: &str, sentence: Range<usize>, items: &[LabelledFigure]) -> Vec<Wrong> {
    let marks: Vec<usize> = text[sentence.clone()]
        .match_indices("其中")
        .map(|(index, _)| sentence.start + index)
        .collect();
    let mut wrong = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| marks.get(index));
        let from = before.copied().unwrap_or(sentence.start);
        let to = marks.get(index + 1).copied().unwrap_or(sentence.end);
        let first = items.partition_point(|item| item.start() < from);
        let middle = items.partition_point(|item| item.start() < *mark);
        let last = items.partition_point(|item| item.start() < to);
        let (Some(next), true) = (items.get(middle).filter(|_| middle < last), middle > first)
        else {
            continue;
        };
        let group = PartsList {
            // A second 其中 may speak of a part of the first one's list; what follows it may again be of the whole.
            only_first: before.is_some(),
            // Before a further 其中 a semicolon ends the list, unless a colon opened it.
            goes_on: text[*mark + "其中".len()..].starts_with(':') && to == sentence.end,
            whole: last_bytes(&text[from..*mark], NEAR),
            depth: next.depth,
            is_last: to == sentence.end,
        };
        let (totals, parts) = (&items[first..middle], &items[middle..last]);
        let mut units: Vec<Unit> = Vec::new();
        for item in parts.iter().take(3) {
            if item.figure.sums()
                && item.figure.unit != Unit::Percent
                && !units.contains(&item.figure.unit)
            {
                units.push(item.figure.unit);
            }
        }
        wrong.extend(
            units
                .into_iter()
                .filter_map(|unit| group.judge(unit, totals, parts)),
        );
    }
    wrong
}

/// What is known of a list after 其中.
struct PartsList<'t> {
    only_first: bool,
    goes_on: bool,
    whole: &'t str,
    depth: usize,
    is_last: bool,
}

impl PartsList<'_> {
    fn judge(
        &self,
        unit: Unit,
        before: &[LabelledFigure],
        after: &[LabelledFigure],
    ) -> Option<Wrong> {
        let totals: Vec<&LabelledFigure> =
            before.iter().filter(|item| item.figure.is(unit)).collect();
        if totals
            .iter()
            .any(|total| total.figure.is_loose || total.figure.value == 0)
        {
            return None;
        }
        // Whichever figure is meant, more than the largest of them is too much.
        let total = totals.iter().max_by_key(|total| total.figure.value)?;
        let (parts, is_complete) = self.parts(unit, after);
        let (first, others) = parts.split_first()?;
        if differs(&[first], &total.figure) == Ordering::Greater {
            // A figure larger than the whole right after 其中; with others after it, it may be a typo of the total.
            return (first.figure.unit != Unit::Count("分"))
                .then(|| Wrong::new(&total.figure, &parts[..1]));
        }
        if self.only_first || others.is_empty() {
            return None;
        }
        // Parts that make the total already end the list; what a comma adds to them is of something else.
        let ends_early = (2..parts.len().min(LONGEST_TRIED)).any(|length| {
            parts[length].joint == Joint::Comma
                && totals
                    .iter()
                    .any(|total| differs(&parts[..length], &total.figure).is_eq())
        });
        if ends_early {
            return None;
        }
        if overlap_of(unit, &parts, self.whole) == Overlap::Possible {
            return None;
        }
        if is_complete
            && totals
                .iter()
                .all(|total| differs(&parts, &total.figure).is_ne())
        {
            return Some(Wrong::new(&total.figure, &parts));
        }
        (is_apart(unit, &parts, self.whole) && differs(&parts, &total.figure) == Ordering::Greater)
            .then(|| Wrong::new(&total.figure, &parts))
    }

    /// The parts of one unit, and whether the text says that they are all.
    fn parts<'i, 't>(
        &self,
        unit: Unit,
        after: &'i [LabelledFigure<'t>],
    ) -> (Vec<&'i LabelledFigure<'t>>, bool) {
        let mut parts: Vec<&LabelledFigure> = Vec::new();
        let mut is_whole = self.is_last;
        let mut clause = None;
        let mut closed = false;
        for item in after {
            let opens = parts.is_empty();
            if item.depth > self.depth {
                continue;
            }
            if item.depth < self.depth {
                break;
            }
            let ends = item.joint == Joint::Semicolon && !self.goes_on;
            if !opens && (ends || item.says(&["共", "合计", "总计"])) {
                is_whole &= !ends;
                break;
            }
            if clause.is_some_and(|clause| item.clause > clause + 1) {
                is_whole = false;
            }
            clause = Some(item.clause);
            if !item.figure.is(unit) {
                continue;
            }
            let known = [self.whole, parts.first().map_or("", |part| part.label)];
            let is_new =
                !opens && item.joint != Joint::Enumeration && is_new_subject(item.label, &known);
            if is_new {
                is_whole = false;
                break;
            }
            if !is_part(item) || item.tail.starts_with('等') {
                is_whole = false;
                // After a figure that is none of the parts, a comma leads elsewhere.
                if opens {
                    break;
                }
                continue;
            }
            if !opens && item.joint == Joint::Same {
                is_whole = false;
                break;
            }
            if closed {
                is_whole = false;
                break;
            }
            closed = REST.iter().any(|word| item.label.starts_with(word));
            parts.push(item);
        }
        let is_complete = is_whole && closed && parts.len() >= 2;
        (parts, is_complete)
    }
}
