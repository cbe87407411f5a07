//! The preview. Enters: a site's folder that changes. Leaves: pages rendered on request from memory, a reload when
//! a file is saved. Nothing is written to the disk, and only this machine is answered.
//!
//! ```text
//! watch ──FileChanges──> Memory (pipeline/) ──prepare_again──> Portal or Faults
//!                                                               └──> PreviewState, with a version
//! browser ──GET path──> answer ──PreviewState──> page or asset; the page of faults where the site has errors
//! PreviewState::version ──event stream──> browser, which loads the page again
//! ```

mod answer;
mod watch;

pub use answer::listen;

use crate::diagnostic::{
    ContentFaults, Diagnostic, Lang, Severity, Sink, Terminal, Text, chain_words, render_text,
};
use crate::outputs::Address;
use crate::pipeline::timings::Timings;
use crate::pipeline::{
    Memory, Options, Portal, judge_again, prepare_again, report_templates, source_snapshot,
};
use crate::rules::Judged;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use tokio::sync::watch::{Receiver, Sender, channel};

/// Receives the faults of a reading.
pub type ReportFaults = Box<dyn Fn(&[Diagnostic]) + Send + Sync>;

/// The site as it was last read, and who waits for the next reading.
pub struct Preview {
    options: Options,
    lang: Lang,
    report: ReportFaults,
    state: RwLock<PreviewState>,
    memory: Mutex<Memory>,
    /// Pages as they were last shown, the newest last: a template of the site's own may be faulty on a few pages only.
    kept_pages: Mutex<VecDeque<(String, Vec<u8>)>>,
    version: Sender<u64>,
}

/// How many pages are kept as they were last shown.
const MOST_KEPT: usize = 32;

/// The state that requests are answered from. A faulty reading keeps the last good portal.
#[derive(Default, Clone)]
struct PreviewState {
    portal: Option<Arc<Portal>>,
    /// The findings of each document, by its file.
    findings: Arc<BTreeMap<String, Vec<Diagnostic>>>,
    /// The faults of the last reading; empty when it was good.
    faults: Arc<Faults>,
    /// The number of the last change that browsers were notified of.
    version: u64,
}

/// The faults that stopped the last reading.
#[derive(Default)]
struct Faults {
    found: Vec<Diagnostic>,
    /// The error that kept the program from reading.
    failure: Option<Text>,
}

impl Faults {
    /// What an error means.
    fn of(error: anyhow::Error) -> Faults {
        match error.downcast() {
            Ok(ContentFaults(found)) => Faults {
                found,
                failure: None,
            },
            Err(error) => Faults {
                found: Vec::new(),
                failure: Some(chain_words(&error)),
            },
        }
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty() && self.failure.is_none()
    }

    /// How many must be repaired.
    fn count(&self) -> usize {
        let errors = self
            .found
            .iter()
            .filter(|one| one.severity == Severity::Error);
        errors.count() + usize::from(self.failure.is_some())
    }

    /// As text in a language.
    fn text(&self, lang: Lang) -> String {
        match &self.failure {
            Some(failure) => failure.get(lang).to_owned(),
            None => text(&self.found, lang),
        }
    }
}

/// Faults as a page shows them.
fn text(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let terminal = Terminal {
        lang,
        colour: false,
        width: 100,
    };
    render_text(diagnostics, terminal)
}

/// The file of a page's document.
fn file_of<'a>(portal: &'a Portal, path: &str) -> Option<&'a str> {
    let (edition, Address::Document(index)) = portal.place(path)? else {
        return None;
    };
    let site = &portal.editions[*edition].site;
    Some(&site.documents[*index].document.source.path)
}

impl PreviewState {
    /// The findings of the document of a page.
    fn findings(&self, path: &str) -> &[Diagnostic] {
        let file = self
            .portal
            .as_deref()
            .and_then(|portal| file_of(portal, path));
        file.and_then(|file| self.findings.get(file))
            .map_or(&[], Vec::as_slice)
    }
}

impl Preview {
    /// Reads the site for the first time, and watches its folders for as long as the preview lives. Pages are ready then;
    /// what the rules find follows.
    pub fn start(
        options: Options,
        lang: Lang,
        report: ReportFaults,
        poll: bool,
    ) -> Result<Arc<Preview>> {
        let preview = Arc::new(Preview {
            options,
            lang,
            report,
            state: RwLock::default(),
            memory: Mutex::default(),
            kept_pages: Mutex::default(),
            version: channel(0).0,
        });
        // The watcher reports every file that is opened. If it started before the first read, reporting would take longer than reading.
        let before = source_snapshot(&preview.options.site);
        let sink = preview.read_pages(&mut preview.memory());
        preview.watch(poll)?;
        let judging = preview.clone();
        let judge = move || {
            let mut memory = judging.memory();
            // Only what changed before the watch began is read again, so that no page is loaded again for nothing.
            let sink = if source_snapshot(&judging.options.site) == before {
                sink
            } else {
                judging.read_pages(&mut memory)
            };
            judging.judge(sink, &mut memory);
        };
        let judge = std::thread::Builder::new()
            .name("judge".to_owned())
            .spawn(judge);
        judge.context("judge")?;
        Ok(preview)
    }

    fn watch(self: &Arc<Self>, poll: bool) -> Result<()> {
        let preview = Arc::downgrade(self);
        watch::watch(&self.options.site, poll, move |changes| {
            let Some(preview) = preview.upgrade() else {
                return false;
            };
            let mut memory = preview.memory();
            if changes.unclear {
                memory.forget();
            } else {
                memory.mark(changes.paths);
            }
            let sink = preview.read_pages(&mut memory);
            preview.judge(sink, &mut memory);
            true
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Reads the site and notifies the browsers; returns the faults that were found.
    fn read_pages(&self, memory: &mut Memory) -> Sink {
        let mut sink = Sink::default();
        let prepared = prepare_again(&self.options, memory, &mut sink, &mut Timings::start());
        if let (Ok(Some(portal)), false) = (&prepared, sink.blocks(false)) {
            report_templates(portal, &mut sink);
        }
        let blocked = sink.blocks(false);
        match prepared {
            Ok(Some(portal)) if !blocked => {
                let portal = Arc::new(portal);
                // The previous portal is dropped after the lock is released, because dropping takes as long as building.
                let _before = self.change(|state| {
                    state.faults = Arc::default();
                    state.portal.replace(portal)
                });
            }
            Ok(_) => self.show(Faults {
                found: sink.sorted(),
                failure: None,
            }),
            Err(error) => self.show(Faults::of(error)),
        }
        sink
    }

    /// Judges the documents of a good reading, prints the findings, and notifies the browsers if they differ.
    fn judge(&self, mut sink: Sink, memory: &mut Memory) {
        let state = self.state();
        let (Some(portal), true) = (state.portal, state.faults.is_empty()) else {
            return (self.report)(&sink.into_sorted());
        };
        let judged = judge_again(&self.options, &portal, memory, &mut sink);
        let blocked = sink.blocks(false);
        let diagnostics = sink.into_sorted();
        (self.report)(&diagnostics);
        if blocked {
            return self.show(Faults {
                found: diagnostics,
                failure: None,
            });
        }
        let findings = by_file(&judged, &diagnostics);
        let same = findings.len() == state.findings.len()
            && findings
                .iter()
                .zip(state.findings.iter())
                .all(|(new, old)| new.0 == old.0 && are_same(new.1, old.1));
        if !same {
            self.change(|state| state.findings = Arc::new(findings));
        }
    }

    fn show(&self, faults: Faults) {
        self.change(|state| state.faults = Arc::new(faults));
    }

    /// Changes the state that requests are answered from, and notifies the browsers.
    fn change<T>(&self, change: impl FnOnce(&mut PreviewState) -> T) -> T {
        let mut state = self
            .state
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let given = change(&mut state);
        state.version += 1;
        // Under the lock, so that no page can name a version that browsers were not notified of.
        self.version.send_replace(state.version);
        given
    }

    fn state(&self) -> PreviewState {
        self.state
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Keeps a good page.
    fn keep_page(&self, path: &str, bytes: &[u8]) {
        let kept_pages = self.kept_pages.lock();
        let mut kept_pages = kept_pages.unwrap_or_else(std::sync::PoisonError::into_inner);
        kept_pages.retain(|(kept, _)| kept != path);
        kept_pages.push_back((path.to_owned(), bytes.to_vec()));
        if kept_pages.len() > MOST_KEPT {
            kept_pages.pop_front();
        }
    }

    /// A page as it was last shown.
    fn last_page(&self, path: &str) -> Option<Vec<u8>> {
        let kept_pages = self.kept_pages.lock();
        let kept_pages = kept_pages.unwrap_or_else(std::sync::PoisonError::into_inner);
        let page = kept_pages.iter().find(|(kept, _)| kept == path);
        page.map(|(_, bytes)| bytes.clone())
    }

    fn subscribe(&self) -> Receiver<u64> {
        self.version.subscribe()
    }
}

/// Every fault of a document by its file, the rules' with their true weight.
fn by_file(judged: &[Judged], diagnostics: &[Diagnostic]) -> BTreeMap<String, Vec<Diagnostic>> {
    let judged = judged.iter().filter(|one| one.waived.is_none());
    let judged: Vec<&Diagnostic> = judged.map(|one| &one.diagnostic).collect();
    let codes: BTreeSet<&str> = judged.iter().map(|one| one.code.as_ref()).collect();
    let others = diagnostics
        .iter()
        .filter(|one| !codes.contains(one.code.as_ref()));
    let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for one in judged.into_iter().chain(others) {
        by_file
            .entry(one.file().to_owned())
            .or_default()
            .push(one.clone());
    }
    by_file
}

/// Whether two lists of findings report the same faults at the same positions.
fn are_same(new: &[Diagnostic], old: &[Diagnostic]) -> bool {
    let one = |(new, old): (&Diagnostic, &Diagnostic)| {
        (&new.code, &new.message, new.severity) == (&old.code, &old.message, old.severity)
            && new.sort_key() == old.sort_key()
    };
    new.len() == old.len() && new.iter().zip(old).all(one)
}
