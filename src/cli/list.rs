//! `gangwei list`: the documents of a site in a table, one in a line. Enters: the site. Leaves: rows on standard output,
//! drafts, scheduled documents and files that could not be read included.

use super::arguments::{say, site_argument};
use super::build::site_folder;
use super::check::look;
use super::terminal::{Ending, print_diagnostics, print_line, print_text};
use crate::diagnostic::{Diagnostic, Lang, Severity, Sink, visible};
use crate::fields::{Day, VocabularyName};
use crate::kinds::{Document, KINDS, Kind};
use crate::pipeline::{JudgingScope, Options, Portal};
use crate::site::{Site, State, state_at};
use crate::text::display_width;
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every state with its name in both languages; a draft has none of the states of what is published.
const STATES: [(&str, &str); 9] = [
    ("draft", "草稿"),
    ("scheduled", "未发布"),
    ("announced", "即将开始报名"),
    ("open", "报名中"),
    ("soon", "即将截止"),
    ("closed", "已截止"),
    ("archived", "已归档"),
    ("withdrawn", "已撤回"),
    ("unread", "读不出来"),
];

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let kinds = KINDS.iter().flat_map(|kind| [kind.name, kind.noun.0]);
    let states = STATES.iter().flat_map(|(en, zh)| [*en, *zh]);
    Command::new("list")
        .about(s(
            "列出各篇的编号、标题、单位、状态、截止日期和问题数",
            "List number, title, unit, state, closing day and findings of every document",
        ))
        .after_help(s(
            "例子：\n  gangwei list --kind 岗位\n  gangwei list 人才门户 --state 草稿\n  gangwei list --json",
            "Examples:\n  gangwei list --kind job\n  gangwei list portal --state draft\n  gangwei list --json",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("kind")
                .long("kind")
                .value_name(s("类型", "KIND"))
                .value_parser(PossibleValuesParser::new(kinds))
                .hide_possible_values(true)
                .help(s(
                    "只列一类，例如 岗位 或 job",
                    "one kind only, for example job",
                )),
        )
        .arg(
            Arg::new("state")
                .long("state")
                .value_name(s("状态", "STATE"))
                .value_parser(PossibleValuesParser::new(states))
                .hide_possible_values(true)
                .help(s(
                    "只列一种状态：草稿、未发布、即将开始报名、报名中、即将截止、已截止、已归档、已撤回、读不出来",
                    "one state only: draft, scheduled, announced, open, soon, closed, archived, withdrawn, unread",
                )),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(s("写成 JSON", "as JSON")),
        )
}

/// One document.
struct Row {
    kind: &'static Kind,
    id: String,
    title: String,
    unit: String,
    state: &'static str,
    /// The day on which it closes, as ISO writes it.
    closes: Option<String>,
    errors: usize,
    warnings: usize,
    notes: usize,
    file: String,
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let with = Options {
        drafts: true,
        scope: JudgingScope::All,
        ..Options::of(site_folder(options), super::machine::now())
    };
    let (portal, sink): (Option<Portal>, Sink) = look(&with)?;
    let diagnostics = sink.into_sorted();
    let Some(portal) = portal else {
        print_diagnostics(&diagnostics, lang);
        return Ok(Ending::Faults);
    };
    let kind = options.get_one::<String>("kind");
    let kind = kind.and_then(|word| Kind::find(word));
    let state = options.get_one::<String>("state").and_then(|word| {
        let mut states = STATES.iter();
        states.find(|(en, zh)| word == en || word == zh)
    });
    let mut rows = rows(&portal, &diagnostics);
    rows.retain(|row| {
        kind.is_none_or(|kind| kind.name == row.kind.name)
            && state.is_none_or(|(name, _)| *name == row.state)
    });
    if options.get_flag("json") {
        let all: Vec<Value> = rows.iter().map(as_json).collect();
        print_line(&Value::Array(all).to_string());
    } else {
        print_text(&table(&rows, lang));
    }
    Ok(Ending::Done)
}

/// The rows by the day of closing; what never closes follows, by kind and number.
fn rows(portal: &Portal, diagnostics: &[Diagnostic]) -> Vec<Row> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for diagnostic in diagnostics {
        let place = match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        counts.entry(diagnostic.file()).or_default()[place] += 1;
    }
    let counts = |path: &str| counts.get(path).copied().unwrap_or_default();
    let site = portal.source();
    let mut read: BTreeMap<&str, Row> = BTreeMap::new();
    for document in site.all_documents() {
        let path = document.source.path.as_str();
        read.insert(path, row(document, site, counts(path)));
    }
    // A file without a document stands in its place.
    let unread = portal.files.iter().filter_map(|file| {
        let path = file.path.as_str();
        let kind = Kind::find(path.split('/').nth(1)?)?;
        let [errors, warnings, notes] = counts(path);
        let stem = path.rsplit('/').next().unwrap_or(path);
        (!read.contains_key(path)).then(|| Row {
            kind,
            id: stem.trim_end_matches(".md").to_owned(),
            title: String::new(),
            unit: String::new(),
            state: "unread",
            closes: None,
            errors,
            warnings,
            notes,
            file: path.to_owned(),
        })
    });
    let mut rows: Vec<Row> = unread.collect();
    rows.extend(read.into_values());
    let place = |row: &Row| KINDS.iter().position(|kind| kind.name == row.kind.name);
    rows.sort_by_key(|row| {
        let closes = row.closes.clone();
        (closes.is_none(), closes, place(row), row.id.clone())
    });
    rows
}

fn row(document: &Document, site: &Site, [errors, warnings, notes]: [usize; 3]) -> Row {
    let zone = &site.config.time_zone;
    let kind = document.body.as_kind();
    let closes = kind.window().closes.map(|closes| closes.day(zone));
    let closes = closes.or_else(|| kind.validity().and_then(|validity| validity.to));
    let shown = site.find_path(&document.source.path);
    let state = match shown.map(|index| site.documents[index].state) {
        _ if document.shared.draft => "draft",
        Some(state) => state_name(state),
        None => state_name(state_at(document, site.now, &site.config, None).0),
    };
    let entries = kind.entries().into_iter();
    let units = entries.filter(|(name, _)| *name == VocabularyName::Units);
    let units: Vec<&str> = units.map(|(_, entry)| entry.name.as_str()).collect();
    Row {
        kind: document.id.kind,
        id: document.id.id.clone(),
        title: document.shared.title.clone(),
        unit: units.join("、"),
        state,
        closes: closes.map(Day::iso),
        errors,
        warnings,
        notes,
        file: document.source.path.clone(),
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Scheduled => "scheduled",
        State::Announced => "announced",
        State::Open => "open",
        State::Soon => "soon",
        State::Closed => "closed",
        State::Archived => "archived",
        State::Withdrawn => "withdrawn",
    }
}

fn as_json(row: &Row) -> Value {
    json!({
        "kind": row.kind.name,
        "id": row.id,
        "title": row.title,
        "unit": (!row.unit.is_empty()).then_some(&row.unit),
        "state": row.state,
        "closes": row.closes,
        "errors": row.errors,
        "warnings": row.warnings,
        "notes": row.notes,
        "file": row.file,
    })
}

/// The widest title of a table, in cells.
const WIDEST: usize = 36;

/// Rows in columns as a terminal shows them, where a Chinese character is two cells wide.
fn table(rows: &[Row], lang: Lang) -> String {
    let s = |zh, en| say(lang, zh, en);
    if rows.is_empty() {
        return format!("{}\n", s("没有这样的文档。", "There is no such document."));
    }
    let mut lines: Vec<[String; 7]> = vec![[
        s("编号", "number").to_owned(),
        s("类型", "kind").to_owned(),
        s("标题", "title").to_owned(),
        s("单位", "unit").to_owned(),
        s("状态", "state").to_owned(),
        s("截止", "closes").to_owned(),
        s("问题", "findings").to_owned(),
    ]];
    lines.extend(rows.iter().map(|row| {
        let kind = s(row.kind.noun.0, row.kind.noun.1);
        let dash = |text: &str| if text.is_empty() { "-" } else { text }.to_owned();
        [
            shortened(&row.id),
            kind.to_owned(),
            dash(&shortened(&row.title)),
            dash(&shortened(&row.unit)),
            state_word(row, lang).to_owned(),
            dash(row.closes.as_deref().unwrap_or("")),
            findings(row, lang),
        ]
    }));
    let widths: Vec<usize> = (0..7)
        .map(|column| {
            let cells = lines.iter().map(|line| display_width(&line[column]));
            cells.max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for line in &lines {
        let mut shown = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            shown.push_str(cell);
            shown.push_str(&" ".repeat(width + 2 - display_width(cell)));
        }
        out.push_str(shown.trim_end());
        out.push('\n');
    }
    out
}

/// The state in words: kinds that take no applications are published, and not open.
fn state_word(row: &Row, lang: Lang) -> &'static str {
    let is_plain = !row.kind.applies && row.closes.is_none();
    match (row.state, lang) {
        ("open", Lang::Zh) if is_plain => "已发布",
        ("open", Lang::En) if is_plain => "published",
        (state, Lang::En) => state,
        (state, Lang::Zh) => {
            let mut states = STATES.iter();
            states.find(|(en, _)| *en == state).map_or("", |(_, zh)| zh)
        }
    }
}

fn findings(row: &Row, lang: Lang) -> String {
    let counts = [
        (row.errors, "错误", "errors"),
        (row.warnings, "警告", "warnings"),
        (row.notes, "提示", "notes"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, zh, en)| match lang {
            Lang::Zh => format!("{count} {zh}"),
            Lang::En => format!("{count} {en}"),
        })
        .collect();
    if said.is_empty() {
        "-".to_owned()
    } else {
        said.join(say(lang, "、", ", "))
    }
}

/// A text in one line that is not too wide, without what a terminal would act on.
fn shortened(text: &str) -> String {
    let text = visible(text);
    if display_width(&text) <= WIDEST {
        return text.into_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if display_width(&short) + 3 > WIDEST {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
