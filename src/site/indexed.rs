//! The pages that search engines may index, and the sitemaps that list them. The protocol of sitemaps.org, version 0.9,
//! allows 50,000 addresses in a file.

use super::Site;
use crate::kinds::Document;

/// The largest number of addresses in a sitemap.
pub const MAX_SITEMAP_PAGES: usize = 50_000;

/// A page that may be indexed.
pub struct IndexedPage<'a> {
    /// Its path.
    pub path: String,
    /// Whether every edition has this page in its own language.
    pub translated: bool,
    /// The document, if this is the page of a document.
    pub document: Option<&'a Document>,
}

/// The pages of an edition that search engines may index, in the order of the sitemap.
pub fn indexed_pages(site: &Site) -> Vec<IndexedPage<'_>> {
    let page = |path: String| IndexedPage {
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
    for resolved in listed.filter(|resolved| resolved.state.is_listed()) {
        let document = &resolved.document;
        let is_foreign =
            document.language(config.language).is_chinese() != config.language.is_chinese();
        // A page that other editions show unchanged is indexed in the source edition only.
        if is_foreign && !config.segment.is_empty() {
            continue;
        }
        pages.push(IndexedPage {
            path: site.document_path(&document.id),
            translated: !is_foreign,
            document: Some(document),
        });
    }
    pages
}

/// The number of sitemaps that `sitemap.xml` lists; 0 if `sitemap.xml` lists the pages itself.
pub fn sitemap_parts(site: &Site) -> usize {
    // Nearly all sites are far below the limit, so their pages need not be counted.
    if 1 + site.lists.len() + site.documents.len() > MAX_SITEMAP_PAGES {
        parts_of(indexed_pages(site).len())
    } else {
        0
    }
}

fn parts_of(pages: usize) -> usize {
    match pages.div_ceil(MAX_SITEMAP_PAGES) {
        0 | 1 => 0,
        parts => parts,
    }
}

/// The path of one of the sitemaps that `sitemap.xml` lists, from 1.
pub fn sitemap_part_path(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_is_split_only_above_the_limit() {
        assert_eq!(
            [
                0,
                1,
                MAX_SITEMAP_PAGES,
                MAX_SITEMAP_PAGES + 1,
                2 * MAX_SITEMAP_PAGES,
                2 * MAX_SITEMAP_PAGES + 1
            ]
            .map(parts_of),
            [0, 0, 0, 2, 2, 3]
        );
    }
}
