//! The stage of the pipeline that judges: files by the rules before anything is linked, and the whole portal for
//! `check`.

use super::{JudgingScope, Memory, Options, Portal};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::fields::{Day, Located, Vocabularies};
use crate::files::{load_text, site_file};
use crate::kinds::{Config, Gate};
use crate::rules::{
    Judge, Judged, Reachable, ReadFile, RuleBook, Waivers, report_jurisdictions, report_links,
    report_neighbours,
};
use crate::say;
use crate::text::SourceFile;
use jiff::Timestamp;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Reports faults that need the whole portal: broken links, near copies, pages without a link to them.
pub fn report_site(portal: &Portal, sink: &mut Sink) {
    report_nowhere(portal, Severity::Error, sink);
    report_neighbours(portal.source(), sink);
}

/// Reports links to addresses and places that the portal does not have.
pub(super) fn report_nowhere(portal: &Portal, severity: Severity, sink: &mut Sink) {
    let page = |path: &str| {
        let bytes = portal.output(path)?.ok()?;
        String::from_utf8(bytes).ok()
    };
    let mut reachable = Reachable::new(severity, Box::new(page));
    reachable.paths.extend(portal.by_path.keys().cloned());
    // The index is always there, and made later.
    for edition in &portal.editions {
        let segment = &edition.site.config.segment;
        reachable
            .paths
            .insert(format!("{segment}search/lists.json"));
        edition
            .renderer
            .templates()
            .for_each(|template| reachable.add_template(template));
    }
    for edition in &portal.editions {
        report_links(&edition.site, &reachable, &edition.site.config.file, sink);
    }
}

/// Judges the files in the build's scope by the rules. Findings that are not waived go to the sink.
pub(super) fn judge_files(
    root: &Path,
    files: &[ReadFile],
    (config, vocabularies, now): (&Config, &Vocabularies, Timestamp),
    options: &Options,
    memory: Option<&mut Memory>,
    sink: &mut Sink,
) -> (Vec<Judged>, Option<RuleBook>) {
    let gate = config.check.gate.unwrap_or_default();
    if options.scope != JudgingScope::All && gate == Gate::Off {
        return (Vec::new(), None);
    }
    let packs: Vec<_> = named_files(root, config, &config.check.packs, sink);
    let baseline = named_files(root, config, config.check.baseline.as_slice(), sink).pop();
    let mut own = Sink::default();
    let book = RuleBook::new(&packs, &mut own);
    // A pack that cannot be read may define the jurisdiction.
    if packs.len() == config.check.packs.len() && !own.blocks(false) {
        report_jurisdictions(&book, config, vocabularies, sink);
    }
    sink.absorb(own);
    let waivers = baseline
        .as_ref()
        .map_or(Waivers::default(), |file| Waivers::read(file, sink));
    let today = Day(now.to_zoned(config.time_zone.clone()).date());
    let judge = Judge::new(&book, config, vocabularies, files, &waivers, today);
    for fault in baseline.iter().flat_map(|file| waivers.check(file, &judge)) {
        sink.push(fault);
    }
    let concerns = |file: &&ReadFile| match (&file.document, options.scope) {
        (_, JudgingScope::All) | (None, _) => true,
        (Some(document), _) => {
            config.shows(document.visibility())
                && (options.drafts || !document.shared.draft)
                && document.shared.withdrawn.is_none()
        }
    };
    let judged: Vec<Judged> = match memory {
        None => files
            .par_iter()
            .filter(concerns)
            .flat_map_iter(|file| judge.judge(file))
            .collect(),
        Some(memory) => {
            let mut key = blake3::Hasher::new();
            key.update(format!("{vocabularies:?}{today:?}").as_bytes());
            let campaigns = files.iter().filter(|file| file.kind.name == "campaign");
            let campaigns = campaigns.map(|file| &file.source);
            let texts = [&config.file].into_iter().chain(&packs).chain(&baseline);
            for file in texts.chain(campaigns) {
                key.update(format!("{}\0{}\0", file.path, file.text).as_bytes());
            }
            memory.judge(key.finalize(), |file| {
                if concerns(&file) {
                    judge.judge(file)
                } else {
                    Vec::new()
                }
            })
        }
    };
    for one in judged.iter().filter(|one| one.waived.is_none()) {
        let mut diagnostic = one.diagnostic.clone();
        let only_warns = match options.scope {
            JudgingScope::Published => gate == Gate::Warn,
            JudgingScope::Preview => true,
            JudgingScope::All => false,
        };
        let by_time = options.scheduled && one.by_time;
        if (only_warns || by_time) && diagnostic.severity == Severity::Error {
            diagnostic.severity = Severity::Warning;
        }
        sink.push(diagnostic);
    }
    (judged, Some(book))
}

/// Judges the files in the memory, for a portal that was prepared without judging; returns the findings. Faults of
/// the rules themselves go to the sink as well.
pub fn judge_again(
    options: &Options,
    portal: &Portal,
    memory: &mut Memory,
    sink: &mut Sink,
) -> Vec<Judged> {
    let Ok(root) = options.site.canonicalize() else {
        return Vec::new();
    };
    let (site, files) = (portal.source(), memory.files());
    let inputs = (&site.config, &site.vocabularies, site.now);
    judge_files(&root, &files, inputs, options, Some(memory), sink).0
}

/// The texts of files that the settings name.
fn named_files(
    root: &Path,
    config: &Config,
    paths: &[Located<String>],
    sink: &mut Sink,
) -> Vec<Arc<SourceFile>> {
    let mut texts = Vec::new();
    for path in paths {
        match site_file(root, &path.value, sink) {
            Some(found) => texts.extend(load_text(&found, sink)),
            None => sink.push(
                Diagnostic::error(
                    "unreadable",
                    say!(
                        "设置里写的“{}”不在站点里",
                        "`{}`, named in the settings, is not in the site",
                        path.value
                    ),
                )
                .at(&config.file, path.span)
                .help(say!(
                    "写站点文件夹里的路径，例如 rules/our-bank.yaml",
                    "write its path in the site's folder, for example rules/our-bank.yaml"
                )),
            ),
        }
    }
    texts
}
