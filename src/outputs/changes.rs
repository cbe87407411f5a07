//! `changes.json`: which postings opened, changed and closed since an earlier output, by its `jobs.json`.
//! Enters: the site and that file's postings. Leaves: ids, absolute addresses and the names of changed fields, so that
//! any program can submit them to search engines. A posting that is only announced names no opening.

use super::file_output::{FileOutput, Scope};
use super::jobs::board_job;
use super::previous_jobs::PreviousJobs;
use crate::fields::ChoiceValue;
use crate::site::State;
use crate::views::Views;
use crate::views::absolute::{absolute, json_bytes};
use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The changes since an earlier output.
pub(super) const CHANGES: FileOutput = FileOutput {
    name: "changes.json",
    scope: Scope::Portal,
    content_type: "application/json; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: true,
    subjects: |_, extras| extras.has_changes.then_some(0).into_iter().collect(),
    make: |making, _| {
        let previous = making
            .previous
            .context("no earlier output to compare with")?;
        changes_json(&making.views, previous)
    },
};

/// Keys that are not compared: some repeat the id; the state follows from opening and closing.
const NOT_COMPARED: &[&str] = &[
    "id",
    "internal_job_id",
    "requisition_id",
    "state",
    "metadata",
];

#[derive(Serialize)]
struct JobChange {
    id: String,
    title: String,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<String>,
}

/// Builds `changes.json`.
pub(super) fn changes_json(views: &Views, previous: &PreviousJobs) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Changes {
        schema: u32,
        opened: Vec<JobChange>,
        changed: Vec<JobChange>,
        closed: Vec<JobChange>,
    }
    let site = views.site;
    let members = site
        .list_at("jobs")
        .map_or(&[][..], |index| &site.lists[index].documents);
    let mut changes = Changes {
        schema: 1,
        opened: Vec::new(),
        changed: Vec::new(),
        closed: Vec::new(),
    };
    let mut listed = BTreeMap::new();
    for &index in members {
        if let Some(job) = site.documents[index].document.body.job() {
            let id = site.documents[index].document.id.id.as_str();
            listed.insert(id, (index, job));
        }
    }
    for (&id, &(index, job)) in &listed {
        let resolved = &site.documents[index];
        let entry = |fields: Vec<String>| JobChange {
            id: id.to_owned(),
            title: resolved.document.shared.title.clone(),
            url: absolute(views, &views.document_url(&resolved.document)),
            fields,
        };
        let before = previous.0.get(id);
        let was_open = before.is_some_and(|job| text(job, "state") != State::Announced.id());
        if resolved.state.is_open() && !was_open {
            changes.opened.push(entry(Vec::new()));
            continue;
        }
        let Some(before) = before else { continue };
        let now = serde_json::to_value(board_job(views, index, job, &views.body_html(index)))?;
        let fields = changed_fields(before, &now);
        if !fields.is_empty() {
            changes.changed.push(entry(fields));
        }
    }
    for (id, job) in &previous.0 {
        if !listed.contains_key(id.as_str()) {
            changes.closed.push(JobChange {
                id: id.clone(),
                title: text(job, "title").to_owned(),
                url: text(job, "absolute_url").to_owned(),
                fields: Vec::new(),
            });
        }
    }
    json_bytes(&changes)
}

fn text<'a>(job: &'a Value, key: &str) -> &'a str {
    job.get(key).and_then(Value::as_str).unwrap_or("")
}

/// The names of fields that differ, sorted; those of `metadata` under their own names.
fn changed_fields(before: &Value, now: &Value) -> Vec<String> {
    let (before, now) = (fields(before), fields(now));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != now.get(*name))
        .cloned()
        .collect()
}

fn fields(job: &Value) -> BTreeMap<String, &Value> {
    let own = job.as_object().into_iter().flatten();
    let own = own.filter(|(name, _)| !NOT_COMPARED.contains(&name.as_str()));
    let more = job
        .get("metadata")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let more = more
        .filter_map(|entry| Some((entry.get("name")?.as_str()?.to_owned(), entry.get("value")?)));
    own.map(|(name, value)| (name.clone(), value))
        .chain(more)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_that_differ_are_named_and_the_state_is_not() {
        let before = json!({"id": "a", "title": "x", "state": "open", "metadata": [{"name": "unit", "value": "1"}]});
        let now = json!({"id": "a", "title": "y", "state": "soon", "metadata": [{"name": "unit", "value": "2"}]});
        assert_eq!(changed_fields(&before, &now), ["title", "unit"]);
        assert!(changed_fields(&before, &before).is_empty());
    }

    #[test]
    fn a_file_that_is_no_list_of_postings_is_refused() {
        assert!(PreviousJobs::parse(b"{}").is_none());
        assert!(PreviousJobs::parse(br#"{"jobs":[{"title":"x"}]}"#).is_none());
        assert!(PreviousJobs::parse(br#"{"jobs":[]}"#).is_some());
    }
}
