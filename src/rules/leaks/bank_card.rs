//! Numbers of bank cards: 13 to 19 digits with a right check digit, and an issuer's first digits or words that name a card or
//! an account. Enters: one file. Leaves: such numbers; one of a person's identity is another rule's.

use super::checksums::{is_credit_code, is_identity_number, is_luhn};
use super::context::{before, holds};
use super::found;
use super::numbers::{grouped, is_isolated};
use crate::rules::{Finding, Subject};

/// How cards are grouped in print.
const GROUPS: &[&[usize]] = &[
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[6, 13],
    &[6, 10],
];
/// Words of the same line, folded.
const CONTEXT: &[&str] = &[
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "户名",
    "银行卡",
    "借记卡",
    "储蓄卡",
    "card no",
    "card number",
    "account",
];
/// No number begins with fewer figures: most texts count their items, and few of them more.
const SHORTEST: usize = 4;
/// How many characters before a number its words may stand.
const REACH: usize = 24;

/// Finds numbers of bank cards.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let all = subject.text.pieces();
    let mut findings = Vec::new();
    let mut end = 0;
    for (index, piece) in all.iter().enumerate() {
        if piece.range.start < end || piece.range.len() < SHORTEST {
            continue;
        }
        let length = piece.range.len();
        let whole = [length];
        let mut numbers = (13..=19)
            .contains(&length)
            .then_some(whole.as_slice())
            .into_iter()
            .chain(GROUPS.iter().copied())
            .filter_map(|lengths| grouped(text, all, index, lengths));
        let card = numbers.find(|number| {
            is_luhn(&number.digits)
                && is_isolated(subject.text, all, number)
                && !is_identity_number(&number.digits, subject.today)
                && (has_issuer(&number.digits)
                    || (holds(before(text, number.range.start, REACH), CONTEXT)
                        && !is_credit_code(&number.digits)))
        });
        if let Some(card) = card {
            end = card.range.end;
            findings.push(found(
                subject,
                card.range,
                ("银行卡号或账号", "a bank card number"),
            ));
        }
    }
    findings
}

/// Whether a number begins and is as long as a card of a known scheme (ISO/IEC 7812 issuer ranges: UnionPay, Visa,
/// Mastercard, American Express, JCB).
fn has_issuer(digits: &str) -> bool {
    let prefix = |length: usize| {
        digits
            .get(..length)
            .and_then(|head| head.parse::<u32>().ok())
    };
    let (two, four) = (prefix(2).unwrap_or(0), prefix(4).unwrap_or(0));
    match digits.len() {
        15 => matches!(two, 34 | 37),
        16 => matches!(two, 40..=49 | 51..=55 | 62) || matches!(four, 2221..=2720 | 3528..=3589),
        17..=19 => two == 62,
        _ => false,
    }
}
