//! `gangwei init`: a starter site that builds, and the workflow that publishes it.

use super::arguments::say;
use super::new;
use super::terminal::{Ending, print_line};
use crate::diagnostic::Lang;
use crate::kinds::Kind;
use crate::publish::write_new;
use crate::say;
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgMatches, Command};
use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
const GITHUB: &str = include_str!("ci/github.yml");
const GITHUB_COMMENT: &str = include_str!("ci/github-comment.yml");
const GITLAB: &str = include_str!("ci/gitlab.yml");
const RENOVATE: &str = include_str!("ci/renovate.json");

/// What a site on GitHub has: workflows, the action that fetches the program, and what renews the actions.
const ON_GITHUB: [(&str, &str); 5] = [
    (".github/workflows/portal.yml", GITHUB),
    (".github/workflows/portal-comment.yml", GITHUB_COMMENT),
    (
        ".github/workflows/portal-watch.yml",
        include_str!("ci/github-watch.yml"),
    ),
    (
        ".github/actions/gangwei/action.yml",
        include_str!("ci/github-program.yml"),
    ),
    (".github/dependabot.yml", include_str!("ci/dependabot.yml")),
];

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
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

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let folder = options.get_one::<PathBuf>("dir").context("DIR")?;
    let occupied = folder.is_file() || crate::files::has_entries(folder);
    if occupied {
        bail!(say!(
            "{0} 里已经有东西；请换一个新文件夹",
            "{0} is not empty; name a new folder",
            folder.display()
        ));
    }
    let language = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    write_starter(folder, language)?;
    write_first_documents(folder, lang)?;
    match options.get_one::<String>("ci").map(String::as_str) {
        Some("github") => {
            for (path, template) in ON_GITHUB {
                write_new(&folder.join(path), &workflow(template, lang)?)?;
            }
        }
        Some("gitlab") => {
            write_new(&folder.join(".gitlab-ci.yml"), &workflow(GITLAB, lang)?)?;
            write_new(&folder.join("renovate.json"), RENOVATE)?;
        }
        _ => {}
    }
    print_line(&match lang {
        Lang::Zh => format!(
            "站点已建好：{0}\n接下来：\n  gangwei serve {0}             在浏览器里看\n  gangwei new job 客户经理 {0}  写一个岗位",
            folder.display()
        ),
        Lang::En => format!(
            "The site is ready: {0}\nNext:\n  gangwei serve {0}                 look at it in a browser\n  gangwei new job \"Account manager\" {0}  write a posting",
            folder.display()
        ),
    });
    Ok(Ending::Done)
}

fn write_starter(folder: &Path, language: &str) -> Result<()> {
    fn walk(dir: &Dir, base: &Path, folder: &Path) -> Result<()> {
        for file in dir.files() {
            let relative = file.path().strip_prefix(base).context("starter")?;
            let text = file.contents_utf8().context("starter")?;
            write_new(&folder.join(relative), text)?;
        }
        dir.dirs().try_for_each(|inner| walk(inner, base, folder))
    }
    let dir = STARTER.get_dir(language).context("starter")?;
    walk(dir, Path::new(language), folder)
}

/// One posting and one page, made as `gangwei new` makes them, filled in so that the portal has something to show.
fn write_first_documents(folder: &Path, lang: Lang) -> Result<()> {
    let today = super::machine::today();
    let closes = today.saturating_add(60.days()).to_string();
    let (title, filled) = match lang {
        Lang::Zh => (
            "客户经理",
            [
                "总行",
                "公司金融部",
                "市场营销",
                "[上海]",
                "社会招聘",
                "全职",
                "2",
                "本科",
                "15000-25000元/月",
            ],
        ),
        Lang::En => (
            "Account manager",
            [
                "Head Office",
                "Corporate Banking",
                "Marketing",
                "[Hong Kong]",
                "social",
                "full-time",
                "2",
                "bachelor",
                "HK$30,000-40,000/month",
            ],
        ),
    };
    let keys = [
        "unit",
        "department",
        "category",
        "locations",
        "recruitment",
        "employment",
        "headcount",
        "education",
        "salary",
    ];
    let mut values: BTreeMap<&'static str, String> =
        keys.into_iter().zip(filled.map(str::to_owned)).collect();
    values.insert("closes", closes);
    let page = if lang == Lang::Zh {
        "如何应聘"
    } else {
        "How to apply"
    };
    let vocabularies = new::load_vocabularies(folder);
    let documents = [
        ("job", title, format!("J-{}-001", today.year()), values),
        ("page", page, "how-to-apply".to_owned(), BTreeMap::new()),
    ];
    for (kind, title, stem, values) in documents {
        let kind = Kind::find(kind).context("kind")?;
        let text = new::document(kind, title, &today.to_string(), values, &vocabularies, lang);
        write_new(
            &folder.join(format!("content/{}/{stem}.md", kind.folder)),
            &super::starter::with_first_body(&text, kind, lang),
        )?;
    }
    Ok(())
}

/// The workflow with this program's version, and with 00:05 of the starter's zone as the schedules need it.
fn workflow(template: &str, lang: Lang) -> Result<String> {
    let name = match lang {
        Lang::Zh => "Asia/Shanghai",
        Lang::En => "Asia/Hong_Kong",
    };
    let zone = jiff::tz::TimeZoneDatabase::bundled()
        .get(name)
        .context("time zone")?;
    // The zones of starter sites know no summer time, so that one offset holds all year.
    let utc = jiff::civil::date(2026, 1, 1)
        .at(0, 5, 0, 0)
        .to_zoned(zone)?
        .with_time_zone(jiff::tz::TimeZone::UTC);
    Ok(template
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@CRON@", &format!("{} {} * * *", utc.minute(), utc.hour()))
        .replace("@CRON_NOTE@", &format!("00:05 {name}, in UTC"))
        .replace("@ZONE@", name)
        .replace(
            "@LANG@",
            match lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            },
        ))
}
