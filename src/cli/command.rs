//! The whole command line, in Chinese or in English: every command declares its own flags in the file of its name.

use super::arguments::say;
#[cfg(feature = "serve")]
use super::serve;
use super::{
    build, check, completions, config, diff, due, explain, fields, fill, help, init, links, list,
    manual, new, schema, verify,
};
use crate::diagnostic::Lang;
use clap::{Arg, ArgAction, Command};

/// The whole command line.
pub(super) fn command(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let command = Command::new("gangwei")
        .bin_name("gangwei")
        .version(env!("CARGO_PKG_VERSION"))
        .about(s("把银行的岗位、公告、模板、题库和制度做成静态人才门户", "Turns a bank's postings, notices, templates, exams and policies into a static HR portal"))
        .after_help(s(
            "例子：\n  gangwei init 人才门户            建一个新站点\n  gangwei new job 客户经理        写一个新岗位\n  gangwei serve                   边写边看\n  gangwei build --out public      生成门户",
            "Examples:\n  gangwei init portal             make a new site\n  gangwei new job \"Account manager\"  write a new posting\n  gangwei serve                   watch it while you write\n  gangwei build --out public      build the portal",
        ))
        .subcommand_required(false)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("zh|en")
                .value_parser(["zh", "en"])
                .hide_possible_values(true)
                .help(s("提示用中文（zh）还是英文（en）", "language of messages: zh or en")),
        )
        .subcommand(build::declare(lang))
        .subcommand(check::declare(lang))
        .subcommand(explain::declare(lang))
        .subcommand(init::declare(lang))
        .subcommand(new::declare(lang))
        .subcommand(list::declare(lang))
        .subcommand(schema::declare(lang))
        .subcommand(fields::declare(lang))
        .subcommand(fill::declare(lang))
        .subcommand(diff::declare(lang))
        .subcommand(verify::declare(lang))
        .subcommand(due::declare(lang))
        .subcommand(links::declare(lang))
        .subcommand(config::declare(lang))
        .subcommand(completions::declare(lang))
        .subcommand(manual::declare(lang))
        .subcommand(help::declare(lang));
    #[cfg(feature = "serve")]
    let command = command.subcommand(serve::declare(lang));
    localise(command, lang)
}

/// How a command is written, without clap's English word for flags.
fn usage(command: &Command, lang: Lang) -> String {
    let mut parts = vec!["gangwei".to_owned()];
    match command.get_name() {
        "gangwei" => parts.push(say(lang, "<命令>", "<COMMAND>").to_owned()),
        name => parts.push(name.to_owned()),
    }
    for argument in command.get_positionals() {
        let name = argument
            .get_value_names()
            .and_then(|names| names.first())
            .map_or("", |name| name.as_str());
        parts.push(if argument.is_required_set() {
            format!("<{name}>")
        } else {
            format!("[{name}]")
        });
    }
    parts.push(say(lang, "[选项]", "[OPTIONS]").to_owned());
    parts.join(" ")
}

/// Puts the parts of clap's own wording into the language, on every command.
fn localise(command: Command, lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let template = s(
        "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    );
    let usage = usage(&command, lang);
    let names: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(template)
        .override_usage(usage)
        .subcommand_help_heading(s("命令", "Commands"))
        .subcommand_value_name(s("命令", "COMMAND"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(s("显示帮助", "show this help")),
        );
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(s("显示版本", "show the version")),
        );
    }
    let headings = [s("参数", "Arguments"), s("选项", "Options")];
    command = command.mut_args(|argument| {
        let heading = headings[usize::from(!argument.is_positional())];
        // The library would name values in English; the help of each argument says them.
        let takes_values = argument.get_action().takes_values();
        argument
            .help_heading(heading)
            .hide_possible_values(takes_values)
            .hide_default_value(takes_values)
    });
    for name in names {
        command = command.mut_subcommand(name, |inner| localise(inner, lang));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_well_formed_and_explained_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut command = command(lang);
            command.clone().debug_assert();
            let help = command.render_long_help().to_string();
            for inner in command.get_subcommands() {
                assert!(inner.get_about().is_some(), "{}", inner.get_name());
                assert!(inner.is_hide_set() || help.contains(inner.get_name()));
                for argument in inner.get_arguments() {
                    assert!(
                        argument.get_help().is_some(),
                        "{} {}",
                        inner.get_name(),
                        argument.get_id()
                    );
                }
            }
            assert_eq!(help.contains("用法"), lang == Lang::Zh);
        }
    }
}
