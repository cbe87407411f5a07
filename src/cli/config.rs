//! `gangwei config`: prints the value in effect of a setting. Workflows call it instead of reading YAML.

use super::arguments::say;
use super::terminal::{Ending, print_diagnostics, print_line};
use crate::diagnostic::{Lang, Sink, visible};
use crate::fields::{DisplayValue, Record, nearest};
use crate::kinds::Config;
use crate::pipeline::{Options, load_settings};
use crate::say;
use crate::text::fold;
use anyhow::{Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("config")
        .about(s(
            "显示一项设置实际的值，不写名字就列出全部",
            "Print the value in effect of a setting, or of all settings",
        ))
        .after_help(s(
            "例子：\n  gangwei config                  列出全部\n  gangwei config base_url          只要一个值\n  gangwei config 发布.最多删去 站点",
            "Examples:\n  gangwei config                  all settings\n  gangwei config base_url          one value\n  gangwei config publish.max_removals site",
        ))
        .arg(Arg::new("key").value_name(s("设置", "KEY")).help(s(
            "中文或英文的名字，下一层用点隔开，例如 发布.最多删去",
            "its Chinese or English name, with dots between levels, such as publish.max_removals",
        )))
        .arg(
            Arg::new("site")
                .value_name(s("站点", "SITE"))
                .value_parser(clap::value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s(
                    "站点所在的文件夹（不写则是当前文件夹）",
                    "the site's folder (here by default)",
                )),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(s("写成 JSON", "as JSON")),
        )
}

/// One setting.
struct Setting {
    key: String,
    zh: String,
    value: Value,
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let mut key = options.get_one::<String>("key").cloned();
    let mut site = options.get_one::<PathBuf>("site").cloned();
    // `gangwei config SITE` lists the settings of that site.
    if site.is_none()
        && let Some(folder) = key.as_ref().map(PathBuf::from)
        && folder.join("gangwei.yaml").is_file()
    {
        (key, site) = (None, Some(folder));
    }
    let Some(config) = read(&site.unwrap_or_else(|| ".".into()), lang)? else {
        return Ok(Ending::Faults);
    };
    let settings = flatten(&config);
    let found: Vec<&Setting> = match &key {
        None => settings.iter().collect(),
        Some(key) => find(&settings, key),
    };
    let is_one = |key: &String| found.iter().any(|one| is_named(one, key));
    match &key {
        Some(key) if found.is_empty() => bail!(unknown(key, &settings)),
        Some(key) if is_one(key) && options.get_flag("json") => {
            print_line(&found[0].value.to_string());
        }
        Some(key) if is_one(key) => print_value(&found[0].value),
        _ if options.get_flag("json") => {
            let entries = found.iter().map(|one| (one.key.clone(), one.value.clone()));
            print_line(&Value::Object(entries.collect::<Map<_, _>>()).to_string());
        }
        _ => {
            for one in found {
                let key = match lang {
                    Lang::Zh => &one.zh,
                    Lang::En => &one.key,
                };
                print_line(&format!("{key}: {}", in_line(&one.value)));
            }
        }
    }
    Ok(Ending::Done)
}

/// Reads the settings of a site. If they have faults, prints these and returns `None`.
pub(super) fn read(site: &Path, lang: Lang) -> Result<Option<Config>> {
    let mut sink = Sink::default();
    let options = Options::of(site.to_owned(), Timestamp::UNIX_EPOCH);
    let config = load_settings(&options, &mut sink)?;
    let blocks = sink.blocks(false);
    print_diagnostics(&sink.into_sorted(), lang);
    Ok(config.filter(|_| !blocks))
}

fn flatten(config: &Config) -> Vec<Setting> {
    let settings = config.resolved();
    let mut found = Vec::new();
    for (field, displayed) in settings.display_fields() {
        add(
            field.key.to_owned(),
            field.zh.to_owned(),
            &displayed,
            &mut found,
        );
    }
    found
}

fn add(key: String, zh: String, displayed: &DisplayValue<'_>, found: &mut Vec<Setting>) {
    if let DisplayValue::Record(fields) = displayed {
        for (field, inner) in fields {
            let key = format!("{key}.{}", field.key);
            add(key, format!("{zh}.{}", field.zh), inner, found);
        }
        return;
    }
    found.push(Setting {
        key,
        zh,
        value: json(displayed),
    });
}

/// A value for programs: a choice by its English name, and a day in the format of ISO 8601.
fn json(displayed: &DisplayValue<'_>) -> Value {
    match displayed {
        DisplayValue::Text(text) => Value::from(text.as_ref()),
        DisplayValue::Number(number) => Value::from(*number),
        DisplayValue::Flag(flag) => Value::from(*flag),
        DisplayValue::Choice(choice) => Value::from(choice.id),
        DisplayValue::Day(day) => Value::from(day.0.to_string()),
        DisplayValue::Document(_, id) => Value::from(*id),
        DisplayValue::List(items) => items.iter().map(json).collect(),
        DisplayValue::Record(fields) => {
            let fields = fields
                .iter()
                .map(|(field, one)| (field.key.to_owned(), json(one)));
            Value::Object(fields.collect())
        }
        DisplayValue::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(name, one)| ((*name).to_owned(), json(one)));
            Value::Object(entries.collect())
        }
        // `Nothing` is a setting without a value. No setting has a value of the other types.
        DisplayValue::Nothing
        | DisplayValue::Moment(_)
        | DisplayValue::Salary(_)
        | DisplayValue::Headcount(_)
        | DisplayValue::Experience(_)
        | DisplayValue::Entry(..)
        | DisplayValue::Period { .. } => Value::Null,
    }
}

/// A name for comparison: case, width and script are folded, and `-` equals `_`.
fn plain(name: &str) -> String {
    fold(name).replace('-', "_").replace('。', ".")
}

fn is_named(one: &Setting, key: &str) -> bool {
    let key = plain(key);
    plain(&one.key) == key || plain(&one.zh) == key
}

/// The setting with this name, or all settings below it.
fn find<'a>(settings: &'a [Setting], key: &str) -> Vec<&'a Setting> {
    let own: Vec<&Setting> = settings.iter().filter(|one| is_named(one, key)).collect();
    if !own.is_empty() {
        return own;
    }
    let prefix = format!("{}.", plain(key));
    let is_below = |name: &str| plain(name).starts_with(&prefix);
    let found = settings.iter();
    found
        .filter(|one| is_below(&one.key) || is_below(&one.zh))
        .collect()
}

fn unknown(key: &str, settings: &[Setting]) -> crate::diagnostic::Text {
    let names = settings
        .iter()
        .flat_map(|one| [one.key.as_str(), one.zh.as_str()]);
    let near = nearest(key, names);
    let key = visible(key);
    if near.is_empty() {
        return say!(
            "没有“{key}”这项设置；gangwei config 列出全部",
            "there is no setting `{key}`; `gangwei config` lists them all"
        );
    }
    let near = near.join(" / ");
    say!(
        "没有“{key}”这项设置。是不是 {near}？",
        "there is no setting `{key}`. Did you mean {near}?"
    )
}

/// Prints only a value: each item of a list on its own line, and an empty line for a setting without a value.
fn print_value(value: &Value) {
    match value {
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            for item in items {
                print_line(&in_line(item));
            }
        }
        value => print_line(&in_line(value)),
    }
}

fn in_line(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace('\n', " "),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::Object(entries) if entries.is_empty() => String::new(),
        value => value.to_string(),
    }
}
