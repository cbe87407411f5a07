//! `gangwei help`: the help of the whole program or of one command, as `--help` shows it.

use super::arguments::say;
use super::terminal::Ending;
use crate::diagnostic::Lang;
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgMatches, Command};

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("help")
        .about(s("显示帮助", "Show help"))
        .after_help(s(
            "例子：\n  gangwei help\n  gangwei help build",
            "Examples:\n  gangwei help\n  gangwei help build",
        ))
        .arg(
            Arg::new("command")
                .value_name(s("命令", "COMMAND"))
                .help(s("看哪个命令的帮助", "the command to explain")),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, mut command: Command) -> Result<Ending> {
    let Some(name) = options.get_one::<String>("command") else {
        command.print_help()?;
        return Ok(Ending::Done);
    };
    // The flags of the whole program belong to each of its commands.
    command.build();
    let Some(inner) = command.find_subcommand_mut(name) else {
        bail!(say!(
            "没有“{name}”这个命令；全部命令见 gangwei help",
            "there is no command `{name}`; `gangwei help` lists them"
        ));
    };
    inner.print_help()?;
    Ok(Ending::Done)
}
