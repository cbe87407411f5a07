//! `gangwei check`: everything a build would complain of, and what only a second look sees. Nothing is written.

use super::arguments::{as_of_argument, format_argument, say, strict_argument};
use super::build::parse_as_of;
use super::chosen::Chosen;
use super::fix::fix;
use super::progress::ProgressLine;
use super::terminal::{Ending, print_diagnostics, print_line, print_text};
use super::{explain, formats};
use crate::diagnostic::{Diagnostic, Lang, Severity, Sink};
use crate::fields::Day;
use crate::files::{FOLDERS, load_bytes};
use crate::pipeline::timings::Timings;
use crate::pipeline::{
    JudgingScope, Options, Portal, prepare, report_conversions, report_site, report_templates,
};
use crate::publish::write_report_file;
use crate::rules::{REPORT_MARK, ReportParts, RuleBook, write_report};
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("check")
        .about(s(
            "检查内容，不生成任何文件",
            "Check the content; nothing is written",
        ))
        .after_help(s(
            "例子：\n  gangwei check\n  gangwei check content/jobs/柜员.md   只看这个文件，站点的其他内容照样参考\n  gangwei check --format json     给其他程序读\n  gangwei check --format gitlab   在合并请求里逐行显示",
            "Examples:\n  gangwei check\n  gangwei check content/jobs/teller.md   this file alone, with the rest of the site around it\n  gangwei check --format json     for other programs\n  gangwei check --format gitlab   shown line by line in a merge request",
        ))
        .arg(
            Arg::new("site")
                .value_name(s("站点或文件", "SITE or FILE"))
                .num_args(0..)
                .value_parser(clap::value_parser!(PathBuf))
                .value_hint(ValueHint::AnyPath)
                .help(s(
                    "站点所在的文件夹（不写则是当前文件夹）；或者几个文件，只报告和它们有关的",
                    "the site's folder (here by default), or files: only what concerns them is shown",
                )),
        )
        .arg(as_of_argument(lang))
        .arg(strict_argument(lang))
        .arg(format_argument(lang))
        .arg(
            Arg::new("fix")
                .long("fix")
                .action(ArgAction::SetTrue)
                .help(s(
                    "改好只有一种改法的地方，并显示改了什么",
                    "make the repairs that have one right answer, and show them",
                )),
        )
        .arg(
            Arg::new("report")
                .long("report")
                .value_name(s("文件", "FILE"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::FilePath)
                .help(s(
                    "另写一份留档的报告（HTML）；以前的报告会更新，别的文件不盖",
                    "also write a report to keep (HTML); an earlier report is replaced, no other file is",
                )),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .requires("report")
                .help(s(
                    "报告可以盖掉已有的文件（站点自己的文件除外）",
                    "the report may replace any file but those of the site",
                )),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let paths: Vec<PathBuf> = options
        .get_many::<PathBuf>("site")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let chosen = Chosen::of(&paths)?;
    if !chosen.files.is_empty() && options.contains_id("report") {
        bail!(crate::say!(
            "--report 写的是整个站点的报告，不能只写几个文件的；检查文件时去掉它",
            "--report is about the whole site and not about single files; leave it out"
        ));
    }
    let now: Timestamp = super::machine::now();
    let check = Options {
        as_of: options
            .get_one::<String>("as-of")
            .map(|text| parse_as_of(text))
            .transpose()?,
        drafts: true,
        strict: options.get_flag("strict"),
        scope: JudgingScope::All,
        ..Options::of(chosen.site.clone(), now)
    };
    if let Some(path) = options.get_one::<PathBuf>("report") {
        refuse_report(path, &check.site, options.get_flag("force"))?;
    }
    let line = ProgressLine::start(lang);
    let look = || -> Result<(Option<Portal>, Sink)> {
        let (portal, sink) = look(&check)?;
        let kept = chosen.keep(sink, portal.is_some());
        Ok((portal, kept))
    };
    let (mut portal, mut sink) = look()?;
    drop(line);
    if options.get_flag("fix") {
        let mut found = sink.sorted();
        // Where files were named, no other is changed.
        let is_chosen = |path: &str| chosen.files.is_empty() || chosen.files.contains(path);
        for one in &mut found {
            one.fix_elsewhere = one
                .fix_elsewhere
                .take()
                .filter(|(file, _)| is_chosen(&file.path));
        }
        if fix(&check.site, &found, lang)? > 0 {
            (portal, sink) = look()?;
        }
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
        let documents = match chosen.files.len() {
            0 => portal.map_or(0, |portal| portal.source().documents.len()),
            files => files,
        };
        let (zh, en) = match (chosen.files.len(), documents) {
            (0, 1) => ("篇内容", "document"),
            (0, _) => ("篇内容", "documents"),
            (1, _) => ("个文件", "file"),
            _ => ("个文件", "files"),
        };
        print_line(&match (lang, diagnostics.is_empty()) {
            (Lang::Zh, true) => format!("{documents} {zh}，没有发现问题。"),
            (Lang::En, true) => format!("{documents} {en}, nothing to repair."),
            (Lang::Zh, false) => {
                format!("{documents} {zh}：{errors} 处错误，{warnings} 处警告，{notes} 处提示。")
            }
            (Lang::En, false) => {
                format!("{documents} {en}: {errors} errors, {warnings} warnings, {notes} notes.")
            }
        });
    }
    Ok(if blocked {
        Ending::Faults
    } else {
        Ending::Done
    })
}

/// Reads and judges the site.
pub(super) fn look(check: &Options) -> Result<(Option<Portal>, Sink)> {
    let mut sink = Sink::default();
    let portal = prepare(check, &mut sink, &mut Timings::start())?;
    if let Some(portal) = &portal {
        report_conversions(portal, &mut sink);
        report_site(portal, &mut sink);
        report_templates(portal, &mut sink);
    }
    Ok((portal, sink))
}

/// Refuses a place for the report where something else would be lost: a file of the site, and any other that is no earlier
/// report unless the user said so.
fn refuse_report(path: &Path, site: &Path, force: bool) -> Result<()> {
    let shown = path.display();
    // What is not there yet is measured by its folder.
    let real = path.canonicalize().or_else(|_| {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new(".")).canonicalize()?;
        std::io::Result::Ok(folder.join(path.file_name().unwrap_or_default()))
    });
    let (real, site) = (
        real.unwrap_or_else(|_| path.to_owned()),
        site.canonicalize()?,
    );
    let is_source = FOLDERS
        .iter()
        .any(|folder| real.starts_with(site.join(folder)))
        || real == site.join("gangwei.yaml");
    if is_source {
        bail!(say!(
            "--report {shown}：报告不能写进站点的 content、static、themes，也不能盖掉设置；请换一个位置",
            "--report {shown}: a report is not written into content, static or themes of the site, nor over its settings; choose another place"
        ));
    }
    if force || !path.exists() {
        return Ok(());
    }
    let is_report = path.is_file()
        && load_bytes(path).is_ok_and(|bytes| {
            let begin = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
            String::from_utf8_lossy(begin).contains(REPORT_MARK)
        });
    if !is_report {
        bail!(say!(
            "--report {shown}：已经有这个文件，而且不是以前的检查报告，没有盖掉它；请换一个名字，或加 --force",
            "--report {shown}: the file exists and is no earlier report, so it was left alone; choose another name, or replace it with --force"
        ));
    }
    Ok(())
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
