//! Identity numbers: of the mainland (18 characters, and 15 digits where the words around say so), of Hong Kong and of Taiwan.
//! Enters: one file. Leaves: numbers whose check digit is right. The whole number never stands in a message.

use super::checksums::{
    is_hong_kong_identity, is_identity_number, is_old_identity_number, is_taiwan_identity,
};
use super::context::{after, before, holds};
use super::found;
use super::numbers::grouped;
use crate::rules::pieces::AlphanumericRun;
use crate::rules::{Finding, Subject};
use std::ops::Range;

/// How authors group the 18 characters.
const GROUPS: &[&[usize]] = &[
    &[18],
    &[6, 8, 4],
    &[6, 12],
    &[14, 4],
    &[6, 4, 4, 4],
    &[3, 3, 8, 4],
];
/// Words before a number that has no strong check by itself, folded.
const CONTEXT: &[&str] = &[
    "身份证",
    "身分证",
    "证件号",
    "证件编号",
    "证号",
    "居留证",
    "统一编号",
    "统一证号",
    "hkid",
    "identity",
    "id no",
    "id card",
];
/// No number begins with fewer figures: most texts count their items, and few of them more.
const SHORTEST: usize = 3;
/// How many characters before a number its words may stand.
const REACH: usize = 16;

/// Finds identity numbers.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let all = subject.text.pieces();
    let mut findings: Vec<Finding> = Vec::new();
    let mut end = 0;
    for (index, piece) in all.iter().enumerate() {
        if piece.range.start < end || piece.range.len() < SHORTEST {
            continue;
        }
        if let Some((range, what)) = read_here(subject, text, all, index, piece) {
            end = range.end;
            findings.push(found(subject, range, what));
        }
    }
    findings
}

type What = (&'static str, &'static str);

fn read_here(
    subject: &Subject,
    text: &str,
    all: &[AlphanumericRun],
    index: usize,
    piece: &AlphanumericRun,
) -> Option<(Range<usize>, What)> {
    let mut groups = GROUPS
        .iter()
        .filter_map(|lengths| grouped(text, all, index, lengths));
    if let Some(number) = groups.find(|number| is_identity_number(&number.digits, subject.today)) {
        return Some((number.range, ("身份证号", "an identity number")));
    }
    let range = piece.range.clone();
    let written = &text[range.clone()];
    let is_named = || holds(before(text, range.start, REACH), CONTEXT);
    match written.len() {
        15 if is_old_identity_number(written, subject.today) && is_named() => {
            Some((range, ("15位的旧身份证号", "an old identity number")))
        }
        10 if is_taiwan_identity(written) && is_named() => {
            Some((range, ("台湾地区的身份证号", "a Taiwanese identity number")))
        }
        8 | 9 if is_hong_kong_identity(written) && is_named() => {
            Some((range, ("香港身份证号", "a Hong Kong identity number")))
        }
        7 | 8 => {
            // The check digit in brackets is the number's own mark.
            let mut rest = after(text, range.end, 3).chars();
            let check = (rest.next() == Some('(')).then(|| rest.next()).flatten()?;
            let whole = format!("{written}{check}");
            let closed = rest.next() == Some(')');
            (closed && check.is_ascii() && is_hong_kong_identity(&whole)).then(|| {
                (
                    range.start..range.end + 3,
                    ("香港身份证号", "a Hong Kong identity number"),
                )
            })
        }
        _ => None,
    }
}
