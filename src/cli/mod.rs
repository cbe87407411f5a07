//! The command line: enters arguments, leaves an exit code. The only place that reads the clock and the environment.
//! 0: done; 1: faults in the content; 2: the program could not work; 3: nothing to do.
//!
//! ```text
//! arguments ──command──> ArgMatches ──dispatch──> the `run` of a command (build, check, serve, diff, ..)
//! `run` ──> Options ──> pipeline/ ──> Outcome, Vec<Diagnostic>
//!             ├─ formats::render, print_diagnostics ──> terminal, or a report file
//!             └─ Ending::Done | Ending::Faults ──> exit code 0 | 1
//! an anyhow::Error ──> exit code 2, with its ProgramFault in the user's language
//! RuleBook + faults.yaml ──explain::pages──> FaultPage…
//! ```

mod arguments;
mod build;
mod check;
mod chosen;
mod command;
mod commits;
mod completions;
mod config;
mod diff;
mod due;
pub mod explain;
pub mod fault_pages;
mod fields;
mod fill;
mod fix;
mod formats;
mod help;
mod init;
mod interrupt;
mod links;
mod list;
mod machine;
mod manual;
mod new;
mod progress;
mod published;
mod questions;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod starter;
mod terminal;
mod usage;
mod verify;
mod watch;

use crate::diagnostic::{ContentFaults, Lang, chain_words};
use anyhow::Result;
use clap::ArgMatches;
use machine::variable;
use std::ffi::OsString;
use terminal::{Ending, error_line, print_diagnostics};

use std::process::ExitCode;

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
        Ok(Ending::Idle) => ExitCode::from(3),
        Err(error) => {
            if let Some(ContentFaults(faults)) = error.downcast_ref() {
                print_diagnostics(faults, lang);
                return ExitCode::from(1);
            }
            let reasons = chain_words(&error);
            match lang {
                Lang::Zh => error_line(&format!("无法继续：{}", reasons.zh)),
                Lang::En => error_line(&format!("cannot go on: {}", reasons.en)),
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
        Some(("list", options)) => list::run(options, lang),
        Some(("help", options)) => help::run(options, command::command(lang)),
        Some(("new", options)) => new::run(options, lang),
        Some(("schema", options)) => schema::run(options, lang),
        Some(("fields", options)) => fields::run(options, lang),
        Some(("fill", options)) => fill::run(options, lang),
        Some(("due", options)) => due::run(options, lang),
        Some(("links", options)) => links::run(options, lang),
        Some(("config", options)) => config::run(options, lang),
        Some(("diff", options)) => diff::run(options, lang),
        Some(("verify", options)) => verify::run(options, lang),
        Some(("completions", options)) => Ok(completions::run(options, command::command(lang))),
        Some(("man", options)) => manual::run(options, &command::command(lang), lang),
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
