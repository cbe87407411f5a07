//! Views that postings and campaigns share: steps, ways to apply, graduation windows.

use crate::kinds::{Apply, Step};
use crate::text::url::encode_component;
use crate::views::{DateView, Views};
use serde::Serialize;

/// A step as a template sees it.
#[derive(Serialize)]
pub(super) struct StepView {
    name: String,
    date: Option<DateView>,
    place: Option<String>,
    done: bool,
}

/// A way to apply as a template sees it.
#[derive(Serialize)]
pub(super) struct ApplyView {
    url: Option<String>,
    email: Option<String>,
    mailto: Option<String>,
    address: Option<String>,
    subject: Option<String>,
    materials: Vec<String>,
    contact: Option<String>,
    note: Option<String>,
}

/// Views of steps, in the order written.
pub(super) fn view_steps(steps: &[Step], views: &Views) -> Vec<StepView> {
    steps
        .iter()
        .map(|step| StepView {
            name: step.name.clone(),
            date: step.date.as_ref().map(|date| views.day(date.value)),
            place: step.place.clone(),
            done: step
                .date
                .as_ref()
                .is_some_and(|date| views.is_past(date.value)),
        })
        .collect()
}

/// The view of a way to apply; `subject` is the subject of the mail where the document states no subject, `body` the
/// beginning of the mail.
pub(super) fn view_apply(apply: &Apply, subject: &str, body: &str) -> ApplyView {
    let wording = apply.subject.as_deref().unwrap_or(subject);
    let mut materials = String::new();
    for (place, material) in apply.materials.iter().enumerate() {
        materials.push_str(&format!("{}. {material}\n", place + 1));
    }
    // Mail ends its lines with both marks (RFC 6068, section 5).
    let body = if body.is_empty() {
        String::new()
    } else {
        format!("{body}\n{materials}").replace('\n', "\r\n")
    };
    ApplyView {
        url: apply.url.as_ref().map(|url| url.0.clone()),
        email: apply.email.as_ref().map(|email| email.0.clone()),
        mailto: apply.email.as_ref().map(|email| {
            let subject = encode_component(wording);
            if body.is_empty() {
                format!("mailto:{}?subject={subject}", email.0)
            } else {
                format!(
                    "mailto:{}?subject={subject}&body={}",
                    email.0,
                    encode_component(&body)
                )
            }
        }),
        address: apply.address.clone(),
        subject: Some(wording.to_owned()),
        materials: apply.materials.clone(),
        contact: apply.contact.clone(),
        note: apply.note.clone(),
    }
}
