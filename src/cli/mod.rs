//! The command line: enters arguments, leaves an exit code. The only place that reads the clock and the environment.
//! 0: done; 1: faults in the content; 2: the program could not work.

mod build;
mod check;
mod command;
mod command_files;
mod commits;
mod diff;
pub mod explain;
mod fields;
mod fill;
mod fix;
mod formats;
mod init;
mod manual;
mod new;
mod progress;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod starter;
mod usage;
mod verify;

use crate::diagnostic::{
    ContentFaults, Diagnostic, Lang, ProgramFault, Terminal, render_text, visible,
};
use anyhow::Result;
use clap::ArgMatches;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How a command ended, where it could work at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing to complain of, or warnings only.
    Done,
    /// Faults in the content.
    Faults,
}

/// Runs the program.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let lang = language(&arguments);
    let matches = match command::command(lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::explain(&error, lang),
    };
    match dispatch(&matches, lang) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Faults) => ExitCode::from(1),
        Err(error) => {
            if let Some(ContentFaults(faults)) = error.downcast_ref() {
                print_diagnostics(faults, lang);
                return ExitCode::from(1);
            }
            let reasons: Vec<String> = error
                .chain()
                .map(|link| {
                    let text = link.downcast_ref::<ProgramFault>();
                    let text = text.map(|text| text.get(lang).to_owned());
                    visible(&text.unwrap_or_else(|| link.to_string())).into_owned()
                })
                .collect();
            match lang {
                Lang::Zh => error_line(&format!("无法继续：{}", reasons.join("："))),
                Lang::En => error_line(&format!("cannot go on: {}", reasons.join(": "))),
            }
            ExitCode::from(2)
        }
    }
}

fn dispatch(matches: &ArgMatches, lang: Lang) -> Result<Ending> {
    match matches.subcommand() {
        Some(("build", options)) => build::run(options, lang),
        Some(("check", options)) => check::run(options, lang),
        #[cfg(feature = "serve")]
        Some(("serve", options)) => serve::run(options, lang),
        Some(("explain", options)) => explain::run(options, lang),
        Some(("init", options)) => init::run(options, lang),
        Some(("new", options)) => new::run(options, lang),
        Some(("schema", options)) => schema::run(options, lang),
        Some(("fields", options)) => fields::run(options, lang),
        Some(("fill", options)) => fill::run(options, lang),
        Some(("diff", options)) => diff::run(options, lang),
        Some(("verify", options)) => verify::run(options, lang),
        Some(("completions", options)) => command::completions(options, lang),
        Some(("man", options)) => manual::run(options, lang),
        _ => {
            command::command(lang).print_help()?;
            Ok(Ending::Done)
        }
    }
}

/// The language of messages: `--lang`, else English where the locale is English, else Chinese.
fn language(arguments: &[OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let flag =
        words
            .iter()
            .enumerate()
            .find_map(|(index, word)| match word.strip_prefix("--lang") {
                Some("") => words.get(index + 1).copied(),
                Some(rest) => rest.strip_prefix('='),
                None => None,
            });
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name)?.into_string().ok())
            .unwrap_or_default()
    };
    let english = match flag {
        Some(flag) => flag.starts_with("en"),
        None => locale().starts_with("en"),
    };
    if english { Lang::En } else { Lang::Zh }
}

/// Prints faults to standard error, with colours only on a terminal that wants them.
fn print_diagnostics(diagnostics: &[Diagnostic], lang: Lang) {
    let terminal = Terminal {
        lang,
        colour: std::io::stderr().is_terminal() && variable("NO_COLOR").is_none(),
        width: variable("COLUMNS")
            .and_then(|columns| columns.to_str()?.parse().ok())
            .unwrap_or(120),
    };
    error_text(&render_text(diagnostics, terminal));
}

/// A variable of the environment; nothing where it is not set or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment for all others"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The present moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock and tells the moment to all others"
)]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// The present day where this machine stands.
fn today() -> jiff::civil::Date {
    now().to_zoned(jiff::tz::TimeZone::system()).date()
}

/// Prints a text that ends its own lines to standard error. A closed pipe is no fault of the content.
fn error_text(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints a line to standard error.
fn error_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a line to standard output.
fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a text that ends its own lines to standard output.
fn print_text(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}
