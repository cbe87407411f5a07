//! Postings of two portals. Enters: two `jobs.json`, whole or not. Leaves: which opened, changed and closed, field by
//! field. Fields that the older file does not know at all are not compared: an earlier version wrote it.

use super::targets::{LinkChange, compare_links};
use crate::fields::Record;
use crate::kinds::Job;
use crate::text::markup::{text_of, unescape};
use crate::text::redline::{Chunk, edit_text};
use crate::text::url::BaseUrl;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the posting's text among the fields.
pub(super) const BODY: &str = "body";

/// Fields that every version of the program wrote.
const ALWAYS: &[&str] = &[
    "title",
    "closes",
    "locations",
    "department",
    "unit",
    "category",
    "recruitment",
    "education",
    "headcount",
    "experience_months",
];
/// The number of postings for which the edits of the text are computed.
const EDITED: usize = 100;

/// A posting in a comment.
#[derive(Debug, Clone, Serialize)]
pub struct Posting {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The day it was published, ISO.
    pub published: Option<String>,
    /// Place, headcount, pay and deadline, if stated: names of fields with their values.
    pub facts: Vec<(String, String)>,
}

/// One field that differs.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// The English key, or `body`.
    pub field: String,
    /// The value in the old portal, where it had one.
    pub old: Option<String>,
    /// The value in the new portal, where it has one.
    pub new: Option<String>,
    /// For the text: the removed and the added words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Chunk>,
    /// For the text: links and pictures that lead elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkChange>,
}

/// A posting that is in both portals and differs.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    /// The posting as it is now.
    #[serde(flatten)]
    pub posting: Posting,
    /// The fields that differ, in the order of their declarations.
    pub fields: Vec<FieldChange>,
}

/// The changes of the postings.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Those that open, newest first.
    pub opened: Vec<Posting>,
    /// Those that change, newest first.
    pub changed: Vec<Changed>,
    /// Those that close, newest first.
    pub closed: Vec<Posting>,
}

#[derive(Deserialize)]
struct NamedPlace {
    name: Option<String>,
}

/// A posting in `jobs.json`.
#[derive(Deserialize)]
struct JobRecord {
    id: String,
    title: String,
    #[serde(default)]
    location: Option<NamedPlace>,
    #[serde(default)]
    departments: Vec<NamedPlace>,
    first_published: Option<String>,
    application_deadline: Option<String>,
    state: Option<String>,
    #[serde(default)]
    metadata: Vec<Meta>,
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
struct Meta {
    name: String,
    value: serde_json::Value,
}

#[derive(Deserialize)]
struct JobsFile {
    jobs: Vec<JobRecord>,
}

/// The postings of a `jobs.json` by id.
pub(super) type Jobs = BTreeMap<String, Read>;

/// A posting's fields by key.
pub(super) struct Read {
    title: String,
    published: Option<String>,
    announced: bool,
    fields: BTreeMap<String, String>,
    content: String,
}

/// Fields in the order of the field table.
fn order() -> Vec<&'static str> {
    let own = Job::FIELDS.iter().map(|field| field.key);
    let first = ["title", "salary", "closes", "headcount", "locations"];
    let rest = own.filter(|key| !first.contains(key));
    first.into_iter().chain(rest).collect()
}

/// Reads `jobs.json`; a portal without one has no postings.
pub(super) fn read(bytes: Option<&[u8]>) -> anyhow::Result<Jobs> {
    let Some(bytes) = bytes else {
        return Ok(Jobs::new());
    };
    let file: JobsFile = serde_json::from_slice(bytes)
        .map_err(|error| anyhow::Error::new(error).context("jobs.json"))?;
    let jobs = file.jobs.into_iter().map(|job| {
        let mut fields = BTreeMap::new();
        let mut add = |key: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.insert(key.to_owned(), value);
            }
        };
        add("title", Some(job.title.clone()));
        add("locations", job.location.and_then(|place| place.name));
        let departments = job.departments.into_iter().filter_map(|one| one.name);
        add(
            "department",
            Some(departments.collect::<Vec<_>>().join("、")),
        );
        add("closes", job.application_deadline);
        for meta in job.metadata {
            add(
                &meta.name,
                match meta.value {
                    serde_json::Value::String(text) => Some(text),
                    serde_json::Value::Null => None,
                    other => Some(other.to_string()),
                },
            );
        }
        let day = job
            .first_published
            .map(|time| time.chars().take(10).collect());
        let read = Read {
            title: job.title,
            published: day,
            announced: job.state.as_deref() == Some("announced"),
            fields,
            content: job.content,
        };
        (job.id, read)
    });
    Ok(jobs.collect())
}

/// Compares the postings of two files, each of a portal with an address.
pub(super) fn compare(
    (old, old_base): (&Jobs, &BaseUrl),
    (new, base): (&Jobs, &BaseUrl),
) -> Postings {
    let mut known = old.values().flat_map(|job| job.fields.keys());
    let is_complete = known.any(|key| !ALWAYS.contains(&key.as_str()));
    let order = order();
    let mut postings = Postings::default();
    for (id, job) in new {
        let Some(before) = old.get(id) else {
            postings.opened.push(posting(id, job));
            continue;
        };
        let mut fields = Vec::new();
        for key in &order {
            let (was, is) = (before.fields.get(*key), job.fields.get(*key));
            if was != is && (is_complete || ALWAYS.contains(key)) {
                fields.push(FieldChange {
                    field: (*key).to_owned(),
                    old: was.cloned(),
                    new: is.cloned(),
                    edits: Vec::new(),
                    links: Vec::new(),
                });
            }
        }
        if before.content != job.content {
            let (was, is) = (unescape(&before.content), unescape(&job.content));
            let edits = if postings.changed.len() < EDITED {
                edit_text(&text_of(&was), &text_of(&is))
            } else {
                Vec::new()
            };
            let links = compare_links((&was, old_base), (&is, base));
            let is_reported = edits.is_empty() || edits.iter().any(|chunk| chunk.edit.is_change());
            if is_reported || !links.is_empty() {
                fields.push(FieldChange {
                    field: BODY.to_owned(),
                    old: None,
                    new: None,
                    edits,
                    links,
                });
            }
        }
        if before.announced && !job.announced {
            postings.opened.push(posting(id, job));
        }
        if !fields.is_empty() {
            postings.changed.push(Changed {
                posting: posting(id, job),
                fields,
            });
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    postings.closed = gone.map(|(id, job)| posting(id, job)).collect();
    let newest =
        |a: &Posting, b: &Posting| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id));
    postings.opened.sort_by(newest);
    postings.closed.sort_by(newest);
    postings
        .changed
        .sort_by(|a, b| newest(&a.posting, &b.posting));
    postings
}

fn posting(id: &str, job: &Read) -> Posting {
    let facts = ["unit", "locations", "headcount", "salary", "closes"].into_iter();
    let facts = facts.filter_map(|key| Some((key.to_owned(), job.fields.get(key)?.clone())));
    Posting {
        id: id.to_owned(),
        title: job.title.clone(),
        published: job.published.clone(),
        facts: facts.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn compared(old: &[u8], new: &[u8]) -> Postings {
        let base = BaseUrl::parse("https://hr.example/");
        let read = |bytes: &[u8]| read(Some(bytes)).expect("jobs.json");
        compare((&read(old), &base), (&read(new), &base))
    }

    fn file(jobs: &[serde_json::Value]) -> Vec<u8> {
        serde_json::to_vec(&json!({ "jobs": jobs })).expect("JSON")
    }

    fn job(id: &str, pay: &str, body: &str) -> serde_json::Value {
        json!({
            "id": id, "title": "柜员", "first_published": "2026-01-05T00:00:00+08:00", "state": "open",
            "application_deadline": "2026-12-31", "content": format!("&lt;p&gt;{body}&lt;/p&gt;"),
            "metadata": [{"name": "salary", "value": pay}, {"name": "education", "value": "bachelor"}],
        })
    }

    #[test]
    fn fields_are_reported_one_by_one_in_the_order_of_their_weight() {
        let mut later = job("a", "20–30 万元/年", "负责柜面业务。");
        later["metadata"][1]["value"] = json!("master");
        let found = compared(
            &file(&[job("a", "15–25 万元/年", "负责柜台业务。")]),
            &file(&[later]),
        );
        let fields = &found.changed[0].fields;
        let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["salary", "education", "body"]);
        assert_eq!(fields[1].old.as_deref(), Some("bachelor"));
        assert_eq!(fields[1].new.as_deref(), Some("master"));
        assert!(found.opened.is_empty() && found.closed.is_empty());
    }

    #[test]
    fn what_is_only_in_one_file_opens_or_closes() {
        let found = compared(&file(&[job("a", "1", "x")]), &file(&[job("b", "1", "x")]));
        assert_eq!(found.opened[0].id, "b");
        assert_eq!(found.closed[0].id, "a");
    }

    #[test]
    fn a_broken_file_is_not_taken_for_a_portal_without_postings() {
        assert!(read(Some(b"not JSON")).is_err());
        assert!(read(None).is_ok_and(|none| none.is_empty()));
    }

    #[test]
    fn fields_that_an_older_program_did_not_write_are_not_changes() {
        let mut old = job("a", "1", "x");
        old["metadata"] = json!([{"name": "education", "value": "bachelor"}]);
        let found = compared(&file(&[old]), &file(&[job("a", "1", "x")]));
        assert!(found.changed.is_empty(), "{:?}", found.changed);
    }
}
