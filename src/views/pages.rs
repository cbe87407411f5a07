//! The `page` of every page: its titles, its breadcrumbs, the facts for search engines. Enters: the site and the
//! subject of the page shows. Leaves: a `PageView`.

use super::alternates::view_alternates;
use super::json_ld::{breadcrumb_json_ld, json_ld, organization_json_ld};
use super::list_view::FeedView;
use super::page_view::PageView;
use super::{LinkView, Views, breadcrumbs, list_feed, list_title};
use crate::site::ListKey;

/// A document's page; `body` is its HTML.
pub fn document_page(views: &Views, index: usize, body: &str) -> PageView {
    let resolved = &views.site.documents[index];
    let document = &resolved.document;
    let kind = document.id.kind;
    let path = views.site.document_path(&document.id);
    let url = views.link(&path);
    // A document that editions show as it is has one address for search engines: the source edition's.
    let is_foreign = document.language(views.site.config.language).is_chinese()
        != views.site.config.language.is_chinese();
    let mut trail = Vec::new();
    if views.site.list_at(kind.folder).is_some() {
        trail.push(LinkView {
            title: views.text(&format!("kind.{}", kind.name)).to_owned(),
            url: views.link(&format!("{}/index.html", kind.folder)),
            summary: String::new(),
        });
    }
    trail.push(LinkView {
        title: document.shared.title.clone(),
        url: url.clone(),
        summary: String::new(),
    });
    let breadcrumbs = breadcrumbs(views, trail);
    let page = PageView {
        title: format!("{} - {}", document.shared.title, views.site.config.title),
        heading: document.shared.title.clone(),
        description: document.summary().to_owned(),
        kind: kind.name,
        noindex: !resolved.state.is_listed(),
        json_ld: json_ld(views, index, body, &breadcrumbs),
        og_type: if kind.schema_type.is_some() {
            "article"
        } else {
            "website"
        },
        recruits: kind.recruits,
        poster: views.posters.get(&index).cloned(),
        breadcrumbs,
        ..base_page(views, &path)
    };
    if is_foreign {
        PageView {
            canonical: page.canonical.map(|_| {
                let config = &views.site.config;
                config.base_url.absolute(&config.shared_link(&path))
            }),
            hreflang: false,
            ..page
        }
    } else {
        page
    }
}

/// The values that all pages have in common, for an output path.
fn base_page(views: &Views, path: &str) -> PageView {
    let config = &views.site.config;
    let url = views.link(path);
    PageView {
        canonical: config.has_origin.then(|| config.base_url.absolute(&url)),
        alternates: view_alternates(views, path),
        hreflang: config.has_origin && config.editions.len() > 1,
        url,
        title: config.title.clone(),
        heading: config.title.clone(),
        description: config.title.clone(),
        language: config.language.tag(),
        edition: config.language.tag(),
        kind: "page",
        breadcrumbs: Vec::new(),
        noindex: config.internal && config.clock.is_none(),
        json_ld: Vec::new(),
        og_type: "website",
        poster: None,
        feed: None,
        recruits: false,
    }
}

/// The home page.
pub fn home_page(views: &Views) -> PageView {
    let config = &views.site.config;
    let organization = &config.organization.name;
    PageView {
        description: views
            .texts
            .fill("home_description", &[("organization", organization)]),
        kind: "home",
        recruits: true,
        json_ld: organization_json_ld(views).into_iter().collect(),
        feed: Some(FeedView {
            atom: views.link("feed.xml"),
            json: views.link("feed.json"),
            calendar: None,
        }),
        ..base_page(views, "index.html")
    }
}

/// The search page.
pub fn search_page(views: &Views) -> PageView {
    let heading = views.text("search").to_owned();
    PageView {
        title: format!("{heading} - {}", views.site.config.title),
        kind: "search",
        // It lists postings.
        recruits: true,
        // The page has nothing of its own to be found by.
        noindex: true,
        breadcrumbs: breadcrumbs(
            views,
            vec![LinkView {
                title: heading.clone(),
                url: views.link("search/index.html"),
                summary: String::new(),
            }],
        ),
        heading,
        ..base_page(views, "search/index.html")
    }
}

/// The page for addresses that lead nowhere.
pub fn not_found_page(views: &Views) -> PageView {
    let heading = views.text("not_found.title").to_owned();
    PageView {
        title: format!("{heading} - {}", views.site.config.title),
        heading,
        hreflang: false,
        kind: "not-found",
        noindex: true,
        canonical: None,
        ..base_page(views, "404.html")
    }
}

/// One page of a list, from 1.
pub fn list_page(views: &Views, index: usize, page: usize) -> PageView {
    let list = &views.site.lists[index];
    let title = list_title(views, list);
    let jobs = !matches!(list.key, ListKey::Kind(kind) if kind.name != "job");
    let mut trail = Vec::new();
    if jobs && list.folder != "jobs" && views.site.list_at("jobs").is_some() {
        trail.push(LinkView {
            title: views.text("kind.job").to_owned(),
            url: views.link("jobs/index.html"),
            summary: String::new(),
        });
    }
    trail.push(LinkView {
        title: title.clone(),
        url: views.link(&list.page_path(1)),
        summary: String::new(),
    });
    let breadcrumbs = breadcrumbs(views, trail);
    let numbered = match page {
        1 => title.clone(),
        _ => views.texts.fill(
            "list.title_page",
            &[("title", &title), ("page", &page.to_string())],
        ),
    };
    PageView {
        title: format!("{numbered} - {}", views.site.config.title),
        description: views.texts.fill(
            "list.description",
            &[
                ("title", &title),
                ("count", &list.documents.len().to_string()),
                ("organization", &views.site.config.organization.name),
            ],
        ),
        heading: title,
        kind: "list",
        recruits: match list.key {
            ListKey::Kind(kind) => kind.recruits,
            _ => true,
        },
        json_ld: vec![breadcrumb_json_ld(views, &breadcrumbs)],
        breadcrumbs,
        feed: list_feed(views, list),
        ..base_page(views, &list.page_path(page))
    }
}

/// A page that leads from a former address to a document's.
pub fn redirect_page(views: &Views, index: usize) -> PageView {
    let document = &views.site.documents[views.site.redirects[index].1].document;
    let path = views.site.document_path(&document.id);
    PageView {
        title: document.shared.title.clone(),
        heading: document.shared.title.clone(),
        kind: "redirect",
        noindex: true,
        hreflang: false,
        alternates: Vec::new(),
        ..base_page(views, &path)
    }
}
