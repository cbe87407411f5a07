//! `gangwei init`: a starter site with the bank's own names, and the workflow that publishes it.

use super::arguments::say;
use super::new;
use super::questions::{Answers, ask, email_fault, names, telephone_fault, url_fault};
use super::starter::align_comments;
use super::terminal::{Ending, print_line};
use crate::diagnostic::Lang;
use crate::kinds::{Kind, PLACEHOLDERS};
use crate::publish::write_new;
use crate::say;
use crate::text::pinyin::latin_id;
use crate::yaml::written;
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command};
use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use std::collections::BTreeMap;
use std::io::{IsTerminal, stdin, stdout};
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
            "例子：\n  gangwei init 人才门户                  逐项问银行的名称、邮箱等\n  gangwei init 人才门户 --name 望澜银行 --mail hr@wanglan.example --url https://hr.wanglan.example/\n  gangwei init 人才门户 --yes --ci gitlab",
            "Examples:\n  gangwei init portal                    asks for the bank's name and so on\n  gangwei init portal --name \"Harbour Bank\" --mail hr@harbour.example --url https://hr.harbour.example/\n  gangwei init portal --yes --ci github",
        ))
        .arg(
            Arg::new("dir")
                .required(true)
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .help(s("新站点放在哪里", "where the new site goes")),
        )
        .arg(answer("name", lang, ("名称", "NAME"), ("银行的简称", "the bank's name")))
        .arg(answer("legal-name", lang, ("全称", "NAME"), ("营业执照上的全称", "its registered name")))
        .arg(answer("mail", lang, ("邮箱", "MAIL"), ("收简历的邮箱", "where applications are mailed")))
        .arg(answer("phone", lang, ("电话", "NUMBER"), ("招聘咨询电话", "the telephone for questions")))
        .arg(answer("url", lang, ("网址", "URL"), ("门户上线后的网址", "the URL at which the portal will be")))
        .arg(answer("units", lang, ("单位", "UNITS"), ("招聘单位，用顿号或逗号隔开", "the units that recruit, separated by commas")))
        .arg(answer("places", lang, ("地点", "PLACES"), ("工作地点，用顿号或逗号隔开", "the places of work, separated by commas")))
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(s(
                    "什么都不问；没写的先用示例，发布前再改",
                    "ask nothing; what is not given stays a sample, to be replaced before publishing",
                )),
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

/// A flag that answers one of the questions.
fn answer(
    name: &'static str,
    lang: Lang,
    value: (&'static str, &'static str),
    help: (&'static str, &'static str),
) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(say(lang, value.0, value.1))
        .help(say(lang, help.0, help.1))
}

/// The answers of the flags, which must be usable as they are.
fn answered(options: &ArgMatches, lang: Lang) -> Result<Answers> {
    let text = |name: &str| {
        let given = options.get_one::<String>(name);
        given
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let list = |name| text(name).map_or(Vec::new(), |text| names(&text));
    let answers = Answers {
        name: text("name"),
        legal_name: text("legal-name"),
        email: text("mail"),
        contact: text("phone"),
        base_url: text("url"),
        units: list("units"),
        places: list("places"),
    };
    let faults = [
        (
            "--mail",
            answers
                .email
                .as_ref()
                .and_then(|text| email_fault(text, lang)),
        ),
        (
            "--phone",
            answers
                .contact
                .as_ref()
                .and_then(|text| telephone_fault(text, lang)),
        ),
        (
            "--url",
            answers
                .base_url
                .as_ref()
                .and_then(|text| url_fault(text, lang)),
        ),
    ];
    for (flag, fault) in faults {
        if let Some(fault) = fault {
            bail!(say!("{flag}：{fault}", "{flag}: {fault}"));
        }
    }
    Ok(answers)
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
    let mut answers = answered(options, lang)?;
    if !options.get_flag("yes") && stdin().is_terminal() && stdout().is_terminal() {
        answers = ask(&mut stdin().lock(), &mut stdout().lock(), answers, lang)?;
    }
    write_starter(folder, language, &answers, lang)?;
    write_first_documents(folder, &answers, lang)?;
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
            "站点已建好：{0}\n{1}接下来：\n  gangwei serve {0}             在浏览器里看\n  gangwei new job 客户经理 {0}  写一个岗位",
            folder.display(),
            still_samples(&answers, lang),
        ),
        Lang::En => format!(
            "The site is ready: {0}\n{1}Next:\n  gangwei serve {0}                 look at it in a browser\n  gangwei new job \"Account manager\" {0}  write a posting",
            folder.display(),
            still_samples(&answers, lang),
        ),
    });
    Ok(Ending::Done)
}

/// What the settings still state of no bank; one line, or nothing.
fn still_samples(answers: &Answers, lang: Lang) -> String {
    let samples = PLACEHOLDERS.iter().filter(|sample| {
        answers.setting(sample.name, lang) == Some(say(lang, sample.zh, sample.en))
    });
    let names: Vec<&str> = samples
        .filter_map(|sample| sample.path.last())
        .map(|(zh, en)| say(lang, zh, en))
        .collect();
    match (names.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!(
            "gangwei.yaml 里还是示例的：{}；改好才能发布。\n",
            names.join("、")
        ),
        (false, Lang::En) => format!(
            "Still samples in gangwei.yaml: {}; nothing is published before they are replaced.\n",
            names.join(", ")
        ),
    }
}

fn write_starter(folder: &Path, language: &str, answers: &Answers, lang: Lang) -> Result<()> {
    fn walk(dir: &Dir, base: &Path, write: &dyn Fn(&Path, &str) -> Result<()>) -> Result<()> {
        for file in dir.files() {
            let relative = file.path().strip_prefix(base).context("starter")?;
            write(relative, file.contents_utf8().context("starter")?)?;
        }
        dir.dirs().try_for_each(|inner| walk(inner, base, write))
    }
    let dir = STARTER.get_dir(language).context("starter")?;
    walk(dir, Path::new(language), &|relative, text| {
        let text = match relative.file_name().and_then(|name| name.to_str()) {
            Some("gangwei.yaml") => align_comments(&settings(text, answers, lang)),
            Some("units.yaml") => with_entries(text, &answers.units, lang),
            Some("locations.yaml") => with_entries(text, &answers.places, lang),
            _ => text.to_owned(),
        };
        write_new(&folder.join(relative), &text)
    })
}

/// The settings with the answers in them; a line without an answer is left out.
fn settings(template: &str, answers: &Answers, lang: Lang) -> String {
    let mut out = String::new();
    for line in template.lines() {
        let marked = PLACEHOLDERS.iter().find_map(|sample| {
            let mark = format!("@{}@", sample.name);
            line.contains(&mark).then_some((sample.name, mark))
        });
        match marked {
            None => out.push_str(line),
            Some((name, mark)) => match answers.setting(name, lang) {
                Some(value) => out.push_str(&line.replace(&mark, &plain(value))),
                None => continue,
            },
        }
        out.push('\n');
    }
    out
}

/// A value as people write it: an address, a number with hyphens and a name need no quotes.
fn plain(value: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-./:@_~%+".contains(c);
    let is_plain = value.contains(['@', '-', '/'])
        && value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.chars().all(is_safe)
        && !value.ends_with(':');
    if is_plain {
        value.to_owned()
    } else {
        written(value)
    }
}

/// A vocabulary with these names in place of its samples, under the same comment; the samples where there are none.
fn with_entries(template: &str, names: &[String], lang: Lang) -> String {
    if names.is_empty() {
        return template.to_owned();
    }
    let mut out = String::new();
    for line in template.lines().take_while(|line| line.starts_with('#')) {
        out.push_str(&format!("{line}\n"));
    }
    let mut ids: Vec<String> = Vec::new();
    for name in names {
        let id = latin_id(name, &|id| ids.iter().any(|other| other == id));
        let (id_key, name_key) = (say(lang, "编号", "id"), say(lang, "名称", "name"));
        out.push_str(&format!(
            "- {id_key}: {id}\n  {name_key}: {}\n",
            written(name)
        ));
        ids.push(id);
    }
    out
}

/// One posting and one page, made as `gangwei new` makes them, filled in so that the portal has something to show.
fn write_first_documents(folder: &Path, answers: &Answers, lang: Lang) -> Result<()> {
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(zone_name(lang))?;
    let today = super::machine::today(&zone);
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
        "headcount",
        "education",
        "salary",
    ];
    let mut values: BTreeMap<&'static str, String> =
        keys.into_iter().zip(filled.map(str::to_owned)).collect();
    values.insert("closes", closes);
    // Nobody recruits for it.
    values.insert("draft", say(lang, "是", "true").to_owned());
    if let Some(unit) = answers.units.first() {
        values.insert("unit", written(unit));
    }
    if let Some(place) = answers.places.first() {
        values.insert("locations", format!("[{}]", written(place)));
    }
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
    for (kind, title, id, mut values) in documents {
        let kind = Kind::find(kind).context("kind")?;
        let stem = match kind.name {
            "job" => new::file_stem(&id, title),
            _ => id.clone(),
        };
        if stem != id {
            values.insert("id", id);
        }
        let text = new::document(kind, title, &today.to_string(), values, &vocabularies, lang);
        write_new(
            &folder.join(format!("content/{}/{stem}.md", kind.folder)),
            &super::starter::with_first_body(&text, kind, lang),
        )?;
    }
    Ok(())
}

/// The zone of a starter site.
fn zone_name(lang: Lang) -> &'static str {
    say(lang, "Asia/Shanghai", "Asia/Hong_Kong")
}

/// The workflow with this program's version, and with 00:05 of the starter's zone as the schedules need it.
fn workflow(template: &str, lang: Lang) -> Result<String> {
    let name = zone_name(lang);
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
