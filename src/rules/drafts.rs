//! Drafts that are not finished. Enters: the findings in a draft. Leaves: the same, with one finding for everything that is
//! not stated yet. A document that is no draft is told each of them, with its law.

use super::Judged;
use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::kinds::Document;
use crate::say;

/// The rules that say what a posting lacks, in the order in which its author fills it in. Others follow as they were found.
const ORDER: [&str; 10] = [
    "blind-ad",
    "place-missing",
    "headcount-missing",
    "conditions-missing",
    "pay-missing",
    "published-missing",
    "validity",
    "apply-missing",
    "content-missing",
    "truncated-list",
];

/// Puts everything that a draft does not state yet into one finding at its head.
pub(super) fn told_once(judged: Vec<Judged>, document: &Document) -> Vec<Judged> {
    let is_unfinished = |one: &Judged| one.waived.is_none() && one.lacks.is_some();
    let (mut open, mut rest): (Vec<Judged>, Vec<Judged>) =
        judged.into_iter().partition(is_unfinished);
    open.sort_by_key(|one| {
        let place = ORDER.iter().position(|code| *code == one.diagnostic.code);
        place.unwrap_or(ORDER.len())
    });
    let mut lacks: Vec<&Text> = Vec::new();
    for text in open.iter().filter_map(|one| one.lacks.as_ref()) {
        if !lacks.contains(&text) {
            lacks.push(text);
        }
    }
    if lacks.is_empty() {
        return rest;
    }
    let named = |lang| -> Vec<&str> { lacks.iter().map(|text| text.get(lang)).collect() };
    let (zh, en) = (named(Lang::Zh).join("、"), named(Lang::En).join(", "));
    let diagnostic = Diagnostic::note(
        "unfinished-draft",
        say!(
            "草稿还没填完：缺{zh}",
            "the draft is not finished: it lacks {en}"
        ),
    )
    .at(&document.source, document.head)
    .help(say!(
        "填好后删去“草稿”一行，才会发布",
        "fill them in and delete the line `draft`; it is published then"
    ));
    rest.push(Judged {
        diagnostic,
        hash: String::new(),
        waived: None,
        by_time: false,
        lacks: None,
    });
    rest
}
