//! `gangwei check`: everything a build would complain of, and what only a second look sees. Nothing is written.

use super::build::{parse_as_of, site_folder};
use super::fix::fix;
use super::progress::Line;
use super::{Ending, explain, formats, print_diagnostics, print_line, print_text};
use crate::diagnostic::{Diagnostic, Lang, Severity, Sink};
use crate::fields::Day;
use crate::pipeline::{
    Options, Portal, Scope, prepare, report_conversions, report_site, report_templates,
};
use crate::rules::{ReportParts, RuleBook, write_report};
use crate::timings::Timings;
use crate::write::write_report_file;
use anyhow::Result;
use clap::ArgMatches;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let now: Timestamp = super::now();
    let check = Options {
        as_of: options
            .get_one::<String>("as-of")
            .map(|text| parse_as_of(text))
            .transpose()?,
        drafts: true,
        strict: options.get_flag("strict"),
        scope: Scope::All,
        ..Options::of(site, now)
    };
    let line = Line::start(lang);
    let (mut portal, mut sink) = look(&check)?;
    drop(line);
    if options.get_flag("fix") && fix(&check.site, &sink.sorted(), lang)? > 0 {
        (portal, sink) = look(&check)?;
    }
    let blocked = sink.blocks(check.strict);
    let diagnostics = sink.into_sorted();
    if let (Some(path), Some(portal)) = (options.get_one::<PathBuf>("report"), &portal) {
        report(path, portal, &diagnostics, lang)?;
    }
    let format = options
        .get_one::<String>("format")
        .map_or("text", String::as_str);
    let pages = || match portal.as_ref().and_then(|portal| portal.book.as_ref()) {
        Some(book) => explain::pages(book),
        None => explain::pages(&RuleBook::new(&[], &mut Sink::default())),
    };
    if let Some(rendered) = formats::render(format, &diagnostics, &check.site, pages, lang) {
        print_text(&rendered);
    } else {
        print_diagnostics(&diagnostics, lang);
        let count = |severity| {
            let same = diagnostics
                .iter()
                .filter(|found| found.severity == severity);
            same.count()
        };
        let (errors, warnings, notes) = (
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note),
        );
        let documents = portal.map_or(0, |portal| portal.source().documents.len());
        print_line(&match (lang, diagnostics.is_empty()) {
            (Lang::Zh, true) => format!("{documents} 篇内容，没有发现问题。"),
            (Lang::En, true) => format!("{documents} documents, nothing to mend."),
            (Lang::Zh, false) => {
                format!("{documents} 篇内容：{errors} 处错误，{warnings} 处警告，{notes} 处提示。")
            }
            (Lang::En, false) => format!(
                "{documents} documents: {errors} errors, {warnings} warnings, {notes} notes."
            ),
        });
    }
    Ok(if blocked {
        Ending::Faults
    } else {
        Ending::Done
    })
}

/// Reads and judges the site.
fn look(check: &Options) -> Result<(Option<Portal>, Sink)> {
    let mut sink = Sink::default();
    let portal = prepare(check, &mut sink, &mut Timings::start())?;
    if let Some(portal) = &portal {
        report_conversions(portal, &mut sink);
        report_site(portal, &mut sink);
        report_templates(portal, &mut sink);
    }
    Ok((portal, sink))
}

/// Writes the report for an auditor.
fn report(path: &Path, portal: &Portal, diagnostics: &[Diagnostic], lang: Lang) -> Result<()> {
    let Some(book) = &portal.book else {
        return Ok(());
    };
    let site = portal.source();
    let codes: BTreeSet<&str> = portal
        .judged
        .iter()
        .map(|one| one.diagnostic.code.as_ref())
        .collect();
    let others: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| !codes.contains(diagnostic.code.as_ref()))
        .cloned()
        .collect();
    let parts = ReportParts {
        day: Day(site.now.to_zoned(site.config.time_zone.clone()).date()),
        config: &site.config,
        book,
        judged: &portal.judged,
        others: &others,
        files: &portal.files,
    };
    write_report_file(path, &write_report(&parts, lang))
}
