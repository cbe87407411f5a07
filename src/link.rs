//! Linking. Enters: all documents, read. Leaves: the `Site`: what is shown, in which state, who names whom,
//! which lists there are, and so every address. Faults between documents are found here.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::{DocId, Document};
use crate::fields::{did_you_mean, nearest};
use crate::kinds::{Body, KINDS, Kind, Reference};
use crate::lifecycle::{State, state_at};
use crate::list::{List, make_lists};
use crate::load::Found;
use crate::markdown::Link;
use crate::say;
use crate::source::Span;
use crate::vocabulary::Vocabularies;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A document in the site, with what the others make of it.
#[derive(Debug)]
pub struct Placed {
    /// The document, its campaign's fields filled in.
    pub document: Document,
    /// Where it stands.
    pub state: State,
    /// Documents that it names, as places in `Site::documents`.
    pub names: Vec<usize>,
    /// Documents that name it.
    pub named_by: Vec<usize>,
    /// The grade that a posting names: the ladder's place and the grade's id.
    pub grade: Option<(usize, String)>,
}

/// Everything that pages are made of. Nothing changes it after `link`.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: Vocabularies,
    /// The documents shown, by kind and id.
    pub documents: Vec<Placed>,
    /// The lists, parents before children.
    pub lists: Vec<List>,
    /// Files beside documents that a shown document links, by path.
    pub attachments: Vec<Found>,
    /// Files copied as they are.
    pub static_files: Vec<Found>,
    /// The moment that states were computed for.
    pub now: Timestamp,
    /// The next moment at which a page changes state.
    pub next_change: Option<(Timestamp, Option<usize>)>,
    by_id: BTreeMap<(&'static str, String), usize>,
    by_path: BTreeMap<String, usize>,
    lists_by_folder: BTreeMap<String, usize>,
}

/// What `link` takes besides the documents.
#[derive(Debug)]
pub struct Inputs {
    /// The settings.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: Vocabularies,
    /// Files under `content/` that are no documents.
    pub files: Vec<Found>,
    /// Files under `static/`.
    pub static_files: Vec<Found>,
    /// The moment that states are computed for.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
}

impl Site {
    /// A document by kind and id, ignoring case.
    pub fn find(&self, kind: &str, id: &str) -> Option<usize> {
        let kind = KINDS.iter().find(|known| known.name == kind)?;
        self.by_id.get(&(kind.name, id.to_lowercase())).copied()
    }

    /// A document by its file's path.
    pub fn find_path(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Where a document is: `jobs/J-2026-001/index.html`; pages stand at the top.
    pub fn document_path(&self, id: &DocId) -> String {
        match id.kind.name {
            "page" => format!("{}/index.html", id.id),
            _ => format!("{}/{}/index.html", id.kind.folder, id.id),
        }
    }

    /// Whether a posting or campaign takes applications, or will.
    pub fn is_listed(&self, index: usize) -> bool {
        self.documents[index].state.is_listed()
    }
}

/// Makes the site of its documents.
pub fn link(mut documents: Vec<Document>, inputs: Inputs, sink: &mut Sink) -> Site {
    report_duplicates(&documents, sink);
    documents.sort_by(|a, b| order(&a.id).cmp(&order(&b.id)));
    let known = KnownIds::of(&documents);
    let ladders = grade_table(&documents);
    let known_paths: BTreeSet<String> = documents
        .iter()
        .map(|document| document.source.path.clone())
        .collect();
    documents.retain(|document| {
        inputs.config.shows(document.visibility()) && (inputs.drafts || !document.shared.draft)
    });
    inherit(&mut documents, &inputs.config);
    let mut next_change: Option<(Timestamp, Option<usize>)> = None;
    let mut placed = Vec::with_capacity(documents.len());
    for document in documents {
        let (state, next) = state_at(&document, inputs.now, &inputs.config);
        let shown = state != State::Scheduled;
        if let Some(next) = next
            && next_change.is_none_or(|(earliest, _)| next < earliest)
        {
            next_change = Some((next, shown.then_some(placed.len())));
        }
        if shown {
            placed.push(Placed {
                document,
                state,
                names: Vec::new(),
                named_by: Vec::new(),
                grade: None,
            });
        }
    }
    let mut site = Site {
        by_id: placed
            .iter()
            .enumerate()
            .map(|(index, placed)| {
                (
                    (
                        placed.document.id.kind.name,
                        placed.document.id.id.to_lowercase(),
                    ),
                    index,
                )
            })
            .collect(),
        by_path: placed
            .iter()
            .enumerate()
            .map(|(index, placed)| (placed.document.source.path.clone(), index))
            .collect(),
        config: inputs.config,
        vocabularies: inputs.vocabularies,
        documents: placed,
        lists: Vec::new(),
        lists_by_folder: BTreeMap::new(),
        attachments: Vec::new(),
        static_files: inputs.static_files,
        now: inputs.now,
        next_change,
    };
    link_references(&mut site, &known, &ladders, sink);
    site.attachments = link_bodies(&site, &inputs.files, &known_paths, sink);
    site.lists = make_lists(&site);
    site.lists_by_folder = site
        .lists
        .iter()
        .enumerate()
        .map(|(index, list)| (list.folder.clone(), index))
        .collect();
    site
}

/// Documents stand by kind, in the registry's order, then by id.
fn order(id: &DocId) -> (usize, &str) {
    let kind = KINDS
        .iter()
        .position(|kind| kind.name == id.kind.name)
        .unwrap_or(KINDS.len());
    (kind, &id.id)
}

fn report_duplicates(documents: &[Document], sink: &mut Sink) {
    let mut first: BTreeMap<(&str, String), &Document> = BTreeMap::new();
    let mut sorted: Vec<&Document> = documents.iter().collect();
    sorted.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    for document in sorted {
        // Pages share the top level with each other only; every other kind has a folder of its own.
        let key = (document.id.kind.name, document.id.id.to_lowercase());
        let Some(other) = first.get(&key) else {
            first.insert(key, document);
            continue;
        };
        let span = document
            .shared
            .id
            .as_ref()
            .map_or(document.head, |id| id.span);
        sink.push(
            Diagnostic::error(
                "duplicate-id",
                say!(
                    "编号“{}”已经被 {} 用了",
                    "the id `{}` already belongs to {}",
                    document.id.id,
                    other.source.path
                ),
            )
            .at(&document.source, span)
            .help(say!(
                "编号就是网址，同一类文档里不能重复（不分大小写）；给其中一篇换一个编号",
                "an id is an address and unique within its kind, ignoring case; give one of the two another"
            )),
        );
    }
}

/// The ids of every document that was read, shown or not: naming a hidden one is no fault.
struct KnownIds(BTreeMap<&'static str, BTreeMap<String, String>>);

impl KnownIds {
    fn of(documents: &[Document]) -> KnownIds {
        let mut ids: BTreeMap<&'static str, BTreeMap<String, String>> = BTreeMap::new();
        for document in documents {
            ids.entry(document.id.kind.name)
                .or_default()
                .insert(document.id.id.to_lowercase(), document.id.id.clone());
        }
        KnownIds(ids)
    }

    fn has(&self, kind: &str, id: &str) -> bool {
        self.0
            .get(kind)
            .is_some_and(|ids| ids.contains_key(&id.to_lowercase()))
    }

    fn near(&self, kind: &str, id: &str) -> Vec<&str> {
        let ids = self.0.get(kind).into_iter().flat_map(|ids| ids.values());
        nearest(id, ids.map(String::as_str))
    }
}

/// Every grade of every ladder read: ladder id, grade id, grade name.
fn grade_table(documents: &[Document]) -> Vec<(String, String, String)> {
    documents
        .iter()
        .filter_map(|document| Some((document, document.body.ladder()?)))
        .flat_map(|(document, ladder)| {
            ladder
                .grades
                .iter()
                .map(|grade| (document.id.id.clone(), grade.id.clone(), grade.name.clone()))
        })
        .collect()
}

/// Postings take from their campaign, then from the site, what they omit. Only shown campaigns give.
fn inherit(documents: &mut [Document], config: &Config) {
    let campaigns: BTreeMap<String, crate::kinds::Campaign> = documents
        .iter()
        .filter_map(|document| {
            Some((
                document.id.id.to_lowercase(),
                document.body.campaign()?.clone(),
            ))
        })
        .collect();
    for document in documents {
        match &mut document.body {
            Body::Job(job) => {
                let campaign = job
                    .campaign
                    .as_ref()
                    .and_then(|campaign| campaigns.get(&campaign.0.id.to_lowercase()));
                if let Some(campaign) = campaign {
                    job.inherit(campaign);
                }
                job.apply.get_or_insert_default().fill_from(&config.apply);
            }
            Body::Campaign(campaign) => campaign
                .apply
                .get_or_insert_default()
                .fill_from(&config.apply),
            _ => {}
        }
    }
}

fn link_references(
    site: &mut Site,
    known: &KnownIds,
    ladders: &[(String, String, String)],
    sink: &mut Sink,
) {
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut grades = Vec::new();
    for (index, placed) in site.documents.iter().enumerate() {
        for (kind, reference) in placed.document.body.as_kind().references() {
            let Some(kind) = Kind::find(kind) else {
                continue;
            };
            let target = match kind.name {
                "ladder" => match find_grade(reference, ladders) {
                    Ok((ladder, grade)) => {
                        let place = site.find("ladder", &ladder);
                        grades.extend(place.map(|place| (index, place, grade)));
                        place
                    }
                    Err(near) => {
                        sink.push(unknown_reference(
                            "unknown-grade",
                            ("职级", "grade"),
                            &placed.document,
                            reference,
                            &near,
                        ));
                        None
                    }
                },
                _ => {
                    if !known.has(kind.name, &reference.id) {
                        let near = known.near(kind.name, &reference.id);
                        sink.push(unknown_reference(
                            kind.unknown_code,
                            kind.noun,
                            &placed.document,
                            reference,
                            &near,
                        ));
                    }
                    site.find(kind.name, &reference.id)
                }
            };
            pairs.extend(target.map(|target| (index, target)));
        }
    }
    for (index, target) in pairs {
        site.documents[index].names.push(target);
        site.documents[target].named_by.push(index);
    }
    for (index, ladder, grade) in grades {
        site.documents[index].grade = Some((ladder, grade));
    }
}

/// Finds `<ladder>/<grade>`, or a grade that only one ladder has.
fn find_grade<'a>(
    reference: &Reference,
    ladders: &'a [(String, String, String)],
) -> Result<(String, String), Vec<&'a str>> {
    let (ladder, word) = match reference.id.split_once('/') {
        Some((ladder, grade)) => (Some(ladder.trim()), grade.trim()),
        None => (None, reference.id.as_str()),
    };
    let mut found = ladders.iter().filter(|(in_ladder, id, name)| {
        ladder.is_none_or(|ladder| ladder.eq_ignore_ascii_case(in_ladder))
            && (id.eq_ignore_ascii_case(word) || name == word)
    });
    match (found.next(), found.next()) {
        (Some((ladder, id, _)), None) => Ok((ladder.clone(), id.clone())),
        _ => Err(nearest(
            word,
            ladders
                .iter()
                .flat_map(|(_, id, name)| [id.as_str(), name.as_str()]),
        )),
    }
}

fn unknown_reference(
    code: &'static str,
    noun: (&str, &str),
    document: &Document,
    reference: &Reference,
    near: &[&str],
) -> Diagnostic {
    let mut message = say!(
        "没有“{}”这个{}",
        "there is no `{}` ({})",
        reference.id,
        noun.0
    );
    message.en = format!("there is no {} `{}`", noun.1, reference.id);
    let mut diagnostic = Diagnostic::error(code, message).at(&document.source, reference.span);
    if let Some(near) = near.first() {
        diagnostic = diagnostic.label(did_you_mean(&[near]));
    }
    diagnostic
}

/// What a link in a body leads to.
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
    Some(parts.join("/"))
}

/// Schemes that a page may link.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Finds what a link means, as written in one document.
pub fn find_target<'a>(site: &Site, from: &Document, target: &'a str) -> LinkTarget<'a> {
    let target = target.trim();
    if target.is_empty() || target.chars().any(char::is_control) {
        return LinkTarget::Nowhere;
    }
    if target.starts_with('#') || (target.starts_with('/') && !target.starts_with("//")) {
        return LinkTarget::AsWritten;
    }
    let head = target.split(['/', '?', '#']).next().unwrap_or("");
    if target.starts_with("//") || head.contains(':') {
        let scheme = head.split(':').next().unwrap_or("").to_ascii_lowercase();
        return match SCHEMES.contains(&scheme.as_str()) {
            true => LinkTarget::AsWritten,
            false => LinkTarget::Nowhere,
        };
    }
    let (path, anchor) = target.split_at(target.find('#').unwrap_or(target.len()));
    let decoded = percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned();
    let Some(path) = resolve_path(from.folder(), &decoded) else {
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

/// Follows every link of every body: gives the files to copy, reports what leads nowhere.
fn link_bodies(
    site: &Site,
    files: &[Found],
    known_paths: &BTreeSet<String>,
    sink: &mut Sink,
) -> Vec<Found> {
    let by_path: BTreeMap<&str, &Found> = files
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    let mut attachments = BTreeSet::new();
    for placed in &site.documents {
        let document = &placed.document;
        for link in &document.outline.links {
            match find_target(site, document, &link.target) {
                LinkTarget::File(path) => match by_path.get(path.as_str()) {
                    Some(found) => {
                        attachments.insert((*found).clone());
                    }
                    None => sink.push(broken_link(document, link)),
                },
                LinkTarget::Hidden => {
                    let target = link.target.split('#').next().unwrap_or("");
                    let decoded = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
                    let path = resolve_path(document.folder(), &decoded).unwrap_or_default();
                    if !known_paths.contains(&path) {
                        sink.push(broken_link(document, link));
                    }
                }
                LinkTarget::Nowhere => sink.push(unsafe_link(document, link)),
                LinkTarget::Document(..) | LinkTarget::AsWritten => {}
            }
        }
    }
    attachments.into_iter().collect()
}

fn link_span(document: &Document, link: &Link) -> Span {
    let base = document.body_span.start as usize;
    Span::new(
        base + link.span.start as usize,
        base + link.span.end as usize,
    )
}

fn broken_link(document: &Document, link: &Link) -> Diagnostic {
    Diagnostic::error(
        "broken-link",
        say!(
            "链接“{}”指向的文件不存在",
            "the link `{}` leads to no file",
            link.target
        ),
    )
    .at(&document.source, link_span(document, link))
    .help(say!(
        "从本文件所在的文件夹写起，例如 ../pages/about.md",
        "write the path from this file's folder, for example ../pages/about.md"
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

impl Site {
    /// The list of one vocabulary entry, where there is one.
    pub fn entry_list(
        &self,
        vocabulary: crate::vocabulary::VocabularyName,
        id: &str,
    ) -> Option<&List> {
        let folder = format!("{}/{id}", vocabulary.folder());
        self.list_at(&folder).map(|index| &self.lists[index])
    }

    /// The list in a folder of the output.
    pub fn list_at(&self, folder: &str) -> Option<usize> {
        self.lists_by_folder.get(folder).copied()
    }

    /// Whether a file beside documents is copied.
    pub fn has_attachment(&self, path: &str) -> bool {
        self.attachments
            .binary_search_by(|found| found.path.as_str().cmp(path))
            .is_ok()
    }
}
