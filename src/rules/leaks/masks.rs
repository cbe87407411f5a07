//! Whether a report is a masked text: whether it holds blanks where words or figures of its subject were. Enters: one file.
//! Leaves: the places of such blanks. The blanks of a date and of a signature are none of them.

use crate::markdown::{Blanks, find_blanks};
use crate::rules::Subject;

/// What stands right before a blank that is to be signed.
const SIGNATURES: &[&str] = &[
    "签字：",
    "签字:",
    "签名：",
    "签名:",
    "签章：",
    "日期：",
    "日期:",
    "人：",
    "人:",
];

/// The bytes of the source at which blanks for words and figures begin, in order.
pub(super) fn blanks(subject: &Subject) -> Vec<usize> {
    let text = subject.text;
    let start = text.span(text.body..text.body).start as usize;
    let body = text.source.get(start..).unwrap_or("");
    find_blanks(body, Blanks::All)
        .into_iter()
        .map(|blank| blank.span.range())
        .filter(|range| {
            let (before, after) = (body[..range.start].trim_end(), &body[range.end..]);
            let is_date = after.starts_with(['年', '月', '日', '季']);
            let is_signed = SIGNATURES.iter().any(|words| before.ends_with(words));
            !(is_date || is_signed)
        })
        .map(|range| start + range.start)
        .collect()
}

/// Whether a file holds such a blank.
pub(super) fn has_blanks(subject: &Subject) -> bool {
    !blanks(subject).is_empty()
}
