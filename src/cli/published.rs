//! `gangwei build --published`: fetches the published portal before the build, so that an older or different portal
//! does not replace it.

use super::arguments::say;
use super::commits::{current_revision, history};
use super::terminal::error_line;
use crate::diagnostic::{Lang, visible};
use crate::net::{Fetched, clock_fault, fetch_portal, is_url};
use crate::pipeline::{Comparison, History, Options};
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgAction, ArgMatches};

/// The flags of `build` for the comparison with the published portal.
pub(super) fn arguments(lang: Lang) -> [Arg; 4] {
    let s = |zh, en| say(lang, zh, en);
    let flag = |name: &'static str, zh, en| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .requires("published")
            .help(s(zh, en))
    };
    [
        Arg::new("published")
            .long("published")
            .value_name(s("网址或文件夹", "URL|DIR"))
            .help(s(
                "已经上线的门户；先取回它的清单来比：删得太多、日期或提交倒退、不是同一个门户，都不发布",
                "the published portal; the build fetches its manifest first, and stops at too many removals, an older day or commit, or another portal",
            )),
        flag(
            "allow-older",
            "这次可以比上线的更旧，或历史改写过",
            "this publish may be older than the published portal, or of a rewritten history",
        ),
        flag(
            "allow-changes",
            "这次可以有很多内容一下子截止",
            "this publish may close many documents at once",
        ),
        flag(
            "allow-another",
            "这次可以换掉另一个网址的门户",
            "this publish may replace a portal of another address",
        ),
    ]
}

/// Fetches the portal that `--published` names, and adds the comparison to the options of the build.
pub(super) fn compare(options: &ArgMatches, build: &mut Options, lang: Lang) -> Result<()> {
    let Some(place) = options.get_one::<String>("published") else {
        return Ok(());
    };
    let stopped = |error: anyhow::Error| say!("没有发布", "nothing was published").because(error);
    build.revision = current_revision(&build.site)?;
    let fetched = fetch_portal(place, &build.out).map_err(stopped)?;
    let (online, date) = match fetched {
        Fetched::Portal(online, date) => (*online, date),
        Fetched::Nothing => {
            let text = say!(
                "{0} 上还没有门户，这是第一次发布。",
                "Nothing is published at {0} yet; this is the first publish.",
                visible(place)
            );
            error_line(text.get(lang));
            return Ok(());
        }
    };
    if build.as_of.is_none()
        && is_url(place)
        && let Some(fault) = clock_fault(build.today, date)
    {
        bail!(stopped(fault.into()));
    }
    let history = match (&build.revision, &online.build.commit) {
        (Some(_), Some(published)) => history(&build.site, published)?,
        (own, _) => {
            let text = match own {
                None => say!(
                    "注意：站点不在 git 仓库里，看不出是不是比上线的更旧，只比了日期。",
                    "Note: the site is in no git repository, so only the day shows whether it is older than the published portal."
                ),
                Some(_) => say!(
                    "注意：上线的门户没有写是哪次提交，只比了日期；这次发布以后就有了。",
                    "Note: the published portal states no commit, so only the day was compared; this publish will state one."
                ),
            };
            error_line(text.get(lang));
            History::Unknown
        }
    };
    build.online = Some(Comparison {
        online,
        history,
        allow_older: options.get_flag("allow-older"),
        allow_changes: options.get_flag("allow-changes"),
        allow_another: options.get_flag("allow-another"),
    });
    Ok(())
}
