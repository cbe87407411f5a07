//! References to other documents in front matter. They are resolved in both directions, or reported with the nearest
//! name.

use super::Site;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{did_you_mean, nearest};
use crate::kinds::{Document, Kind, Reference};
use crate::say;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Every grade of every ladder read: ladder id, grade id, grade name.
pub(super) fn grade_table(documents: &[Arc<Document>]) -> Vec<(String, String, String)> {
    documents
        .iter()
        .filter_map(|document| Some((document, document.body.ladder()?)))
        .flat_map(|(document, ladder)| {
            ladder
                .grades
                .iter()
                .map(|grade| (document.id.id.clone(), grade.id.clone(), grade.name.clone()))
        })
        .collect()
}

/// Resolves every reference, in both directions.
pub(super) fn link_references(
    site: &mut Site,
    ladders: &[(String, String, String)],
    sink: &mut Sink,
) {
    let known = site.known.clone();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut grades = Vec::new();
    for (index, resolved) in site.documents.iter().enumerate() {
        for (kind, reference) in resolved.document.body.as_kind().references() {
            let Some(kind) = Kind::find(kind) else {
                continue;
            };
            let target = if kind.name == "ladder" {
                match find_grade(reference, ladders) {
                    Ok((ladder, grade)) => {
                        let place = site.find("ladder", &ladder);
                        grades.extend(place.map(|place| (index, place, grade)));
                        place
                    }
                    Err(near) => {
                        sink.push(unknown_reference(
                            "unknown-grade",
                            ("职级", "grade"),
                            &resolved.document,
                            reference,
                            &near,
                        ));
                        None
                    }
                }
            } else {
                if !known.has(kind.name, &reference.id) {
                    let near = if sink.may_advise(&resolved.document.source.path) {
                        nearest(&reference.id, known.ids(kind.name))
                    } else {
                        Vec::new()
                    };
                    sink.push(unknown_reference(
                        kind.unknown_code,
                        kind.noun,
                        &resolved.document,
                        reference,
                        &near,
                    ));
                }
                site.find(kind.name, &reference.id)
            };
            pairs.extend(target.map(|target| (index, target)));
        }
    }
    for (index, target) in pairs {
        site.documents[index].names.push(target);
        site.documents[target].named_by.push(index);
    }
    for (index, ladder, grade) in grades {
        site.documents[index].grade = Some((ladder, grade));
    }
}

/// Finds `<ladder>/<grade>`, or a grade that only one ladder has.
fn find_grade<'a>(
    reference: &Reference,
    ladders: &'a [(String, String, String)],
) -> Result<(String, String), Vec<&'a str>> {
    let (ladder, word) = match reference.id.split_once('/') {
        Some((ladder, grade)) => (Some(ladder.trim()), grade.trim()),
        None => (None, reference.id.as_str()),
    };
    let mut found = ladders.iter().filter(|(in_ladder, id, name)| {
        ladder.is_none_or(|ladder| ladder.eq_ignore_ascii_case(in_ladder))
            && (id.eq_ignore_ascii_case(word) || name == word)
    });
    match (found.next(), found.next()) {
        (Some((ladder, id, _)), None) => Ok((ladder.clone(), id.clone())),
        _ => Err(nearest(
            word,
            ladders
                .iter()
                .flat_map(|(_, id, name)| [id.as_str(), name.as_str()]),
        )),
    }
}

fn unknown_reference(
    code: &'static str,
    noun: (&str, &str),
    document: &Document,
    reference: &Reference,
    near: &[&str],
) -> Diagnostic {
    let mut message = say!(
        "没有“{}”这个{}",
        "there is no `{}` ({})",
        reference.id,
        noun.0
    );
    message.en = format!("there is no {} `{}`", noun.1, reference.id);
    let mut diagnostic = Diagnostic::error(code, message).at(&document.source, reference.span);
    if let Some(near) = near.first() {
        diagnostic = diagnostic.label(did_you_mean(&[near]));
    }
    diagnostic
}
