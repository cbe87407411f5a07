//! Outputs that stand in each other's way. Enters: a portal. Leaves: a fault for every path that two things want, and for
//! every file that another output needs as a folder. Such a portal is never written: which of the two stays would be chance.

use super::Portal;
use crate::address_book::Address;
use crate::diagnostic::{Diagnostic, Sink, Text};
use crate::manifest::MANIFEST;
use crate::say;
use std::collections::BTreeMap;

/// Reports outputs with one path, such as a file of `static/` over a page, and files in the place of folders.
pub(super) fn report_shared_addresses(portal: &Portal, sink: &mut Sink) {
    let mut paths: BTreeMap<String, &Address> = BTreeMap::new();
    let mut copied: Vec<String> = Vec::new();
    for place in &portal.addresses {
        let (path, address) = (portal.path(place), &place.1);
        if matches!(address, Address::Static(_) | Address::Attachment(_)) {
            copied.push(path.clone());
        }
        let Some(other) = paths.insert(path.clone(), address) else {
            continue;
        };
        // Two documents with one id have been reported where they stand.
        if matches!(
            (address, other),
            (Address::Document(_), Address::Document(_))
        ) {
            continue;
        }
        sink.push(shared(
            &path,
            say!(
                "有两样东西都要写到 {path}",
                "two things would be written to {path}"
            ),
        ));
    }
    for path in paths.keys() {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        for folder in above.filter(|folder| paths.contains_key(*folder)) {
            sink.push(shared(
                folder,
                say!(
                    "{folder} 是一个文件，可是 {path} 要用它作文件夹",
                    "{folder} is a file, but {path} needs a folder of that name"
                ),
            ));
        }
    }
    // What is written last has no address of its own: the index, and the list of all files.
    let segments = || portal.editions.iter().map(|one| &one.site.config.segment);
    let reserved = |path: &str| {
        path == MANIFEST
            || segments().any(|segment| {
                let own = path.strip_prefix(segment.as_str());
                own.is_some_and(|own| own.starts_with("search/") && own != "search/index.html")
            })
    };
    for path in copied.iter().filter(|path| reserved(path)) {
        sink.push(shared(
            path,
            say!(
                "{path} 这个位置由 gangwei 自己使用",
                "gangwei itself writes to {path}"
            ),
        ));
    }
}

fn shared(path: &str, what: Text) -> Diagnostic {
    Diagnostic::error("shared-address", what)
        .in_path(path)
        .help(say!(
            "给 static/ 或附件里的文件换个名字",
            "rename the file under static/ or beside the document"
        ))
}
