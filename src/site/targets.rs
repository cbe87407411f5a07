//! The targets of a body's links. Enters: a target as written, and the document that holds it. Leaves: the document,
//! the file or the address that it leads to.

use super::Site;
use crate::kinds::Document;
use crate::markdown::Link;
use crate::text::Span;
use crate::text::url::{begins_with_host, decode, has_safe_scheme, has_user};
use unicode_normalization::UnicodeNormalization;

/// The target of a link in a body.
#[derive(Debug, PartialEq, Eq)]
pub enum LinkTarget<'a> {
    /// A document, with the anchor as written, `#` included.
    Document(usize, &'a str),
    /// A file beside documents.
    File(String),
    /// An address outside, a mail address, an anchor or a path of the portal: as written.
    AsWritten,
    /// A document that this build does not show.
    Hidden,
    /// Nothing that exists, or nothing that is safe.
    Nowhere,
}

/// The path a relative link means, from a folder; `None` where it leaves the site.
fn resolve_path(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    // Files are listed in normal form NFC, however the disk or the author writes them.
    Some(parts.join("/").nfc().collect())
}

/// What a picture in a body shows: a file beside documents, or one of the portal by its address. Nothing else is shown.
pub fn find_picture<'a>(site: &Site, from: &Document, target: &'a str) -> LinkTarget<'a> {
    let target = target.trim();
    let is_host = begins_with_host(target) || target.starts_with("//");
    match find_target(site, from, target) {
        LinkTarget::File(path) => LinkTarget::File(path),
        LinkTarget::AsWritten if target.starts_with('/') && !is_host => LinkTarget::AsWritten,
        LinkTarget::Hidden if target.starts_with('/') && !is_host => LinkTarget::Hidden,
        _ => LinkTarget::Nowhere,
    }
}

/// The path of the file that a relative target of a document means; `None` where it leaves the site.
pub fn linked_path(from: &Document, target: &str) -> Option<String> {
    let path = target.split('#').next().unwrap_or("");
    let decoded = decode(path);
    resolve_path(from.folder(), &decoded)
}

/// An absolute address of the portal must not lead to a document that is not visible.
fn unless_hidden<'a>(site: &Site, target: &str) -> LinkTarget<'a> {
    let written = site.config.base_url.paths_on_host(target).into_iter();
    let paths: Vec<String> = written
        .map(|path| path.nfc().collect::<String>().to_lowercase())
        .collect();
    // A path from the root of the host may include the portal's own folder.
    let base = site.config.base_url.path().to_lowercase();
    let forms = paths
        .iter()
        .flat_map(|path| [Some(path.as_str()), path.strip_prefix(&base[1..])]);
    let is_hidden = |path: &str| {
        let first = path.split_once('/').filter(|(segment, _)| {
            let mut editions = site.config.editions.iter();
            editions.any(|edition| *segment == edition.segment())
        });
        let path = first.map_or(path, |(_, path)| path);
        let ends = path.match_indices('/').map(|(at, _)| at);
        let mut folders = ends.chain([path.len()]).map(|end| &path[..end]);
        folders.any(|folder| site.known.is_hidden(folder))
    };
    if forms.flatten().any(is_hidden) {
        LinkTarget::Hidden
    } else {
        LinkTarget::AsWritten
    }
}

/// Finds what a link means, as written in one document.
pub fn find_target<'a>(site: &Site, from: &Document, target: &'a str) -> LinkTarget<'a> {
    let target = target.trim();
    if target.is_empty() || target.chars().any(char::is_control) {
        return LinkTarget::Nowhere;
    }
    if target.starts_with('#') {
        return LinkTarget::AsWritten;
    }
    if has_user(target) {
        return LinkTarget::Nowhere;
    }
    let head = target.split(['/', '?', '#']).next().unwrap_or("");
    if begins_with_host(target) || head.contains(':') {
        return if has_safe_scheme(target) {
            unless_hidden(site, target)
        } else {
            LinkTarget::Nowhere
        };
    }
    if target.starts_with('/') {
        return unless_hidden(site, target);
    }
    let anchor = &target[target.find('#').unwrap_or(target.len())..];
    let Some(path) = linked_path(from, target) else {
        return LinkTarget::Nowhere;
    };
    if path.ends_with(".md") {
        return match site.find_path(&path) {
            Some(index) => LinkTarget::Document(index, anchor),
            None => LinkTarget::Hidden,
        };
    }
    LinkTarget::File(path)
}

/// The bytes of a link in its file.
pub(super) fn link_span(document: &Document, link: &Link) -> Span {
    let base = document.body_span.start as usize;
    Span::new(
        base + link.span.start as usize,
        base + link.span.end as usize,
    )
}
