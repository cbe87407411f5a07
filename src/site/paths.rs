//! Facts that a path of the output shows: its edition, whether it is a page, where a file of the site goes.

use crate::fields::VocabularyName;
use crate::kinds::{DocId, KINDS};
use crate::text::Language;

/// The path within its edition.
pub fn in_edition(path: &str) -> &str {
    match path.split_once('/') {
        Some((segment, own)) if Language::of_segment(segment).is_some() => own,
        _ => path,
    }
}

/// Whether a file of a portal belongs to the search index of an edition.
pub fn is_search_data(path: &str) -> bool {
    let own = in_edition(path);
    own.starts_with("search/") && own != "search/index.html"
}

/// Whether a file of a portal is the page of a document or redirects from a former address, in any edition. Pages of
/// lists come and go by themselves.
pub fn is_document_page(path: &str) -> bool {
    let parts: Vec<&str> = in_edition(path).split('/').collect();
    let is_kind = |folder: &str| KINDS.iter().any(|kind| kind.folder == folder);
    match parts[..] {
        [folder, id, "index.html"] => is_kind(folder) && id != "page",
        [id, "index.html"] => {
            let is_list = VocabularyName::ALL.iter().any(|name| name.folder() == id);
            !is_kind(id) && !is_list && !matches!(id, "search" | "recruitment")
        }
        _ => false,
    }
}

/// The folder of a document's page: `jobs/J-2026-001`; plain pages are at the top.
pub fn document_folder(id: &DocId) -> String {
    match id.kind.name {
        "page" => id.id.clone(),
        _ => format!("{}/{}", id.kind.folder, id.id),
    }
}

/// The output path of a file beside documents: `content/jobs/forms/a.pdf` gives `jobs/forms/a.pdf`.
pub fn attachment_path(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// The output path of a file of `static/`.
pub fn static_path(path: &str) -> &str {
    path.strip_prefix("static/").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_differs_from_documents_with_search_in_their_names() {
        for path in ["search/cards/1.bin", "zh-hant-tw/search/a", "en/search/x/y"] {
            assert!(is_search_data(path), "{path}");
        }
        for path in [
            "search/index.html",
            "en/search/index.html",
            "jobs/quant-research/index.html",
            "jobs/search/index.html",
            "departments/research/index.html",
        ] {
            assert!(!is_search_data(path), "{path}");
        }
    }

    #[test]
    fn pages_of_documents_differ_from_lists() {
        for path in [
            "jobs/a/index.html",
            "about/index.html",
            "zh-hant-tw/jobs/a/index.html",
        ] {
            assert!(is_document_page(path), "{path}");
        }
        for path in [
            "index.html",
            "jobs/index.html",
            "locations/index.html",
            "jobs/page/2/index.html",
            "units/a/index.html",
            "search/index.html",
            "jobs/a/calendar.ics",
            "zh-hant-tw/index.html",
        ] {
            assert!(!is_document_page(path), "{path}");
        }
    }
}
