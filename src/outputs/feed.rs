//! Feeds: Atom through the theme's `feed.xml`, JSON Feed 1.1 by the serialiser.

use super::file_output::{Extras, FileOutput, Making, Scope, once};
use crate::site::Site;
use crate::views::absolute::{absolute, changed_at, json_bytes, start_of_day};
use crate::views::{View, Views, body_view, list_title};
use anyhow::Result;
use serde::Serialize;

fn with_feed(site: &Site, _extras: &Extras) -> Vec<usize> {
    let all = 0..site.lists.len();
    all.filter(|&index| site.lists[index].has_feed()).collect()
}

fn atom(making: &Making, list: Option<usize>) -> Result<Vec<u8>> {
    (making.fill)(ATOM, "feed", View::of(&feed_view(&making.views, list)))
}

/// The template of Atom feeds.
const ATOM: &str = "feed.xml";
/// The content type of Atom feeds; a browser shows them as XML.
const XML: &str = "application/xml; charset=utf-8";
/// The content type of JSON feeds.
const JSON: &str = "application/json; charset=utf-8";

/// The Atom feed of all postings.
pub(super) const ATOM_FEED: FileOutput = FileOutput {
    name: "feed.xml",
    scope: Scope::Edition,
    content_type: XML,
    template: Some(ATOM),
    is_reviewed: false,
    is_for_programs: true,
    subjects: once,
    make: |making, _| atom(making, None),
};

/// The JSON feed of all postings.
pub(super) const JSON_FEED: FileOutput = FileOutput {
    name: "feed.json",
    scope: Scope::Edition,
    content_type: JSON,
    template: None,
    is_reviewed: false,
    is_for_programs: true,
    subjects: once,
    make: |making, _| json_feed(&making.views, None),
};

/// The Atom feed of a list.
pub(super) const LIST_ATOM_FEED: FileOutput = FileOutput {
    name: "feed.xml",
    scope: Scope::List,
    content_type: XML,
    template: Some(ATOM),
    is_reviewed: false,
    is_for_programs: true,
    subjects: with_feed,
    make: |making, list| atom(making, Some(list)),
};

/// The JSON feed of a list.
pub(super) const LIST_JSON_FEED: FileOutput = FileOutput {
    name: "feed.json",
    scope: Scope::List,
    content_type: JSON,
    template: None,
    is_reviewed: false,
    is_for_programs: true,
    subjects: with_feed,
    make: |making, list| json_feed(&making.views, Some(list)),
};

/// The most entries of a feed.
const ENTRIES: usize = 50;

/// A feed as its template sees it.
#[derive(Debug, Serialize)]
pub(super) struct FeedData {
    title: String,
    language: &'static str,
    author: String,
    url: String,
    atom: String,
    json: String,
    updated: String,
    entries: Vec<EntryData>,
}

#[derive(Debug, Serialize)]
struct EntryData {
    title: String,
    url: String,
    summary: String,
    published: Option<String>,
    updated: String,
    language: &'static str,
    tags: Vec<String>,
}

/// The feed of a list, or of all postings.
pub(super) fn feed_view(views: &Views, list: Option<usize>) -> FeedData {
    let site = views.site;
    let config = &site.config;
    let jobs = site.list_at("jobs");
    let members: &[usize] = list
        .or(jobs)
        .map_or(&[], |index| &site.lists[index].documents);
    let mut members = members.to_vec();
    members.sort_by(|&a, &b| {
        let published = |index: usize| {
            site.documents[index]
                .document
                .shared
                .published
                .as_ref()
                .map(|day| day.value)
        };
        published(b).cmp(&published(a)).then(a.cmp(&b))
    });
    let folder = list.map_or(String::new(), |index| {
        format!("{}/", site.lists[index].folder)
    });
    let title = match list {
        Some(index) => format!(
            "{} - {}",
            list_title(views, &site.lists[index]),
            config.title
        ),
        None => config.title.clone(),
    };
    let newest = site
        .documents
        .iter()
        .filter_map(|resolved| resolved.document.shared.published.as_ref())
        .map(|day| day.value)
        .max()
        .unwrap_or(crate::fields::Day(jiff::civil::date(1970, 1, 1)));
    let fallback = start_of_day(views, newest);
    let entries: Vec<EntryData> = members
        .into_iter()
        .take(ENTRIES)
        .map(|index| {
            let document = &site.documents[index].document;
            let published = document
                .shared
                .published
                .as_ref()
                .map(|day| start_of_day(views, day.value));
            EntryData {
                title: document.shared.title.clone(),
                url: absolute(views, &views.document_url(document)),
                summary: document.summary().to_owned(),
                updated: changed_at(views, document).unwrap_or_else(|| fallback.clone()),
                published,
                language: document.language(config.language).tag(),
                tags: body_view(&document.body).facts(views),
            }
        })
        .collect();
    FeedData {
        title,
        language: config.language.tag(),
        author: config.organization.name.clone(),
        url: absolute(views, &views.link(&format!("{folder}index.html"))),
        atom: absolute(views, &views.link(&format!("{folder}feed.xml"))),
        json: absolute(views, &views.link(&format!("{folder}feed.json"))),
        updated: entries
            .iter()
            .map(|entry| entry.updated.clone())
            .max()
            .unwrap_or(fallback),
        entries,
    }
}

/// JSON Feed 1.1.
pub(super) fn json_feed(views: &Views, list: Option<usize>) -> Result<Vec<u8>> {
    let feed = feed_view(views, list);
    let items: Vec<serde_json::Value> = feed
        .entries
        .iter()
        .map(|entry| {
            let mut item = serde_json::json!({
                "id": entry.url,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_modified": entry.updated,
                "language": entry.language,
                "tags": entry.tags,
            });
            if let Some(published) = &entry.published {
                item["date_published"] = published.clone().into();
            }
            item
        })
        .collect();
    json_bytes(&serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.json,
        "language": feed.language,
        "authors": [{ "name": feed.author }],
        "items": items,
    }))
}
