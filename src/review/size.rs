//! Sizes. Enters: two lists of files. Leaves: the number of files and bytes of each sort, in both lists.

use crate::diagnostic::{Lang, Text};
use crate::files::FileDigest;
use crate::say;
use crate::site::is_search_data;
use serde::Serialize;
use std::collections::BTreeMap;

/// Files and bytes of one sort, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Size {
    /// The sort: `pages`, `search`, `theme`, `pictures`, `data` or `other`.
    pub sort: &'static str,
    /// Files in the old portal.
    pub files_before: usize,
    /// Files in the new portal.
    pub files_after: usize,
    /// Bytes in the old portal.
    pub bytes_before: u64,
    /// Bytes in the new portal.
    pub bytes_after: u64,
}

/// All sorts, in the order in which they are reported.
pub(super) const SORTS: [&str; 6] = ["pages", "search", "theme", "pictures", "data", "other"];

fn sort_of(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or("");
    match ending {
        _ if path.starts_with("assets/") => "theme",
        "html" => "pages",
        _ if is_search_data(path) => "search",
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" => "pictures",
        "json" | "xml" | "ics" | "txt" => "data",
        _ => "other",
    }
}

/// Sizes by sort; sorts that neither portal has are left out.
pub(super) fn compare(
    old: &BTreeMap<String, FileDigest>,
    new: &BTreeMap<String, FileDigest>,
) -> Vec<Size> {
    let mut sizes = SORTS.map(|sort| Size {
        sort,
        files_before: 0,
        files_after: 0,
        bytes_before: 0,
        bytes_after: 0,
    });
    for (files, is_new) in [(old, false), (new, true)] {
        for (path, entry) in files {
            let sort = sort_of(path);
            if let Some(size) = sizes.iter_mut().find(|size| size.sort == sort) {
                let (count, bytes) = if is_new {
                    (&mut size.files_after, &mut size.bytes_after)
                } else {
                    (&mut size.files_before, &mut size.bytes_before)
                };
                *count += 1;
                // A manifest that was tampered with may name any size.
                *bytes = bytes.saturating_add(entry.size);
            }
        }
    }
    let there = |size: &Size| size.files_before + size.files_after > 0;
    sizes.into_iter().filter(there).collect()
}

/// A line for the whole portal, and one for each sort.
pub(super) fn in_words(sizes: &[Size], lang: Lang) -> (String, Vec<String>) {
    let mut whole = Size {
        sort: "whole",
        files_before: 0,
        files_after: 0,
        bytes_before: 0,
        bytes_after: 0,
    };
    for size in sizes {
        whole.files_before += size.files_before;
        whole.files_after += size.files_after;
        whole.bytes_before = whole.bytes_before.saturating_add(size.bytes_before);
        whole.bytes_after = whole.bytes_after.saturating_add(size.bytes_after);
    }
    let line = |size: &Size| {
        #[expect(clippy::cast_precision_loss, reason = "people read megabytes")]
        let megabytes = |bytes: u64| format!("{:.2}", bytes as f64 / 1e6);
        let (bytes, bytes_now) = (megabytes(size.bytes_before), megabytes(size.bytes_after));
        let name = name(size.sort);
        let text = say!(
            "{0}：{1} → {2} 个文件，{bytes} → {bytes_now} MB",
            "{0}: {1} → {2} files, {bytes} → {bytes_now} MB",
            name.get(lang),
            size.files_before,
            size.files_after
        );
        text.get(lang).to_owned()
    };
    (line(&whole), sizes.iter().map(line).collect())
}

fn name(sort: &str) -> Text {
    match sort {
        "whole" => say!("整个门户的大小", "Size of the portal"),
        "pages" => say!("网页", "pages"),
        "search" => say!("搜索", "search"),
        "theme" => say!("外观", "looks"),
        "pictures" => say!("图片", "pictures"),
        "data" => say!("给程序读的文件", "files for programs"),
        _ => say!("附件和其他", "attachments and others"),
    }
}
