//! The publish gate: what a posting must state before it is public. Enters: a posting with what its campaign and the site
//! give it. Leaves: one finding for each thing that is missing. The eight things are those that the mainland's rules on
//! recruitment notices list, and the way to apply.

use super::finding::Finding;
use super::subject::Subject;
use super::word_lists::data_lines;
use crate::diagnostic::MOST_ADVICE;
use crate::fields::{Day, Field, Record, meant_names};
use crate::kinds::{Document, Job, Shared};
use crate::say;
use crate::text::{Span, fold};
use std::collections::BTreeSet;

/// The posting of a file, where it is one that could be read.
fn posting<'a>(subject: &Subject<'a>) -> Option<(&'a Job, &'a Document)> {
    subject.job.zip(subject.document)
}

/// What a posting takes from its campaign.
const INHERITED: &[&str] = &["unit", "closes"];

/// Whether a field is written in the posting or in its campaign, if only under a key that another reader has asked about.
/// A value that cannot be read counts as written: the reader of its field has reported it.
fn is_written(subject: &Subject, key: &str) -> bool {
    let campaign = subject.campaign.filter(|_| INHERITED.contains(&key));
    let mut documents = subject.document.into_iter().chain(campaign);
    documents.any(|document| states(document, key))
}

fn states(document: &Document, key: &str) -> bool {
    let front = &document.source.text[..document.body_span.start as usize];
    let mut lines = front.lines().peekable();
    let mut written: Vec<String> = Vec::new();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once([':', '：']) else {
            continue;
        };
        // A bare key is written with nothing behind it, or with its values in the lines below.
        let goes_on = lines
            .peek()
            .is_some_and(|next| next.starts_with([' ', '-']) && *next != "---");
        let has_value = if value.trim().starts_with('#') {
            goes_on
        } else {
            goes_on || !value.trim().is_empty()
        };
        if has_value && !line.starts_with([' ', '#', '-']) {
            written.push(fold(name));
        }
    }
    let is = |field: &Field, name: &str| field.zh == name || field.key == name;
    let names: BTreeSet<&str> = written.iter().map(String::as_str).collect();
    let is_there = |field: &Field| names.contains(field.zh) || names.contains(field.key);
    let tables = [Shared::FIELDS, document.id.kind.fields];
    let fields = || tables.iter().flat_map(|table| table.iter());
    let Some(field) = fields().find(|field| field.key == key) else {
        return false;
    };
    let may_mean = |name: &String| {
        let meant = meant_names(name, &tables, &is_there);
        meant.into_iter().any(|name| is(field, name))
    };
    let is_unknown = |name: &&String| !fields().any(|field| is(field, name));
    // Of more unknown names no advice was given either.
    let mut unknown = written.iter().filter(is_unknown).take(MOST_ADVICE);
    is_there(field) || unknown.any(may_mean)
}

fn missing(
    subject: &Subject,
    (zh, en): (&str, &str),
    is_missing: impl Fn(&Job, &Document) -> bool,
) -> Vec<Finding> {
    match posting(subject) {
        Some((job, document)) if is_missing(job, document) => {
            vec![Finding::titled(document.head).lacking(zh, en)]
        }
        _ => Vec::new(),
    }
}

/// The employer: the unit that signs the contract.
pub(super) fn find_blind_ad(subject: &Subject) -> Vec<Finding> {
    missing(subject, ("招聘单位", "unit"), |job, _| {
        job.unit.is_none() && !is_written(subject, "unit")
    })
}

/// The number of posts.
pub(super) fn find_headcount_missing(subject: &Subject) -> Vec<Finding> {
    missing(subject, ("招聘人数", "headcount"), |job, _| {
        job.headcount.is_none() && !is_written(subject, "headcount")
    })
}

/// The place of work.
pub(super) fn find_place_missing(subject: &Subject) -> Vec<Finding> {
    missing(subject, ("工作地点", "locations"), |job, _| {
        job.locations.is_empty() && !is_written(subject, "locations")
    })
}

/// The day of publishing.
pub(super) fn find_published_missing(subject: &Subject) -> Vec<Finding> {
    missing(subject, ("发布日期", "published"), |_, document| {
        document.shared.published.is_none() && !is_written(subject, "published")
    })
}

/// A way to apply.
pub(super) fn find_apply_missing(subject: &Subject) -> Vec<Finding> {
    missing(subject, ("应聘方式", "apply"), |job, _| {
        job.apply
            .as_ref()
            .is_none_or(|apply| !apply.is_stated() && apply.note.is_none())
    })
}

/// The pay. "To be agreed" is weaker than a figure; only Taiwan's law makes it a fault of its own.
pub(super) fn find_pay_missing(subject: &Subject) -> Vec<Finding> {
    let Some((job, document)) = posting(subject) else {
        return Vec::new();
    };
    match &job.salary {
        None if is_written(subject, "salary") => Vec::new(),
        None => vec![Finding::titled(document.head).lacking("薪酬", "salary")],
        Some(salary) if salary.range.is_none() => {
            let finding = Finding::new(
                document.head,
                say!(
                    "薪酬只写了面议，没有范围",
                    "the pay is to be agreed, without a range"
                ),
            );
            if subject.jurisdictions.contains("tw") {
                vec![finding]
            } else {
                vec![finding.lesser()]
            }
        }
        Some(_) => Vec::new(),
    }
}

/// Words that head the conditions of a posting.
const CONDITIONS: &str = include_str!("condition_words.txt");
/// Words that head the work itself.
const DUTIES: &str = include_str!("duty_words.txt");

/// The conditions: in fields or under a heading.
pub(super) fn find_conditions_missing(subject: &Subject) -> Vec<Finding> {
    let in_text = |subject: &Subject| {
        let body = &subject.text.text[subject.text.body..];
        data_lines(CONDITIONS).any(|word| body.contains(word))
    };
    missing(subject, ("任职条件", "the conditions"), |job, _| {
        job.education.is_none()
            && job.experience.is_none()
            && job.majors.is_empty()
            && job.certificates.is_empty()
            && job.graduation.is_none()
            && !is_written(subject, "education")
            && !is_written(subject, "experience")
            && !in_text(subject)
    })
}

/// The fewest characters of a text that can say what the work is.
const LEAST_CONTENT: usize = 20;

/// The work itself: a heading for it, or a text that says more than a line.
pub(super) fn find_content_missing(subject: &Subject) -> Vec<Finding> {
    let body = &subject.text.text[subject.text.body..];
    let letters = body.chars().filter(|c| c.is_alphanumeric());
    let length = letters.take(3 * LEAST_CONTENT).count();
    let named = data_lines(DUTIES).any(|word| body.contains(word));
    missing(subject, ("工作内容", "the work"), |_, _| {
        length < LEAST_CONTENT || (!named && length < 3 * LEAST_CONTENT)
    })
}

/// The longest time from publishing to closing, in days.
const LONGEST_DAYS: i64 = 180;

/// Until when the posting is good: a closing day, or a day on which it is looked at again.
pub(super) fn find_validity(subject: &Subject) -> Vec<Finding> {
    let Some((job, document)) = posting(subject) else {
        return Vec::new();
    };
    let zone = &subject.config.time_zone;
    let Some(closes) = &job.closes else {
        return match &job.review_by {
            Some(_) => Vec::new(),
            None if is_written(subject, "closes") || is_written(subject, "review_by") => Vec::new(),
            None => vec![
                Finding::new(
                    document.head,
                    say!(
                        "没有写报名截止，也没有写复核日期",
                        "neither a closing day nor a day of review is stated"
                    ),
                )
                .lacking("报名截止", "closes"),
            ],
        };
    };
    let from = document
        .shared
        .published
        .as_ref()
        .map_or(subject.today, |published| published.value);
    let days = days_between(from, closes.value.day(zone));
    if days <= LONGEST_DAYS {
        return Vec::new();
    }
    let span = if inside(closes.span, document) {
        closes.span
    } else {
        // The day came from the campaign, in another file.
        document.head
    };
    vec![
        Finding::new(
            span,
            say!(
                "从发布到截止有 {days} 天，超过 {LONGEST_DAYS} 天",
                "{days} days lie between publishing and closing, more than {LONGEST_DAYS}"
            ),
        )
        .lesser(),
    ]
}

fn days_between(from: Day, to: Day) -> i64 {
    from.0
        .until(to.0)
        .map_or(0, |span| i64::from(span.get_days()))
}

fn inside(span: Span, document: &Document) -> bool {
    span.start < document.body_span.start && span.end > span.start
}
