//! `jobs.json`: open postings in the public shape of job boards that careers widgets already read
//! (id, title, absolute_url, location, departments, offices, updated_at, content, pay ranges, metadata).

use super::{absolute, changed_at};
use crate::fields::{ChoiceValue, Salary};
use crate::kinds::Job;
use crate::view::Views;
use crate::vocabulary::EntryRef;
use serde_json::{Value, json};

/// Builds `jobs.json`.
pub fn jobs_json(views: &Views) -> Vec<u8> {
    let site = views.site;
    let members = site
        .list_at("jobs")
        .map_or(&[][..], |index| &site.lists[index].documents);
    let listed: Vec<(usize, &Job)> = members
        .iter()
        .filter_map(|&index| Some((index, site.documents[index].document.body.job()?)))
        .collect();
    // One posting at a time: with thousands of them a tree of the whole would be the largest thing in memory.
    let mut out = format!("{{\"meta\":{{\"total\":{}}},\"jobs\":[", listed.len()).into_bytes();
    for (place, (index, job)) in listed.into_iter().enumerate() {
        out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
        let written = serde_json::to_writer(&mut out, &job_value(views, index, job));
        debug_assert!(written.is_ok());
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// One posting as the file has it.
pub(super) fn job_value(views: &Views, index: usize, job: &Job) -> Value {
    let placed = &views.site.documents[index];
    let document = &placed.document;
    let places: Vec<&str> = job
        .locations
        .iter()
        .map(|place| place.0.name.as_str())
        .collect();
    let body = views.body_html(index);
    let window = document.body.as_kind().window();
    json!({
        "id": document.id.id,
        "internal_job_id": document.id.id,
        "requisition_id": document.id.id,
        "title": document.shared.title,
        "absolute_url": absolute(views, &views.document_url(document)),
        "language": document.language(views.site.config.language).tag(),
        "company_name": job.unit.as_ref().map_or(views.site.config.organization.name.as_str(), |unit| unit.0.name.as_str()),
        "location": { "name": places.join(views.comma()) },
        "departments": job.department.iter().map(|department| group(&department.0)).collect::<Vec<_>>(),
        "offices": job.locations.iter().map(|place| office(views, &place.0)).collect::<Vec<_>>(),
        "first_published": document.shared.published.as_ref().map(|day| super::start_of_day(views, day.value)),
        "updated_at": changed_at(views, document),
        "application_deadline": window.closes.map(|closes| views.moment(closes).iso),
        "state": placed.state.id(),
        "pay_input_ranges": pay_ranges(job),
        "metadata": metadata(views, job),
        // Widgets expect the text escaped once more, as an HTML string inside a string.
        "content": escaped(&body),
    })
}

/// Markup as text, in one pass: bodies are most of this file.
fn escaped(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut rest = html;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

fn group(entry: &EntryRef) -> Value {
    json!({ "id": entry.id, "name": entry.name, "parent_id": null, "child_ids": [] })
}

fn office(views: &Views, entry: &EntryRef) -> Value {
    let place = views
        .site
        .vocabularies
        .get(crate::vocabulary::VocabularyName::Locations)
        .entry(&entry.id);
    json!({
        "id": entry.id,
        "name": entry.name,
        "location": place.and_then(|place| place.address.clone()),
        "parent_id": null,
        "child_ids": [],
    })
}

fn pay_ranges(job: &Job) -> Vec<Value> {
    let Some(Salary { range: Some(range) }) = &job.salary else {
        return Vec::new();
    };
    vec![json!({
        "min_cents": range.min * 100,
        "max_cents": range.max * 100,
        "currency_type": range.currency,
        "title": range.unit.id(),
        "blurb": null,
    })]
}

fn metadata(views: &Views, job: &Job) -> Vec<Value> {
    let mut metadata = Vec::new();
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            metadata.push(
                json!({ "id": name, "name": name, "value": value, "value_type": "short_text" }),
            );
        }
    };
    add(
        "unit",
        job.unit.as_ref().map(|unit| unit.0.name.clone().into()),
    );
    add(
        "category",
        job.category
            .as_ref()
            .map(|category| category.0.name.clone().into()),
    );
    add(
        "recruitment",
        job.recruitment.map(|value| value.id().into()),
    );
    add("education", job.education.map(|value| value.id().into()));
    add(
        "headcount",
        job.headcount
            .as_ref()
            .map(|headcount| views.headcount(headcount).into()),
    );
    add(
        "experience_months",
        job.experience
            .as_ref()
            .map(|experience| experience.months().into()),
    );
    metadata
}
