//! The flags of the commands that work on files beside a site: reports to fill, portals to compare and to prove.

use super::command::{as_of_argument, say, threads_argument};
use crate::diagnostic::Lang;
use clap::{Arg, ArgAction, Command, ValueHint};

pub(super) fn fields(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("fields")
        .about(s("列出一份报告里的空格", "List the blanks of a report"))
        .after_help(s(
            "例子：\n  gangwei fields content/reports/述职报告.md\n  gangwei fields 旧稿.txt              还没写成文档的原文也可以\n  gangwei fields 旧稿.txt --format json",
            "Examples:\n  gangwei fields content/reports/annual.md\n  gangwei fields draft.txt              a text that is no document yet\n  gangwei fields draft.txt --format json",
        ))
        .arg(
            Arg::new("file")
                .value_name(s("文件", "FILE"))
                .required(true)
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::FilePath)
                .help(s("报告模板（.md）或纯文本", "a report template (.md) or a plain text")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["text", "json"])
                .default_value("text")
                .hide_default_value(true)
                .help(s("给人看（text）或给程序用（json）", "for people (text) or for programs (json)")),
        )
}

pub(super) fn fill(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let file = |name: &'static str, value, help| {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(clap::value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::FilePath)
            .help(help)
    };
    Command::new("fill")
        .about(s("填好一份报告，或按表格一行一份", "Fill a report, or one for every row of a table"))
        .after_help(s(
            "例子：\n  gangwei fill content/reports/述职报告.md 我的数.yaml\n  gangwei fill content/reports/述职报告.md 我的数.yaml --to docx\n  gangwei fill content/reports/半年总结.md 各支行.csv --to docx --out 各支行/",
            "Examples:\n  gangwei fill content/reports/annual.md mine.yaml\n  gangwei fill content/reports/annual.md mine.yaml --to docx\n  gangwei fill content/reports/half-year.md branches.csv --to docx --out branches/",
        ))
        .arg(file("template", s("模板", "TEMPLATE"), s("报告模板（.md）或纯文本", "a report template (.md) or a plain text")))
        .arg(file("values", s("数据", "VALUES"), s("一份的数据（.yaml，或网页导出的 .json），或一行一份的表格（.csv）", "one report's values (.yaml, or the .json that the page exports), or a table with one a row (.csv)")))
        .arg(
            Arg::new("to")
                .long("to")
                .value_parser(["md", "html", "docx"])
                .default_value("md")
                .hide_default_value(true)
                .help(s("写成什么：md（不写则是它）、html 或 docx", "what to write: md (the default), html or docx")),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(s("位置", "PATH"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::AnyPath)
                .help(s("写到哪个文件；表格则是哪个文件夹", "the file to write; the folder, for a table")),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(s("已有的文件也盖掉", "replace files that exist")),
        )
}

pub(super) fn diff(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("diff")
        .about(s(
            "说明一次改动会让门户变成什么样",
            "Say what a change will do to the portal",
        ))
        .after_help(s(
            "例子：\n  gangwei diff public 新的public          两次生成的门户\n  gangwei diff 站点 改后的站点            两个站点\n  gangwei diff origin/main...HEAD         这次合并改了什么\n  gangwei diff 旧 新 --format json        给其他程序读",
            "Examples:\n  gangwei diff public new-public           two built portals\n  gangwei diff site changed-site           two sites\n  gangwei diff origin/main...HEAD          what this merge changes\n  gangwei diff OLD NEW --format json       for other programs",
        ))
        .arg(Arg::new("old").required(true).value_name(s("旧", "OLD")).help(s(
            "原来的：门户、站点，或一次提交",
            "before: a portal, a site, or a commit",
        )))
        .arg(Arg::new("new").value_name(s("新", "NEW")).help(s(
            "改后的：门户、站点，或一次提交；前面写成“旧..新”时不用写",
            "after: a portal, a site, or a commit; left out after OLD..NEW",
        )))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(s("格式", "FORMAT"))
                .value_parser(["markdown", "json"])
                .hide_possible_values(true)
                .help(s(
                    "markdown（给人看，贴在合并请求里）或 json",
                    "markdown, for people in a merge request, or json",
                )),
        )
        .arg(
            Arg::new("site")
                .long("site")
                .value_name(s("站点", "SITE"))
                .default_value(".")
                .hide_default_value(true)
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s(
                    "比两次提交时，站点在仓库的哪个文件夹（不写则是当前文件夹）",
                    "where the site lies in the repository, for commits (here by default)",
                )),
        )
        .arg(as_of_argument(lang))
}

pub(super) fn verify(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("verify")
        .about(s(
            "核对发布出去的门户有没有被人动过",
            "Prove that a published portal is as it was made",
        ))
        .after_help(s(
            "例子：\n  gangwei verify public\n  gangwei verify public --rebuild .     用原文重做一遍，逐个文件比",
            "Examples:\n  gangwei verify public\n  gangwei verify public --rebuild .     make it again from the content and compare every file",
        ))
        .arg(
            Arg::new("dir")
                .required(true)
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s("门户所在的文件夹", "the portal's folder")),
        )
        .arg(
            Arg::new("rebuild")
                .long("rebuild")
                .value_name(s("站点", "SITE"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s(
                    "再和这个站点重做的一遍比，日期和网址照当时的",
                    "also compare with this site made again, for the same day and URL",
                )),
        )
        .arg(threads_argument(lang))
}
