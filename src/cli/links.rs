//! `gangwei links`: whether the outside links of a site still work. Enters: a site, or some of its files. Leaves: faults
//! with their places. No machine of a local network is ever asked.

use super::arguments::say;
use super::chosen::Chosen;
use super::config::read;
use super::formats::{FORMATS, render};
use super::terminal::{Ending, print_diagnostics, print_line, print_text};
use super::{explain, machine};
use crate::diagnostic::{Diagnostic, Lang, Severity, Sink, Text};
use crate::net::{Answer, Checked, Limits, Refused, try_links};
use crate::pipeline::timings::Timings;
use crate::pipeline::{Options, Portal, outside_links, prepare};
use crate::rules::RuleBook;
use crate::say;
use crate::text::{SourceFile, Span, url};
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How many hosts are asked at a time.
const HOSTS: usize = 8;
/// In how many files one address is shown.
const SHOWN: usize = 3;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let number = |name: &'static str, value: &'static str, default: &'static str, help| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .value_parser(clap::value_parser!(u32).range(1..=100_000))
            .default_value(default)
            .help(help)
    };
    Command::new("links")
        .about(s(
            "试一遍内容里的外部链接，打不开的列出来",
            "Try the outside links of the content and list those that do not work",
        ))
        .after_help(s(
            "只连公开的网络：数字写的内网地址、解析到内网的名字、转到内网的链接都不连，也算问题。\n例子：\n  gangwei links\n  gangwei links content/jobs/J-2026-001.md\n  gangwei links --format json",
            "Only the public network is asked: addresses of local networks, names that stand for one and redirects to one are faults and are not connected to.\nExamples:\n  gangwei links\n  gangwei links content/jobs/J-2026-001.md\n  gangwei links --format json",
        ))
        .arg(
            Arg::new("paths")
                .value_name(s("站点或文件", "SITE|FILE"))
                .num_args(0..)
                .value_parser(clap::value_parser!(PathBuf))
                .value_hint(ValueHint::AnyPath)
                .help(s(
                    "站点所在的文件夹，或其中的几个文件（不写则是当前文件夹）",
                    "the site's folder, or some of its files (here by default)",
                )),
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
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help(s("有警告也算不通过", "warnings count as errors")),
        )
        .arg(number("timeout", s("秒", "SECONDS"), "20", s("一个链接最多等几秒", "seconds that one request may take")))
        .arg(number("total", s("秒", "SECONDS"), "1200", s("全部最多用几秒", "seconds that all of them may take")))
        .arg(number("per-host", "N", "50", s("同一个网站最多试几个", "the most addresses of one host")))
        .arg(
            Arg::new("allow-host")
                .long("allow-host")
                .value_name(s("主机:端口", "HOST:PORT"))
                .action(ArgAction::Append)
                .hide(true)
                .help(s(
                    "这个主机和端口即使在内网也试；只为测试和行内网站",
                    "this host and port are asked even in a local network; for tests and intranets only",
                )),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let paths: Vec<PathBuf> = options
        .get_many("paths")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let Chosen { site, files } = Chosen::of(&paths)?;
    if read(&site, lang)?.is_none() {
        return Ok(Ending::Faults);
    }
    let build = Options {
        // What time alone caused is no business of links.
        scheduled: true,
        ..Options::of(site.clone(), machine::now())
    };
    let mut sink = Sink::default();
    let portal = prepare(&build, &mut sink, &mut Timings::start())?;
    let Some(portal) = portal else {
        print_diagnostics(&sink.into_sorted(), lang);
        return Ok(Ending::Faults);
    };
    let places: BTreeMap<String, Places> = outside_links(&portal)?
        .into_iter()
        .map(|(address, pages)| {
            let places = find(&portal, &address, pages);
            (address, places)
        })
        .filter(|(_, places)| files.is_empty() || places.are_in(&files))
        .collect();
    let number = |name: &str| options.get_one::<u32>(name).copied().unwrap_or(1);
    let limits = Limits {
        request: Duration::from_secs(number("timeout").into()),
        total: Duration::from_secs(number("total").into()),
        of_host: number("per-host") as usize,
        hosts: HOSTS,
        allowed: options
            .get_many("allow-host")
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    };
    // `//host/` is what browsers make of the portal's own scheme; a portal without one is taken for https.
    let whole = |address: &String| match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.clone(),
    };
    let asked: BTreeSet<String> = places.keys().map(whole).collect();
    let answers = try_links(&asked, &limits);
    let answers: BTreeMap<&str, &Answer> = answers
        .iter()
        .map(|Checked { address, answer }| (address.as_str(), answer))
        .collect();
    // The build refuses such addresses, so no page has them.
    let mut found = Sink::default();
    let refused = sink.into_sorted().into_iter().filter(|one| {
        one.code == "address-with-user" && (files.is_empty() || files.contains(one.file()))
    });
    refused.for_each(|one| found.push(one));
    for (address, places) in &places {
        if let Some(answer) = answers.get(whole(address).as_str()) {
            report(address, answer, places, &mut found);
        }
    }
    let blocked = found.blocks(options.get_flag("strict"));
    let found = found.into_sorted();
    let format = options
        .get_one::<String>("format")
        .map_or("text", String::as_str);
    let pages = || explain::pages(&RuleBook::new(&[], &mut Sink::default()));
    if let Some(text) = render(format, &found, &site, pages, lang) {
        print_text(&text);
    } else {
        print_diagnostics(&found, lang);
        let count = |severity| found.iter().filter(|one| one.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let all = asked.len();
        let report = say!(
            "{all} 个外部链接：{errors} 处错误，{warnings} 处警告。",
            "{all} outside links: {errors} errors, {warnings} warnings."
        );
        print_line(report.get(lang));
    }
    Ok(if blocked {
        Ending::Faults
    } else {
        Ending::Done
    })
}

/// Where an address is written, or, where that is not found, the pages that link it.
struct Places {
    written: Vec<(Arc<SourceFile>, Span)>,
    pages: BTreeSet<String>,
}

impl Places {
    fn are_in(&self, files: &BTreeSet<String>) -> bool {
        let mut written = self.written.iter();
        written.any(|(file, _)| files.contains(&file.path))
    }
}

/// Looks for an address in the files of the site: as a page has it, and as an author may have written it.
fn find(portal: &Portal, address: &str, pages: BTreeSet<String>) -> Places {
    let mut spellings = vec![
        address.to_owned(),
        address.replace('&', "&amp;"),
        url::decode(address).into_owned(),
    ];
    // An address without a path is written with or without its slash.
    spellings.extend(address.strip_suffix('/').map(str::to_owned));
    let files = portal.files.iter().chain([&portal.source().config.file]);
    let mut written = Vec::new();
    for file in files {
        let mut found = spellings
            .iter()
            .filter_map(|text| whole_at(&file.text, text));
        written.extend(found.next().map(|span| (file.clone(), span)));
    }
    Places { written, pages }
}

/// Where a text holds an address that does not go on.
fn whole_at(text: &str, address: &str) -> Option<Span> {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || "/?=&%-_~+@:$".contains(c);
    let mut found = text
        .match_indices(address)
        .map(|(at, _)| (at, at + address.len()));
    let (start, end) = found.find(|(_, end)| !text[*end..].starts_with(goes_on))?;
    Some(Span::new(start, end))
}

/// Reports what an address answered, at every place where it is written.
fn report(address: &str, answer: &Answer, places: &Places, sink: &mut Sink) {
    let Some(report) = words(address, answer) else {
        return;
    };
    let make = || match report.clone() {
        Told::Dead(message, help) => Diagnostic::error("dead-link", message).help(help),
        Told::Local(message, help) => Diagnostic::error("local-link", message).help(help),
        Told::Untried(message, help) => Diagnostic::warning("unsure-link", message).help(help),
        Told::Unsure(message, help) => Diagnostic::note("unsure-link", message).help(help),
    };
    for (file, span) in places.written.iter().take(SHOWN) {
        sink.push(make().at(file, *span));
    }
    if places.written.is_empty() {
        let page = places.pages.first().cloned().unwrap_or_default();
        sink.push(make().in_path(page));
    }
}

/// The report of an answer, and the repair.
#[derive(Clone)]
enum Told {
    /// It does not open.
    Dead(Text, Text),
    /// It must not be there.
    Local(Text, Text),
    /// It was not asked, or did not answer in time.
    Untried(Text, Text),
    /// It may open for people.
    Unsure(Text, Text),
}

/// The report of an answer; nothing for a link that works.
fn words(address: &str, answer: &Answer) -> Option<Told> {
    let mend = say!(
        "在浏览器里打开看看；换成新的网址，或删去这个链接",
        "open it in a browser; write the new address, or take the link out"
    );
    let again = say!(
        "再运行一次；还是这样，就在浏览器里打开看看",
        "run it again; if it stays so, open it in a browser"
    );
    let public = say!(
        "应聘者打不开内网的地址；写公开的网址，或删去这个链接。行内网站可以用 --allow-host 主机:端口 放行",
        "candidates cannot open an address of a local network; write a public one, or take the link out. An intranet may allow it with --allow-host HOST:PORT"
    );
    let report = match answer {
        Answer::Works => return None,
        Answer::Gone(status) => Told::Dead(
            say!(
                "打不开：服务器回答 {status}（{address}）",
                "it does not open: the server answers {status} ({address})"
            ),
            mend,
        ),
        Answer::Refused(Refused::Unknown) => Told::Dead(
            say!(
                "打不开：没有这个网站（{address}）",
                "it does not open: there is no such host ({address})"
            ),
            mend,
        ),
        Answer::NoAnswer => Told::Dead(
            say!(
                "打不开：连不上（{address}）",
                "it does not open: nobody answers ({address})"
            ),
            mend,
        ),
        Answer::Untrusted => Told::Dead(
            say!(
                "打开时浏览器会警告：证书不可信（{address}）",
                "a browser would warn: its certificate is not trusted ({address})"
            ),
            mend,
        ),
        Answer::RedirectLoop => Told::Dead(
            say!(
                "打不开：一直转来转去（{address}）",
                "it does not open: it redirects without an end ({address})"
            ),
            mend,
        ),
        Answer::Refused(Refused::UserInfo) => Told::Local(
            say!(
                "网址里有“@”前的用户名，没有试（{address}）",
                "the address holds a name before an @ and was not tried ({address})"
            ),
            say!(
                "这种写法看上去是一个网站，打开的是另一个，是骗人的网址常用的；去掉“@”和它前面的部分",
                "such an address looks like one site and opens another, as those of frauds do; take out the @ and what stands before it"
            ),
        ),
        Answer::Refused(Refused::Private) => Told::Local(
            say!(
                "这是本机或内网的地址，没有试（{address}）",
                "this is an address of a local network and was not tried ({address})"
            ),
            public,
        ),
        Answer::Refused(Refused::Scheme | Refused::NoAddress) => Told::Local(
            say!(
                "不是 http 或 https 的网址，没有试（{address}）",
                "this is no address of http or https and was not tried ({address})"
            ),
            say!(
                "写以 https:// 开头的网址",
                "write an address that begins with https://"
            ),
        ),
        Answer::LeadsTo(to, _) => Told::Local(
            say!(
                "它会转到不能试的地址 {to}，没有跟过去（{address}）",
                "it leads on to {to}, which is never asked ({address})"
            ),
            public,
        ),
        Answer::Unsure(status) => Told::Unsure(
            say!(
                "服务器对程序回答 {status}，不一定是打不开（{address}）",
                "the server answers {status} to a program; it may open all the same ({address})"
            ),
            say!("在浏览器里打开看看", "open it in a browser"),
        ),
        Answer::Slow => Told::Untried(
            say!(
                "等了太久没有回答（{address}）",
                "no answer in time ({address})"
            ),
            again,
        ),
        Answer::TooMany => Told::Untried(
            say!(
                "同一个网站的链接太多，这个没有试（{address}）",
                "its host has too many links; this one was not tried ({address})"
            ),
            say!("用 --per-host 多试几个", "try more of them with --per-host"),
        ),
        Answer::OutOfTime => Told::Untried(
            say!(
                "时间用完了，这个没有试（{address}）",
                "the time was over before it was tried ({address})"
            ),
            say!("用 --total 多给一些时间", "give more time with --total"),
        ),
    };
    Some(report)
}

#[cfg(test)]
mod tests {
    use super::whole_at;

    #[test]
    fn an_address_is_found_where_it_ends() {
        let text = "见 https://a.example/b 和 https://a.example/。";
        let found = whole_at(text, "https://a.example/").expect("found");
        assert_eq!(&text[found.start as usize..], "https://a.example/。");
        assert!(whole_at(text, "https://a.exam").is_none());
    }
}
