//! The `site`, `page` and `doc` of a template.

use super::alternates::AlternateView;
use super::list_view::{EntryItem, FeedView};
use super::{DateView, LinkView, RowView, SearchFacetView, View, Views, WordView, body_view};
use crate::fields::{Vocabulary, VocabularyName};
use crate::kinds::{KINDS, MenuItem, Visibility};
use crate::site::{ListKey, Site, calendar_path, has_calendar};
use crate::text::{Length, Order, group_thousands, round_count};
use crate::views::texts::Texts;
use anyhow::Result;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// `site`: the same on every page of an edition.
#[derive(Debug, Serialize)]
pub struct SiteView {
    title: String,
    organization: OrganizationView,
    url: String,
    /// The home page that all editions share. Candidates' devices store their data under its address.
    root: String,
    /// The list of postings.
    jobs_url: String,
    language: &'static str,
    menu: Vec<LinkView>,
    footer: Vec<LinkView>,
    notice: Option<String>,
    internal: bool,
    clock: Option<DateView>,
    soon_days: u32,
    time_zone: String,
    facets: Vec<FacetView>,
    feed: FeedView,
    /// Assets by name, with the hash of their bytes in the address.
    assets: BTreeMap<String, String>,
    /// Scripts of every page, in order.
    scripts: Vec<String>,
    search: SearchView,
    /// The row that scripts copy.
    row_pattern: RowView,
}

/// Where search lives.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// The search page.
    pub url: String,
    /// The folder of the index.
    pub base: String,
    /// The script that reads the index.
    pub reader: String,
    /// The script that knows pinyin.
    pub pinyin: String,
    /// The script of the search page.
    pub page_script: String,
    /// Whether the index is made of scripts, to be read from a disk.
    pub portable: bool,
    /// The facets that narrow the results.
    pub facets: Vec<SearchFacetView>,
}

#[derive(Debug, Serialize)]
struct OrganizationView {
    name: String,
    legal_name: Option<String>,
    logo: Option<String>,
    same_as: Vec<String>,
}

/// One facet of postings: its values with their lists and counts.
#[derive(Debug, Serialize)]
struct FacetView {
    id: &'static str,
    title: String,
    url: String,
    items: Vec<EntryItem>,
}

/// A posting's poster.
#[derive(Debug, Clone, Serialize)]
pub struct PosterView {
    /// The PNG.
    pub url: String,
    /// The SVG.
    pub svg: String,
    /// The PNG's absolute address.
    pub absolute: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The description of the picture, in words.
    pub alt: String,
}

/// `page`: the values that every page has.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// The page's address.
    pub url: String,
    /// The absolute address for search engines; `None` where `base_url` has no host.
    pub canonical: Option<String>,
    /// The title of the window.
    pub title: String,
    /// The heading of the page.
    pub heading: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// The language of the interface.
    pub language: &'static str,
    /// The edition's tag.
    pub edition: &'static str,
    /// The same page in every edition, this one included; empty where there is one edition.
    pub alternates: Vec<AlternateView>,
    /// Whether search engines may know the alternates.
    pub hreflang: bool,
    /// The type of the page: `home`, `list`, or a kind's name.
    pub kind: &'static str,
    /// The breadcrumbs from the home page to this one, itself last.
    pub breadcrumbs: Vec<LinkView>,
    /// Whether search engines should not index it.
    pub noindex: bool,
    /// JSON-LD, each text safe inside a script element.
    pub json_ld: Vec<String>,
    /// The Open Graph type.
    pub og_type: &'static str,
    /// The poster of a posting.
    pub poster: Option<PosterView>,
    /// The feeds that belong to the page.
    pub feed: Option<FeedView>,
    /// Whether the page shows the anti-fraud notice.
    pub recruits: bool,
}

/// Builds `site`.
pub fn view_site(
    site: &Site,
    texts: &Texts,
    assets: BTreeMap<String, String>,
    scripts: Vec<String>,
    search: SearchView,
) -> SiteView {
    let views = Views::plain(site, texts);
    let config = &site.config;
    let menu_link = |item: &MenuItem| LinkView {
        title: item.title.clone(),
        url: match item.url.value.strip_prefix('/') {
            Some(_) => views.portal_link(&item.url.value),
            None => item.url.value.clone(),
        },
        summary: String::new(),
    };
    let menu = if config.menu.is_empty() {
        default_menu(&views)
    } else {
        config.menu.iter().map(menu_link).collect()
    };
    let footer = if config.footer.is_empty() {
        pages_menu(&views)
    } else {
        config.footer.iter().map(menu_link).collect()
    };
    SiteView {
        title: config.title.clone(),
        organization: OrganizationView {
            name: config.organization.name.clone(),
            legal_name: config.organization.legal_name.clone(),
            logo: config
                .organization
                .logo_path()
                .map(|logo| views.shared_link(logo)),
            same_as: config
                .organization
                .same_as
                .iter()
                .map(|url| url.0.clone())
                .collect(),
        },
        url: views.link("index.html"),
        root: views.shared_link("index.html"),
        jobs_url: views.link("jobs/index.html"),
        language: config.language.tag(),
        menu,
        footer,
        notice: config.notice.clone(),
        internal: config.internal,
        clock: config.clock.map(|day| views.day(day)),
        soon_days: config.soon_days,
        time_zone: config.time_zone_name.clone(),
        facets: view_facets(&views),
        feed: FeedView {
            atom: views.link("feed.xml"),
            json: views.link("feed.json"),
            calendar: None,
        },
        assets,
        scripts,
        search,
        row_pattern: RowView::pattern(&views),
    }
}

/// Kinds that have lists, in the registry's order; kinds for employees come after kinds for candidates.
fn default_menu(views: &Views) -> Vec<LinkView> {
    KINDS
        .iter()
        .filter(|kind| views.site.list_at(kind.folder).is_some())
        .map(|kind| LinkView {
            title: views.text(&format!("kind.{}", kind.name)).to_owned(),
            url: views.link(&format!("{}/index.html", kind.folder)),
            summary: String::new(),
        })
        .collect()
}

fn pages_menu(views: &Views) -> Vec<LinkView> {
    (0..views.site.documents.len())
        .filter(|&index| views.site.documents[index].document.id.kind.name == "page")
        .map(|index| views.document_link(index))
        .collect()
}

fn view_facets(views: &Views) -> Vec<FacetView> {
    let site = views.site;
    let order = Order::of(site.config.language);
    let mut facets = Vec::new();
    let mut recruitment = FacetView {
        id: "recruitment",
        title: views.text("facet.recruitment").to_owned(),
        url: views.link("recruitment/index.html"),
        items: Vec::new(),
    };
    let mut by_vocabulary: BTreeMap<VocabularyName, Vec<(String, EntryItem)>> = BTreeMap::new();
    for list in site.lists.iter().filter(|list| !list.documents.is_empty()) {
        let url = views.link(&list.page_path(1));
        let count = list.documents.len();
        match &list.key {
            ListKey::Recruitment(value) => recruitment.items.push(EntryItem {
                title: views.word("recruitment", *value).name,
                url,
                count,
                depth: 0,
            }),
            ListKey::Entry(vocabulary, id) => {
                let depth = site.vocabularies.get(*vocabulary).depth(id);
                by_vocabulary.entry(*vocabulary).or_default().push((
                    id.clone(),
                    EntryItem {
                        title: list.name.clone(),
                        url,
                        count,
                        depth,
                    },
                ));
            }
            _ => {}
        }
    }
    if !recruitment.items.is_empty() {
        facets.push(recruitment);
    }
    for vocabulary in [
        VocabularyName::Departments,
        VocabularyName::Locations,
        VocabularyName::Categories,
        VocabularyName::Units,
    ] {
        let Some(mut items) = by_vocabulary.remove(&vocabulary) else {
            continue;
        };
        let known = site.vocabularies.get(vocabulary);
        let places: BTreeMap<&str, usize> = (known.entries().iter().enumerate())
            .map(|(place, entry)| (entry.id.as_str(), place))
            .collect();
        // The largest entry comes first; equal ones are in the author's order, then in that of the names.
        items.sort_by_cached_key(|(id, item)| {
            let place = places.get(id.as_str()).copied();
            let name = order.sort_key(&item.title);
            (
                Reverse(item.count),
                place.unwrap_or(usize::MAX),
                name,
                item.url.clone(),
            )
        });
        let items = children_after_parents(items, known);
        facets.push(FacetView {
            id: vocabulary.folder(),
            title: views
                .text(&format!("facet.{}", vocabulary.folder()))
                .to_owned(),
            url: views.link(&format!("{}/index.html", vocabulary.folder())),
            items,
        });
    }
    facets
}

/// Each entry followed by those below it; within one level the order stays.
fn children_after_parents(
    items: Vec<(String, EntryItem)>,
    vocabulary: &Vocabulary,
) -> Vec<EntryItem> {
    let line = |id: &str| {
        vocabulary
            .with_parents(id)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    };
    let rank: BTreeMap<String, usize> = items
        .iter()
        .enumerate()
        .map(|(place, (id, _))| (id.clone(), place))
        .collect();
    let mut resolved: Vec<(Vec<usize>, EntryItem)> = items
        .into_iter()
        .map(|(id, item)| {
            (
                line(&id)
                    .iter()
                    .map(|above| rank.get(above).copied().unwrap_or(usize::MAX))
                    .collect(),
                item,
            )
        })
        .collect();
    resolved.sort_by(|a, b| a.0.cmp(&b.0));
    resolved.into_iter().map(|(_, item)| item).collect()
}

/// Rows of one kind that belong to a document.
#[derive(Serialize)]
struct RelatedView {
    kind: &'static str,
    title: String,
    rows: Vec<View>,
}

#[derive(Serialize)]
struct HeadingView<'a> {
    level: u8,
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct KindView {
    name: &'static str,
    title: String,
    url: String,
}

/// `doc`: the shared fields, the body, and the kind's own view beside them.
#[derive(Serialize)]
struct DocView<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    published: Option<DateView>,
    updated: Option<DateView>,
    tags: &'a [String],
    language: &'static str,
    internal: bool,
    kind: KindView,
    state: Option<WordView>,
    /// When the state changes.
    turns: Option<super::TransitionsView>,
    closed: bool,
    /// The last day of what is in force until a day.
    until: Option<DateView>,
    calendar: Option<String>,
    body: &'a str,
    contents: Vec<HeadingView<'a>>,
    related: Vec<RelatedView>,
}

/// How long a text is and how long it takes to read.
#[derive(Serialize)]
struct ReadingView {
    /// Han characters and words of other scripts, counted.
    length: usize,
    /// Minutes, rounded up.
    minutes: usize,
    /// Both in words, rounded: `约2,300字，阅读约6分钟`.
    text: String,
}

/// Nothing for a document without a text.
fn view_reading(views: &Views, body_html: &str) -> Option<ReadingView> {
    let length = Length::of_html(body_html);
    let key = if length.characters >= length.words {
        "article.length_characters"
    } else {
        "article.length_words"
    };
    let count = group_thousands(&round_count(length.total()).to_string());
    let minutes = length.minutes();
    (length.total() > 0).then(|| ReadingView {
        length: length.total(),
        minutes,
        text: views
            .texts
            .fill(key, &[("n", &count), ("minutes", &minutes.to_string())]),
    })
}

/// Rows of one kind among the related ones.
const RELATED_ROWS: usize = 12;

/// Builds `doc`; `body_html` is the document's body as the page shows it.
pub fn view_document(views: &Views, index: usize, body_html: &str) -> Result<View> {
    let resolved = &views.site.documents[index];
    let document = &resolved.document;
    let kind = document.id.kind;
    let body = document.body.as_kind();
    let state = views.state(resolved);
    let until = body.validity().and_then(|validity| validity.to);
    let shared = View::of(&DocView {
        id: &document.id.id,
        title: &document.shared.title,
        summary: document.summary(),
        published: document
            .shared
            .published
            .as_ref()
            .map(|day| views.day(day.value)),
        updated: document
            .shared
            .updated
            .as_ref()
            .map(|day| views.day(day.value)),
        tags: &document.shared.tags,
        language: document.language(views.site.config.language).tag(),
        internal: document.visibility() == Visibility::Internal,
        kind: KindView {
            name: kind.name,
            title: views.text(&format!("kind.{}", kind.name)).to_owned(),
            url: views.link(&format!("{}/index.html", kind.folder)),
        },
        closed: state.is_some() && !resolved.state.is_listed(),
        state,
        turns: views.transitions(resolved),
        until: until.map(|day| views.day(day)),
        calendar: has_calendar(views.site, index)
            .then(|| views.link(&calendar_path(views.site, document))),
        body: body_html,
        contents: document
            .outline
            .headings
            .iter()
            .map(|heading| HeadingView {
                level: heading.level,
                id: &heading.id,
                text: &heading.text,
            })
            .collect(),
        related: view_related(views, index),
    });
    // The kind's own fields are merged with the shared ones.
    let view = shared.and(body_view(&document.body).view(document, views)?);
    Ok(if body.shows_length() {
        view.with("reading", View::of(&view_reading(views, body_html)))
    } else {
        view
    })
}

fn view_related(views: &Views, index: usize) -> Vec<RelatedView> {
    let resolved = &views.site.documents[index];
    let mut related: Vec<usize> = resolved
        .names
        .iter()
        .chain(&resolved.named_by)
        .copied()
        .collect();
    related.sort_unstable();
    related.dedup();
    related.retain(|&other| views.site.is_listed(other));
    KINDS
        .iter()
        .filter_map(|kind| {
            let mut members: Vec<usize> = related
                .iter()
                .copied()
                .filter(|&other| views.site.documents[other].document.id.kind.name == kind.name)
                .collect();
            crate::site::sort_documents(views.site, &mut members);
            (!members.is_empty()).then(|| RelatedView {
                kind: kind.name,
                title: views.text(&format!("kind.{}", kind.name)).to_owned(),
                rows: members
                    .into_iter()
                    .take(RELATED_ROWS)
                    .map(|other| views.row(other))
                    .collect(),
            })
        })
        .collect()
}
