//! The preview. Enters: a site's folder that changes. Leaves: pages rendered on request from memory, a reload when
//! a file is saved. Nothing is written to the disk, and only this machine is answered.

mod answer;
mod watch;

pub use answer::listen;

use crate::address_book::Address;
use crate::diagnostic::{Diagnostic, Lang, Sink, Terminal, render_text};
use crate::pipeline::{Options, Portal, prepare};
use crate::timings::Timings;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::watch::{Receiver, Sender, channel};

/// What is done with the faults of a reading.
pub type Report = Box<dyn Fn(&[Diagnostic]) + Send + Sync>;

/// The site as it was last read, and who waits for the next reading.
pub struct Preview {
    options: Options,
    lang: Lang,
    report: Report,
    state: RwLock<State>,
    version: Sender<u64>,
    watcher: Mutex<Option<watch::Watcher>>,
}

/// What requests are answered from. A faulty reading keeps the last good portal.
#[derive(Default)]
struct State {
    portal: Option<Arc<Served>>,
    /// The faults of the last reading, as text; empty when it was good.
    faults: String,
}

/// A portal with its outputs by path.
pub struct Served {
    portal: Portal,
    by_path: BTreeMap<String, (usize, Address)>,
    /// What is to be said of each document, as text, by its file.
    findings: BTreeMap<String, String>,
}

impl Served {
    /// What is to be said of the document of a page.
    pub fn findings(&self, path: &str) -> Option<&str> {
        let (edition, address) = self.by_path.get(path)?;
        let Address::Document(index) = address else {
            return None;
        };
        let site = &self.portal.editions[*edition].site;
        let source = &site.documents[*index].document.source;
        self.findings.get(&source.path).map(String::as_str)
    }

    /// The bytes of an output, where there is one at the path.
    pub fn output(&self, path: &str) -> Option<Result<Vec<u8>>> {
        if let Some(place) = self.by_path.get(path) {
            return Some(self.portal.render(place).map(|output| output.bytes));
        }
        if !path.contains("search/") {
            return None;
        }
        // The index is made when it is first asked for.
        let mut editions = self.portal.editions.iter();
        editions
            .find_map(|edition| edition.search().get(path))
            .map(|bytes| Ok(bytes.clone()))
    }
}

impl Preview {
    /// Reads the site for the first time.
    pub fn start(options: Options, lang: Lang, report: Report) -> Preview {
        let (version, _) = channel(0);
        let preview = Preview {
            options,
            lang,
            report,
            state: RwLock::default(),
            version,
            watcher: Mutex::new(None),
        };
        preview.read();
        preview
    }

    /// Watches the site's folders for as long as the preview lives.
    pub fn watch(self: &Arc<Self>, poll: bool) -> Result<()> {
        let preview = Arc::downgrade(self);
        let watcher = watch::Watcher::start(&self.options.site, poll, move || {
            if let Some(preview) = preview.upgrade() {
                preview.read();
            }
        })?;
        *self
            .watcher
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(watcher);
        Ok(())
    }

    /// Reads the site again and tells the browsers.
    fn read(&self) {
        let mut sink = Sink::default();
        let prepared = prepare(&self.options, &mut sink, &mut Timings::start());
        let blocked = sink.blocks(false);
        let diagnostics = sink.into_sorted();
        (self.report)(&diagnostics);
        let mut state = self
            .state
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        match prepared {
            Ok(Some(portal)) if !blocked => {
                let by_path = portal
                    .addresses
                    .iter()
                    .map(|place| (portal.path(place), place.clone()))
                    .collect();
                let findings = self.findings(&portal, &diagnostics);
                state.portal = Some(Arc::new(Served {
                    portal,
                    by_path,
                    findings,
                }));
                state.faults.clear();
            }
            Ok(_) => {
                let terminal = Terminal {
                    lang: self.lang,
                    colour: false,
                    width: 100,
                };
                state.faults = render_text(&diagnostics, terminal);
            }
            Err(error) => state.faults = format!("{error:#}"),
        }
        drop(state);
        self.version.send_modify(|version| *version += 1);
    }

    /// Every fault of a document by its file, the rules' with their true weight.
    fn findings(&self, portal: &Portal, diagnostics: &[Diagnostic]) -> BTreeMap<String, String> {
        let judged = portal.judged.iter().filter(|one| one.waived.is_none());
        let judged: Vec<&Diagnostic> = judged.map(|one| &one.diagnostic).collect();
        let codes: BTreeSet<&str> = judged.iter().map(|one| one.code.as_ref()).collect();
        let others = diagnostics
            .iter()
            .filter(|one| !codes.contains(one.code.as_ref()));
        let mut by_file: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
        for one in judged.into_iter().chain(others) {
            by_file.entry(one.file()).or_default().push(one.clone());
        }
        let terminal = Terminal {
            lang: self.lang,
            colour: false,
            width: 100,
        };
        by_file
            .into_iter()
            .map(|(file, all)| (file.to_owned(), render_text(&all, terminal)))
            .collect()
    }

    fn served(&self) -> (Option<Arc<Served>>, String) {
        let state = self
            .state
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        (state.portal.clone(), state.faults.clone())
    }

    fn subscribe(&self) -> Receiver<u64> {
        self.version.subscribe()
    }
}
