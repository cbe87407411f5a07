//! The `list` of a template: rows of a page, overviews of entries, and the parts of the home page.

use super::{LinkView, View, Views, WordView, body_view};
use crate::fields::{ChoiceValue, VocabularyName};
use crate::kinds::{KINDS, Kind, Recruitment};
use crate::site::{List, ListKey, ROWS_PER_PAGE, State, calendar_path, has_calendar};
use crate::text::Order;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;

/// The title of a list.
pub fn list_title(views: &Views, list: &List) -> String {
    match &list.key {
        ListKey::Kind(kind) => views.text(&format!("kind.{}", kind.name)).to_owned(),
        ListKey::Entries(vocabulary) => views
            .text(&format!("facet.{}", vocabulary.folder()))
            .to_owned(),
        ListKey::Entry(..) => list.name.clone(),
        ListKey::Recruitments => views.text("facet.recruitment").to_owned(),
        ListKey::Recruitment(value) => views.word("recruitment", *value).name,
    }
}

/// The breadcrumbs from the home page to a list or a document, itself last.
pub(super) fn breadcrumbs(views: &Views, trail: Vec<LinkView>) -> Vec<LinkView> {
    let home = LinkView {
        title: views.text("home").to_owned(),
        url: views.link("index.html"),
        summary: String::new(),
    };
    std::iter::once(home).chain(trail).collect()
}

#[derive(Serialize)]
struct PageLink {
    number: usize,
    url: String,
    current: bool,
}

/// The two feeds of a list.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// The Atom feed.
    pub atom: String,
    /// The JSON feed.
    pub json: String,
    /// The calendar, where its documents have dates.
    pub calendar: Option<String>,
}

/// A list as an overview or a facet names it.
#[derive(Debug, Serialize)]
pub(super) struct EntryItem {
    pub title: String,
    pub url: String,
    pub count: usize,
    pub depth: usize,
}

#[derive(Serialize)]
struct EntryGroup {
    title: String,
    items: Vec<EntryItem>,
}

#[derive(Serialize)]
struct ListView {
    title: String,
    kind: &'static str,
    url: String,
    /// The facet value that the list is narrowed to, with the address of the list without it.
    filter: Option<FilterView>,
    count: usize,
    page: usize,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
    groups: Vec<EntryGroup>,
    parent: Option<LinkView>,
    children: Vec<EntryItem>,
    campaigns: Vec<View>,
    feed: Option<FeedView>,
}

#[derive(Serialize)]
struct FilterView {
    facet: String,
    value: String,
    remove: String,
}

/// The feeds of a list.
pub(super) fn list_feed(views: &Views, list: &List) -> Option<FeedView> {
    list.has_feed().then(|| FeedView {
        atom: views.link(&format!("{}/feed.xml", list.folder)),
        json: views.link(&format!("{}/feed.json", list.folder)),
        calendar: list
            .has_calendar()
            .then(|| views.link(&format!("{}/calendar.ics", list.folder))),
    })
}

/// Builds `list` for one page of a list, from 1.
pub fn view_list(views: &Views, index: usize, page: usize) -> Result<View> {
    let list = &views.site.lists[index];
    let first = (page - 1) * ROWS_PER_PAGE;
    let page_url = |number: usize| views.link(&list.page_path(number));
    let kind: &'static Kind = match &list.key {
        ListKey::Kind(kind) => kind,
        _ => &KINDS[0],
    };
    let facet = match &list.key {
        ListKey::Entry(vocabulary, _) => Some(vocabulary.folder()),
        ListKey::Recruitment(_) => Some("recruitment"),
        _ => None,
    };
    let rows = list
        .documents
        .iter()
        .skip(first)
        .take(ROWS_PER_PAGE)
        .map(|&document| views.row(document))
        .collect();
    let view = View::of(&ListView {
        title: list_title(views, list),
        kind: kind.name,
        url: page_url(1),
        filter: facet.map(|facet| FilterView {
            facet: views.text(&format!("facet.{facet}")).to_owned(),
            value: list_title(views, list),
            remove: views.link("jobs/index.html"),
        }),
        count: list.documents.len(),
        page,
        pages: page_numbers(page, list.page_count())
            .into_iter()
            .map(|number| PageLink {
                number,
                url: page_url(number.max(1)),
                current: number == page,
            })
            .collect(),
        previous: (page > 1).then(|| page_url(page - 1)),
        next: (page < list.page_count()).then(|| page_url(page + 1)),
        groups: match &list.key {
            ListKey::Entries(vocabulary) => entry_groups(views, *vocabulary),
            ListKey::Recruitments => recruitment_group(views),
            _ => Vec::new(),
        },
        parent: parent_link(views, list),
        children: children(views, list),
        campaigns: match &list.key {
            ListKey::Recruitment(value) if page == 1 => campaigns(views, Some(*value))?,
            ListKey::Kind(kind) if kind.name == "job" && page == 1 => campaigns(views, None)?,
            _ => Vec::new(),
        },
        feed: list_feed(views, list),
    })
    .with("rows", View::list(rows));
    Ok(view)
}

/// The pages that a page links: first, last, and two on each side; 0 marks a gap.
fn page_numbers(page: usize, count: usize) -> Vec<usize> {
    let mut numbers: Vec<usize> = Vec::new();
    for number in 1..=count {
        let near = number.abs_diff(page) <= 2 || number == 1 || number == count;
        match (near, numbers.last()) {
            (true, _) => numbers.push(number),
            (false, Some(&last)) if last != 0 => numbers.push(0),
            (false, _) => {}
        }
    }
    numbers
}

fn entry_item(views: &Views, vocabulary: VocabularyName, list: &List, id: &str) -> EntryItem {
    EntryItem {
        title: list.name.clone(),
        url: views.link(&list.page_path(1)),
        count: list.documents.len(),
        depth: views.site.vocabularies.get(vocabulary).depth(id),
    }
}

/// The entries of a vocabulary that have lists: places under their regions, in the order of the file; words that no file
/// names come last, in the order of the interface's language.
fn entry_groups(views: &Views, vocabulary: VocabularyName) -> Vec<EntryGroup> {
    let entries = views.site.vocabularies.get(vocabulary).entries();
    let mut groups: Vec<EntryGroup> = Vec::new();
    let mut resolved: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: Vec<&str> = Vec::new();
    for entry in entries {
        let Some(list) = views.site.entry_list(vocabulary, &entry.id) else {
            continue;
        };
        seen.push(&entry.id);
        let region = entry.region.as_deref().unwrap_or("");
        let group = *resolved.entry(region).or_insert_with(|| {
            groups.push(EntryGroup {
                title: region.to_owned(),
                items: Vec::new(),
            });
            groups.len() - 1
        });
        groups[group]
            .items
            .push(entry_item(views, vocabulary, list, &entry.id));
    }
    let mut others: Vec<EntryItem> = views
        .site
        .lists
        .iter()
        .filter_map(|list| match &list.key {
            ListKey::Entry(name, id) if *name == vocabulary && !seen.contains(&id.as_str()) => {
                Some(entry_item(views, vocabulary, list, id))
            }
            _ => None,
        })
        .collect();
    let order = Order::of(views.site.config.language);
    others.sort_by_cached_key(|item| (order.sort_key(&item.title), item.url.clone()));
    if !others.is_empty() {
        groups.push(EntryGroup {
            title: String::new(),
            items: others,
        });
    }
    groups
}

fn recruitment_group(views: &Views) -> Vec<EntryGroup> {
    let items = views
        .site
        .lists
        .iter()
        .filter(|list| matches!(list.key, ListKey::Recruitment(_)))
        .map(|list| EntryItem {
            title: list_title(views, list),
            url: views.link(&list.page_path(1)),
            count: list.documents.len(),
            depth: 0,
        })
        .collect();
    vec![EntryGroup {
        title: String::new(),
        items,
    }]
}

fn parent_link(views: &Views, list: &List) -> Option<LinkView> {
    let ListKey::Entry(vocabulary, id) = &list.key else {
        return None;
    };
    let above = views.site.vocabularies.get(*vocabulary).with_parents(id);
    let parent = views.site.entry_list(*vocabulary, above.get(1)?)?;
    Some(LinkView {
        title: parent.name.clone(),
        url: views.link(&parent.page_path(1)),
        summary: String::new(),
    })
}

fn children(views: &Views, list: &List) -> Vec<EntryItem> {
    let ListKey::Entry(vocabulary, id) = &list.key else {
        return Vec::new();
    };
    let known = views.site.vocabularies.get(*vocabulary);
    let entries = known.entries().iter();
    entries
        .filter(|entry| known.parent(entry).is_some_and(|parent| parent.id == *id))
        .filter_map(|entry| {
            Some(entry_item(
                views,
                *vocabulary,
                views.site.entry_list(*vocabulary, &entry.id)?,
                &entry.id,
            ))
        })
        .collect()
}

/// A campaign with its own fields, for calendars of steps.
#[derive(Serialize)]
struct CampaignCard {
    row: View,
    own: View,
    jobs: usize,
    /// The calendar of its steps.
    calendar: Option<String>,
}

/// Open campaigns, of one recruitment type or of all; soonest closing first.
fn campaigns(views: &Views, recruitment: Option<Recruitment>) -> Result<Vec<View>> {
    let mut on: Vec<usize> = (0..views.site.documents.len())
        .filter(|&index| {
            let resolved = &views.site.documents[index];
            resolved.document.body.campaign().is_some_and(|campaign| {
                recruitment.is_none() || campaign.recruitment == recruitment
            }) && resolved.state.is_listed()
        })
        .collect();
    on.sort_by_key(|&index| {
        let closes = views.site.documents[index]
            .document
            .body
            .as_kind()
            .window()
            .closes;
        closes.map(|closes| closes.end(&views.site.config.time_zone))
    });
    on.into_iter()
        .map(|index| {
            let resolved = &views.site.documents[index];
            Ok(View::of(&CampaignCard {
                row: views.row(index),
                own: body_view(&resolved.document.body).view(&resolved.document, views)?,
                calendar: has_calendar(views.site, index)
                    .then(|| views.link(&calendar_path(views.site, &resolved.document))),
                jobs: resolved
                    .named_by
                    .iter()
                    .filter(|&&job| {
                        views.site.documents[job].document.body.job().is_some()
                            && views.site.is_listed(job)
                    })
                    .count(),
            }))
        })
        .collect()
}

#[derive(Serialize)]
struct Door {
    recruitment: WordView,
    url: String,
    count: usize,
    campaigns: Vec<View>,
}

#[derive(Serialize)]
struct KindDoor {
    kind: &'static str,
    title: String,
    url: String,
    count: usize,
    rows: Vec<View>,
}

#[derive(Serialize)]
struct HomeView {
    doors: Vec<Door>,
    closing: Vec<View>,
    newest: Vec<View>,
    notices: Vec<View>,
    open: usize,
    as_of: super::DateView,
    jobs_url: String,
    employee: Vec<KindDoor>,
}

/// Postings that the home page names as closing, and as newest.
const HOME_ROWS: usize = 8;

/// Builds `list` for the home page.
pub fn view_home(views: &Views) -> Result<View> {
    let site = views.site;
    let jobs = site
        .list_at("jobs")
        .map_or(&[][..], |index| &site.lists[index].documents);
    let mut closing: Vec<usize> = jobs
        .iter()
        .copied()
        .filter(|&index| site.documents[index].state == State::Soon)
        .collect();
    closing.sort_by_key(|&index| {
        let closes = site.documents[index]
            .document
            .body
            .as_kind()
            .window()
            .closes;
        closes.map(|closes| closes.end(&site.config.time_zone))
    });
    let doors = Recruitment::CHOICES
        .iter()
        .enumerate()
        .filter_map(|(place, choice)| {
            let list = site.list_at(&format!("recruitment/{}", choice.id))?;
            Some((Recruitment::from_index(place), &site.lists[list]))
        })
        .map(|(value, list)| {
            Ok(Door {
                recruitment: views.word("recruitment", value),
                url: views.link(&list.page_path(1)),
                count: list.documents.len(),
                campaigns: campaigns(views, Some(value))?,
            })
        })
        .collect::<Result<_>>()?;
    let rows = |members: &[usize], count: usize| {
        members
            .iter()
            .take(count)
            .map(|&index| views.row(index))
            .collect::<Vec<_>>()
    };
    let employee = KINDS
        .iter()
        .filter(|kind| !kind.recruits)
        .filter_map(|kind| {
            let list = &site.lists[site.list_at(kind.folder)?];
            Some(KindDoor {
                kind: kind.name,
                title: list_title(views, list),
                url: views.link(&list.page_path(1)),
                count: list.documents.len(),
                rows: rows(&list.documents, 3),
            })
        })
        .collect();
    let notices = site
        .list_at("notices")
        .map_or(&[][..], |index| &site.lists[index].documents);
    Ok(View::of(&HomeView {
        doors,
        closing: rows(&closing, HOME_ROWS),
        newest: rows(jobs, HOME_ROWS),
        notices: rows(notices, 4),
        open: jobs
            .iter()
            .filter(|&&index| site.documents[index].state.is_open())
            .count(),
        as_of: views.day(crate::fields::Day(
            site.now.to_zoned(site.config.time_zone.clone()).date(),
        )),
        jobs_url: views.link("jobs/index.html"),
        employee,
    }))
}
