//! The pages that search engines may index, and the sitemaps that hold them (sitemaps.org, protocol 0.9: 50,000
//! addresses a file at most).

use super::Site;
use crate::kinds::Document;

/// Addresses that one sitemap may hold.
pub const SITEMAP_MOST: usize = 50_000;

/// A page that may be indexed.
pub struct IndexedPage<'a> {
    /// Its path.
    pub path: String,
    /// Whether every edition has it in its own words.
    pub translated: bool,
    /// The document it shows, where it is one's.
    pub document: Option<&'a Document>,
}

/// The pages of an edition that may be indexed, in order.
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

/// How many sitemaps `sitemap.xml` lists; 0 where `sitemap.xml` holds the pages itself.
pub fn sitemap_parts(site: &Site) -> usize {
    // Nearly all sites are far below, and need no count.
    if 1 + site.lists.len() + site.documents.len() > SITEMAP_MOST {
        parts_of(indexed_pages(site).len())
    } else {
        0
    }
}

fn parts_of(pages: usize) -> usize {
    match pages.div_ceil(SITEMAP_MOST) {
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
    fn a_sitemap_is_parted_only_where_it_must_be() {
        assert_eq!(
            [
                0,
                1,
                SITEMAP_MOST,
                SITEMAP_MOST + 1,
                2 * SITEMAP_MOST,
                2 * SITEMAP_MOST + 1
            ]
            .map(parts_of),
            [0, 0, 0, 2, 2, 3]
        );
    }
}
