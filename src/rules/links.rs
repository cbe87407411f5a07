//! Links that lead nowhere inside the portal: written-out addresses and anchors, in every edition. Files are checked where
//! bodies are linked. Enters: an edition's site and what its pages hold. Leaves: faults at their places.

use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::fields::VocabularyName;
use crate::kinds::{Document, KINDS};
use crate::markdown::Link;
use crate::say;
use crate::site::{
    LinkTarget, Site, find_picture, find_target, in_edition, is_document_page, override_path,
};
use crate::text::url::{begins_with_host, decode};
use crate::text::{SourceFile, Span, markup};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Makes a page by its path.
type Page<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// What can be linked.
pub struct Reachable<'a> {
    /// The paths of all outputs of all editions.
    pub paths: BTreeSet<String>,
    /// The ids that templates give parts of pages.
    pub ids: BTreeSet<String>,
    /// How grave a link is that leads nowhere.
    pub severity: Severity,
    page: Page<'a>,
    /// Pages that were made to look for a place in them.
    made: RefCell<BTreeMap<String, Option<String>>>,
}

impl std::fmt::Debug for Reachable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "Reachable({} paths)", self.paths.len())
    }
}

impl<'a> Reachable<'a> {
    /// Nothing yet; pages are made by a function.
    pub fn new(severity: Severity, page: Page<'a>) -> Reachable<'a> {
        Reachable {
            paths: BTreeSet::new(),
            ids: BTreeSet::new(),
            severity,
            page,
            made: RefCell::default(),
        }
    }

    /// Takes the ids out of a template's text.
    pub fn add_template(&mut self, template: &str) {
        for piece in template.split(" id=\"").skip(1) {
            let id = piece.split('"').next().unwrap_or("");
            if !id.contains(['{', '}']) {
                self.ids.insert(id.to_owned());
            }
        }
    }

    /// Whether a finished page has a part of that id.
    fn page_has(&self, path: &str, id: &str) -> bool {
        let mut made = self.made.borrow_mut();
        let page = made
            .entry(path.to_owned())
            .or_insert_with(|| (self.page)(path));
        // A page that cannot be made has other faults, which are told.
        page.as_ref()
            .is_none_or(|page| page.contains(&format!(" id=\"{}\"", markup::escape(id))))
    }

    /// A fault as grave as such links are.
    fn weighed(&self, fault: Diagnostic) -> Diagnostic {
        Diagnostic {
            severity: self.severity,
            ..fault
        }
    }
}

/// Reports links of bodies and menus that lead nowhere, and ids of bodies that belong to the theme.
pub fn report_links(
    site: &Site,
    reachable: &Reachable,
    settings: &Arc<SourceFile>,
    sink: &mut Sink,
) {
    // What another edition was converted from has been looked at; a text that was written for it stands in its own file.
    let is_source = site.config.segment.is_empty();
    let written = site
        .documents
        .iter()
        .map(|resolved| resolved.document.as_ref());
    for document in written.filter(|one| is_source || override_path(&one.source.path).is_some()) {
        for link in &document.outline.links {
            report_link(site, document, link, reachable, sink);
        }
        report_ids(document, reachable, sink);
    }
    if !is_source {
        return;
    }
    for item in site.config.menu.iter().chain(&site.config.footer) {
        if let Some(told) = report_address(site, &item.url.value, reachable) {
            sink.push(told.at(settings, item.url.span));
        }
    }
}

/// Where bytes of a body stand in its file.
fn in_file(document: &Document, span: Span) -> Span {
    let base = document.body_span.start as usize;
    Span::new(base + span.start as usize, base + span.end as usize)
}

fn report_link(
    site: &Site,
    document: &Document,
    link: &Link,
    reachable: &Reachable,
    sink: &mut Sink,
) {
    let span = in_file(document, link.span);
    let target = link.target.trim();
    let found = if link.is_picture {
        find_picture(site, document, target)
    } else {
        find_target(site, document, target)
    };
    let (there, anchor) = match found {
        LinkTarget::Document(index, anchor) => (site.documents[index].document.as_ref(), anchor),
        LinkTarget::AsWritten if target.starts_with('#') => (document, target),
        LinkTarget::AsWritten => {
            if let Some(told) = report_address(site, target, reachable) {
                sink.push(told.at(&document.source, span));
            }
            return;
        }
        _ => return,
    };
    if has_anchor(site, there, anchor, reachable) {
        return;
    }
    let wanted = decode(anchor.trim_start_matches('#'));
    let mut told = no_place(anchor, reachable).at(&document.source, span);
    let known = there
        .outline
        .headings
        .iter()
        .map(|heading| heading.id.as_str());
    if sink.may_advise(&document.source.path)
        && let Some(near) = crate::fields::nearest(&wanted, known).first()
    {
        told = told.label(crate::fields::did_you_mean(&[near]));
    }
    sink.push(told);
}

fn no_place(anchor: &str, reachable: &Reachable) -> Diagnostic {
    reachable
        .weighed(Diagnostic::error(
            "broken-anchor",
            say!("“{anchor}”这个位置不存在", "there is no place `{anchor}`"),
        ))
        .help(say!(
            "写标题后面花括号里的锚点，例如 #apply",
            "write the anchor of a heading, for example #apply"
        ))
}

fn has_anchor(site: &Site, document: &Document, anchor: &str, reachable: &Reachable) -> bool {
    let wanted = decode(anchor.trim_start_matches('#'));
    let wanted: String = wanted.nfc().collect();
    if wanted.is_empty() || wanted == "top" {
        return true;
    }
    let mut headings = document.outline.headings.iter();
    headings.any(|heading| heading.id == wanted)
        || reachable.page_has(&site.document_path(&document.id), &wanted)
}

/// What is said of an address of the portal, written out, that is no page and no file of it, or no place of its page.
fn report_address(site: &Site, target: &str, reachable: &Reachable) -> Option<Diagnostic> {
    let is_written_from_root = target.starts_with('/') && !begins_with_host(target);
    if !is_written_from_root && !target.contains("//") {
        return None;
    }
    let base = site.config.base_url.path();
    // As browsers read it, with its steps up taken.
    let paths = site.config.base_url.paths_on_host(target);
    let path = paths.first()?;
    let path = if is_written_from_root {
        path.as_str()
    } else {
        // On the same host there may be other sites.
        let path = path.trim_start_matches('/');
        match (
            path.strip_prefix(&base[1..]),
            format!("{path}/") == base[1..],
        ) {
            (Some(own), _) => own,
            (None, true) => "",
            (None, false) => return None,
        }
    };
    let path: String = path.trim_start_matches('/').nfc().collect();
    let Some(found) = held(site, &path, reachable) else {
        let told = nowhere(target, reachable);
        // Lists come and go with what stands in them: the last posting that closes must not stop a build.
        let severity = if is_list(&path) {
            Severity::Warning
        } else {
            told.severity
        };
        return Some(Diagnostic { severity, ..told });
    };
    let anchor = &target[target.find('#').unwrap_or(target.len())..];
    let wanted: String = decode(anchor.trim_start_matches('#')).nfc().collect();
    let is_page = found.ends_with(".html");
    let is_there =
        wanted.is_empty() || wanted == "top" || !is_page || reachable.page_has(&found, &wanted);
    (!is_there).then(|| no_place(anchor, reachable))
}

/// Whether an address is that of a list, which is there as long as it has entries.
fn is_list(path: &str) -> bool {
    let own = in_edition(path);
    let folder = own.split('/').next().unwrap_or("");
    let is_kind = KINDS.iter().any(|kind| kind.folder == folder);
    let is_word = VocabularyName::ALL
        .iter()
        .any(|name| name.folder() == folder);
    let page = format!("{}/index.html", own.trim_end_matches('/'));
    (is_kind || is_word || folder == "recruitment") && !is_document_page(&page)
}

/// The output that an address without the portal's own path leads to.
fn held(site: &Site, path: &str, reachable: &Reachable) -> Option<String> {
    let plain = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let forms = [
        format!("{}{plain}", site.config.segment),
        format!("{}{plain}/index.html", site.config.segment),
        plain.clone(),
        format!("{plain}/index.html"),
    ];
    forms
        .into_iter()
        .find(|form| reachable.paths.contains(form))
}

fn nowhere(target: &str, reachable: &Reachable) -> Diagnostic {
    reachable
        .weighed(Diagnostic::error("broken-link", say!(
                "站内没有“{target}”这个地址",
                "the portal has no address `{target}`"
            )))
        .help(say!(
            "改成现有的地址；链接文档和附件最好写文件名，例如 ../pages/about.md",
            "write an address that exists; documents and files are best linked by file, ../pages/about.md"
        ))
}

/// Reports anchors and ids that the theme uses itself.
fn report_ids(document: &Document, reachable: &Reachable, sink: &mut Sink) {
    let is_taken = |id: &str| reachable.ids.contains(id) || crate::markdown::is_theme_id(id);
    let outline = &document.outline;
    for (id, span) in outline.raw_ids.iter().filter(|(id, _)| is_taken(id)) {
        sink.push(taken_id(id).at(&document.source, in_file(document, *span)));
    }
    for heading in &outline.headings {
        // An anchor that the author gave stands in the heading's braces; others give way, unless the site's own theme took it.
        let line = document.markdown()[heading.start as usize..]
            .lines()
            .next()
            .unwrap_or("");
        let written = line
            .rsplit_once("{#")
            .and_then(|(_, id)| id.split(['}', ' ']).next());
        let id = written.unwrap_or(&heading.id);
        if is_taken(id) {
            let start = heading.start as usize;
            let span = in_file(document, Span::new(start, start + line.len()));
            sink.push(taken_id(id).at(&document.source, span));
        }
    }
}

fn taken_id(id: &str) -> Diagnostic {
    Diagnostic::error(
        "taken-id",
        say!(
            "“{id}”是页面自己用的位置名，正文里不能用",
            "`{id}` is the name of a part of the page itself, and no place of the text"
        ),
    )
    .help(say!(
        "换一个名字，例如标题后面写 {{#apply}}；不要以 gw- 开头",
        "choose another one, for example {{#apply}} after a heading; it does not begin with gw-"
    ))
}
