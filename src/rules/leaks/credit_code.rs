//! Unified social credit codes: they name a company. Enters: one file. Leaves: codes with a right check character that are
//! no person's identity number; about three in a hundred numbers pass both, and the person comes first.

use super::checksums::{is_credit_code, is_identity_number};
use super::found;
use crate::rules::{Finding, Subject};

/// Finds unified social credit codes.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let pieces = subject.text.pieces().iter();
    let all = pieces.filter(|piece| piece.range.len() == 18);
    all.filter(|piece| {
        let written = &text[piece.range.clone()];
        is_credit_code(written) && !is_identity_number(written, subject.today)
    })
    .map(|piece| {
        found(
            subject,
            piece.range.clone(),
            ("企业的统一社会信用代码", "a company's credit code"),
        )
    })
    .collect()
}
