//! `gangwei man`: the manual as man pages. Enters: the command line as it is declared, in one language. Leaves: roff on
//! standard output, without a date, so that a release is the same on every day.

use super::arguments::say;
use super::terminal::{Ending, print_line, print_text};
use crate::diagnostic::Lang;
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};
use clap_mangen::Man;

/// The section headings that the generator writes, in Chinese and as English manuals have them.
const HEADINGS: &[(&str, &str, &str)] = &[
    (".SH NAME", ".SH 名称", ".SH NAME"),
    (".SH SYNOPSIS", ".SH 用法", ".SH SYNOPSIS"),
    (".SH DESCRIPTION", ".SH 说明", ".SH DESCRIPTION"),
    (".SH OPTIONS", ".SH 选项", ".SH OPTIONS"),
    (".SH Options", ".SH 选项", ".SH OPTIONS"),
    (".SH Arguments", ".SH 参数", ".SH ARGUMENTS"),
    (".SH Commands", ".SH 命令", ".SH COMMANDS"),
    (".SH EXTRA", ".SH 例子", ".SH EXAMPLES"),
    (".SH VERSION", ".SH 版本", ".SH VERSION"),
];

/// The command and its flags. It is for those who package the program, so help does not list it.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("man")
        .hide(true)
        .about(s("输出手册页（man）", "Print a manual page"))
        .arg(Arg::new("command").value_name(s("命令", "COMMAND")).help(s(
            "哪个命令的（不写则是整个程序的）",
            "of which command (of the program by default)",
        )))
        .arg(
            Arg::new("list")
                .long("list")
                .action(ArgAction::SetTrue)
                .help(s("列出有手册页的命令", "list the commands that have one")),
        )
}

/// Prints a manual page of the whole command line or of one command, or the names of the commands that have one.
pub(super) fn run(options: &ArgMatches, whole: &Command, lang: Lang) -> Result<Ending> {
    let shown = || whole.get_subcommands().filter(|inner| !inner.is_hide_set());
    if options.get_flag("list") {
        shown().for_each(|inner| print_line(inner.get_name()));
        return Ok(Ending::Done);
    }
    let page = match options.get_one::<String>("command") {
        None => whole.clone(),
        Some(name) => {
            let Some(inner) = shown().find(|inner| inner.get_name() == name) else {
                return Err(anyhow::Error::from(crate::say!(
                    "没有“{name}”这个命令；gangwei man --list 列出全部",
                    "there is no command `{name}`; `gangwei man --list` names them all"
                )));
            };
            inner
                .clone()
                .display_name(format!("gangwei-{name}"))
                .bin_name(format!("gangwei {name}"))
        }
    };
    print_text(&roff(page, lang)?);
    Ok(Ending::Done)
}

/// The page of a command.
fn roff(command: Command, lang: Lang) -> Result<String> {
    let mut bytes = Vec::new();
    Man::new(command)
        .source(concat!("gangwei ", env!("CARGO_PKG_VERSION")))
        .render(&mut bytes)?;
    let text = String::from_utf8(bytes)?;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let known = HEADINGS.iter().find(|(written, _, _)| *written == line);
        out.push_str(known.map_or(line, |(_, zh, en)| say(lang, zh, en)));
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command::command;

    #[test]
    fn the_page_of_the_program_names_every_command_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let whole = command(lang);
            let page = roff(whole.clone(), lang).expect("page");
            for inner in whole.get_subcommands().filter(|inner| !inner.is_hide_set()) {
                let name = inner.get_name().replace('-', "\\-");
                assert!(page.contains(&name), "{name}\n{page}");
            }
            assert!(!page.contains("gangwei\\-man"), "a hidden command is shown");
            assert_eq!(page.contains(".SH 名称"), lang == Lang::Zh, "{page}");
            assert_eq!(page.contains(".SH NAME"), lang == Lang::En, "{page}");
        }
    }
}
