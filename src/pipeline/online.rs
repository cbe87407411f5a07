//! Compares a publish with the published portal. Enters: the published portal, and the new one. Leaves: nothing, or the
//! reason why the new portal must not replace it: another portal, an older day or commit, or too many changes of state.

use super::{Options, Portal};
use crate::diagnostic::{Diagnostic, Sink};
use crate::publish::Online;
use crate::say;
use crate::site::{state_at, superseded, transitions};
use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// The largest age of a change of state in an ordinary publish. Any number of postings may have such a change.
const RECENT: SignedDuration = SignedDuration::from_hours(48);

/// The published portal, with the facts and permissions from the command line.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The published portal.
    pub online: Online,
    /// The relation of its commit to the commit of the content.
    pub history: History,
    /// Whether the user allows an older day, an older commit or a rewritten history.
    pub allow_older: bool,
    /// Whether the user allows any number of changes of state at once.
    pub allow_changes: bool,
    /// Whether the user allows the publish to replace a portal of another address.
    pub allow_another: bool,
}

/// The relation of the published commit to the commit of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// One of them is unknown, so the program can compare only the days.
    Unknown,
    /// The history of the content contains the published commit.
    Ahead,
    /// The history of the published commit contains the commit of the content.
    Behind,
    /// Each has commits that the other does not have.
    Diverged,
    /// The repository does not know the published commit.
    Rewritten,
    /// The clone is shallow and has too few commits for an answer.
    Shallow,
}

/// Whether the publish must stop. Too many changes of state are a diagnostic and return `true`; the other reasons are
/// errors.
pub(super) fn refuses(options: &Options, portal: &Portal, sink: &mut Sink) -> Result<bool> {
    let Some(comparison) = &options.online else {
        return Ok(false);
    };
    refuse_another(comparison, portal)?;
    if !comparison.allow_older {
        refuse_older(comparison, portal)?;
    }
    Ok(!comparison.allow_changes && changes_too_much(comparison, portal, sink))
}

fn refuse_another(comparison: &Comparison, portal: &Portal) -> Result<()> {
    let config = &portal.source().config;
    let own = config.has_origin.then(|| config.base_url.text());
    let (place, theirs) = (&comparison.online.place, &comparison.online.build.base_url);
    if comparison.allow_another || own == *theirs {
        return Ok(());
    }
    let named = |url: Option<&str>| url.unwrap_or("-").to_owned();
    let (own, theirs) = (named(own.as_deref()), named(theirs.as_deref()));
    bail!(say!(
        "{place}：上面是另一个门户，它的网址是 {theirs}，这个站点的是 {own}。没有发布。看看 --published 和设置里的 base_url 是不是写错了；网址确实改了，就加 --allow-another 发布这一次",
        "{place}: this is another portal; its address is {theirs} and this site's is {own}. Nothing was published. Check --published and base_url in the settings; if the address has changed on purpose, publish once with --allow-another"
    ))
}

fn refuse_older(comparison: &Comparison, portal: &Portal) -> Result<()> {
    let site = portal.source();
    let Online { place, build, .. } = &comparison.online;
    let Some(then) = build.moment() else {
        bail!(Online::unreadable(place));
    };
    let zone = &site.config.time_zone;
    let day = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
    let (published, own) = (day(then), day(site.now));
    if own < published {
        bail!(say!(
            "{place}：上线的门户是按 {published} 生成的，这次是按 {own}，日期倒退了。没有发布。看看这台机器的日期；确实要退回去，就加 --allow-older",
            "{place}: the published portal is for {published} and this build is for {own}, an earlier day. Nothing was published. Check the date of this machine; to go back on purpose, add --allow-older"
        ));
    }
    let short = |commit: Option<&str>| {
        let commit = commit.unwrap_or("-").chars();
        commit
            .filter(char::is_ascii_hexdigit)
            .take(12)
            .collect::<String>()
    };
    let published = short(build.commit.as_deref());
    let of = build.revision().map(|revision| day(revision.committed));
    let of = of.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let own = site.revision.as_ref();
    let own = short(own.map(|revision| revision.commit.as_str()));
    match comparison.history {
        History::Unknown | History::Ahead => Ok(()),
        History::Behind => bail!(say!(
            "{place}：上线的是更新的提交 {published}（{of}），这次的 {own} 更旧，多半是重新运行了旧的任务。没有发布。请用分支上最新的提交；确实要退回去，就加 --allow-older",
            "{place}: the newer commit {published} ({of}) is online and this one, {own}, is older; an old job probably ran again. Nothing was published. Use the newest commit of the branch; to go back on purpose, add --allow-older"
        )),
        History::Diverged => bail!(say!(
            "{place}：上线的提交 {published}（{of}）不在现在的历史里：换了分支，或改写了历史。没有发布。换回原来的分支；确认现在的内容就是要发布的，就加 --allow-older 发布这一次",
            "{place}: the commit online, {published} ({of}), is not in this history: this is another branch, or the history was rewritten. Nothing was published. Go back to the former branch; if this content is right, publish once with --allow-older"
        )),
        History::Rewritten => bail!(say!(
            "{place}：仓库里没有上线的提交 {published}（{of}）：历史被改写过，或那次提交没有推送。没有发布。确认现在的内容就是要发布的，就加 --allow-older 发布这一次",
            "{place}: the repository does not know the commit online, {published} ({of}): the history was rewritten, or that commit was never pushed. Nothing was published. If this content is right, publish once with --allow-older"
        )),
        History::Shallow => bail!(say!(
            "{place}：这里只取了最近几次提交，没法知道上线的提交 {published}（{of}）是不是更旧。没有发布。GitHub 在 actions/checkout 下写 fetch-depth: 0，GitLab 在变量里写 GIT_DEPTH: 0；在本机运行 git fetch --unshallow",
            "{place}: only the newest commits were fetched here, so nobody can tell whether the commit online, {published} ({of}), is older. Nothing was published. On GitHub write fetch-depth: 0 under actions/checkout, on GitLab the variable GIT_DEPTH: 0; on your own machine run git fetch --unshallow"
        )),
    }
}

/// Whether more listed documents would close than the settings allow, through transitions that a portal with regular
/// builds would have shown long ago. A clock that is years ahead causes this; a campaign whose postings all closed last
/// night does not.
fn changes_too_much(comparison: &Comparison, portal: &Portal, sink: &mut Sink) -> bool {
    let site = portal.source();
    let Some(then) = comparison.online.build.moment() else {
        return false;
    };
    let (config, now) = (&site.config, site.now);
    let documents: Vec<_> = site
        .documents
        .iter()
        .map(|one| one.document.clone())
        .collect();
    let documents: &[Arc<_>] = &documents;
    let (before, after) = (
        superseded(documents, then, &config.time_zone),
        superseded(documents, now, &config.time_zone),
    );
    let mut listed = 0;
    let mut closed = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        let state = |at, superseded: &std::collections::BTreeMap<usize, Timestamp>| {
            let until = superseded.get(&place).copied();
            state_at(document, at, config, until).0
        };
        if !state(then, &before).is_listed() {
            continue;
        }
        listed += 1;
        let end = transitions(document, config, after.get(&place).copied()).end;
        let withdrawn = document.shared.withdrawn.as_ref();
        let withdrawn = withdrawn.map(|day| day.value.start(&config.time_zone));
        let turn = end.into_iter().chain(withdrawn).min();
        let is_old = turn.is_some_and(|turn| turn > then && now.duration_since(turn) > RECENT);
        if is_old && !state(now, &after).is_listed() {
            closed.push(document.id.to_string());
        }
    }
    let percent = config.max_changes;
    let count = closed.len();
    if count * 100 <= listed * percent as usize {
        return false;
    }
    let zone = &config.time_zone;
    let day = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
    let (from, to) = (day(then), day(now));
    let named = closed
        .iter()
        .take(5)
        .map(String::as_str)
        .collect::<Vec<_>>();
    let named = named.join(", ");
    sink.push(
        Diagnostic::error(
            "many-changes",
            say!(
                "上线的门户是按 {from} 生成的，这次是按 {to}：列出的 {listed} 项里有 {count} 项会一下子截止，超过了 {percent}%：{named}{}",
                "the published portal is for {from} and this build is for {to}: {count} of {listed} listed documents would close at once, more than {percent} %: {named}{}",
                if count > 5 { "…" } else { "" }
            ),
        )
        .in_path("gangwei.yaml")
        .help(say!(
            "看看这台机器的日期和 --as-of；门户确实这么久没有重建，就加 --allow-changes 再发布",
            "check the date of this machine and --as-of; if the portal really was not rebuilt for so long, publish with --allow-changes"
        )),
    );
    true
}
