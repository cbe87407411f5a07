//! Links of bodies: the files that are copied, and the broken links.

use super::broken::{Names, broken_link};
use super::targets::{LinkTarget, find_picture, find_target, link_span, linked_path};
use super::{Site, attachment};
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::user_in_address;
use crate::files::{SourcePath, is_publishable};
use crate::kinds::Document;
use crate::markdown::Link;
use crate::say;
use crate::text::url::{begins_with_host, has_safe_scheme, has_user};
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
            let target = if link.is_picture {
                find_picture(site, document, &link.target)
            } else {
                find_target(site, document, &link.target)
            };
            match target {
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
                LinkTarget::Nowhere if link.is_picture => {
                    sink.push(no_picture(site, document, link));
                }
                LinkTarget::Nowhere if has_user(&link.target) => sink.push(
                    user_in_address(link.target.trim())
                        .at(&document.source, link_span(document, link)),
                ),
                LinkTarget::Nowhere => sink.push(unsafe_link(document, link)),
                LinkTarget::Document(..) | LinkTarget::AsWritten => {}
            }
        }
    }
    attachments
}

/// The fault of a picture that is none of the site's: its words stand in the text instead.
fn no_picture(site: &Site, document: &Document, link: &Link) -> Diagnostic {
    let target = link.target.trim();
    let shown: String = target.chars().take(100).collect();
    let is_address = has_safe_scheme(target) || begins_with_host(target);
    let name = target
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .rsplit('/')
        .next()
        .unwrap_or("");
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty()
            && (2..=4).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let is_sound = !name.contains('%') && is_publishable(name);
    let name = if is_address && has_ending && is_sound {
        name
    } else {
        "picture.png"
    };
    let message = if is_address && !site.config.base_url.paths_on_host(target).is_empty() {
        say!(
            "图片“{shown}”写成了完整的网址，页面上只有它的文字",
            "the picture `{shown}` is written as a whole address; only its words are on the page"
        )
    } else if is_address {
        say!(
            "图片“{shown}”在别的网站上，页面上只有它的文字",
            "the picture `{shown}` is on another site; only its words are on the page"
        )
    } else {
        say!(
            "“{shown}”不是图片文件，页面上只有它的文字",
            "`{shown}` is no file of a picture; only its words are on the page"
        )
    };
    Diagnostic::warning("foreign-picture", message)
        .at(&document.source, link_span(document, link))
        .help(say!(
            "把图片存到本文件旁边，写成 ![文字说明]({name})",
            "save the picture beside this file and write ![what it shows]({name})"
        ))
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
