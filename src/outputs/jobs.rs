//! `jobs.json`: open postings in the public shape of job boards that careers widgets already read
//! (id, title, absolute_url, location, departments, offices, updated_at, content, pay ranges, metadata).

use super::{absolute, changed_at};
use crate::fields::{ChoiceValue, Day, Located, Salary};
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
    let room = super::room_for(views, listed.iter().map(|(index, _)| *index));
    let mut out = Vec::with_capacity(room);
    let meta = format!("{{\"meta\":{{\"total\":{}}},\"jobs\":[", listed.len());
    out.extend_from_slice(meta.as_bytes());
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
    let body = super::absolute_links(views, &body);
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

/// The posting's other fields in the words of its page, under their own names, so that a reader of two portals can
/// tell what changed.
fn more_fields(views: &Views, job: &Job, add: &mut impl FnMut(&str, Option<Value>)) {
    let mut text = |name: &str, text: Option<String>| {
        add(name, text.filter(|text| !text.is_empty()).map(Value::from));
    };
    let list = |words: &[String]| Some(words.join(views.comma()));
    let day =
        |day: &Option<Located<Day>>| day.as_ref().map_or(String::new(), |day| day.value.iso());
    text("employment", job.employment.map(|it| it.id().to_owned()));
    text(
        "contract_type",
        job.contract_type.map(|it| it.id().to_owned()),
    );
    text("degree", job.degree.clone());
    text("majors", list(&job.majors));
    text(
        "experience",
        job.experience.as_ref().map(|it| views.experience(it)),
    );
    text("languages", list(&job.languages));
    text("certificates", list(&job.certificates));
    let windows = job.graduation.iter().flat_map(|graduation| &graduation.0);
    let windows: Vec<String> = windows
        .map(|window| {
            let whose = window.whose.as_deref().unwrap_or("");
            format!("{whose} {}–{}", day(&window.from), day(&window.to))
                .trim()
                .to_owned()
        })
        .collect();
    text("graduation", list(&windows));
    text("class", job.class.clone());
    text("salary", job.salary.as_ref().map(|it| views.salary(it)));
    text("benefits", list(&job.benefits));
    text(
        "opens",
        job.opens.as_ref().map(|it| views.moment(&it.value).iso),
    );
    let steps = job.steps.iter().map(|step| {
        let parts = [
            step.name.clone(),
            day(&step.date),
            step.place.clone().unwrap_or_default(),
        ];
        parts.join(" ").trim().to_owned()
    });
    text("steps", list(&steps.collect::<Vec<_>>()));
    let apply = job.apply.iter().flat_map(|apply| {
        let url = apply.url.as_ref().map(|url| url.0.clone());
        let email = apply.email.as_ref().map(|email| email.0.clone());
        let own = [&apply.address, &apply.contact, &apply.note].map(Clone::clone);
        let materials = list(&apply.materials);
        [url, email]
            .into_iter()
            .chain(own)
            .chain([materials])
            .flatten()
    });
    let apply: Vec<String> = apply.filter(|part| !part.is_empty()).collect();
    text("apply", list(&apply));
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
    more_fields(views, job, &mut add);
    metadata
}
