//! The outputs by their paths, and the conflicts between them. Enters: a portal. Leaves: its paths, with a fault for
//! every path that two outputs share, for every file that another output needs as a folder, and for a logo that is not
//! one of the files. Such a portal is never written, since chance would decide which of the two stays.

use super::Portal;
use crate::diagnostic::{Diagnostic, Sink, Text, visible};
use crate::files::{clashes, report_clash};
use crate::outputs::Address;
use crate::publish::manifest::{MANIFEST, is_writable};
use crate::say;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Every output of a portal by its path, as places in `Portal::addresses`. Reports outputs with one path, such as a
/// file of `static/` over a page, and files in the place of folders.
pub(super) fn place_outputs(portal: &Portal, sink: &mut Sink) -> BTreeMap<String, usize> {
    let mut paths: Vec<(String, usize)> = portal
        .addresses
        .par_iter()
        .enumerate()
        .map(|(place, address)| (portal.path(address), place))
        .collect();
    paths.par_sort_unstable();
    let address = |place: usize| &portal.addresses[place].1;
    for two in paths.windows(2).filter(|two| two[0].0 == two[1].0) {
        // Two documents with one id are already reported at their places.
        let both = (address(two[0].1), address(two[1].1));
        if !matches!(both, (Address::Document(_), Address::Document(_))) {
            let path = &two[0].0;
            sink.push(shared(
                path,
                say!(
                    "有两样东西都要写到 {path}",
                    "two things would be written to {path}"
                ),
            ));
        }
    }
    let in_the_way: Vec<(&str, &str)> = paths
        .par_iter()
        .flat_map_iter(|(path, _)| {
            let above = path.match_indices('/').map(move |(at, _)| &path[..at]);
            above.map(move |folder| (folder, path.as_str()))
        })
        .filter(|(folder, _)| {
            let found = paths.binary_search_by(|(path, _)| path.as_str().cmp(folder));
            found.is_ok()
        })
        .collect();
    for (folder, path) in in_the_way {
        sink.push(shared(
            folder,
            say!(
                "{folder} 是一个文件，可是 {path} 要用它作文件夹",
                "{folder} is a file, but {path} needs a folder of that name"
            ),
        ));
    }
    report_reserved(portal, &paths, sink);
    report_names(portal, &paths, sink);
    let paths = paths.into_iter().collect();
    report_logo(portal, &paths, sink);
    paths
}

/// Reports paths that cannot be published, and those that are one on a system which ignores case. Files that are copied
/// have been reported where they lie, unless one of content/ meets one of static/.
fn report_names(portal: &Portal, paths: &[(String, usize)], sink: &mut Sink) {
    let is_copied = |place: usize| {
        let address = &portal.addresses[place].1;
        matches!(address, Address::Static(_) | Address::Attachment(_))
    };
    for (path, _) in paths
        .iter()
        .filter(|(path, place)| !is_copied(*place) && (!is_writable(path) && path != MANIFEST))
    {
        let shown = visible(path);
        let fault = say!(
            "“{shown}”不能作网址：有的系统不认这样的名字",
            "`{shown}` cannot be an address: some systems do not take such a name"
        );
        let help = say!(
            "换一个编号，或给这个文件换个名字；只用文字、数字和减号最稳妥",
            "choose another id or another name for the file; letters, digits and hyphens are always safe"
        );
        sink.push(
            Diagnostic::error("unpublishable-name", fault)
                .in_path(path)
                .help(help),
        );
    }
    let in_one_folder = |path: &str| {
        // The folder of a page is met before the page.
        let place = portal_place(paths, path)
            .or_else(|| portal_place(paths, &format!("{path}/index.html")));
        place.map(|place| &portal.addresses[place].1)
    };
    for (first, second) in clashes(paths.iter().map(|(path, _)| path.as_str())) {
        let told = matches!(
            (in_one_folder(first), in_one_folder(second)),
            (Some(Address::Static(_)), Some(Address::Static(_)))
                | (Some(Address::Attachment(_)), Some(Address::Attachment(_)))
                | (Some(Address::Document(_)), Some(Address::Document(_)))
        );
        if !told {
            sink.push(report_clash(first, second));
        }
    }
}

fn portal_place(paths: &[(String, usize)], path: &str) -> Option<usize> {
    let found = paths.binary_search_by(|(other, _)| other.as_str().cmp(path));
    found.ok().map(|place| paths[place].1)
}

/// Reports a logo that is not a file of the portal.
fn report_logo(portal: &Portal, paths: &BTreeMap<String, usize>, sink: &mut Sink) {
    let config = &portal.source().config;
    let (Some(logo), Some(path)) = (&config.organization.logo, config.organization.logo_path())
    else {
        return;
    };
    if paths.contains_key(path) {
        return;
    }
    let fault = Diagnostic::error(
        "unknown-logo",
        say!(
            "门户里没有“{}”这张图片",
            "the portal has no picture `{}`",
            logo.value
        ),
    )
    .at(&config.file, logo.span);
    let under_static = path.strip_prefix("static/");
    sink.push(match under_static.filter(|rest| paths.contains_key(*rest)) {
        Some(rest) => fault.help(say!(
            "static/ 里的文件在门户的最上层，写成 /{rest}",
            "files of static/ lie at the top of the portal; write /{rest}"
        )).fix(logo.span, format!("/{rest}")),
        None => fault.help(say!(
            "把图片放进 static/，例如 static/logo.svg 写成 /logo.svg；不能写别的网站的网址",
            "put the picture into static/ and write its path there, /logo.svg for static/logo.svg; it cannot be on another site"
        )),
    });
}

/// Reports copied files at paths that the program writes itself.
fn report_reserved(portal: &Portal, paths: &[(String, usize)], sink: &mut Sink) {
    // The files that are written last have no `Address`: the search index, and the list of all files.
    let segments = || portal.editions.iter().map(|one| &one.site.config.segment);
    let reserved = |path: &str| {
        path == MANIFEST
            || segments().any(|segment| {
                let own = path.strip_prefix(segment.as_str());
                own.is_some_and(|own| own.starts_with("search/") && own != "search/index.html")
            })
    };
    let is_copied = |place: usize| {
        let address = &portal.addresses[place].1;
        matches!(address, Address::Static(_) | Address::Attachment(_))
    };
    let copied = paths.iter().filter(|(_, place)| is_copied(*place));
    for (path, _) in copied.filter(|(path, _)| reserved(path)) {
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
