//! Links that lead nowhere inside the portal: written-out addresses and anchors, in every edition. Files are checked where
//! bodies are linked. Enters: an edition's site and what its pages hold. Leaves: faults at their places.

use crate::diagnostic::{Diagnostic, Sink};
use crate::kinds::Document;
use crate::markdown::Link;
use crate::say;
use crate::site::{LinkTarget, Site, find_target};
use crate::text::url::{begins_with_host, decode};
use crate::text::{SourceFile, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What can be linked.
#[derive(Debug, Default)]
pub struct Reachable {
    /// The paths of all outputs of all editions.
    pub paths: BTreeSet<String>,
    /// The anchors that templates give every page of a kind.
    pub anchors: BTreeSet<String>,
}

impl Reachable {
    /// Takes the anchors out of a template's text.
    pub fn add_template(&mut self, template: &str) {
        for piece in template.split("id=\"").skip(1) {
            let id = piece.split('"').next().unwrap_or("");
            if !id.contains(['{', '}']) {
                self.anchors.insert(id.to_owned());
            }
        }
    }
}

/// Reports links of bodies and menus that lead nowhere.
pub fn report_links(
    site: &Site,
    reachable: &Reachable,
    settings: &Arc<SourceFile>,
    sink: &mut Sink,
) {
    for resolved in &site.documents {
        for link in &resolved.document.outline.links {
            report_link(site, &resolved.document, link, reachable, sink);
        }
    }
    for item in site.config.menu.iter().chain(&site.config.footer) {
        if is_missing(site, &item.url.value, reachable) {
            sink.push(nowhere(settings, item.url.span, &item.url.value));
        }
    }
}

fn report_link(
    site: &Site,
    document: &Document,
    link: &Link,
    reachable: &Reachable,
    sink: &mut Sink,
) {
    let base = document.body_span.start as usize;
    let span = Span::new(
        base + link.span.start as usize,
        base + link.span.end as usize,
    );
    let target = link.target.trim();
    let anchor = match find_target(site, document, target) {
        LinkTarget::Document(index, anchor) => {
            Some((site.documents[index].document.as_ref(), anchor))
        }
        LinkTarget::AsWritten if target.starts_with('#') => Some((document, target)),
        LinkTarget::AsWritten if target.starts_with('/') && is_missing(site, target, reachable) => {
            sink.push(nowhere(&document.source, span, target));
            None
        }
        _ => None,
    };
    if let Some((there, anchor)) = anchor
        && !has_anchor(there, anchor, reachable)
    {
        let known: Vec<&str> = there
            .outline
            .headings
            .iter()
            .map(|heading| heading.id.as_str())
            .collect();
        let mut diagnostic = Diagnostic::warning(
            "broken-anchor",
            say!("“{anchor}”这个位置不存在", "there is no place `{anchor}`"),
        )
        .at(&document.source, span);
        let wanted = anchor.trim_start_matches('#');
        if let Some(near) = crate::fields::nearest(wanted, known.iter().copied()).first() {
            diagnostic = diagnostic.label(crate::fields::did_you_mean(&[near]));
        }
        sink.push(diagnostic.help(say!(
            "写标题后面花括号里的锚点，例如 #apply",
            "write the anchor of a heading, for example #apply"
        )));
    }
}

fn has_anchor(document: &Document, anchor: &str, reachable: &Reachable) -> bool {
    let wanted = decode(anchor.trim_start_matches('#'));
    if wanted.is_empty() || reachable.anchors.contains(wanted.as_ref()) {
        return true;
    }
    let written = |quote: char| {
        document
            .markdown()
            .contains(&format!("id={quote}{wanted}{quote}"))
    };
    document.outline.headings.iter().any(|heading| heading.id == wanted)
        || written('"')
        || written('\'')
        // The items of a question bank are numbered by its page.
        || document.id.kind.name == "exam"
}

/// Whether an address of the portal, written out, is no page and no file of it.
fn is_missing(site: &Site, target: &str, reachable: &Reachable) -> bool {
    if !target.starts_with('/') || begins_with_host(target) {
        return false;
    }
    let path = target
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .trim_start_matches('/');
    let path = decode(path);
    let of = |path: &str| {
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    };
    let held = |path: &str| reachable.paths.contains(path);
    let plain = of(&path);
    let in_edition = format!("{}{plain}", site.config.segment);
    !(held(&plain) || held(&in_edition) || held(&format!("{plain}/index.html")))
}

fn nowhere(file: &Arc<SourceFile>, span: Span, target: &str) -> Diagnostic {
    Diagnostic::warning(
        "broken-link",
        say!(
            "站内没有“{target}”这个地址",
            "the portal has no address `{target}`"
        ),
    )
    .at(file, span)
    .help(say!(
        "改成现有的地址；链接文档最好写文件名，例如 ../pages/about.md",
        "write an address that exists; documents are best linked by file, ../pages/about.md"
    ))
}
