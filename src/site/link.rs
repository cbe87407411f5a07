//! Linking. Enters: all documents, read. Leaves: the `Site`: the visible documents, their states, the references
//! between them, the lists, and so every address. Faults between documents are found here.

use super::aliases::link_aliases;
use super::bodies::link_bodies;
use super::inheritance::is_visible;
use super::known::Known;
use super::lifecycle::{State, replacements, state_at, superseded};
use super::lists::add_lists;
use super::model::{ResolvedDocument, Site};
use super::references::{grade_table, link_references};
use super::revision::Revision;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::Vocabularies;
use crate::files::SourcePath;
use crate::kinds::{Config, DocId, Document, KINDS};
use crate::say;
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The arguments of `link` besides the documents.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The settings.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: Vocabularies,
    /// Files under `content/` that are no documents.
    pub files: &'a [SourcePath],
    /// Files under `static/`.
    pub static_files: Vec<SourcePath>,
    /// The moment that states are computed for.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The commit that the content was read from, where the portal is to state it.
    pub revision: Option<Revision>,
}

/// Makes the site of its documents.
pub fn link(mut documents: Vec<Arc<Document>>, inputs: Inputs<'_>, sink: &mut Sink) -> Site {
    documents.sort_by(|a, b| order(&a.id, &b.id));
    let ladders = grade_table(&documents);
    let mut read: Vec<(Arc<Document>, Option<usize>)> =
        documents.into_iter().map(|one| (one, None)).collect();
    let visible = read.iter().enumerate();
    let visible = visible.filter(|(_, (one, _))| is_visible(one, &inputs.config, inputs.drafts));
    let (at, visible): (Vec<usize>, Vec<Arc<Document>>) =
        visible.map(|(at, (one, _))| (at, one.clone())).unzip();
    let mut next_change: Option<(Timestamp, Option<usize>)> = None;
    let mut resolved = Vec::with_capacity(visible.len());
    let superseded = superseded(&visible, inputs.now, &inputs.config.time_zone);
    for (place, (at, document)) in at.into_iter().zip(visible).enumerate() {
        let until = superseded.get(&place).copied();
        let (state, next) = state_at(&document, inputs.now, &inputs.config, until);
        let visible = state != State::Scheduled;
        if let Some(next) = next
            && next_change.is_none_or(|(earliest, _)| next < earliest)
        {
            next_change = Some((next, visible.then_some(resolved.len())));
        }
        if visible {
            read[at].1 = Some(resolved.len());
            resolved.push(ResolvedDocument {
                document,
                state,
                names: Vec::new(),
                named_by: Vec::new(),
                replaces: Vec::new(),
                grade: None,
            });
        }
    }
    let visible = resolved.iter().map(|resolved| resolved.document.as_ref());
    for (newer, older) in replacements(visible) {
        resolved[newer].replaces.push(older);
    }
    let known = Arc::new(Known::of(read));
    report_duplicates(&known, sink);
    let mut site = Site {
        known,
        config: inputs.config,
        vocabularies: inputs.vocabularies,
        documents: resolved,
        lists: Vec::new(),
        ranks: Vec::new(),
        lists_by_folder: BTreeMap::new(),
        attachments: Vec::new(),
        redirects: Vec::new(),
        static_files: inputs.static_files,
        now: inputs.now,
        drafts: inputs.drafts,
        revision: inputs.revision,
        next_change,
    };
    link_references(&mut site, &ladders, sink);
    let bodies = site
        .documents
        .iter()
        .map(|resolved| resolved.document.as_ref());
    site.attachments = link_bodies(&site, bodies, inputs.files, sink)
        .into_iter()
        .collect();
    site.redirects = link_aliases(&site, sink);
    add_lists(&mut site);
    site
}

/// Documents are sorted by kind, in the registry's order, then by id.
fn order(a: &DocId, b: &DocId) -> Ordering {
    let place = |id: &DocId| KINDS.iter().position(|kind| kind.name == id.kind.name);
    if a.kind.name == b.kind.name {
        a.id.cmp(&b.id)
    } else {
        place(a).cmp(&place(b))
    }
}

fn report_duplicates(known: &Known, sink: &mut Sink) {
    // Pages share the top level with each other only; every other kind has a folder of its own.
    for (first, document) in known.duplicates() {
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
                    first.source.path
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
