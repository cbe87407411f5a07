//! `sitemap.xml` and `robots.txt`. The sitemap lists only pages that search engines may index. The sitemap of a large
//! portal lists other sitemaps, since sitemaps.org, protocol 0.9, allows 50,000 addresses in a file.

use super::file_output::{FileOutput, Scope, once};
use crate::site::{
    IndexedPage, MAX_SITEMAP_PAGES, indexed_pages, sitemap_part_path, sitemap_parts,
};
use crate::text::markup::escape;
use crate::views::absolute::{absolute, changed_at};
use crate::views::{Views, view_alternates};
use anyhow::{Context, Result};
use std::fmt::Write;

/// The sitemap, or the list of sitemaps.
pub(super) const SITEMAP: FileOutput = FileOutput {
    name: "sitemap.xml",
    scope: Scope::Edition,
    content_type: "application/xml; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: false,
    subjects: once,
    make: |making, _| Ok(sitemap(&making.views)),
};

/// One of the sitemaps of a portal that is too large for one.
pub(super) const SITEMAP_PART: FileOutput = FileOutput {
    name: "sitemap-*.xml",
    scope: Scope::Edition,
    content_type: "application/xml; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: false,
    subjects: |site, _| (1..=sitemap_parts(site)).collect(),
    make: |making, part| sitemap_part(&making.views, part),
};

/// The rules for crawlers: the pages that they may read.
pub(super) const ROBOTS: FileOutput = FileOutput {
    name: "robots.txt",
    scope: Scope::Portal,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: false,
    subjects: once,
    make: |making, _| Ok(robots(&making.views)),
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Builds `sitemap.xml`.
pub(super) fn sitemap(views: &Views) -> Vec<u8> {
    match sitemap_parts(views.site) {
        0 => url_set(views, &indexed_pages(views.site)),
        parts => {
            let addresses = (1..=parts).map(|part| views.link(&sitemap_part_path(part)));
            list_of(addresses.map(|link| absolute(views, &link)))
        }
    }
}

/// Builds one of the sitemaps that `sitemap.xml` lists, from 1.
///
/// # Errors
/// There is no such part.
pub(super) fn sitemap_part(views: &Views, part: usize) -> Result<Vec<u8>> {
    let pages = indexed_pages(views.site);
    let place = part.checked_sub(1);
    let own = place.and_then(|place| pages.chunks(MAX_SITEMAP_PAGES).nth(place));
    Ok(url_set(
        views,
        own.with_context(|| format!("sitemap {part}"))?,
    ))
}

fn list_of(addresses: impl Iterator<Item = String>) -> Vec<u8> {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        let _ = writeln!(out, "<sitemap><loc>{}</loc></sitemap>", escape(&address));
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}

fn url_set(views: &Views, pages: &[IndexedPage]) -> Vec<u8> {
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
        let alternates = if page.translated {
            view_alternates(views, &page.path)
        } else {
            Vec::new()
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
pub(super) fn robots(views: &Views) -> Vec<u8> {
    let config = &views.site.config;
    let mut out = String::from("User-agent: *\n");
    if config.internal && config.clock.is_none() {
        out.push_str("Disallow: /\n");
    } else {
        out.push_str("Allow: /\n");
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
