//! `gangwei links`: tries the outside links of a site. Enters: a site, or some of its files. Leaves: faults with their
//! places. Without `--allow-host`, the program never connects to a machine of a local network.

use super::arguments::{format_argument, say, strict_argument};
use super::chosen::Chosen;
use super::config::read;
use super::formats::render;
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

/// The largest number of hosts at a time.
const HOSTS: usize = 8;
/// The largest number of files in which the report shows an address.
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
            "The program connects only to the public network: addresses of local networks, names that resolve to one and redirects to one are faults, and it does not connect to them.\nExamples:\n  gangwei links\n  gangwei links content/jobs/J-2026-001.md\n  gangwei links --format json",
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
        .arg(format_argument(lang))
        .arg(strict_argument(lang))
        .arg(number("timeout", s("秒", "SECONDS"), "20", s("一个链接最多等几秒", "the time limit for one request, in seconds")))
        .arg(number("total", s("秒", "SECONDS"), "1200", s("全部最多用几秒", "the time limit for all requests together, in seconds")))
        .arg(number("per-host", "N", "50", s("同一个网站最多试几个", "the largest number of addresses of a host")))
        .arg(
            Arg::new("allow-host")
                .long("allow-host")
                .value_name(s("主机:端口", "HOST:PORT"))
                .action(ArgAction::Append)
                .hide(true)
                .help(s(
                    "这个主机和端口即使在内网也试；只为测试和行内网站",
                    "connect to this host and port even in a local network; only for tests and intranets",
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
        // Faults that only the date causes do not concern links.
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
    // Browsers resolve `//host/` with the scheme of the portal. The program assumes https.
    let whole = |address: &String| match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.clone(),
    };
    let all_addresses: BTreeSet<String> = places.keys().map(whole).collect();
    let answers = try_links(&all_addresses, &limits);
    let answers: BTreeMap<&str, &Answer> = answers
        .iter()
        .map(|Checked { address, answer }| (address.as_str(), answer))
        .collect();
    // The build refuses addresses with a user name, so no page has them. Its own faults report them.
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
        let all = all_addresses.len();
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

/// The places of an address in files, and the pages that link to it, for a report if no place is found.
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

/// Searches the files of the site for an address, in the spelling of the page and in other spellings of authors.
fn find(portal: &Portal, address: &str, pages: BTreeSet<String>) -> Places {
    let mut spellings = vec![
        address.to_owned(),
        address.replace('&', "&amp;"),
        url::decode(address).into_owned(),
    ];
    // Authors write an address without a path with or without the slash.
    spellings.extend(address.strip_suffix('/').map(str::to_owned));
    let files = portal.files.iter().chain([&portal.source().config.file]);
    let mut written = Vec::new();
    for file in files {
        let mut found = spellings
            .iter()
            .filter_map(|text| find_complete(&file.text, text));
        written.extend(found.next().map(|span| (file.clone(), span)));
    }
    Places { written, pages }
}

/// The first place of an address in a text that is not only the beginning of a longer address.
fn find_complete(text: &str, address: &str) -> Option<Span> {
    let continues = |c: char| c.is_ascii_alphanumeric() || "/?=&%-_~+@:$".contains(c);
    let mut found = text
        .match_indices(address)
        .map(|(at, _)| (at, at + address.len()));
    let (start, end) = found.find(|(_, end)| !text[*end..].starts_with(continues))?;
    Some(Span::new(start, end))
}

/// Reports the answer of an address, at the places where authors wrote it.
fn report(address: &str, answer: &Answer, places: &Places, sink: &mut Sink) {
    let Some(report) = link_report(address, answer) else {
        return;
    };
    let make = || match report.clone() {
        LinkReport::Dead(message, help) => Diagnostic::error("dead-link", message).help(help),
        LinkReport::Local(message, help) => Diagnostic::error("local-link", message).help(help),
        LinkReport::Untried(message, help) => {
            Diagnostic::warning("unsure-link", message).help(help)
        }
        LinkReport::Unsure(message, help) => Diagnostic::note("unsure-link", message).help(help),
    };
    for (file, span) in places.written.iter().take(SHOWN) {
        sink.push(make().at(file, *span));
    }
    if places.written.is_empty() {
        let page = places.pages.first().cloned().unwrap_or_default();
        sink.push(make().in_path(page));
    }
}

/// The message for an answer, and the repair, by severity.
#[derive(Clone)]
enum LinkReport {
    /// The link does not open.
    Dead(Text, Text),
    /// The address must not be in a portal.
    Local(Text, Text),
    /// The program did not try the link, or received no answer in time.
    Untried(Text, Text),
    /// The link may open in a browser.
    Unsure(Text, Text),
}

/// The report for an answer; `None` for a link that works.
fn link_report(address: &str, answer: &Answer) -> Option<LinkReport> {
    let replace = say!(
        "在浏览器里打开看看；换成新的网址，或删去这个链接",
        "open it in a browser; write the new address, or remove the link"
    );
    let again = say!(
        "再运行一次；还是这样，就在浏览器里打开看看",
        "run it again; if the result is the same, open it in a browser"
    );
    let public = say!(
        "应聘者打不开内网的地址；写公开的网址，或删去这个链接。行内网站可以用 --allow-host 主机:端口 放行",
        "candidates cannot open an address of a local network; write a public address, or remove the link. For an intranet, allow it with --allow-host HOST:PORT"
    );
    let report = match answer {
        Answer::Works => return None,
        Answer::Gone(status) => LinkReport::Dead(
            say!(
                "打不开：服务器回答 {status}（{address}）",
                "it does not open: the server answers {status} ({address})"
            ),
            replace,
        ),
        Answer::Refused(Refused::Unknown) => LinkReport::Dead(
            say!(
                "打不开：没有这个网站（{address}）",
                "it does not open: there is no such host ({address})"
            ),
            replace,
        ),
        Answer::NoAnswer => LinkReport::Dead(
            say!(
                "打不开：连不上（{address}）",
                "it does not open: no server answers ({address})"
            ),
            replace,
        ),
        Answer::Untrusted => LinkReport::Dead(
            say!(
                "打开时浏览器会警告：证书不可信（{address}）",
                "a browser would show a warning: the certificate is not trusted ({address})"
            ),
            replace,
        ),
        Answer::RedirectLoop => LinkReport::Dead(
            say!(
                "打不开：一直转来转去（{address}）",
                "it does not open: it redirects too many times ({address})"
            ),
            replace,
        ),
        Answer::Refused(Refused::UserInfo) => LinkReport::Local(
            say!(
                "网址里有“@”前的用户名，没有试（{address}）",
                "the address has a user name before an @ and was not tried ({address})"
            ),
            say!(
                "这种写法看上去是一个网站，打开的是另一个，是骗人的网址常用的；去掉“@”和它前面的部分",
                "such an address looks like one site and opens another, as in fraud; remove the @ and the part before it"
            ),
        ),
        Answer::Refused(Refused::Private) => LinkReport::Local(
            say!(
                "这是本机或内网的地址，没有试（{address}）",
                "this is an address of a local network and was not tried ({address})"
            ),
            public,
        ),
        Answer::Refused(Refused::Scheme | Refused::NoAddress) => LinkReport::Local(
            say!(
                "不是 http 或 https 的网址，没有试（{address}）",
                "this is not an address of http or https and was not tried ({address})"
            ),
            say!(
                "写以 https:// 开头的网址",
                "write an address that begins with https://"
            ),
        ),
        Answer::LeadsTo(to, _) => LinkReport::Local(
            say!(
                "它会转到不能试的地址 {to}，没有跟过去（{address}）",
                "it redirects to {to}, to which the program does not connect ({address})"
            ),
            public,
        ),
        Answer::Unsure(status) => LinkReport::Unsure(
            say!(
                "服务器对程序回答 {status}，不一定是打不开（{address}）",
                "the server answers {status} to a program; the link may still open in a browser ({address})"
            ),
            say!("在浏览器里打开看看", "open it in a browser"),
        ),
        Answer::Slow => LinkReport::Untried(
            say!(
                "等了太久没有回答（{address}）",
                "there was no answer in time ({address})"
            ),
            again,
        ),
        Answer::TooMany => LinkReport::Untried(
            say!(
                "同一个网站的链接太多，这个没有试（{address}）",
                "its host has too many links; this one was not tried ({address})"
            ),
            say!("用 --per-host 多试几个", "try more of them with --per-host"),
        ),
        Answer::OutOfTime => LinkReport::Untried(
            say!(
                "时间用完了，这个没有试（{address}）",
                "the time limit passed before this link was tried ({address})"
            ),
            say!("用 --total 多给一些时间", "allow more time with --total"),
        ),
    };
    Some(report)
}

#[cfg(test)]
mod tests {
    use super::find_complete;

    #[test]
    fn only_a_complete_address_is_found() {
        let text = "见 https://a.example/b 和 https://a.example/。";
        let found = find_complete(text, "https://a.example/").expect("found");
        assert_eq!(&text[found.start as usize..], "https://a.example/。");
        assert!(find_complete(text, "https://a.exam").is_none());
    }
}
