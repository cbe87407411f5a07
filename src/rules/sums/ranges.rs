//! Ranges that stand upside down: 25000-15000元, 5年至3年, 2026年9月至2026年7月. Enters: folded text. Leaves: findings.
//! Numbers that go down on purpose, codes, telephone numbers and what wraps around a year or a night are left alone.

use super::dates::{DATE, WrittenDate, read_date};
use crate::rules::{Finding, Subject};
use crate::say;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Units in which a range has a lower and an upper end. Months, days and hours wrap around and are none.
const HEAD: &str =
    r"(?P<n>\d{1,3}(?:,\d{3}){1,3}|\d{1,12}(?:\.\d{1,6})?)(?P<s>万|亿|千|k)?(?P<u>UNITS)?$";
const TAIL: &str =
    r"^(?P<n>\d{1,3}(?:,\d{3}){1,3}|\d{1,12}(?:\.\d{1,6})?)(?P<s>万|亿|千|k)?(?P<u>UNITS)?";
const UNITS: &str = "元|美元|港元|港币|年|天|%|人|名|户|家|笔|个月|个工作日|个|位|小时|周岁|岁|周|页|分钟|万元|亿元";

static PATTERNS: LazyLock<Option<(Regex, Regex)>> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(&pattern.replace("UNITS", UNITS)).ok();
    Some((compile(HEAD)?, compile(TAIL)?))
});

/// How many characters of a range are looked at on each side.
const REACH: usize = 20;

/// Words before a range that make it a way down.
const MOTIONS: &[&str] = &[
    "由", "从", "自", "降", "减", "缩", "下调", "下滑", "下浮", "调整", "倒", "改", "原", "变",
    "比分", "优化", "压",
];

/// Ranges whose first end is above the second.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    // A figure behind a joint begins a run of figures, and those are known.
    let pieces = subject.text.pieces().iter().map(|piece| piece.range.start);
    let found = pieces.filter_map(|after| {
        let joint = text[..after].chars().next_back()?;
        let is_joint = matches!(joint, '-' | '~' | '–' | '—' | '至' | '到');
        let follows = text.as_bytes()[after].is_ascii_digit();
        if !is_joint || !follows {
            return None;
        }
        let at = after - joint.len_utf8();
        let precedes = text[..at].ends_with(|c: char| {
            c.is_ascii_digit() || "元年天%人名户家笔月日个位时周岁页钟万亿千k".contains(c)
        });
        precedes.then(|| judge(subject, at..after))?
    });
    found.collect()
}

fn judge(subject: &Subject, joint: Range<usize>) -> Option<Finding> {
    let text = &subject.text.text;
    let from = text[..joint.start]
        .char_indices()
        .rev()
        .take(REACH)
        .last()?
        .0;
    let to = text[joint.end..]
        .char_indices()
        .nth(REACH)
        .map_or(text.len(), |(index, _)| joint.end + index);
    let before = text[from..joint.start].rsplit('\n').next()?;
    let after = text[joint.end..to].split('\n').next()?;
    let from = joint.start - before.len();
    let is_iso = text[joint.clone()].starts_with('-');
    let dates = dates(before, after).filter(|_| !is_iso || before.ends_with(['月', '日']));
    let (start, end) = match dates {
        Some((first, second, start, end)) => {
            if !is_upside_down(first, second) {
                return None;
            }
            (start, end)
        }
        None => numbers(before, after)?,
    };
    let lead = &before[..start];
    let clause = lead
        .rsplit([',', '。', ';', '、', ':', '(', '|'])
        .next()
        .unwrap_or(lead);
    let rest = &after[end..];
    let rest = rest
        .split([',', '。', ';', '、', ':', ')', '|'])
        .next()
        .unwrap_or(rest);
    let is_motion = |words: &str| MOTIONS.iter().any(|word| words.contains(word));
    if is_motion(clause)
        || is_motion(rest)
        || (joint.start < subject.text.body && is_salary_field(before))
    {
        return None;
    }
    let range = from + start..joint.end + end;
    let written = subject.text.written(range.clone());
    Some(Finding::new(
        subject.text.span(range),
        say!(
            "“{written}”前大后小",
            "`{written}` runs from the larger end to the smaller"
        ),
    ))
}

/// The front matter's own reading of pay reports an upside-down range already.
fn is_salary_field(before: &str) -> bool {
    ["薪酬", "薪资", "salary"]
        .iter()
        .any(|key| before.starts_with(key))
}

/// Two whole dates on both sides, with where the first begins and the second ends.
fn dates(before: &str, after: &str) -> Option<(WrittenDate, WrittenDate, usize, usize)> {
    let pattern = DATE.as_ref()?;
    let first = pattern.captures_iter(before).last()?;
    let second = pattern.captures(after)?;
    let (head, tail) = (first.get(0)?, second.get(0)?);
    let touches = head.end() == before.len() && tail.start() == 0;
    let pair = (read_date(&first)?, read_date(&second)?);
    touches.then_some((pair.0, pair.1, head.start(), tail.end()))
}

/// Whether two dates are certainly in the wrong order; without years only days of one month are.
fn is_upside_down(first: WrittenDate, second: WrittenDate) -> bool {
    let same_month = first.month == second.month && second.year.is_none();
    let days = matches!((first.day, second.day), (Some(first), Some(second)) if first > second);
    first.is_after(second) || (same_month && days)
}

/// Two numbers of one unit, the first certainly the larger, with where the first begins and the second ends.
fn numbers(before: &str, after: &str) -> Option<(usize, usize)> {
    let (head, tail) = PATTERNS.as_ref()?;
    let (first, second) = (head.captures(before)?, tail.captures(after)?);
    let (start, end) = (first.get(0)?.start(), second.get(0)?.end());
    let unit = |captures: &Captures| captures.name("u").map(|unit| unit.as_str().to_owned());
    let scale = |captures: &Captures| captures.name("s").map(|scale| scale.as_str().to_owned());
    let (units, scales) = (
        (unit(&first), unit(&second)),
        (scale(&first), scale(&second)),
    );
    // The second end must say what is measured, and the first the same or nothing.
    let is_money = ["nt$", "hk$", "us$", "¥", "rmb"]
        .iter()
        .any(|sign| before[..start].ends_with(sign));
    let measured = is_money || units.1.is_some() || scales.1.is_some();
    let is_one_unit = units.0.is_none() || units.0 == units.1;
    let plain_before = is_money
        || !before[..start]
            .ends_with(|c: char| c.is_ascii_alphanumeric() || "-./_#*×+=$第–—~,÷".contains(c))
            // A colon after a figure is that of a time of day.
            && !before[..start]
                .strip_suffix(':')
                .is_some_and(|lead| lead.ends_with(|c: char| c.is_ascii_digit()));
    let rest = &after[end..];
    let plain_after = !rest
        .starts_with(|c: char| c.is_ascii_alphanumeric() || "-._~×*+=–—÷制".contains(c))
        && !rest.starts_with("至")
        && !rest.starts_with("到");
    if !measured || !is_one_unit || !plain_before || !plain_after {
        return None;
    }
    let (low, high) = (value(&first)?, value(&second)?);
    let factor = |scale: &Option<String>| match scale.as_deref() {
        Some("千" | "k") => 1_000,
        Some("万") => 10_000,
        Some("亿") => 100_000_000,
        _ => 1,
    };
    let (own, other) = (factor(&scales.0), factor(&scales.1));
    let million = 1_000_000_i128;
    // 500-100万: the first shares 万; 5000-1万 does not.
    let is_above = match (own, other) {
        (1, other) if other > 1 && units.0.is_none() => low > high && low < 1_000 * million,
        _ => low * own > high * other,
    };
    let is_year = units.1.as_deref() == Some("年");
    let shortened = is_year && low >= 1_000 * million && high < 1_000 * million;
    let subtracts = units.1.as_deref() == Some("%") && units.0.is_none() && low >= 100 * million;
    (is_above && !shortened && !subtracts).then_some((start, end))
}

/// A number in millionths.
fn value(captures: &Captures) -> Option<i128> {
    let written = captures.name("n")?.as_str().replace(',', "");
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let whole: i128 = whole.parse().ok()?;
    let padded = format!("{fraction:0<6}");
    Some(whole * 1_000_000 + padded.get(..6)?.parse::<i128>().ok()?)
}
