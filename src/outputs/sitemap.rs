//! `sitemap.xml` and `robots.txt`. Only pages that may be indexed are in the sitemap; the sitemap of a large portal is a
//! list of others (sitemaps.org, protocol 0.9: 50,000 addresses a file at most).

use crate::kinds::Document;
use crate::site::Site;
use crate::text::markup::escape;
use crate::views::absolute::{absolute, changed_at};
use crate::views::{Views, view_alternates};
use std::fmt::Write;

/// Addresses that one sitemap may hold.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page that may be indexed.
struct Page<'a> {
    path: String,
    /// Whether every edition has it in its own words.
    translated: bool,
    document: Option<&'a Document>,
}

/// The pages of an edition that may be indexed, in order.
fn pages(site: &Site) -> Vec<Page<'_>> {
    let page = |path: String| Page {
        path,
        translated: true,
        document: None,
    };
    let mut pages = vec![page("index.html".to_owned())];
    let lists = site.lists.iter();
    let lists = lists.filter(|list| !list.documents.is_empty() || !list.has_feed());
    pages.extend(lists.map(|list| page(list.page_path(1))));
    let config = &site.config;
    let listed = site.documents.iter();
    for placed in listed.filter(|placed| placed.state.is_listed()) {
        let document = &placed.document;
        let is_foreign =
            document.language(config.language).is_chinese() != config.language.is_chinese();
        // What editions show as it is belongs to the source edition alone.
        if is_foreign && !config.segment.is_empty() {
            continue;
        }
        pages.push(Page {
            path: site.document_path(&document.id),
            translated: !is_foreign,
            document: Some(document),
        });
    }
    pages
}

/// How many sitemaps `sitemap.xml` lists; 0 where it holds the pages itself.
pub fn sitemap_parts(site: &Site) -> usize {
    // Nearly all sites are far below, and need no count.
    match 1 + site.lists.len() + site.documents.len() > MOST {
        true => parts_of(pages(site).len()),
        false => 0,
    }
}

fn parts_of(pages: usize) -> usize {
    match pages.div_ceil(MOST) {
        0 | 1 => 0,
        parts => parts,
    }
}

/// The path of one of the sitemaps that `sitemap.xml` lists, from 1.
pub fn sitemap_part_path(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// Builds `sitemap.xml`.
pub fn sitemap(views: &Views) -> Vec<u8> {
    match sitemap_parts(views.site) {
        0 => url_set(views, &pages(views.site)),
        parts => {
            let addresses = (1..=parts).map(|part| views.link(&sitemap_part_path(part)));
            list_of(addresses.map(|link| absolute(views, &link)))
        }
    }
}

/// Builds one of the sitemaps that `sitemap.xml` lists, from 1.
pub fn sitemap_part(views: &Views, part: usize) -> Vec<u8> {
    let pages = pages(views.site);
    let mut parts = pages.chunks(MOST);
    url_set(views, parts.nth(part.saturating_sub(1)).unwrap_or_default())
}

fn list_of(addresses: impl Iterator<Item = String>) -> Vec<u8> {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        let _ = writeln!(out, "<sitemap><loc>{}</loc></sitemap>", escape(&address));
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}

fn url_set(views: &Views, pages: &[Page]) -> Vec<u8> {
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\"");
    if views.site.config.editions.len() > 1 {
        out.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    out.push_str(">\n");
    for page in pages {
        let link = views.link(&page.path);
        // Links are percent-encoded, so `&` and `<` cannot occur; the host is the settings' own.
        let _ = write!(out, "<url><loc>{}</loc>", escape(&absolute(views, &link)));
        if let Some(changed) = page
            .document
            .and_then(|document| changed_at(views, document))
        {
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        let alternates = match page.translated {
            true => view_alternates(views, &page.path),
            false => Vec::new(),
        };
        for alternate in alternates {
            let _ = write!(
                out,
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                alternate.language,
                escape(&alternate.absolute)
            );
        }
        out.push_str("</url>\n");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_is_parted_only_where_it_must_be() {
        assert_eq!(
            [0, 1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 1].map(parts_of),
            [0, 0, 0, 2, 2, 3]
        );
    }

    #[test]
    fn the_list_of_sitemaps_is_well_formed() {
        let addresses = ["https://a.example/sitemap-1.xml", "https://a.example/?a&b"];
        let bytes = list_of(addresses.iter().map(|address| (*address).to_owned()));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let parsed = roxmltree::Document::parse(&text).expect("well-formed");
        let root = parsed.root_element();
        assert_eq!(root.tag_name().name(), "sitemapindex");
        assert_eq!(root.tag_name().namespace(), Some(NAMESPACE));
        let found = root
            .descendants()
            .filter(|node| node.has_tag_name((NAMESPACE, "loc")));
        let found: Vec<&str> = found.filter_map(|node| node.text()).collect();
        assert_eq!(found, addresses);
    }
}
