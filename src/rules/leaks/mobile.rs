//! Mobile numbers: of the mainland by their shape, of Hong Kong and Taiwan where a country code or words name them.
//! Enters: one file. Leaves: numbers of persons; the telephone that the bank itself publishes for questions is none.

use super::context::{after, before, holds};
use super::found;
use super::numbers::{Number, grouped, is_isolated};
use crate::kinds::{Apply, Body};
use crate::rules::pieces::AlphanumericRun;
use crate::rules::{Finding, Subject};
use crate::text::fold;

/// Words of a number that is no telephone, right before it.
const OTHER_NUMBERS: &[&str] = &[
    "编号", "单号", "流水", "序号", "序列", "订单", "合同", "批号", "文号", "代码", "工号", "no.",
    "账号", "帐号", "卡号", "¥", "$",
];
/// What follows a figure that is an amount or a count.
const UNITS: &[&str] = &[
    "元", "万", "亿", "美", "股", "户", "笔", "吨", "人", "%", "位数",
];
/// Words that name a mobile number.
const MOBILE_WORDS: &[&str] = &[
    "手机",
    "流动电话",
    "行动电话",
    "手提电话",
    "移动电话",
    "whatsapp",
    "mobile",
    "line",
];
/// No number begins with fewer figures: most texts count their items, and few of them more.
const SHORTEST: usize = 2;
/// How many characters before a number its words may stand.
const REACH: usize = 12;

/// Finds mobile numbers.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let all = subject.text.pieces();
    let published = published(subject);
    let mut findings = Vec::new();
    let mut end = 0;
    for (index, piece) in all.iter().enumerate() {
        if piece.range.start < end || piece.range.len() < SHORTEST {
            continue;
        }
        let Some(number) = read_here(subject, text, all, index) else {
            continue;
        };
        end = number.range.end;
        let is_published = published
            .iter()
            .any(|known| known.contains(&number.digits) || number.digits.ends_with(known));
        if !is_published {
            findings.push(found(subject, number.range, ("手机号", "a mobile number")));
        }
    }
    findings
}

fn read_here(
    subject: &Subject,
    text: &str,
    all: &[AlphanumericRun],
    index: usize,
) -> Option<Number> {
    let find = |groups: &[&[usize]], fits: &dyn Fn(&Number) -> bool| {
        let mut numbers = groups
            .iter()
            .filter_map(|lengths| grouped(text, all, index, lengths));
        numbers.find(|number| fits(number) && is_isolated(subject.text, all, number))
    };
    let is_other = |number: &Number| {
        let start = number.range.start;
        holds(before(text, start, 5), OTHER_NUMBERS)
            || UNITS
                .iter()
                .any(|unit| after(text, number.range.end, 2).starts_with(unit))
    };
    let mainland = |number: &Number| {
        let digits = number.digits.as_str();
        let national = digits.strip_prefix("86").unwrap_or(digits);
        is_mainland(national) && !is_other(number)
    };
    let groups: &[&[usize]] = &[
        &[11],
        &[13],
        &[2, 11],
        &[3, 4, 4],
        &[2, 3, 4, 4],
        &[3, 8],
        &[2, 3, 8],
        &[4, 4, 3],
        &[5, 4, 4],
    ];
    if let Some(number) = find(groups, &mainland) {
        return Some(number);
    }
    let named = |number: &Number, more: &[&str]| {
        let words = before(text, number.range.start, REACH);
        (holds(words, MOBILE_WORDS) || holds(words, more)) && !is_other(number)
    };
    let has_plus = |number: &Number| text[..number.range.start].ends_with('+');
    let in_hong_kong = subject.jurisdictions.contains("hk");
    let hong_kong = |number: &Number| {
        let digits = number.digits.as_str();
        if let Some(rest) = digits.strip_prefix("852").filter(|rest| rest.len() == 8) {
            is_hong_kong(rest) && (has_plus(number) || named(number, &["电话"]))
        } else {
            let more: &[&str] = if in_hong_kong { &["电话"] } else { &[] };
            is_hong_kong(digits) && named(number, more)
        }
    };
    if let Some(number) = find(&[&[8], &[4, 4], &[11], &[3, 8], &[3, 4, 4]], &hong_kong) {
        return Some(number);
    }
    let taiwan = |number: &Number| {
        let digits = number.digits.as_str();
        match digits.strip_prefix("886") {
            Some(rest) => is_taiwan(&format!("0{rest}")) && has_plus(number),
            None => is_taiwan(digits) && named(number, &["电话", "联络"]),
        }
    };
    let groups: &[&[usize]] = &[
        &[10],
        &[4, 3, 3],
        &[4, 6],
        &[12],
        &[3, 9],
        &[3, 3, 3, 3],
        &[3, 3, 6],
    ];
    find(groups, &taiwan)
}

/// Eleven digits from 13 to 19; one figure repeated, or eight noughts at the end, stands for no number.
fn is_mainland(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let is_stand_in = || {
        let rest = &bytes[3..];
        rest.iter().all(|byte| *byte == rest[0])
    };
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && !is_stand_in()
}

fn is_hong_kong(digits: &str) -> bool {
    digits.len() == 8 && matches!(digits.as_bytes()[0], b'4'..=b'9' if !digits.starts_with("800"))
}

fn is_taiwan(digits: &str) -> bool {
    digits.len() == 10 && digits.starts_with("09")
}

/// The telephones that the posting, its campaign or the site publishes, as digits.
fn published(subject: &Subject) -> Vec<String> {
    let own = match subject.document.map(|document| &document.body) {
        Some(Body::Campaign(campaign)) => campaign.apply.as_ref(),
        _ => None,
    };
    let ways: [Option<&Apply>; 3] = [
        subject.job.and_then(|job| job.apply.as_ref()),
        own,
        Some(&subject.config.apply),
    ];
    let mut telephones = Vec::new();
    for contact in ways
        .into_iter()
        .flatten()
        .filter_map(|way| way.contact.as_deref())
    {
        let folded = fold(contact).replace([' ', '-', '(', ')', '+'], "");
        let runs = folded.split(|c: char| !c.is_ascii_digit());
        telephones.extend(runs.filter(|run| run.len() >= 8).map(str::to_owned));
    }
    telephones
}
