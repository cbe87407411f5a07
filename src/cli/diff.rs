//! `gangwei diff`: shows what a change will do to the portal, from two portals, two sites or two commits. It writes
//! only copies of commits, in temporary folders.

use super::arguments::{as_of_argument, say};
use super::build::{parse_as_of, site_folder};
use super::commits::{branching_point, export, split_range};
use super::terminal::{Ending, print_diagnostics, print_text};
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::files::load_bytes;
use crate::outputs::Choices;
use crate::pipeline::timings::Timings;
use crate::pipeline::{
    AsOf, Options, Portal, folder_snapshot, look_at_all, portal_snapshot, prepare,
};
use crate::publish::manifest::MANIFEST;
use crate::review::{Snapshot, render_markdown, review};
use crate::say;
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgMatches, Command, ValueHint};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// One side of the comparison.
enum Side {
    /// A published folder.
    Output { name: String, folder: PathBuf },
    /// A site. The site of a commit is in a temporary folder.
    Site {
        name: String,
        folder: PathBuf,
        _kept: Option<TempDir>,
    },
    /// A commit without a site.
    Nothing { name: String },
}

/// A side, with the portal that was made from it if it is a site.
struct Made {
    side: Side,
    portal: Option<(Portal, Vec<Diagnostic>)>,
}

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
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

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let text = |name: &str| options.get_one::<String>(name).cloned();
    let (old, new) = sides(&text("old").context("OLD")?, text("new"), &site)?;
    let as_of = text("as-of").map(|text| parse_as_of(&text)).transpose()?;
    let settings = Settings {
        as_of,
        // The clock is read once, so that both sides are made for the same day.
        today: super::machine::now(),
        choices: match (&old, &new) {
            (Side::Output { folder, .. }, Side::Site { .. })
            | (Side::Site { .. }, Side::Output { folder, .. }) => choices(folder)?,
            _ => None,
        },
    };
    let (old, new) = (settings.make(old, lang)?, settings.make(new, lang)?);
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(Ending::Faults);
    };
    let found = review(&old.snapshot(lang)?, &new.snapshot(lang)?, &look_at_all)?;
    print_text(&match text("format").as_deref() {
        Some("json") => serde_json::to_string_pretty(&found).context("json")? + "\n",
        _ => render_markdown(&found, lang),
    });
    Ok(Ending::Done)
}

fn sides(old: &str, new: Option<String>, site: &Path) -> Result<(Side, Side)> {
    let Some(new) = new else {
        let Some((old, new, is_branch)) = split_range(old).filter(|_| !Path::new(old).exists())
        else {
            bail!(say!(
                "还要写上和什么比：gangwei diff {old} 新的，或 gangwei diff 旧..新",
                "say what to compare it with: gangwei diff {old} NEW, or gangwei diff OLD..NEW"
            ));
        };
        let from = if is_branch {
            branching_point(site, &old, &new)?
        } else {
            old.clone()
        };
        return Ok((
            commit(&old, &from, site)?,
            required(commit(&new, &new, site)?)?,
        ));
    };
    Ok((side(old, site)?, required(side(&new, site)?)?))
}

/// Refuses a new side without a site; only the old side may have none.
fn required(side: Side) -> Result<Side> {
    match side {
        Side::Nothing { name } => bail!(say!(
            "提交 {name} 里没有 gangwei.yaml；站点在仓库的子文件夹里时，用 --site 指明",
            "commit {name} has no gangwei.yaml; where the site lies in a folder of the repository, name it with --site"
        )),
        side => Ok(side),
    }
}

fn side(text: &str, site: &Path) -> Result<Side> {
    let folder = PathBuf::from(text);
    let name = text.to_owned();
    if folder.join(MANIFEST).is_file() {
        return Ok(Side::Output { name, folder });
    }
    if folder.join("gangwei.yaml").is_file() {
        return Ok(Side::Site {
            name,
            folder,
            _kept: None,
        });
    }
    if folder.exists() {
        bail!(say!(
            "“{text}”既不是生成的门户（缺 {MANIFEST}），也不是站点（缺 gangwei.yaml）",
            "`{text}` is neither a built portal (no {MANIFEST}) nor a site (no gangwei.yaml)"
        ));
    }
    commit(text, text, site)
}

fn commit(name: &str, revision: &str, site: &Path) -> Result<Side> {
    let name = name.to_owned();
    Ok(match export(site, revision)? {
        Some(kept) => Side::Site {
            name,
            folder: kept.path().to_owned(),
            _kept: Some(kept),
        },
        None => Side::Nothing { name },
    })
}

/// The choices in `build.json`; `None` for a portal of an earlier version of the program, which wrote no such file.
fn choices(folder: &Path) -> Result<Option<Choices>> {
    let path = folder.join("build.json");
    if !path.is_file() {
        return Ok(None);
    }
    let choices = Choices::parse(&load_bytes(&path)?);
    choices
        .with_context(|| format!("{}", path.display()))
        .map(Some)
}

/// The settings with which sites are built: for one moment, and like the published folder on the other side.
struct Settings {
    as_of: Option<AsOf>,
    today: Timestamp,
    choices: Option<Choices>,
}

impl Settings {
    /// Makes the portal of a side. If faults prevent it, prints them and returns `None`.
    fn make(&self, side: Side, lang: Lang) -> Result<Option<Made>> {
        let Side::Site { folder, .. } = &side else {
            return Ok(Some(Made { side, portal: None }));
        };
        let choices = self.choices.as_ref();
        let published = choices
            .map(|choices| parse_as_of(&choices.as_of))
            .transpose()?;
        let options = Options {
            base_url: choices.and_then(|choices| choices.base_url.clone()),
            as_of: self.as_of.or(published),
            drafts: choices.is_some_and(|choices| choices.drafts),
            portable: choices.is_some_and(|choices| choices.portable),
            allow_removals: true,
            ..Options::of(folder.clone(), self.today)
        };
        let mut sink = Sink::default();
        let portal = prepare(&options, &mut sink, &mut Timings::start())?;
        let diagnostics = sink.into_sorted();
        Ok(if let Some(portal) = portal {
            Some(Made {
                side,
                portal: Some((portal, diagnostics)),
            })
        } else {
            print_diagnostics(&diagnostics, lang);
            None
        })
    }
}

impl Made {
    fn snapshot(&self, lang: Lang) -> Result<Snapshot<'_>> {
        match (&self.side, &self.portal) {
            (Side::Output { name, folder }, _) => folder_snapshot(name, folder),
            (Side::Site { name, .. }, Some((portal, diagnostics))) => {
                portal_snapshot(name, portal, diagnostics, lang)
            }
            (Side::Site { name, .. } | Side::Nothing { name }, _) => Ok(Snapshot {
                name: name.clone(),
                files: BTreeMap::new(),
                read: Box::new(|path| bail!("{path}")),
                source: None,
            }),
        }
    }
}
