//! `gangwei verify`: proves a published folder against its manifest, and against the content it was made of; of a portal on
//! the network it says how old it is. Nothing is written.

use super::arguments::{say, threads_argument};
use super::build::parse_as_of;
use super::terminal::{Ending, print_diagnostics, print_line};
use super::watch;
use crate::diagnostic::{Lang, Sink, Text, visible};
use crate::files::load_bytes;
use crate::net::is_url;
use crate::outputs::Choices;
use crate::pipeline::timings::Timings;
use crate::pipeline::{Options, Verified, hash_portal, prepare, verify_folder};
use crate::publish::Online;
use crate::publish::manifest::{GENERATOR, MANIFEST};
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgMatches, Command, ValueHint};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the list of one sort of difference shows at most.
const MOST_LISTED: usize = 20;
/// Made from an earlier portal, which a second build does not have.
const CHANGES: &str = "changes.json";

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("verify")
        .about(s(
            "核对发布出去的门户有没有被人动过",
            "Prove that a published portal is as it was made",
        ))
        .after_help(s(
            "例子：\n  gangwei verify public\n  gangwei verify public --rebuild .     用原文重做一遍，逐个文件比\n  gangwei verify https://hr.example.com/ --max-age 26h     上线的门户有没有按时重新生成",
            "Examples:\n  gangwei verify public\n  gangwei verify public --rebuild .     make it again from the content and compare every file\n  gangwei verify https://hr.example.com/ --max-age 26h     is the portal online still rebuilt?",
        ))
        .arg(
            Arg::new("dir")
                .required(true)
                .value_name(s("文件夹或网址", "DIR|URL"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s(
                    "门户所在的文件夹，或上线的网址",
                    "the portal's folder, or its address online",
                )),
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
        .arg(
            Arg::new("max-age")
                .long("max-age")
                .value_name(s("时间", "TIME"))
                .help(s(
                    "上次生成最多可以是多久以前，例如 26h；更早，或已经错过岗位的时间，退出码是 1",
                    "how long ago the last build may be, for example 26h; exit 1 where it is older, or where a posting's time was missed",
                )),
        )
        .arg(threads_argument(lang))
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let folder = options
        .get_one::<PathBuf>("dir")
        .cloned()
        .unwrap_or_else(|| ".".into());
    let most = options.get_one::<String>("max-age");
    let most = most.map(|text| watch::parse_age(text)).transpose()?;
    if let Some(place) = folder.to_str().filter(|place| is_url(place)) {
        if options.contains_id("rebuild") {
            bail!(say!(
                "--rebuild 只能用于文件夹；上线的门户先整个取回来",
                "--rebuild works on folders only; fetch the whole portal first"
            ));
        }
        return watch::run(place, most, lang);
    }
    let verified = verify_folder(&folder)?;
    report(&verified, lang);
    let mut whole = verified.is_whole();
    if let Some(site) = options.get_one::<PathBuf>("rebuild") {
        whole &= match options.get_one::<usize>("threads") {
            Some(&threads) => super::build::pool(threads)?
                .install(|| compare_rebuild(&folder, site, &verified, lang))?,
            None => compare_rebuild(&folder, site, &verified, lang)?,
        };
    }
    if most.is_some() {
        let place = folder.display().to_string();
        let read = |name| load_bytes(&folder.join(name));
        let online = Online::read(&place, &read(MANIFEST)?, &read("build.json")?)?;
        whole &= watch::judge(&online, most, lang)? == Ending::Done;
    }
    Ok(if whole { Ending::Done } else { Ending::Faults })
}

/// What stands beside the manifest.
fn report(verified: &Verified, lang: Lang) {
    let print = |text: Text| print_line(text.get(lang));
    if verified.is_interrupted {
        print(say!(
            "上次发布没有做完。在原来的站点里再运行一次 gangwei build，它会接着做完。",
            "The last publish was interrupted. Run `gangwei build` once more with the same folder; it finishes the rest."
        ));
    }
    let sorts = [
        (
            &verified.missing,
            say!(
                "少了 {0} 个文件：",
                "{0} files are missing:",
                verified.missing.len()
            ),
        ),
        (
            &verified.changed,
            say!(
                "有 {0} 个文件被改过：",
                "{0} files were changed:",
                verified.changed.len()
            ),
        ),
        (
            &verified.extra,
            say!(
                "多了 {0} 个不是 gangwei 发布的文件：",
                "{0} files were not published by gangwei:",
                verified.extra.len()
            ),
        ),
    ];
    for (paths, heading) in sorts {
        list(paths, &heading, lang);
    }
    let count = verified.manifest.files.len();
    if verified.is_whole() {
        print(say!(
            "{count} 个文件都和发布时一样。清单的校验值：{0}",
            "All {count} files are as they were published. Checksum of the manifest: {0}",
            verified.fingerprint
        ));
    } else {
        print(say!(
            "这个文件夹和发布时不一样。要恢复原样，再运行一次 gangwei build；多出来的文件它不会删，请自己移走。",
            "This folder is not as it was published. `gangwei build` restores it; files that it did not write it leaves alone: move them away yourself."
        ));
    }
}

fn list(paths: &[String], heading: &Text, lang: Lang) {
    if paths.is_empty() {
        return;
    }
    print_line(heading.get(lang));
    for path in paths.iter().take(MOST_LISTED) {
        // A name that somebody else chose may hold signs that terminals obey.
        print_line(&format!("  {}", visible(path)));
    }
    if paths.len() > MOST_LISTED {
        print_line("  …");
    }
}

/// Builds the site again in memory and compares it with the manifest.
fn compare_rebuild(folder: &Path, site: &Path, verified: &Verified, lang: Lang) -> Result<bool> {
    let choices = load_bytes(&folder.join("build.json"))
        .ok()
        .and_then(|bytes| Choices::parse(&bytes));
    let Some(choices) = choices else {
        return Err(say!(
            "{0}/build.json 读不出来，不知道门户是按哪一天生成的，没法重做一遍来比",
            "{0}/build.json cannot be read; without the day it names the portal cannot be made again",
            folder.display()
        )
        .into());
    };
    let mut sink = Sink::default();
    let options = Options {
        out: folder.to_owned(),
        base_url: choices.base_url.clone(),
        as_of: Some(parse_as_of(&choices.as_of)?),
        drafts: choices.drafts,
        revision: choices.revision(),
        portable: choices.portable,
        scheduled: true,
        ..Options::of(site.to_owned(), Timestamp::UNIX_EPOCH)
    };
    let portal = prepare(&options, &mut sink, &mut Timings::start())?;
    let blocked = sink.blocks(false);
    let Some(portal) = portal.filter(|_| !blocked) else {
        print_diagnostics(&sink.into_sorted(), lang);
        print_line(
            say!(
                "站点有错，没法重做一遍来比。",
                "The site has faults; it cannot be made again to compare."
            )
            .get(lang),
        );
        return Ok(false);
    };
    let again = hash_portal(&portal)?;
    let published = &verified.manifest.files;
    let paths: BTreeSet<&String> = again.keys().chain(published.keys()).collect();
    let different: Vec<String> = paths
        .into_iter()
        .filter(|path| *path != CHANGES && again.get(*path) != published.get(*path))
        .cloned()
        .collect();
    if different.is_empty() {
        let count = again.len();
        print_line(
            say!(
                "用 {0} 重做一遍，{count} 个文件一字不差。",
                "Made again from {0}: all {count} files are the same.",
                site.display()
            )
            .get(lang),
        );
        return Ok(true);
    }
    list(
        &different,
        &say!(
            "用 {0} 重做一遍，有 {1} 个文件不一样：",
            "Made again from {0}, {1} files differ:",
            site.display(),
            different.len()
        ),
        lang,
    );
    if verified.manifest.generator != GENERATOR {
        print_line(
            say!(
                "门户是 {0} 生成的，现在的程序是 {GENERATOR}；换回那个版本再比。",
                "The portal was made by {0} and this is {GENERATOR}; compare with that version.",
                visible(&verified.manifest.generator)
            )
            .get(lang),
        );
    }
    Ok(false)
}
