//! Linking. Enters: all documents, read. Leaves: the `Site`: what is shown, in which state, who names whom,
//! which lists there are, and so every address. Faults between documents are found here.

use super::bodies::link_bodies;
use super::paths::document_folder;

use super::aliases::link_aliases;

use super::known::Known;
use super::references::{grade_table, link_references};
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::Vocabularies;
use crate::files::Found;
use crate::kinds::{Body, Campaign, Config, DocId, Document, Job, KINDS};
use crate::outputs::PreviousJobs;
use crate::posters::Posters;
use crate::say;
use crate::site::{List, State, make_lists, rank_documents, replacements, state_at, superseded};
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document in the site, with what the others make of it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The document, its campaign's fields filled in.
    pub document: Arc<Document>,
    /// Where it stands.
    pub state: State,
    /// Documents that it names, as places in `Site::documents`.
    pub names: Vec<usize>,
    /// Documents that name it.
    pub named_by: Vec<usize>,
    /// Documents whose place it takes, in the order written.
    pub replaces: Vec<usize>,
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
    /// The place of every document in the order of lists.
    pub ranks: Vec<u32>,
    /// Files beside documents that a shown document links, by path.
    pub attachments: Vec<Found>,
    /// Former addresses, as paths of outputs, with the document that each leads to.
    pub redirects: Vec<(String, usize)>,
    /// Files copied as they are.
    pub static_files: Vec<Found>,
    /// The moment that states were computed for.
    pub now: Timestamp,
    /// The postings of an earlier output, where changes are asked for.
    pub previous: Option<PreviousJobs>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The next moment at which a page changes state.
    pub next_change: Option<(Timestamp, Option<usize>)>,
    /// The posters of this edition; planned once its texts are known.
    pub posters: Posters,
    /// Every document that was read, shown or not.
    pub(super) known: Arc<Known>,
    lists_by_folder: BTreeMap<String, usize>,
}

/// What `link` takes besides the documents.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The settings.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: Vocabularies,
    /// Files under `content/` that are no documents.
    pub files: &'a [Found],
    /// Files under `static/`.
    pub static_files: Vec<Found>,
    /// The moment that states are computed for.
    pub now: Timestamp,
    /// The postings of an earlier output, where changes are asked for.
    pub previous: Option<PreviousJobs>,
    /// Whether drafts are shown.
    pub drafts: bool,
}

impl Site {
    /// A document by kind and id, ignoring case.
    pub fn find(&self, kind: &str, id: &str) -> Option<usize> {
        self.known.find(kind, id)
    }

    /// A document by its file's path.
    pub fn find_path(&self, path: &str) -> Option<usize> {
        self.known.find_path(path)
    }

    /// Where a document is: `jobs/J-2026-001/index.html`; pages stand at the top.
    pub fn document_path(&self, id: &DocId) -> String {
        format!("{}/index.html", document_folder(id))
    }

    /// Where a posting's poster is: `jobs/J-2026-001/poster.png`.
    pub fn poster_path(&self, index: usize, format: &str) -> String {
        let folder = document_folder(&self.documents[index].document.id);
        format!("{folder}/poster.{format}")
    }

    /// Whether a posting or campaign takes applications, or will.
    pub fn is_listed(&self, index: usize) -> bool {
        self.documents[index].state.is_listed()
    }
}

/// Makes the site of its documents.
pub fn link(mut documents: Vec<Arc<Document>>, inputs: Inputs<'_>, sink: &mut Sink) -> Site {
    documents.sort_by(|a, b| order(&a.id, &b.id));
    let ladders = grade_table(&documents);
    let mut read: Vec<(Arc<Document>, Option<usize>)> =
        documents.into_iter().map(|one| (one, None)).collect();
    let shown = read.iter().enumerate();
    let shown = shown.filter(|(_, (one, _))| is_shown(one, &inputs.config, inputs.drafts));
    let (at, shown): (Vec<usize>, Vec<Arc<Document>>) =
        shown.map(|(at, (one, _))| (at, one.clone())).unzip();
    let mut next_change: Option<(Timestamp, Option<usize>)> = None;
    let mut placed = Vec::with_capacity(shown.len());
    let superseded = superseded(&shown, inputs.now, &inputs.config.time_zone);
    for (place, (at, document)) in at.into_iter().zip(shown).enumerate() {
        let until = superseded.get(&place).copied();
        let (state, next) = state_at(&document, inputs.now, &inputs.config, until);
        let shown = state != State::Scheduled;
        if let Some(next) = next
            && next_change.is_none_or(|(earliest, _)| next < earliest)
        {
            next_change = Some((next, shown.then_some(placed.len())));
        }
        if shown {
            read[at].1 = Some(placed.len());
            placed.push(Placed {
                document,
                state,
                names: Vec::new(),
                named_by: Vec::new(),
                replaces: Vec::new(),
                grade: None,
            });
        }
    }
    let shown = placed.iter().map(|placed| placed.document.as_ref());
    for (newer, older) in replacements(shown) {
        placed[newer].replaces.push(older);
    }
    let known = Arc::new(Known::of(read));
    report_duplicates(&known, sink);
    let mut site = Site {
        known,
        config: inputs.config,
        vocabularies: inputs.vocabularies,
        documents: placed,
        lists: Vec::new(),
        ranks: Vec::new(),
        lists_by_folder: BTreeMap::new(),
        attachments: Vec::new(),
        redirects: Vec::new(),
        static_files: inputs.static_files,
        posters: Posters::default(),
        now: inputs.now,
        previous: inputs.previous,
        drafts: inputs.drafts,
        next_change,
    };
    link_references(&mut site, &ladders, sink);
    let bodies = site.documents.iter().map(|placed| placed.document.as_ref());
    site.attachments = link_bodies(&site, bodies, inputs.files, sink)
        .into_iter()
        .collect();
    site.redirects = link_aliases(&site, sink);
    site.make_lists();
    site
}

/// Documents stand by kind, in the registry's order, then by id.
fn order(a: &DocId, b: &DocId) -> Ordering {
    let place = |id: &DocId| KINDS.iter().position(|kind| kind.name == id.kind.name);
    match a.kind.name == b.kind.name {
        true => a.id.cmp(&b.id),
        false => place(a).cmp(&place(b)),
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

/// What postings take from their campaign, then from the site, where they omit it. Done before documents are linked.
#[derive(Debug)]
pub struct Inheritance<'a> {
    campaigns: BTreeMap<String, Campaign>,
    config: &'a Config,
}

impl<'a> Inheritance<'a> {
    /// What the campaigns among some documents give.
    pub fn of<'d>(
        documents: impl Iterator<Item = &'d Document>,
        config: &'a Config,
    ) -> Inheritance<'a> {
        let campaigns = documents.filter_map(|document| {
            let campaign = document.body.campaign()?.clone();
            Some((document.id.id.to_lowercase(), campaign))
        });
        Inheritance {
            campaigns: campaigns.collect(),
            config,
        }
    }

    /// Fills in what a document omits.
    pub fn fill(&self, document: &mut Document) {
        match &mut document.body {
            Body::Job(job) => self.fill_job(job),
            Body::Campaign(campaign) => {
                let apply = campaign.apply.get_or_insert_default();
                apply.fill_from(&self.config.apply);
            }
            _ => {}
        }
    }

    /// Fills in what a posting omits.
    pub fn fill_job(&self, job: &mut Job) {
        let named = job.campaign.as_ref();
        let id = named.map(|campaign| campaign.0.id.to_lowercase());
        if let Some(campaign) = id.and_then(|id| self.campaigns.get(&id)) {
            job.inherit(campaign);
        }
        job.apply
            .get_or_insert_default()
            .fill_from(&self.config.apply);
    }
}

/// Whether a build has a document at all, whatever the day.
pub fn is_shown(document: &Document, config: &Config, drafts: bool) -> bool {
    config.shows(document.visibility()) && (drafts || !document.shared.draft)
}

impl Site {
    /// The same site in an edition: documents keep their places, states and references, and have other words.
    pub fn in_edition(
        &self,
        config: Config,
        vocabularies: Vocabularies,
        documents: Vec<Document>,
    ) -> Site {
        let documents = self.documents.iter().zip(documents);
        let mut site = Site {
            config,
            vocabularies,
            documents: documents
                .map(|(placed, document)| Placed {
                    document: Arc::new(document),
                    ..placed.clone()
                })
                .collect(),
            lists: Vec::new(),
            ranks: Vec::new(),
            lists_by_folder: BTreeMap::new(),
            attachments: self.attachments.clone(),
            redirects: self.redirects.clone(),
            static_files: self.static_files.clone(),
            posters: Posters::default(),
            known: self.known.clone(),
            now: self.now,
            previous: None,
            drafts: self.drafts,
            next_change: self.next_change,
        };
        site.make_lists();
        site
    }

    /// Copies more files beside documents, which only some edition links.
    pub fn attach(&mut self, files: BTreeSet<Found>) {
        let all: BTreeSet<Found> = self.attachments.drain(..).chain(files).collect();
        self.attachments = all.into_iter().collect();
    }

    fn make_lists(&mut self) {
        self.ranks = rank_documents(self);
        self.lists = make_lists(self);
        let folders = self.lists.iter().enumerate();
        self.lists_by_folder = folders
            .map(|(index, list)| (list.folder.clone(), index))
            .collect();
    }

    /// The list of one vocabulary entry, where there is one.
    pub fn entry_list(&self, vocabulary: crate::fields::VocabularyName, id: &str) -> Option<&List> {
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
