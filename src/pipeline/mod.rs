//! The pipeline: load, parse, validate, check, link, convert, index, posters, render, write, in this order. The only parallel
//! code.
//! No stage edits the result of an earlier one; every worker has its own sink, merged in the order of the files.
//!
//! ```text
//! Options ──> SourcePath… ──> ReadFile { source, kind, document }
//!               ──judge──> Judged…       ──link──> Site ──convert──> a Site for each edition
//!               Site + Theme + Posters   ──> Edition { site, renderer: Renderer, search }
//! prepare ──> Portal { editions: Vec<Edition>, addresses, judged, .. }
//! build   ──> Portal ──stage──> Vec<Staged> ──publish──> Outcome { diagnostics, published, portal }
//! serve   ──> prepare_again with a Memory of what was read and judged; Portal::output for one path
//! diff    ──> folder_snapshot, portal_snapshot ──> review::Snapshot
//! ```

use crate::diagnostic::{ContentFaults, Diagnostic, Severity, Sink};
use crate::fields::{Day, Vocabularies, Vocabulary, VocabularyName};
use crate::files::{SourcePath, list_files, load_text, settings_file};
use crate::kinds::{Config, Document, report_placeholders};
use crate::outputs::{Address, addresses};
use crate::pages::{Output, Renderer};
use crate::pipeline::timings::Timings;
use crate::posters::{load_typefaces, plan_posters};
use crate::publish::{Published, Staging};
use crate::rules::{Judged, RuleBook};
use crate::say;
use crate::site::{Inheritance, Inputs, Revision, Site, is_search_data, is_visible, link};
use crate::text::SourceFile;
use anyhow::{Context, Result, anyhow};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

mod collisions;
mod content;
mod editions;
mod ignored;
mod indexing;
mod judging;
mod memory;
mod online;
mod outside;
mod posters;
mod publishing;
mod rendering;
mod reviewing;
mod templates;
pub mod timings;
mod verifying;
use collisions::place_outputs;
use content::{
    internal_titles, load_previous, read_documents, read_file, read_overrides, sort_files,
};
pub use editions::report_conversions;
use editions::{compile_theme, link_editions};
use ignored::report_ignored;
use indexing::index_site;
use judging::judge_files;
pub use judging::{judge_again, report_site};
pub use memory::{Memory, source_snapshot};
pub use online::{Comparison, History};
pub use outside::outside_links;
pub use posters::{Progress, Work};
use posters::{forget_others, stage_posters};
use rendering::stage_outputs;
pub use reviewing::{folder_snapshot, look_at_all, portal_snapshot};
pub use templates::report_templates;
pub use verifying::{Portrait, Verified, hash_portal, verify_folder};

/// The moment that states are computed for, as the command line gives it.
#[derive(Debug, Clone, Copy)]
pub enum AsOf {
    /// A day: 00:00 in the site's zone.
    Day(Day),
    /// An exact moment.
    Exact(Timestamp),
}

/// Which documents the rules judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JudgingScope {
    /// The documents that a build publishes now or later, as the settings' gate defines.
    Published,
    /// The same documents, but no finding stops the preview.
    Preview,
    /// Everything.
    All,
}

/// The options of a build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub site: PathBuf,
    /// Where the portal goes.
    pub out: PathBuf,
    /// Wins over the settings.
    pub base_url: Option<String>,
    /// Wins over the settings' clock and today.
    pub as_of: Option<AsOf>,
    /// The moment at which the command was given; only its day in the site's zone is used.
    pub today: Timestamp,
    /// The folder of an earlier output, to list the changes since then.
    pub previous: Option<PathBuf>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether warnings stop the build.
    pub strict: bool,
    /// Whether the portal works from a folder, without a server.
    pub portable: bool,
    /// Whether a publish may remove any number of pages.
    pub allow_removals: bool,
    /// Whether findings that time alone caused are only reported and do not stop the build.
    pub scheduled: bool,
    /// Which documents the rules judge.
    pub scope: JudgingScope,
    /// The commit that the content is read from, where the portal is to state it.
    pub revision: Option<Revision>,
    /// What is online already and must not be set back.
    pub online: Option<Comparison>,
}

impl Options {
    /// A build of a site as it is published, on the day of a moment, into the site's own folder.
    pub fn of(site: PathBuf, today: Timestamp) -> Options {
        Options {
            out: site.join("public"),
            site,
            base_url: None,
            as_of: None,
            today,
            previous: None,
            drafts: false,
            strict: false,
            portable: false,
            allow_removals: false,
            scheduled: false,
            scope: JudgingScope::Published,
            revision: None,
            online: None,
        }
    }
}

/// A portal ready to be rendered.
#[derive(Debug)]
pub struct Portal {
    /// The editions, the source edition first.
    pub editions: Vec<Edition>,
    /// Every output, in order: the edition it belongs to, and its address there.
    pub addresses: Vec<(usize, Address)>,
    /// The places of the outputs in `addresses`, by path.
    pub by_path: BTreeMap<String, usize>,
    /// The findings of the rules, by file.
    pub judged: Vec<Judged>,
    /// The rules that judged; `None` where the settings switch them off.
    pub book: Option<RuleBook>,
    /// Every document's file, shown or not.
    pub files: Vec<Arc<SourceFile>>,
    /// Titles of the documents that are left out because they are internal, by the folder that their pages would have.
    pub internal: BTreeMap<String, String>,
}

/// The portal in one script.
#[derive(Debug)]
pub struct Edition {
    /// The site.
    pub site: Site,
    /// The renderer with its theme.
    pub renderer: Renderer,
    /// The files of its search index, by path; made when first asked for.
    search: OnceLock<Result<BTreeMap<String, Vec<u8>>, String>>,
}

impl Edition {
    /// The files of the search index, by path.
    pub fn search(&self) -> Result<&BTreeMap<String, Vec<u8>>> {
        let index = self.search.get_or_init(|| {
            let index = index_site(&self.site, self.renderer.texts());
            index.map_err(|error| error.to_string())
        });
        index
            .as_ref()
            .map_err(|error| anyhow!("search index: {error}"))
    }
}

impl Portal {
    /// The site as the authors wrote it.
    pub fn source(&self) -> &Site {
        &self.editions[0].site
    }

    /// Makes one output.
    pub fn render(&self, (edition, address): &(usize, Address)) -> Result<Output> {
        let Edition { site, renderer, .. } = &self.editions[*edition];
        let rendered = renderer.render(site, address);
        rendered.map_err(|error| match error.downcast() {
            Ok(faults) => ContentFaults::met_in(faults, &address.path(site)).into(),
            Err(error) => error,
        })
    }

    /// The output at a path.
    pub fn place(&self, path: &str) -> Option<&(usize, Address)> {
        self.addresses.get(*self.by_path.get(path)?)
    }

    /// The bytes at a path, where there is an output or a file of an index. An index is made when it is first asked for.
    pub fn output(&self, path: &str) -> Option<Result<Vec<u8>>> {
        if let Some(place) = self.place(path) {
            return Some(self.render(place).map(|output| output.bytes));
        }
        if !is_search_data(path) {
            return None;
        }
        self.editions
            .iter()
            .find_map(|edition| match edition.search() {
                Ok(index) => index.get(path).cloned().map(Ok),
                Err(error) => Some(Err(error)),
            })
    }

    /// The files of the search index of every edition, each with its path.
    fn index_files(&self) -> Result<Vec<(&String, &Vec<u8>)>> {
        let mut files = Vec::new();
        for edition in &self.editions {
            files.extend(edition.search()?);
        }
        Ok(files)
    }

    /// The path of an output.
    pub fn path(&self, (edition, address): &(usize, Address)) -> String {
        address.path(&self.editions[*edition].site)
    }
}

/// The result of a build.
#[derive(Debug)]
pub struct Outcome {
    /// Faults, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The published files; `None` where faults stopped the build.
    pub published: Option<Published>,
    /// The portal, where it could be made.
    pub portal: Option<Portal>,
}

/// Runs the whole pipeline.
pub fn build(options: &Options, timings: &mut Timings, progress: &Progress<'_>) -> Result<Outcome> {
    let mut sink = Sink::default();
    let portal = prepare(options, &mut sink, timings)?;
    if let Some(portal) = &portal {
        // The content of a scheduled build is that of the last one: what leads nowhere now was taken away by time.
        let severity = if options.scheduled {
            Severity::Warning
        } else {
            Severity::Error
        };
        judging::report_nowhere(portal, severity, &mut sink);
    }
    let blocked = sink.blocks(options.strict);
    let Some(portal) = portal.filter(|_| !blocked) else {
        return Ok(Outcome {
            diagnostics: sink.into_sorted(),
            published: None,
            portal: None,
        });
    };
    if online::refuses(options, &portal, &mut sink)? {
        return Ok(Outcome {
            diagnostics: sink.into_sorted(),
            published: None,
            portal: None,
        });
    }
    let staging = Staging::open(&options.out, &options.site)?;
    portal.index_files()?;
    timings.end("index");
    let posters = stage_posters(&portal, options, &staging, progress);
    timings.end("posters");
    let staged = stage_outputs(&portal, &staging, progress);
    let staged = staged.and_then(|mut staged| {
        staged.extend(posters?);
        Ok(staged)
    });
    timings.end("render");
    let published = match staged {
        Ok(staged)
            if publishing::loses_too_much(options, &portal, &staging, &staged, &mut sink) =>
        {
            staging.abandon()?;
            return Ok(Outcome {
                diagnostics: sink.into_sorted(),
                published: None,
                portal: None,
            });
        }
        Ok(staged) => {
            let posters = portal.editions.iter();
            forget_others(
                &options.site,
                posters.map(|edition| edition.renderer.posters()),
            );
            staging.publish(staged)?
        }
        Err(error) => {
            staging.abandon()?;
            for fault in templates::all_faults(&portal, error)? {
                sink.push(fault);
            }
            return Ok(Outcome {
                diagnostics: sink.into_sorted(),
                published: None,
                portal: None,
            });
        }
    };
    timings.end("write");
    Ok(Outcome {
        diagnostics: sink.into_sorted(),
        published: Some(published),
        portal: Some(portal),
    })
}

/// Runs all stages before rendering. `None` if the settings cannot be read.
pub fn prepare(
    options: &Options,
    sink: &mut Sink,
    timings: &mut Timings,
) -> Result<Option<Portal>> {
    prepare_from(options, None, sink, timings)
}

/// The same as `prepare`, but with the results of the last reading. Nothing is judged: `judge_again` does that
/// afterwards.
pub fn prepare_again(
    options: &Options,
    memory: &mut Memory,
    sink: &mut Sink,
    timings: &mut Timings,
) -> Result<Option<Portal>> {
    prepare_from(options, Some(memory), sink, timings)
}

fn prepare_from(
    options: &Options,
    mut memory: Option<&mut Memory>,
    sink: &mut Sink,
    timings: &mut Timings,
) -> Result<Option<Portal>> {
    let root = options
        .site
        .canonicalize()
        .with_context(|| format!("{}", options.site.display()))?;
    let Some(config) = load_config(&root, options, sink) else {
        return Ok(None);
    };
    // A preview is for nobody outside, and its address is never the portal's own.
    let (severity, base_url) = match options.scope {
        JudgingScope::Published => (Severity::Error, options.base_url.as_deref()),
        JudgingScope::Preview | JudgingScope::All => (Severity::Warning, None),
    };
    report_placeholders(&config, base_url, severity, sink);
    let found = list_files(&root, "content", sink);
    let vocabularies = load_vocabularies(&found, sink);
    let sorted = sort_files(found, sink);
    timings.end("load");
    let read = |found: &SourcePath, kind| read_file(found, kind, &vocabularies, config.language);
    let files = match &mut memory {
        None => read_documents(&sorted.documents, read, sink),
        Some(memory) => {
            let key = format!("{:?}{vocabularies:?}", config.language);
            memory.read(&sorted.documents, blake3::hash(key.as_bytes()), read, sink)
        }
    };
    let overrides = read_overrides(&sorted, &config, sink);
    report_ignored(&sorted, &files, &overrides, sink);
    timings.end("parse");
    let now = resolve_now(options, &config);
    let mut previous = options.previous.as_deref().map(load_previous).transpose()?;
    let inputs = Inputs {
        static_files: list_files(&root, "static", sink),
        config,
        vocabularies,
        files: &sorted.files,
        now,
        drafts: options.drafts,
        revision: options.revision.clone(),
    };
    let (judged, book) = match &memory {
        None => {
            let with = (&inputs.config, &inputs.vocabularies, inputs.now);
            judge_files(&root, &files, with, options, None, sink)
        }
        Some(_) => (Vec::new(), None),
    };
    timings.end("check");
    let sources = files.iter().map(|file| file.source.clone()).collect();
    let documents = files.into_iter().filter_map(|file| file.document);
    let mut documents: Vec<Arc<Document>> = documents.collect();
    let read = documents.iter().map(Arc::as_ref);
    // A posting inherits only from campaigns that this build shows.
    let visible = read.filter(|document| is_visible(document, &inputs.config, options.drafts));
    let inheritance = Inheritance::of(visible, &inputs.config);
    match memory {
        None => documents
            .iter_mut()
            .for_each(|document| inheritance.fill(Arc::make_mut(document))),
        Some(memory) => documents = memory.fill(&inheritance),
    }
    let internal = internal_titles(&documents, &inputs.config);
    let (look, mut own) = (inputs.config.clone(), Sink::default());
    // The theme is compiled on another core while documents are linked.
    let (site, compiled) = rayon::join(
        || link(documents, inputs, sink),
        || compile_theme(&root, &look, &mut own),
    );
    sink.absorb(own);
    timings.end("link");
    let sites = link_editions(site, &overrides, &sorted.files, sink);
    let typefaces = load_typefaces(&root, &sites[0].config, sink);
    let Some((theme, compiled)) = compiled else {
        return Ok(None);
    };
    let editions: Vec<Edition> = sites
        .into_iter()
        .zip(compiled)
        .enumerate()
        .map(|(place, (site, words))| {
            let posters = plan_posters(&site, &words.1, typefaces.get(place), sink);
            // Only the first edition lists the changes, since boards read that one.
            let renderer = Renderer::new(&site, words, theme.clone(), posters, previous.take());
            Edition {
                site,
                renderer,
                search: OnceLock::new(),
            }
        })
        .collect();
    let mut all = Vec::new();
    for (index, edition) in editions.iter().enumerate() {
        let own = addresses(&edition.site, &edition.renderer.extras());
        all.extend(own.into_iter().map(|address| (index, address)));
    }
    let mut portal = Portal {
        editions,
        addresses: all,
        by_path: BTreeMap::new(),
        judged,
        book,
        files: sources,
        internal,
    };
    portal.by_path = place_outputs(&portal, sink);
    timings.end("convert");
    Ok(Some(portal))
}

/// The settings of a site alone.
pub fn load_settings(options: &Options, sink: &mut Sink) -> Result<Option<Config>> {
    let root = options.site.canonicalize();
    let root = root.with_context(|| format!("{}", options.site.display()))?;
    Ok(load_config(&root, options, sink))
}

fn load_config(root: &Path, options: &Options, sink: &mut Sink) -> Option<Config> {
    let Some(found) = settings_file(root, sink) else {
        sink.push(
            Diagnostic::error(
                "no-settings",
                say!(
                    "这里没有站点设置文件 gangwei.yaml",
                    "there is no gangwei.yaml here"
                ),
            )
            .in_path("gangwei.yaml")
            .help(say!(
                "先用 gangwei init 建一个站点，或指明站点所在的文件夹",
                "make a site with `gangwei init`, or name the site's folder"
            )),
        );
        return None;
    };
    let file = load_text(&found, sink)?;
    let mut config = Config::parse(&file, options.base_url.as_deref(), sink)?;
    if options.portable {
        config.base_url = config.base_url.portable();
    }
    Some(config)
}

fn load_vocabularies(found: &[SourcePath], sink: &mut Sink) -> Vocabularies {
    let mut vocabularies = Vocabularies::default();
    for name in VocabularyName::ALL {
        let path = format!("content/{}.yaml", name.folder());
        let Some(file) = found
            .iter()
            .find(|found| found.path == path)
            .and_then(|found| load_text(found, sink))
        else {
            continue;
        };
        vocabularies.set(name, Vocabulary::parse(&file, name, sink));
    }
    vocabularies.check_links(sink);
    vocabularies
}

fn resolve_now(options: &Options, config: &Config) -> Timestamp {
    match (options.as_of, config.clock) {
        (Some(AsOf::Exact(time)), _) => time,
        (Some(AsOf::Day(day)), _) | (None, Some(day)) => day.start(&config.time_zone),
        // What is rebuilt because a time has come is computed for that time, and not for the midnight before it.
        (None, None) if options.scheduled => options.today,
        (None, None) => {
            Day(options.today.to_zoned(config.time_zone.clone()).date()).start(&config.time_zone)
        }
    }
}
