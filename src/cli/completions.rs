//! `gangwei completions`: prints a completion script for a shell.

use super::arguments::say;
use super::terminal::Ending;
use crate::diagnostic::Lang;
use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    Command::new("completions")
        .about(say(
            lang,
            "输出命令行补全脚本",
            "Print a completion script for a shell",
        ))
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name(say(lang, "终端", "SHELL"))
                .value_parser(clap::value_parser!(Shell))
                .hide_possible_values(true)
                .help(say(
                    lang,
                    "bash、zsh、fish、powershell 或 elvish",
                    "bash, zsh, fish, powershell or elvish",
                )),
        )
}

/// Prints the completion script of a shell for all commands.
pub(super) fn run(options: &ArgMatches, mut all_commands: Command) -> Ending {
    if let Some(shell) = options.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut all_commands, "gangwei", &mut std::io::stdout());
    }
    Ending::Done
}
