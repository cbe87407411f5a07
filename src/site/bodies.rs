//! Links of bodies: the files that are copied, and the broken links.

use super::broken::{Names, broken_link};
use super::targets::{LinkTarget, find_target, link_span, linked_path};
use super::{Site, attachment};
use crate::diagnostic::{Diagnostic, Sink};
use crate::files::SourcePath;
use crate::kinds::Document;
use crate::markdown::Link;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// Follows every link of some bodies: returns the files to copy and reports broken links.
pub fn link_bodies<'a>(
    site: &Site,
    documents: impl Iterator<Item = &'a Document>,
    files: &[SourcePath],
    sink: &mut Sink,
) -> BTreeSet<SourcePath> {
    let by_path: BTreeMap<&str, &SourcePath> = files
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    let names = Names::new(files, &site.known);
    let mut attachments = BTreeSet::new();
    for document in documents {
        for link in &document.outline.links {
            match find_target(site, document, &link.target) {
                LinkTarget::File(path) => match by_path.get(path.as_str()) {
                    Some(_) if !attachment::is_harmless(&path) => sink.push(
                        attachment::refused(&link.target)
                            .at(&document.source, link_span(document, link)),
                    ),
                    Some(found) => {
                        attachments.insert((*found).clone());
                    }
                    None => sink.push(broken_link(document, link, &names)),
                },
                LinkTarget::Hidden
                    if !link.target.split('#').next().unwrap_or("").ends_with(".md") => {}
                LinkTarget::Hidden => {
                    let path = linked_path(document, &link.target).unwrap_or_default();
                    if !site.known.has_path(&path) {
                        sink.push(broken_link(document, link, &names));
                    }
                }
                LinkTarget::Nowhere => sink.push(unsafe_link(document, link)),
                LinkTarget::Document(..) | LinkTarget::AsWritten => {}
            }
        }
    }
    attachments
}

fn unsafe_link(document: &Document, link: &Link) -> Diagnostic {
    Diagnostic::warning(
        "unsafe-link",
        say!(
            "链接“{}”不能用，已去掉",
            "the link `{}` cannot be used and is left out",
            link.target
        ),
    )
    .at(&document.source, link_span(document, link))
    .help(say!(
        "链接只能是网址、邮箱、电话或站内文件",
        "link to a web, mail or telephone address or to a file of the site"
    ))
}
