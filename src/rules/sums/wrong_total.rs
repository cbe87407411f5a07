//! A total that its parts do not make, and what can be a part. Shared by parts after 其中 and by totals that are named.

use super::arithmetic::{compare_sum, show};
use super::numbers::Figure;
use super::passages::LabelledFigure;
use super::units::Unit;
use super::words::{NO_PARTS, Overlap, RECRUITING, REST, overlap};
use crate::rules::{Finding, Subject};
use crate::say;
use std::cmp::Ordering;

/// How many bytes before a mark say what it is about.
pub(super) const NEAR: usize = 360;

/// How many parts of a list are tried as a list of their own: the work stays linear.
pub(super) const LONGEST_TRIED: usize = 12;

/// How long the name of a part may be, in characters.
const LABEL_LENGTH: usize = 14;

/// A total with the sum of its parts.
pub(super) struct Wrong {
    /// The total as written.
    pub(super) total: Figure,
    sum: i128,
    count: usize,
}

impl Wrong {
    /// A total and the parts that do not make it.
    pub(super) fn new(total: &Figure, parts: &[&LabelledFigure]) -> Wrong {
        Wrong {
            total: total.clone(),
            sum: parts.iter().map(|part| part.figure.value).sum(),
            count: parts.len(),
        }
    }

    /// The message about it.
    pub(super) fn finding(&self, subject: &Subject) -> Finding {
        let total = &self.total;
        let unit = &subject.text.text[total.digits_end..total.range.end];
        let sum = show(self.sum, total.scale);
        let written = show(total.value, total.scale);
        let message = match self.count {
            1 => say!(
                "其中的一项是 {sum} {unit}，比总数 {written} {unit} 还多",
                "one part is {sum} {unit}, more than the total of {written} {unit}"
            ),
            _ => say!(
                "各项合计 {sum} {unit}，文中写 {written} {unit}",
                "the parts add up to {sum} {unit}; the text says {written} {unit}"
            ),
        };
        Finding::new(subject.text.span(total.range.clone()), message)
    }
}

pub(super) fn figures<'i>(parts: &[&'i LabelledFigure]) -> Vec<&'i Figure> {
    parts.iter().map(|part| &part.figure).collect()
}

/// A sum against a total, rounding allowed for.
pub(super) fn differs(parts: &[&LabelledFigure], total: &Figure) -> Ordering {
    compare_sum(&figures(parts), total)
}

/// Whether a figure can be a part by its words alone.
pub(super) fn is_part(item: &LabelledFigure) -> bool {
    let label = item.label.replace("新增", "");
    !item.figure.is_loose
        && item.label.chars().count() <= LABEL_LENGTH
        && !NO_PARTS.iter().any(|word| label.contains(word))
        && !["以上", "以下", "左右"]
            .iter()
            .any(|word| item.tail.starts_with(word))
}

pub(super) fn recruits(unit: Unit, whole: &str) -> bool {
    unit == Unit::Count("人") && RECRUITING.iter().any(|word| whole.contains(word))
}

/// Whether the names of parts may overlap; the rest overlaps with nothing.
pub(super) fn overlap_of(unit: Unit, parts: &[&LabelledFigure], whole: &str) -> Overlap {
    let named: Vec<&str> = parts
        .iter()
        .map(|part| part.label.trim_start_matches("其中"))
        .filter(|label| !REST.iter().any(|word| label.starts_with(word)))
        .collect();
    overlap(&named, recruits(unit, whole))
}

/// Whether nothing is in two of the parts: one customer may have two products, one payment is of one kind.
pub(super) fn is_apart(unit: Unit, parts: &[&LabelledFigure], whole: &str) -> bool {
    let members = matches!(unit, Unit::Count("人" | "户" | "家" | "人次" | "户次"));
    match overlap_of(unit, parts, whole) {
        Overlap::Apart => true,
        Overlap::Unknown => !members || recruits(unit, whole),
        Overlap::Possible => false,
    }
}
