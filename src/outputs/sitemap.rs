//! `sitemap.xml` and `robots.txt`. Only pages that may be indexed are in the sitemap.

use super::{absolute, changed_at};
use crate::view::Views;
use std::fmt::Write;

/// Builds `sitemap.xml`.
pub fn sitemap(views: &Views) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut url = |link: String, changed: Option<String>| {
        // Links are percent-encoded, so `&` and `<` cannot occur; the host is the settings' own.
        let _ = write!(out, "<url><loc>{}</loc>", escape(&absolute(views, &link)));
        if let Some(changed) = changed {
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        out.push_str("</url>\n");
    };
    url(views.link("index.html"), None);
    for list in views
        .site
        .lists
        .iter()
        .filter(|list| !list.documents.is_empty() || !list.has_feed())
    {
        url(views.link(&list.page_path(1)), None);
    }
    for placed in views
        .site
        .documents
        .iter()
        .filter(|placed| placed.state.is_listed())
    {
        url(
            views.document_url(&placed.document),
            changed_at(views, &placed.document),
        );
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
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
        let _ = writeln!(
            out,
            "Sitemap: {}",
            absolute(views, &views.link("sitemap.xml"))
        );
    }
    out.into_bytes()
}
