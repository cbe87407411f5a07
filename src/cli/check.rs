//! `gangwei check`: everything a build would complain of, and what only a second look sees. Nothing is written.

use super::build::{parse_as_of, site_folder};
use super::{Ending, print_diagnostics, print_line};
use crate::diagnostic::{Lang, Severity, Sink, render_json};
use crate::pipeline::{Options, prepare, report_conversions};
use crate::timings::Timings;
use anyhow::Result;
use clap::ArgMatches;
use jiff::Timestamp;

/// Runs the command.
pub fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let check = Options {
        out: site.join("public"),
        site,
        base_url: None,
        as_of: options
            .get_one::<String>("as-of")
            .map(|text| parse_as_of(text))
            .transpose()?,
        today: Timestamp::now(),
        drafts: true,
        strict: options.get_flag("strict"),
        portable: false,
    };
    let mut sink = Sink::default();
    let portal = prepare(&check, &mut sink, &mut Timings::start())?;
    if let Some(portal) = &portal {
        report_conversions(portal, &mut sink);
    }
    let blocked = sink.blocks(check.strict);
    let diagnostics = sink.into_sorted();
    match options.get_one::<String>("format").map(String::as_str) {
        Some("json") => print_line(render_json(&diagnostics, lang).trim_end()),
        _ => {
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
                (Lang::Zh, false) => format!(
                    "{documents} 篇内容：{errors} 处错误，{warnings} 处警告，{notes} 处提示。"
                ),
                (Lang::En, false) => format!(
                    "{documents} documents: {errors} errors, {warnings} warnings, {notes} notes."
                ),
            });
        }
    }
    Ok(if blocked {
        Ending::Faults
    } else {
        Ending::Done
    })
}
