//! `gangwei due`: tells whether the published portal needs a new build. Exit codes: 0 yes, 3 not yet, 2 unknown.

use super::arguments::{say, site_argument};
use super::build::site_folder;
use super::commits::current_revision;
use super::config;
use super::terminal::{Ending, print_line};
use crate::diagnostic::{Lang, Text, visible};
use crate::net::fetch_build_info;
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// The largest age of a build. An older portal needs a new build, even if no state has changed.
const OLD: SignedDuration = SignedDuration::from_hours(24);

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("due")
        .about(s(
            "已经上线的门户到没到要重新生成的时候",
            "Check whether the published portal needs a new build",
        ))
        .after_help(s(
            "退出码：0 要重新生成，3 还不用，2 没法知道\n例子：\n  gangwei due\n  gangwei due --published https://hr.example.com/ --json",
            "Exit code: 0 it needs a new build, 3 not yet, 2 unknown\nExamples:\n  gangwei due\n  gangwei due --published https://hr.example.com/ --json",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("published")
                .long("published")
                .value_name(s("网址或文件夹", "URL|DIR"))
                .help(s(
                    "已经上线的门户（不写则是设置里的网址）",
                    "the published portal (the address in the settings by default)",
                )),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(s("写成 JSON", "as JSON")),
        )
}

/// The reason why a portal needs a new build, or `Nothing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    First,
    Commit,
    Change,
    Old,
    Nothing,
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let place = match options.get_one::<String>("published") {
        Some(place) => place.clone(),
        None => match config::read(&site, lang)? {
            Some(config) if config.has_origin => config.base_url.text(),
            Some(_) => bail!(say!(
                "设置里没有 base_url，不知道门户在哪里；写上它，或用 --published 指明",
                "the settings have no base_url, so the address of the portal is unknown; write base_url, or name the portal with --published"
            )),
            None => return Ok(Ending::Faults),
        },
    };
    let now = super::machine::now();
    let build = fetch_build_info(&place)?;
    let (next_change, built_at) = match &build {
        None => (None, None),
        Some(build) => {
            let (Ok(next_change), Some(built_at)) = (build.turn(), build.moment()) else {
                bail!(crate::publish::Online::unreadable(&place));
            };
            (next_change, Some(built_at))
        }
    };
    let published = build.as_ref().and_then(|build| build.commit.as_deref());
    let own = match published {
        Some(_) if site.join("gangwei.yaml").is_file() => current_revision(&site)?,
        _ => None,
    };
    // This repeats a publish that failed, or that another run replaced while it waited.
    let has_moved = published
        .zip(own)
        .is_some_and(|(published, own)| published != own.commit);
    let reason = match judge(now, next_change, built_at) {
        Reason::Nothing if has_moved => Reason::Commit,
        reason => reason,
    };
    let is_due = reason != Reason::Nothing;
    if options.get_flag("json") {
        let named = match reason {
            Reason::First => "first",
            Reason::Commit => "commit",
            Reason::Change => "change",
            Reason::Old => "old",
            Reason::Nothing => "nothing",
        };
        let build = build.as_ref();
        let answer = json!({
            "due": is_due,
            "reason": named,
            "as_of": build.map(|build| &build.as_of),
            "next_change": build.and_then(|build| build.next_change.as_ref()),
            "commit": build.and_then(|build| build.commit.as_ref()),
        });
        print_line(&answer.to_string());
    } else {
        let next = build.and_then(|build| build.next_change);
        print_line(message(reason, next.as_deref(), &visible(&place)).get(lang));
    }
    Ok(if is_due { Ending::Done } else { Ending::Idle })
}

fn judge(now: Timestamp, next_change: Option<Timestamp>, built_at: Option<Timestamp>) -> Reason {
    match built_at {
        None => Reason::First,
        Some(_) if next_change.is_some_and(|change| change <= now) => Reason::Change,
        Some(built_at) if now.duration_since(built_at) > OLD => Reason::Old,
        Some(_) => Reason::Nothing,
    }
}

fn message(reason: Reason, next: Option<&str>, place: &str) -> Text {
    let next = next.unwrap_or_default();
    match reason {
        Reason::First => say!(
            "要生成：{place} 上还没有门户。",
            "Build it: nothing is published at {place} yet."
        ),
        Reason::Commit => say!(
            "要生成：上线的不是这里的提交。",
            "Build it: the published portal is of another commit than this site."
        ),
        Reason::Change => say!(
            "要生成：有内容在 {next} 到了时间。",
            "Build it: a document changed its state at {next}."
        ),
        Reason::Old => say!(
            "要生成：上次生成已经过了一天。",
            "Build it: the last build is more than a day old."
        ),
        Reason::Nothing if next.is_empty() => say!(
            "还不用：没有内容会到时间。",
            "Not yet: no document will change its state."
        ),
        Reason::Nothing => say!(
            "还不用：下一次在 {next}。",
            "Not yet: the next change is at {next}."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_is_due_when_a_time_has_come_or_a_day_has_passed() {
        let at = |text: &str| text.parse::<Timestamp>().expect("time");
        let now = at("2026-12-01T10:00:00Z");
        let made = Some(at("2026-12-01T00:05:00Z"));
        assert_eq!(judge(now, None, None), Reason::First);
        assert_eq!(judge(now, None, made), Reason::Nothing);
        assert_eq!(judge(now, Some(now), made), Reason::Change);
        assert_eq!(
            judge(now, Some(at("2026-12-01T10:00:01Z")), made),
            Reason::Nothing
        );
        assert_eq!(
            judge(now, None, Some(at("2026-11-30T09:59:59Z"))),
            Reason::Old
        );
    }
}
