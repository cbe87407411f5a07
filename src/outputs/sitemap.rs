//! `sitemap.xml` and `robots.txt`. Only pages that may be indexed are in the sitemap.

use super::escape;
use super::{absolute, changed_at};
use crate::view::Views;
use std::fmt::Write;

/// Builds `sitemap.xml`.
pub fn sitemap(views: &Views) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    let config = &views.site.config;
    if config.editions.len() > 1 {
        out.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    out.push_str(">\n");
    let mut url = |path: &str, translated: bool, changed: Option<String>| {
        let link = views.link(path);
        // Links are percent-encoded, so `&` and `<` cannot occur; the host is the settings' own.
        let _ = write!(out, "<url><loc>{}</loc>", escape(&absolute(views, &link)));
        if let Some(changed) = changed {
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        if translated {
            for alternate in crate::view::view_alternates(views, path) {
                let _ = write!(
                    out,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                    alternate.language,
                    escape(&alternate.absolute)
                );
            }
        }
        out.push_str("</url>\n");
    };
    url("index.html", true, None);
    for list in views
        .site
        .lists
        .iter()
        .filter(|list| !list.documents.is_empty() || !list.has_feed())
    {
        url(&list.page_path(1), true, None);
    }
    for placed in views
        .site
        .documents
        .iter()
        .filter(|placed| placed.state.is_listed())
    {
        let document = &placed.document;
        let is_foreign =
            document.language(config.language).is_chinese() != config.language.is_chinese();
        // What editions show as it is belongs to the source edition alone.
        if is_foreign && !config.segment.is_empty() {
            continue;
        }
        url(
            &views.site.document_path(&document.id),
            !is_foreign,
            changed_at(views, document),
        );
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// Builds `robots.txt`: an internal portal asks not to be read at all, unless it is a demonstration.
pub fn robots(views: &Views) -> Vec<u8> {
    let config = &views.site.config;
    let mut out = String::from("User-agent: *\n");
    match config.internal && config.clock.is_none() {
        true => out.push_str("Disallow: /\n"),
        false => out.push_str("Allow: /\n"),
    }
    if config.has_origin {
        for (index, edition) in config.editions.iter().enumerate() {
            let path = match index {
                0 => "sitemap.xml".to_owned(),
                _ => format!("{}/sitemap.xml", edition.segment()),
            };
            let _ = writeln!(
                out,
                "Sitemap: {}",
                absolute(views, &config.shared_link(&path))
            );
        }
    }
    out.into_bytes()
}
