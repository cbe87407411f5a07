//! Exact amounts of money that masking forgot: in a report that holds blanks and names a customer, a bank or a branch. Enters:
//! one file. Leaves: amounts beside such a name, exact ones anywhere in the report, and as a note those beside a blank.
//! Thresholds, ranges and rules (500万元以上, 每笔, 不低于) are nobody's amounts.

use super::context::{after, before, holds};
use super::masks::blanks;
use super::parties::find_parties;
use super::third_party::own_names;
use super::{found, pattern};
use crate::rules::{Finding, Subject};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static AMOUNTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<figure>[0-9]{1,15}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?|[一二三四五六七八九十百两]{1,7})余?(?P<unit>千万|百万|万亿|万|亿)(?P<money>元|美元|港元|欧元|日元|人民币|美金|港币|新台币)?",
    )
});

/// Words after an amount that make it a bound, a count of something else, or a word.
const AFTER: &[&str] = &[
    "以上",
    "以下",
    "以内",
    "及以上",
    "(含)",
    "(不含)",
    "起",
    "至",
    "-",
    "~",
    "—",
    "到",
    "级",
    "户",
    "人",
    "笔",
    "条",
    "次",
    "吨",
    "股",
    "平",
    "张",
    "名",
    "份",
    "件",
    "字",
    "一",
    "水",
    "不",
    "分",
    "客",
];
/// Words before an amount that make it a bound or a rule.
const BEFORE: &[&str] = &[
    "超过",
    "不低于",
    "不少于",
    "不超",
    "高于",
    "低于",
    "大于",
    "小于",
    "达到",
    "满",
    "每",
    "至",
    "到",
    "-",
    "~",
    "—",
    "上限",
    "下限",
    "限额",
    "标准",
    "起点",
    "门槛",
    "单笔",
    "单户",
    "起存",
    "起购",
    "罚款",
    "处以",
    "最高",
    "最低",
];
/// Words near an amount without a currency that say that it is money.
const MONEY: &[&str] = &[
    "存款", "贷款", "余额", "授信", "利润", "资产", "结算", "投放", "融资", "敞口", "中收", "收入",
    "营收", "理财", "保费", "负债", "贴现", "票据",
];

/// Finds amounts.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let blanks = blanks(subject);
    let start = subject.text.body;
    let body = &subject.text.text[start..];
    let parties: Vec<usize> = find_parties(body, &own_names(subject))
        .into_iter()
        .map(|(range, _)| range.start)
        .collect();
    let ends: Vec<usize> = sentence_ends(body);
    let mut findings = Vec::new();
    for captures in AMOUNTS.iter().flat_map(|regex| regex.captures_iter(body)) {
        let (Some(whole), Some(figure)) = (captures.get(0), captures.name("figure")) else {
            continue;
        };
        let has_currency = captures.name("money").is_some();
        if !is_amount(body, &whole.range(), has_currency) {
            continue;
        }
        let sentence = sentence_around(&ends, whole.start(), body.len());
        let named_here = occurs_in(&parties, &sentence);
        let exact = is_exact(figure.as_str());
        let range = start + whole.start()..start + whole.end();
        let at_source = subject
            .text
            .span(start + sentence.start..start + sentence.end)
            .range();
        let finding = |range| {
            found(
                subject,
                range,
                ("没有遮盖的真实金额", "an amount that was not masked"),
            )
        };
        if blanks.is_empty() {
            // A full report says what it says; the exact figure of somebody named is worth a look.
            if named_here && exact {
                findings.push(finding(range).lesser());
            }
        } else if named_here || (exact && !parties.is_empty()) {
            findings.push(finding(range));
        } else if exact && occurs_in(&blanks, &at_source) {
            findings.push(finding(range).doubtful());
        }
    }
    findings
}

/// Whether an amount is a sum of somebody's money, not a bound and not a count.
fn is_amount(text: &str, range: &Range<usize>, has_currency: bool) -> bool {
    let next = after(text, range.end, 4);
    let previous = before(text, range.start, 4);
    let is_bound = AFTER.iter().any(|word| next.starts_with(word))
        || BEFORE.iter().any(|word| previous.ends_with(word));
    let is_part =
        text[..range.start].ends_with(|c: char| c.is_ascii_alphanumeric() || "._,第".contains(c));
    let near =
        || holds(before(text, range.start, 10), MONEY) || holds(after(text, range.end, 6), MONEY);
    !is_bound && !is_part && (has_currency || near())
}

/// Whether a figure says more than a round number does: two digits and more that are no noughts.
fn is_exact(figure: &str) -> bool {
    let digits = figure
        .chars()
        .filter(char::is_ascii_digit)
        .collect::<String>();
    digits.trim_matches('0').len() >= 2
}

/// Where the sentences of a text end, in order.
fn sentence_ends(text: &str) -> Vec<usize> {
    let ends = text.match_indices(['\n', '。', '!', '?', ';']);
    ends.map(|(index, _)| index).collect()
}

/// The sentence around a byte.
fn sentence_around(ends: &[usize], at: usize, length: usize) -> Range<usize> {
    let next = ends.partition_point(|end| *end < at);
    let start = next
        .checked_sub(1)
        .and_then(|last| ends.get(last))
        .copied()
        .unwrap_or(0);
    start..ends.get(next).copied().unwrap_or(length)
}

/// Whether one of the sorted places stands in a range.
fn occurs_in(places: &[usize], range: &Range<usize>) -> bool {
    let first = places.partition_point(|place| *place < range.start);
    places.get(first).is_some_and(|place| *place < range.end)
}
