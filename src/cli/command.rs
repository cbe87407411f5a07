//! The commands and their flags, with help in Chinese and English.

use super::Ending;
use super::command_files::{diff, fields, fill, verify};
use super::formats::FORMATS;
use super::manual::man;
use crate::diagnostic::Lang;
use crate::kinds::KINDS;
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use clap_complete::Shell;

/// Chooses a wording.
pub(super) fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The whole command line.
pub fn command(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let mut command = Command::new("gangwei")
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
        .subcommand(build(lang))
        .subcommand(check(lang))
        .subcommand(explain(lang))
        .subcommand(init(lang))
        .subcommand(new(lang))
        .subcommand(schema(lang))
        .subcommand(fields(lang))
        .subcommand(fill(lang))
        .subcommand(diff(lang))
        .subcommand(verify(lang))
        .subcommand(completions_command(lang))
        .subcommand(man(lang));
    if cfg!(feature = "serve") {
        command = command.subcommand(serve(lang));
    }
    localise(command, lang)
}

fn site_argument(lang: Lang) -> Arg {
    Arg::new("site")
        .value_name(say(lang, "站点", "SITE"))
        .default_value(".")
        .hide_default_value(true)
        .value_parser(clap::value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::DirPath)
        .help(say(
            lang,
            "站点所在的文件夹（不写则是当前文件夹）",
            "the site's folder (here by default)",
        ))
}

fn build(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let flag = |name: &'static str, zh, en| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(s(zh, en))
    };
    Command::new("build")
        .about(s("生成门户", "Build the portal"))
        .after_help(s(
            "例子：\n  gangwei build\n  gangwei build 站点 --out /srv/portal --base-url https://hr.example.com/\n  gangwei build --as-of 2026-12-01     看看那一天的样子",
            "Examples:\n  gangwei build\n  gangwei build site --out /srv/portal --base-url https://hr.example.com/\n  gangwei build --as-of 2026-12-01     how it will look on that day",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s("门户放在哪里（不写则是站点里的 public）", "where the portal goes (SITE/public by default)")),
        )
        .arg(Arg::new("base-url").long("base-url").value_name(s("网址", "URL")).help(s("门户的网址，代替设置里的", "the portal's URL, instead of the settings'")))
        .arg(as_of_argument(lang))
        .arg(
            Arg::new("previous")
                .long("previous")
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s("以前生成的门户；另写 changes.json，列出新开、改动和截止的岗位", "an earlier portal; changes.json then lists what opened, changed and closed since")),
        )
        .arg(flag("drafts", "草稿也生成", "include drafts"))
        .arg(flag("strict", "有警告也不发布", "warnings stop the build too"))
        .arg(flag("portable", "生成可以直接从磁盘或共享文件夹打开的门户", "a portal that opens from a disk or a shared folder"))
        .arg(flag("allow-removals", "这次可以删去很多页面", "this publish may remove many pages"))
        .arg(flag("scheduled", "定时重建：只报告因时间到了而出现的问题，不因此失败", "scheduled rebuild: report what time alone caused without failing"))
        .arg(threads_argument(lang))
        .arg(
            Arg::new("timings")
                .long("timings")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("text")
                .value_name("json")
                .value_parser(["text", "json"])
                .hide_possible_values(true)
                .help(s("显示各阶段用时（=json 输出一个 JSON 对象）", "show the time of each stage (=json: one JSON object)")),
        )
}

pub(super) fn threads_argument(lang: Lang) -> Arg {
    Arg::new("threads")
        .long("threads")
        .value_name("N")
        .value_parser(clap::value_parser!(usize))
        .help(say(lang, "用几个线程", "how many threads"))
}

pub(super) fn as_of_argument(lang: Lang) -> Arg {
    Arg::new("as-of")
        .long("as-of")
        .value_name(say(lang, "日期", "DATE"))
        .help(say(
            lang,
            "按哪一天计算岗位状态，例如 2026-12-01（不写则是今天）",
            "the day for which states are computed, for example 2026-12-01 (today by default)",
        ))
}

fn check(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("check")
        .about(s(
            "检查内容，不生成任何文件",
            "Check the content; nothing is written",
        ))
        .after_help(s(
            "例子：\n  gangwei check\n  gangwei check --format json     给其他程序读\n  gangwei check --format gitlab   在合并请求里逐行显示",
            "Examples:\n  gangwei check\n  gangwei check --format json     for other programs\n  gangwei check --format gitlab   shown line by line in a merge request",
        ))
        .arg(site_argument(lang))
        .arg(as_of_argument(lang))
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help(s("有警告也算不通过", "warnings count as errors")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(s("格式", "FORMAT"))
                .value_parser(FORMATS)
                .hide_possible_values(true)
                .help(s(
                    "text（给人看）、json、sarif、github 或 gitlab",
                    "text, for people, or json, sarif, github or gitlab",
                )),
        )
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
                    "另写一份留档的报告（HTML）",
                    "also write a report to keep (HTML)",
                )),
        )
}

fn explain(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("explain")
        .about(s(
            "说明一个代号：什么意思、依据什么、怎么改",
            "Explain a code: what it means, on what ground, how to mend it",
        ))
        .after_help(s(
            "例子：\n  gangwei explain age-limit\n  gangwei explain                 列出全部代号",
            "Examples:\n  gangwei explain age-limit\n  gangwei explain                 list all codes",
        ))
        .arg(
            Arg::new("code")
                .value_name(s("代号", "CODE"))
                .help(s(
                    "方括号里的代号，例如 age-limit（不写则列出全部）",
                    "the code in the brackets, for example age-limit (all by default)",
                )),
        )
}

fn serve(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("serve")
        .about(s(
            "在本机预览，保存后自动刷新",
            "Preview on this machine; pages reload when a file is saved",
        ))
        .after_help(s(
            "例子：\n  gangwei serve\n  gangwei serve 站点 --port 8080",
            "Examples:\n  gangwei serve\n  gangwei serve site --port 8080",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .default_value("4000")
                .hide_default_value(true)
                .value_parser(clap::value_parser!(u16))
                .help(s("端口（不写则是 4000）", "port (4000 by default)")),
        )
        .arg(
            Arg::new("poll")
                .long("poll")
                .action(ArgAction::SetTrue)
                .help(s(
                    "定时查看文件（网络磁盘上用）",
                    "look at the files now and then (for network folders)",
                )),
        )
}

fn init(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("init")
        .about(s("建一个新站点", "Make a new site"))
        .after_help(s(
            "例子：\n  gangwei init 人才门户\n  gangwei init 人才门户 --ci gitlab",
            "Examples:\n  gangwei init portal\n  gangwei init portal --ci github",
        ))
        .arg(
            Arg::new("dir")
                .required(true)
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .help(s("新站点放在哪里", "where the new site goes")),
        )
        .arg(
            Arg::new("ci")
                .long("ci")
                .value_name("github|gitlab")
                .value_parser(["github", "gitlab"])
                .hide_possible_values(true)
                .help(s(
                    "顺便写好自动发布的流程文件",
                    "also write the workflow that publishes it",
                )),
        )
}

fn new(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let mut kinds: Vec<&'static str> = KINDS.iter().map(|kind| kind.name).collect();
    kinds.extend(KINDS.iter().map(|kind| kind.noun.0));
    Command::new("new")
        .about(s("写一篇新文档，每一项都有说明", "Write a new document with every field explained"))
        .after_help(s("例子：\n  gangwei new job 客户经理\n  gangwei new 公告 面试通知", "Examples:\n  gangwei new job \"Account manager\"\n  gangwei new notice \"Interviews\""))
        .arg(Arg::new("kind").required(true).value_name(s("类型", "KIND")).value_parser(PossibleValuesParser::new(kinds)).hide_possible_values(true).help(s(
            "job 岗位、campaign 招聘批次、notice 公告、report 报告模板、product 产品、exam 题库、article 文章、ladder 职级体系、scorecard 考核表、page 页面",
            "job, campaign, notice, report, product, exam, article, ladder, scorecard or page",
        )))
        .arg(Arg::new("name").required(true).value_name(s("标题", "NAME")).help(s("文档的标题", "the document's title")))
        .arg(site_argument(lang))
}

fn schema(lang: Lang) -> Command {
    Command::new("schema")
        .about(say(
            lang,
            "输出信息区的 JSON Schema，给编辑器用",
            "Print the JSON Schema of the front matter, for editors",
        ))
        .arg(
            Arg::new("kind")
                .value_name(say(lang, "类型", "KIND"))
                .value_parser(PossibleValuesParser::new(
                    KINDS.iter().map(|kind| kind.name),
                ))
                .hide_possible_values(true)
                .help(say(
                    lang,
                    "哪一类文档，例如 job（不写则全部）",
                    "which kind, for example job (all by default)",
                )),
        )
}

fn completions_command(lang: Lang) -> Command {
    Command::new("completions")
        .about(say(
            lang,
            "输出命令行补全脚本",
            "Print a completion script for a shell",
        ))
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(clap::value_parser!(Shell))
                .hide_possible_values(true)
                .help(say(
                    lang,
                    "bash、zsh、fish、powershell 或 elvish",
                    "bash, zsh, fish, powershell or elvish",
                )),
        )
}

/// Prints the completion script of a shell.
pub fn completions(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    if let Some(shell) = options.get_one::<Shell>("shell") {
        clap_complete::generate(
            *shell,
            &mut command(lang),
            "gangwei",
            &mut std::io::stdout(),
        );
    }
    Ok(Ending::Done)
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
        argument.help_heading(heading)
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
