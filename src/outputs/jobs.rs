//! `jobs.json`: open postings in the public shape of job boards that careers widgets already read
//! (id, title, `absolute_url`, location, departments, offices, `updated_at`, content, pay ranges, metadata).

use crate::fields::{ChoiceValue, DisplayValue, EntryRef, Record, Salary, VocabularyName};
use crate::kinds::Job;
use crate::site::board_postings;
use crate::views::absolute::{absolute, changed_at};
use crate::views::{Views, absolute};
use anyhow::Result;
use serde::Serialize;

/// The beginning of the file, before the postings.
pub(super) fn jobs_json_before(views: &Views) -> String {
    let total = board_postings(views.site).count();
    format!("{{\"meta\":{{\"total\":{total}}},\"jobs\":[")
}

/// One posting, on a line of its own.
pub(super) fn jobs_json_entry(
    views: &Views,
    place: usize,
    index: usize,
    job: &Job,
    body: &str,
) -> Result<Vec<u8>> {
    let mut line = Vec::with_capacity(body.len() * 2);
    line.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
    serde_json::to_writer(&mut line, &board_job(views, index, job, body))?;
    Ok(line)
}

/// One posting as the file has it.
#[derive(Serialize)]
pub(super) struct BoardJob<'a> {
    id: &'a str,
    internal_job_id: &'a str,
    requisition_id: &'a str,
    title: &'a str,
    absolute_url: String,
    language: &'static str,
    company_name: &'a str,
    location: JobLocation,
    departments: Vec<JobDepartment<'a>>,
    offices: Vec<Office<'a>>,
    first_published: Option<String>,
    updated_at: Option<String>,
    application_deadline: Option<String>,
    state: &'static str,
    pay_input_ranges: Vec<JobPayRange<'a>>,
    metadata: Vec<Extra>,
    /// Widgets expect the text escaped once more, as an HTML string inside a string.
    content: String,
}

#[derive(Serialize)]
struct JobLocation {
    name: String,
}

/// The parts of a tree in the boards' format; they are always empty here.
type Nothing = [(); 0];

#[derive(Serialize)]
struct JobDepartment<'a> {
    id: &'a str,
    name: &'a str,
    parent_id: Option<()>,
    child_ids: Nothing,
}

#[derive(Serialize)]
struct Office<'a> {
    id: &'a str,
    name: &'a str,
    location: Option<&'a str>,
    parent_id: Option<()>,
    child_ids: Nothing,
}

#[derive(Serialize)]
struct JobPayRange<'a> {
    min_cents: u64,
    max_cents: u64,
    currency_type: &'a str,
    title: &'static str,
    blurb: Option<()>,
}

#[derive(Serialize)]
struct Extra {
    id: &'static str,
    name: &'static str,
    value: ExtraValue,
    value_type: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ExtraValue {
    Text(String),
    Count(u64),
}

/// Builds one posting.
pub(super) fn board_job<'a>(
    views: &Views<'a>,
    index: usize,
    job: &'a Job,
    body: &str,
) -> BoardJob<'a> {
    let resolved = &views.site.documents[index];
    let document = &resolved.document;
    let id = document.id.id.as_str();
    let own = views.site.config.organization.name.as_str();
    let places: Vec<&str> = job
        .locations
        .iter()
        .map(|place| place.0.name.as_str())
        .collect();
    let closes = document.body.as_kind().window().closes;
    BoardJob {
        id,
        internal_job_id: id,
        requisition_id: id,
        title: &document.shared.title,
        absolute_url: absolute(views, &views.document_url(document)),
        language: document.language(views.site.config.language).tag(),
        company_name: job.unit.as_ref().map_or(own, |unit| unit.0.name.as_str()),
        location: JobLocation {
            name: places.join(views.comma()),
        },
        departments: job
            .department
            .iter()
            .map(|department| group(&department.0))
            .collect(),
        offices: job
            .locations
            .iter()
            .map(|place| office(views, &place.0))
            .collect(),
        first_published: document
            .shared
            .published
            .as_ref()
            .map(|day| absolute::start_of_day(views, day.value)),
        updated_at: changed_at(views, document),
        application_deadline: closes.map(|closes| views.moment(closes).iso),
        state: resolved.state.id(),
        pay_input_ranges: pay_range(job).into_iter().collect(),
        metadata: metadata(views, job),
        content: escaped(&absolute::absolute_links(views, body)),
    }
}

/// Markup as text, in one pass, since bodies are most of this file.
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

fn group(entry: &EntryRef) -> JobDepartment<'_> {
    JobDepartment {
        id: &entry.id,
        name: &entry.name,
        parent_id: None,
        child_ids: [],
    }
}

fn office<'a>(views: &Views<'a>, entry: &'a EntryRef) -> Office<'a> {
    let known = views.site.vocabularies.get(VocabularyName::Locations);
    Office {
        id: &entry.id,
        name: &entry.name,
        location: known
            .entry(&entry.id)
            .and_then(|place| place.address.as_deref()),
        parent_id: None,
        child_ids: [],
    }
}

fn pay_range(job: &Job) -> Option<JobPayRange<'_>> {
    let Some(Salary { range: Some(range) }) = &job.salary else {
        return None;
    };
    Some(JobPayRange {
        min_cents: range.min.cents(),
        max_cents: range.max.cents(),
        currency_type: &range.currency,
        title: range.unit.id(),
        blurb: None,
    })
}

/// Fields that an entry holds in a place of their own.
const ELSEWHERE: &[&str] = &["department", "locations", "closes"];

/// The posting's other fields under their own names, so that a comparison of two portals finds the changes.
fn metadata(views: &Views, job: &Job) -> Vec<Extra> {
    let extra = |id: &'static str, value: ExtraValue| Extra {
        id,
        name: id,
        value,
        value_type: "short_text",
    };
    let mut metadata = Vec::new();
    for (field, value) in job.display_fields() {
        if ELSEWHERE.contains(&field.key) {
            continue;
        }
        if let DisplayValue::Experience(experience) = value {
            let months = ExtraValue::Count(experience.months().into());
            metadata.push(extra("experience_months", months));
        }
        let text = views.data(field, &value);
        if !text.is_empty() {
            metadata.push(extra(field.key, ExtraValue::Text(text)));
        }
    }
    metadata
}
