//! Two copies of one template that differ only in how their blanks are written. Enters: texts. Leaves: what is left of a
//! text when its blanks are taken out, so that copies are equal.

use super::{Blanks, find_blanks};
use crate::text::fold_char;

/// A text without its blanks, folded: letters and digits only, each blank one mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skeleton(String);

/// The least characters of a text that is compared at all: two short forms may well be alike.
const LEAST: usize = 60;

/// The skeleton of a text; nothing where it has no blanks or is too short to be compared.
pub fn skeleton(text: &str) -> Option<Skeleton> {
    let blanks = find_blanks(text, Blanks::All);
    if blanks.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for blank in &blanks {
        push(&mut out, &text[at..blank.span.start as usize]);
        out.push('\u{1}');
        at = blank.span.end as usize;
    }
    push(&mut out, &text[at..]);
    (out.chars().count() >= LEAST).then_some(Skeleton(out))
}

fn push(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| c.is_alphanumeric()).map(fold_char));
}
