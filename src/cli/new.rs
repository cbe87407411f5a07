//! `gangwei new`: a document with every field and its help, under the next free number.

use super::{Ending, print_line, starter};
use crate::diagnostic::{Lang, Sink};
use crate::kinds::Kind;
use crate::load::{list_files, load_text};
use crate::say;
use crate::vocabulary::{Vocabularies, Vocabulary, VocabularyName};
use crate::write::write_new;
use anyhow::{Context, Result, bail};
use clap::ArgMatches;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site: PathBuf = options
        .get_one::<PathBuf>("site")
        .cloned()
        .unwrap_or_else(|| ".".into());
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
    let today = jiff::Zoned::now().date();
    let id = free_id(&site, kind, name, today.year());
    let text = document(
        kind,
        name,
        &today.to_string(),
        BTreeMap::new(),
        &load_vocabularies(&site),
        lang,
    );
    let relative = format!("content/{}/{id}.md", kind.folder);
    write_new(&site.join(&relative), &text)?;
    let path = Path::new(&site).join(&relative);
    print_line(&match lang {
        Lang::Zh => format!(
            "已新建 {}。填好标“必填”的各项，再用 gangwei serve 看效果。",
            path.display()
        ),
        Lang::En => format!(
            "Made {}. Fill in what is marked required, then look at it with `gangwei serve`.",
            path.display()
        ),
    });
    Ok(Ending::Done)
}

/// The text of a new document with its title and day; `values` are written as they are.
pub fn document(
    kind: &Kind,
    title: &str,
    today: &str,
    mut values: BTreeMap<&'static str, String>,
    vocabularies: &Vocabularies,
    lang: Lang,
) -> String {
    values.insert("title", yaml_text(title));
    if kind.name != "page" {
        values.insert("published", today.to_owned());
    }
    starter::document(kind, &values, vocabularies, lang)
}

/// A text as YAML: plain where that is safe, else in double quotes.
fn yaml_text(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || " ，。、（）-".contains(c))
        && text.starts_with(|c: char| c.is_alphabetic())
        && !["true", "false", "null", "yes", "no"].contains(&text.to_lowercase().as_str());
    match plain {
        true => text.to_owned(),
        false => serde_json::Value::from(text).to_string(),
    }
}

/// The vocabularies of a site, for the allowed values.
pub fn load_vocabularies(site: &Path) -> Vocabularies {
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

/// The next number of the kind's folder: `J-2026-036` gives `J-2026-037`. A name that can be an id of its own is one.
fn free_id(site: &Path, kind: &Kind, name: &str, year: i16) -> String {
    let mut sink = Sink::default();
    let stems: BTreeSet<String> = list_files(site, &format!("content/{}", kind.folder), &mut sink)
        .iter()
        .filter_map(|found| {
            found
                .path
                .rsplit('/')
                .next()?
                .strip_suffix(".md")
                .map(str::to_owned)
        })
        .collect();
    let own = kind.name != "job"
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if own && !stems.contains(name) {
        return name.to_owned();
    }
    let numbered = stems.iter().filter_map(|stem| {
        let digits = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (prefix, number) = stem.split_at(stem.len() - digits);
        Some((prefix, digits, number.parse::<u64>().ok()?))
    });
    let this_year = format!("-{year}-");
    let last = numbered.max_by_key(|(prefix, _, number)| (prefix.contains(&this_year), *number));
    let (prefix, width, mut number) = match last {
        Some((prefix, width, number)) => (prefix.to_owned(), width, number + 1),
        None if kind.name == "job" => (format!("J-{year}-"), 3, 1),
        None => (format!("{}-", kind.name), 3, 1),
    };
    loop {
        let id = format!("{prefix}{number:0width$}");
        if !stems.contains(&id) {
            return id;
        }
        number += 1;
    }
}
