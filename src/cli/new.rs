//! `gangwei new`: a document with the fields needed first and their help, under the next free number.

use super::arguments::{say, site_argument};
use super::build::site_folder;
use super::starter;
use super::terminal::{Ending, print_line};
use crate::diagnostic::{Lang, Sink};
use crate::fields::{Vocabularies, Vocabulary, VocabularyName};
use crate::files::{list_files, load_text};
use crate::kinds::{KEYS, KINDS, Kind};
use crate::pipeline::{Options, load_settings};
use crate::publish::write_new;
use crate::say;
use crate::text::SourceFile;
use crate::yaml::{Value, parse_yaml, split_front_matter, written};
use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Digits of the longest number that the next document counts on from.
const MOST_DIGITS: usize = 18;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let mut kinds: Vec<&'static str> = KINDS.iter().map(|kind| kind.name).collect();
    kinds.extend(KINDS.iter().map(|kind| kind.noun.0));
    Command::new("new")
        .about(s(
            "写一篇新文档，要填的各项都有说明",
            "Write a new document with the fields to fill in explained",
        ))
        .after_help(s(
            "例子：\n  gangwei new job 客户经理\n  gangwei new 公告 面试通知",
            "Examples:\n  gangwei new job \"Account manager\"\n  gangwei new notice \"Interviews\"",
        ))
        .arg(
            Arg::new("kind")
                .required(true)
                .value_name(s("类型", "KIND"))
                .value_parser(PossibleValuesParser::new(kinds))
                .hide_possible_values(true)
                .help(kinds_in_words(lang)),
        )
        .arg(
            Arg::new("name")
                .required(true)
                .value_name(s("标题", "NAME"))
                .help(s("文档的标题", "the document's title")),
        )
        .arg(site_argument(lang))
}

/// The kinds by their names, as help lists them.
fn kinds_in_words(lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let kinds = KINDS
                .iter()
                .map(|kind| format!("{} {}", kind.name, kind.noun.0));
            kinds.collect::<Vec<_>>().join("、")
        }
        Lang::En => {
            let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            match kinds.split_last() {
                Some((last, others)) => format!("{} or {last}", others.join(", ")),
                None => String::new(),
            }
        }
    }
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let word = options.get_one::<String>("kind").map_or("", String::as_str);
    let name = options.get_one::<String>("name").map_or("", String::as_str);
    let kind = Kind::find(word).context("kind")?;
    if !site.join("gangwei.yaml").is_file() {
        bail!(say!(
            "{0} 不是站点：没有 gangwei.yaml。先用 gangwei init 建一个",
            "{0} is no site: it has no gangwei.yaml; make one with `gangwei init`",
            site.display()
        ));
    }
    let today = super::machine::today(&time_zone(&site));
    let id = free_id(&site, kind, name, today.year());
    let yes = match lang {
        Lang::Zh => "是",
        Lang::En => "true",
    };
    // What is not written yet must not be published.
    let mut values = BTreeMap::from([("draft", yes.to_owned())]);
    let stem = file_stem(&id, name);
    if stem != id {
        values.insert("id", id);
    }
    let text = document(
        kind,
        name,
        &today.to_string(),
        values,
        &load_vocabularies(&site),
        lang,
    );
    let relative = format!("content/{}/{stem}.md", kind.folder);
    write_new(&site.join(&relative), &text)?;
    // Shown with the separators of the system.
    let path: PathBuf = site.join(&relative).components().collect();
    print_line(&match lang {
        Lang::Zh => format!(
            "已新建 {}，现在是草稿。填好标“必填”的各项，用 gangwei serve 看效果；写好后删去“草稿”一行，才会发布。",
            path.display()
        ),
        Lang::En => format!(
            "Made {}, a draft. Fill in what is marked required and look at it with `gangwei serve`; it is published once the line `draft` is gone.",
            path.display()
        ),
    });
    Ok(Ending::Done)
}

/// The text of a new document with its title and day; `values` are written as they are.
pub(super) fn document(
    kind: &Kind,
    title: &str,
    today: &str,
    mut values: BTreeMap<&'static str, String>,
    vocabularies: &Vocabularies,
    lang: Lang,
) -> String {
    values.insert("title", written(title));
    if kind.name != "page" {
        values.insert("published", today.to_owned());
    }
    starter::document(kind, &values, vocabularies, lang)
}

/// The zone in which the site's days begin: the one of its settings, or the usual one where they cannot be read.
fn time_zone(site: &Path) -> TimeZone {
    let options = Options::of(site.to_owned(), Timestamp::UNIX_EPOCH);
    let config = load_settings(&options, &mut Sink::default());
    let config = config.ok().flatten();
    config.map_or_else(TimeZone::system, |config| config.time_zone)
}

/// The most characters of a title in the name of a file.
const LONGEST_TITLE: usize = 40;

/// The name of a new file without its ending: the number, and the title by which people tell files apart.
pub(super) fn file_stem(id: &str, title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let title: String = words.join("-").chars().take(LONGEST_TITLE).collect();
    let title = title.trim_end_matches('-');
    if title.is_empty() || title.eq_ignore_ascii_case(id) || words.join("-") == id {
        id.to_owned()
    } else {
        format!("{id}-{title}")
    }
}

/// The vocabularies of a site, for the allowed values.
pub(super) fn load_vocabularies(site: &Path) -> Vocabularies {
    let mut sink = Sink::default();
    let mut vocabularies = Vocabularies::default();
    for name in VocabularyName::ALL {
        let path = format!("content/{}.yaml", name.folder());
        for found in list_files(site, &path, &mut sink) {
            if let Some(file) = load_text(&found, &mut sink) {
                vocabularies.set(name, Vocabulary::parse(&file, name, &mut sink));
            }
        }
    }
    vocabularies
}

/// The next number of the kind's folder: `J-2026-036` gives `J-2026-037`, and a new year begins at 001.
/// A name that can be an id of its own is one.
fn free_id(site: &Path, kind: &Kind, name: &str, year: i16) -> String {
    let taken = taken_ids(site, kind);
    let is_free = |id: &str| !taken.contains(&id.to_lowercase());
    let own = kind.name != "job"
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if own && is_free(name) {
        return name.to_owned();
    }
    let (mut prefix, mut width, mut number) = match kind.name {
        "job" => (format!("J-{year}-"), 3, 1),
        name => (format!("{name}-"), 3, 1),
    };
    let numbered = taken.iter().filter_map(|id| {
        let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, digits) = id.split_at(id.len() - digits);
        // Nobody counts that far: a longer one is a name.
        if digits.len() > MOST_DIGITS {
            return None;
        }
        Some((before, digits.len(), digits.parse::<u64>().ok()?))
    });
    let this_year = format!("-{year}-");
    let last = numbered
        .max_by_key(|(before, _, number)| (before.contains(&this_year), year_of(before), *number));
    if let Some((before, digits, last)) = last {
        width = digits;
        match year_of(before) {
            Some(old) if old != year => prefix = before.replace(&format!("-{old}-"), &this_year),
            _ => (prefix, number) = (before.to_owned(), last + 1),
        }
        // Ids are compared in lower case and written as the kind's own are.
        if kind.name == "job" {
            prefix = prefix.to_uppercase();
        }
    }
    loop {
        let id = format!("{prefix}{number:0width$}");
        if is_free(&id) {
            return id;
        }
        number += 1;
    }
}

/// The year in `J-2025-`.
fn year_of(prefix: &str) -> Option<i16> {
    let year = prefix.split('-').find(|part| part.len() == 4)?;
    year.parse().ok().filter(|year| (1900..3000).contains(year))
}

/// Ids in use, in lower case: names of files, and ids written in them.
fn taken_ids(site: &Path, kind: &Kind) -> BTreeSet<String> {
    let mut sink = Sink::default();
    let mut taken = BTreeSet::new();
    for found in list_files(site, &format!("content/{}", kind.folder), &mut sink) {
        let Some(stem) = found
            .path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".md"))
        else {
            continue;
        };
        let written =
            load_text(&found, &mut sink).and_then(|file| written_id(&file, kind, &mut sink));
        if let Some(id) = written {
            taken.insert(id.to_lowercase());
        } else {
            // A file whose text cannot be read may still have the number that its name begins with.
            taken.extend(number_of(stem).map(str::to_lowercase));
            taken.insert(stem.to_lowercase());
        }
    }
    taken
}

/// The number before the title in the name of a file: `J-2026-001` of `J-2026-001-客户经理`.
fn number_of(stem: &str) -> Option<&str> {
    let ends = stem.match_indices('-').map(|(end, _)| &stem[..end]);
    let mut ends = ends.filter(|before| {
        let digits = before.rsplit('-').next().unwrap_or("");
        let is_year = digits.len() == 4 && before.matches('-').count() == 1;
        digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit()) && !is_year
    });
    ends.next()
}

fn written_id(file: &Arc<SourceFile>, kind: &Kind, sink: &mut Sink) -> Option<String> {
    let split = split_front_matter(file, &*KEYS, sink)?;
    let Value::Map(entries) = parse_yaml(file, split.yaml, &*KEYS, sink)?.value else {
        return None;
    };
    let names = ["id", "编号", kind.id_zh];
    entries
        .into_iter()
        .find_map(|(key, node)| match node.value {
            Value::Scalar(text) if names.contains(&key.folded.as_str()) => Some(text),
            _ => None,
        })
}
