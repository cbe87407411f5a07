//! Arithmetic that a sentence states: growth from increase and base, completion from actual and plan, a share from part
//! and whole, parts against their total. Enters: the blanks of a sentence with their fields. Leaves: formulas that are
//! proposed, and checks. 增幅 = 增加 ÷ (本期 − 增加), as banks reckon it.

use super::BlankType;
use super::field::{FormField, ReadBlank};
use super::formula::Expr;
use super::template::PartsCheck;
use crate::text::fold;

/// One figure of a sentence.
struct SentenceFigure<'a> {
    field: usize,
    label: String,
    blank_type: BlankType,
    unit: Option<&'a str>,
    scale: f64,
    /// Whether 其中 stands between it and the figure before.
    after_whereof: bool,
}

impl SentenceFigure<'_> {
    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.label.contains(word))
    }

    fn is_amount(&self) -> bool {
        matches!(
            self.blank_type,
            BlankType::Money | BlankType::Integer | BlankType::Number
        )
    }

    fn is_change(&self) -> bool {
        self.says(RISES) || self.says(FALLS)
    }

    /// Money with money of its currency, counts with counts of their unit.
    fn sums_with(&self, other: &SentenceFigure) -> bool {
        let currency = |figure: &SentenceFigure| {
            figure
                .unit
                .map(|unit| unit.trim_start_matches(['千', '万', '亿']).to_owned())
        };
        self.blank_type == other.blank_type && currency(self) == currency(other)
    }

    fn expr(&self) -> Expr {
        Expr::Field(self.field, self.scale)
    }
}

const RISES: &[&str] = &[
    "增加", "新增", "净增", "多增", "增长", "上升", "提高", "增幅", "增速", "多",
];
const FALLS: &[&str] = &["减少", "下降", "净减", "压降", "降低", "降幅", "少"];
const RATES_UP: &[&str] = &["增幅", "增长率", "增速", "增长", "上升", "升幅"];
const RATES_DOWN: &[&str] = &["降幅", "下降", "减少", "减幅"];
const PLANS: &[&str] = &["计划", "任务", "目标", "指标"];
const EARLIER: &[&str] = &["年初", "上年", "去年", "上期", "上月", "上季"];
const BASES: &[&[&str]] = &[
    &["同比", "同期", "比上年", "比去年", "较上年", "较去年"],
    &["年初", "上年末"],
    &["环比", "上月", "上季"],
];

/// Proposes formulas for the fields of a text, and checks of totals.
pub(super) fn derive(
    text: &str,
    blanks: &[ReadBlank],
    of_blank: &[usize],
    fields: &[FormField],
) -> (Vec<(usize, Expr)>, Vec<PartsCheck>) {
    let mut formulas = Vec::new();
    let mut checks = Vec::new();
    let mut start = 0;
    for sentence in blanks.chunk_by(|a, b| a.sentence == b.sentence) {
        let of_sentence = &of_blank[start..start + sentence.len()];
        start += sentence.len();
        let figures: Vec<SentenceFigure> = sentence
            .iter()
            .enumerate()
            .filter(|(_, blank)| {
                !matches!(blank.typing.blank_type, BlankType::Year | BlankType::Month)
            })
            .map(|(index, blank)| {
                let from = index
                    .checked_sub(1)
                    .map_or(blank.span.start as usize, |before| {
                        sentence[before].span.end as usize
                    });
                let between = fold(&text[from..blank.span.start as usize]);
                SentenceFigure {
                    field: of_sentence[index],
                    label: fold(&blank.label.text),
                    blank_type: blank.typing.blank_type,
                    unit: blank.typing.unit.as_deref(),
                    scale: fields[of_sentence[index]].scale(),
                    after_whereof: between.contains("其中")
                        || between.contains("包括")
                        || between.contains("分别"),
                }
            })
            .collect();
        for index in 0..figures.len() {
            let proposal = match figures[index].blank_type {
                BlankType::Percent | BlankType::Number => rate(&figures, index),
                BlankType::Money | BlankType::Integer => difference(&figures, index),
                _ => None,
            };
            formulas.extend(proposal.map(|expr| (figures[index].field, expr)));
        }
        checks.extend(parts(&figures));
    }
    (formulas, checks)
}

/// A percentage from the amounts before it.
fn rate(figures: &[SentenceFigure], index: usize) -> Option<Expr> {
    let rate = &figures[index];
    let before = &figures[..index];
    if rate.says(&["百分点"]) || rate.unit == Some("个百分点") || rate.unit == Some("百分点")
    {
        return None;
    }
    let amounts: Vec<&SentenceFigure> = before
        .iter()
        .rev()
        .take(3)
        .filter(|figure| figure.is_amount())
        .collect();
    if rate.says(&["完成"]) {
        let plan = amounts
            .iter()
            .find(|figure| figure.says(PLANS) && !figure.says(&["完成"]))?;
        let actual = amounts
            .iter()
            .find(|figure| !figure.says(PLANS) || figure.says(&["完成", "实际"]))?;
        return plan
            .sums_with(actual)
            .then(|| ratio(actual.expr(), plan.expr()));
    }
    if rate.says(&["占"]) {
        let [part, whole, ..] = amounts[..] else {
            return None;
        };
        return (part.after_whereof && part.sums_with(whole) && !whole.is_change())
            .then(|| ratio(part.expr(), whole.expr()));
    }
    let falls = rate.says(RATES_DOWN);
    if !falls && !rate.says(RATES_UP) {
        return None;
    }
    let [change, now, ..] = amounts[..] else {
        return None;
    };
    if !change.sums_with(now) || change.after_whereof {
        return None;
    }
    if change.is_change()
        && !now.is_change()
        && !now.says(PLANS)
        && basis(rate).is_none_or(|b| basis(change) == Some(b))
        && change.says(FALLS) == falls
    {
        let operator = if falls { '+' } else { '-' };
        let base = binary(operator, now, change);
        return Some(ratio(change.expr(), base));
    }
    // 上年 … 今年 …: the later of two.
    (now.says(EARLIER) && !change.is_change() && !now.is_change() && !change.says(PLANS)).then(
        || {
            let (later, earlier) = if falls { (now, change) } else { (change, now) };
            let change = binary('-', later, earlier);
            ratio(change, now.expr())
        },
    )
}

/// 年初 … 年末 … 增加 …: the difference of the two.
fn difference(figures: &[SentenceFigure], index: usize) -> Option<Expr> {
    let change = &figures[index];
    let [.., earlier, later] = &figures[..index] else {
        return None;
    };
    let fits = change.is_change()
        && basis(change).is_none()
        && earlier.says(EARLIER)
        && !earlier.is_change()
        && !later.is_change()
        && earlier.sums_with(later)
        && later.sums_with(change);
    fits.then(|| {
        if change.says(FALLS) {
            binary('-', earlier, later)
        } else {
            binary('-', later, earlier)
        }
    })
}

/// A total and what 其中 names after it.
fn parts(figures: &[SentenceFigure]) -> Option<PartsCheck> {
    let first = figures.iter().position(|figure| figure.after_whereof)?;
    let total = figures[..first]
        .iter()
        .rev()
        .find(|figure| figure.is_amount())?;
    let parts: Vec<(usize, f64)> = figures[first..]
        .iter()
        .take_while(|figure| figure.sums_with(total) && figure.is_change() == total.is_change())
        .filter(|figure| figure.field != total.field)
        .map(|figure| (figure.field, figure.scale / total.scale))
        .collect();
    (!parts.is_empty()).then_some(PartsCheck {
        total: total.field,
        parts,
    })
}

fn binary(operator: char, left: &SentenceFigure, right: &SentenceFigure) -> Expr {
    Expr::Binary(operator, Box::new(left.expr()), Box::new(right.expr()))
}

fn ratio(part: Expr, whole: Expr) -> Expr {
    let share = Expr::Binary('/', Box::new(part), Box::new(whole));
    Expr::Binary('*', Box::new(share), Box::new(Expr::Number(100.0)))
}

/// What a change is measured against; nothing where its phrase does not say.
fn basis(figure: &SentenceFigure) -> Option<usize> {
    BASES.iter().position(|words| figure.says(words))
}
