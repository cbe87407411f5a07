//! The line: load, parse, validate, link, render, write, in this order. The only parallel code.
//! No stage edits what an earlier one made; every worker has its own sink, merged in the order of the files.

use crate::address_book::{Address, addresses};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::{Document, read_document};
use crate::fields::Day;
use crate::kinds::{KINDS, Kind, Language};
use crate::link::{Inputs, Site, link};
use crate::load::{Found, list_files, load_text, settings_file};
use crate::render::Renderer;
use crate::say;
use crate::theme::Theme;
use crate::timings::Timings;
use crate::vocabulary::{Vocabularies, Vocabulary, VocabularyName};
use crate::write::{Published, Staging};
use anyhow::{Context, Result};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The moment that states are computed for, as the command line gives it.
#[derive(Debug, Clone, Copy)]
pub enum AsOf {
    /// A day: 00:00 in the site's zone.
    Day(Day),
    /// An exact moment.
    Exact(Timestamp),
}

/// What a build is asked to do.
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
    /// The moment the command was given; only its day in the site's zone is used.
    pub today: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether warnings stop the build.
    pub strict: bool,
}

/// A portal ready to be rendered.
#[derive(Debug)]
pub struct Portal {
    /// The site.
    pub site: Site,
    /// The renderer with its theme.
    pub renderer: Renderer,
    /// Every output, in order.
    pub addresses: Vec<Address>,
}

/// What a build came to.
#[derive(Debug)]
pub struct Outcome {
    /// Faults, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What was published; nothing where faults stopped it.
    pub published: Option<Published>,
    /// The portal, where it could be made.
    pub portal: Option<Portal>,
}

/// Runs the whole line.
pub fn build(options: &Options, timings: &mut Timings) -> Result<Outcome> {
    let mut sink = Sink::default();
    let portal = prepare(options, &mut sink, timings)?;
    let blocked = sink.blocks(options.strict);
    let Some(portal) = portal.filter(|_| !blocked) else {
        return Ok(Outcome {
            diagnostics: sink.into_sorted(),
            published: None,
            portal: None,
        });
    };
    let staging = Staging::open(&options.out, &options.site)?;
    let staged: Result<Vec<_>> = portal
        .addresses
        .par_iter()
        .map(|address| staging.put(&portal.renderer.render(&portal.site, address)?))
        .collect();
    timings.end("render");
    let published = match staged {
        Ok(staged) => staging.publish(staged)?,
        Err(error) => {
            staging.abandon()?;
            return Err(error);
        }
    };
    timings.end("write");
    Ok(Outcome {
        diagnostics: sink.into_sorted(),
        published: Some(published),
        portal: Some(portal),
    })
}

/// Everything before rendering. `None` where there are no settings to go on with.
pub fn prepare(
    options: &Options,
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
    let found = list_files(&root, "content", sink);
    let vocabularies = load_vocabularies(&found, sink);
    let (markdown, files) = sort_files(found, sink);
    timings.end("load");
    let documents = read_documents(&markdown, &vocabularies, config.language, sink);
    timings.end("parse");
    let theme = Theme::load(&root, &config, sink);
    let now = resolve_now(options, &config);
    let inputs = Inputs {
        static_files: list_files(&root, "static", sink),
        config,
        vocabularies,
        files,
        now,
        drafts: options.drafts,
    };
    let site = link(documents, inputs, sink);
    let renderer = Renderer::new(&site, theme, sink);
    let portal = renderer.map(|renderer| {
        let addresses = addresses(&site, renderer.asset_paths());
        report_shared_addresses(&site, &addresses, sink);
        Portal {
            site,
            renderer,
            addresses,
        }
    });
    timings.end("link");
    Ok(portal)
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
    Config::parse(&file, options.base_url.as_deref(), sink)
}

fn load_vocabularies(found: &[Found], sink: &mut Sink) -> Vocabularies {
    let mut vocabularies = Vocabularies::default();
    let mut sources = BTreeMap::new();
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
        sources.insert(name.folder(), file);
    }
    vocabularies.check_links(&sources, sink);
    vocabularies
}

/// Parts documents, each with its kind, from other files. Markdown outside the kinds' folders is a fault.
fn sort_files(found: Vec<Found>, sink: &mut Sink) -> (Vec<(Found, &'static Kind)>, Vec<Found>) {
    let mut documents = Vec::new();
    let mut files = Vec::new();
    for file in found {
        if !file.path.ends_with(".md") {
            files.push(file);
            continue;
        }
        let folder = file.path.split('/').nth(1).unwrap_or("");
        match KINDS
            .iter()
            .find(|kind| kind.folder == folder && file.path.matches('/').count() > 1)
        {
            Some(kind) => documents.push((file, kind)),
            None => {
                let folders: Vec<&str> = KINDS.iter().map(|kind| kind.folder).collect();
                sink.push(
                    Diagnostic::error(
                        "unknown-kind",
                        say!(
                            "不知道“{}”是哪一类文档",
                            "`{}` belongs to no kind",
                            file.path
                        ),
                    )
                    .in_path(file.path)
                    .help(say!(
                        "放进 content/ 下面的这些文件夹之一：{0}",
                        "put it into one of these folders under content/: {0}",
                        folders.join("、")
                    )),
                );
            }
        }
    }
    (documents, files)
}

fn read_documents(
    markdown: &[(Found, &'static Kind)],
    vocabularies: &Vocabularies,
    language: Language,
    sink: &mut Sink,
) -> Vec<Document> {
    let read: Vec<(Option<Document>, Sink)> = markdown
        .par_iter()
        .map(|(found, kind)| {
            let mut own = Sink::default();
            let document = load_text(found, &mut own)
                .and_then(|source| read_document(&source, kind, vocabularies, language, &mut own));
            (document, own)
        })
        .collect();
    let mut documents = Vec::with_capacity(read.len());
    for (document, own) in read {
        sink.absorb(own);
        documents.extend(document);
    }
    documents
}

fn resolve_now(options: &Options, config: &Config) -> Timestamp {
    match (options.as_of, config.clock) {
        (Some(AsOf::Exact(time)), _) => time,
        (Some(AsOf::Day(day)), _) | (None, Some(day)) => day.start(&config.time_zone),
        (None, None) => {
            Day(options.today.to_zoned(config.time_zone.clone()).date()).start(&config.time_zone)
        }
    }
}

/// Two outputs with one path: a file of `static/` over a page, say.
fn report_shared_addresses(site: &Site, addresses: &[Address], sink: &mut Sink) {
    let mut paths: BTreeMap<String, &Address> = BTreeMap::new();
    for address in addresses {
        let path = address.path(site);
        let Some(other) = paths.insert(path.clone(), address) else {
            continue;
        };
        // Two documents with one id have been reported where they stand.
        if matches!(
            (address, other),
            (Address::Document(_), Address::Document(_))
        ) {
            continue;
        }
        sink.push(
            Diagnostic::error(
                "shared-address",
                say!(
                    "有两样东西都要写到 {path}",
                    "two things would be written to {path}"
                ),
            )
            .in_path(path)
            .help(say!(
                "给 static/ 或附件里的文件换个名字",
                "rename the file under static/ or beside the document"
            )),
        );
    }
}
