//! `gangwei explain`: what a code means, on what ground, and how to repair it. Enters: a code, or nothing. Leaves: its page
//! or the list of all codes on standard output. Nothing here may call a text lawful.

use super::arguments::say;
use super::fault_pages::fault_pages;
use super::terminal::{Ending, print_text};
use crate::diagnostic::{FaultPage, Lang, Severity, Sink, Text};
use crate::fields::{did_you_mean, nearest};
use crate::kinds::Kind;
use crate::rules::{CompiledRule, Law, RuleBook};
use crate::say;
use anyhow::Result;
use clap::{Arg, ArgMatches, Command};
use std::fmt::Write;

/// The command and its flags.
pub fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("explain")
        .about(s(
            "说明一个代号：什么意思、依据什么、怎么改",
            "Explain a code: what it means, on what ground, how to repair it",
        ))
        .after_help(s(
            "例子：\n  gangwei explain age-limit\n  gangwei explain                 列出全部代号",
            "Examples:\n  gangwei explain age-limit\n  gangwei explain                 list all codes",
        ))
        .arg(
            Arg::new("code")
                .value_name(s("代号", "CODE"))
                .help(s(
                    "方括号里的代号，例如 age-limit（不写则列出全部）",
                    "the code in the brackets, for example age-limit (all by default)",
                )),
        )
}

/// Runs the command.
pub fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let book = RuleBook::new(&[], &mut Sink::default());
    let pages = pages(&book);
    let Some(word) = options.get_one::<String>("code") else {
        print_text(&list(&pages, lang));
        return Ok(Ending::Done);
    };
    let page = find(&pages, word).ok_or_else(|| unknown(&pages, word))?;
    print_text(&match book.rule(&page.code) {
        Some(rule) => rule_page(rule, page, &book, lang),
        None => fault_page(page, lang),
    });
    Ok(Ending::Done)
}

/// The pages of all codes: the rules of a book, then the program's own, each in groups.
pub fn pages(book: &RuleBook) -> Vec<FaultPage> {
    let mut pages: Vec<(usize, FaultPage)> = book
        .rules()
        .map(|rule| {
            let (place, group) = group_of(rule);
            (place, page_of(rule, group, book))
        })
        .collect();
    pages.sort_by_key(|(place, _)| *place);
    let mut pages: Vec<FaultPage> = pages.into_iter().map(|(_, page)| page).collect();
    pages.extend(fault_pages(&mut Sink::default()));
    pages
}

fn page_of(rule: &CompiledRule, group: Text, book: &RuleBook) -> FaultPage {
    let jurisdictions = book.packs().iter().flat_map(|pack| &pack.jurisdictions);
    let weights = jurisdictions.map(|named| effective(rule, book, &named.0));
    let highest = weights.max().unwrap_or_else(|| rule.severity("any"));
    FaultPage {
        code: rule.rule.code.value.clone(),
        group,
        severity: highest.unwrap_or(Severity::Note),
        title: rule.rule.title.clone().into(),
        why: rule.rule.why.clone().into(),
        repair: rule.rule.rewrite.clone().into(),
    }
}

/// What a rule is listed under, and where that group stands. Families of codes share a beginning or an end.
fn group_of(rule: &CompiledRule) -> (usize, Text) {
    let code = rule.rule.code.value.as_str();
    let severity = &rule.rule.severity;
    if code.starts_with("leak-") {
        (2, say!("不该公开的内容", "What must not be public"))
    } else if code.ends_with("-mismatch") {
        (3, say!("数字对不上", "Figures that disagree"))
    } else if code.ends_with("-missing") {
        (1, say!("岗位是否写全", "What a posting must state"))
    } else if severity.iter().all(|(place, _)| place.value == "any") {
        (4, say!("写法", "Writing"))
    } else {
        (0, say!("条件和用语", "Conditions and wording"))
    }
}

/// What a rule weighs under the law of a place, as the check would apply it: an article that nobody has read yet gives
/// a warning at most.
fn effective(rule: &CompiledRule, book: &RuleBook, jurisdiction: &str) -> Option<Severity> {
    let weight = book.weight(rule, jurisdiction);
    match weight.law {
        Some(law) if !law.read => weight.severity.min(Some(Severity::Warning)),
        _ => weight.severity,
    }
}

/// The page of a code, of `[code]` as faults print it, or of a title.
fn find<'p>(pages: &'p [FaultPage], word: &str) -> Option<&'p FaultPage> {
    let word = word.split_once('[').map_or(word, |(_, rest)| rest);
    let word = word.split(']').next().unwrap_or(word).trim();
    let code = word.to_lowercase().replace('_', "-");
    let by_code = pages.iter().find(|page| page.code == code);
    by_code.or_else(|| {
        let mut all = pages.iter();
        all.find(|page| page.title.zh == word || page.title.en == word)
    })
}

fn unknown(pages: &[FaultPage], word: &str) -> Text {
    let codes = pages.iter().map(|page| page.code.as_str());
    let near = nearest(word, codes);
    let mut text = say!("没有“{word}”这个代号。", "there is no code `{word}`. ");
    if !near.is_empty() {
        let guess = did_you_mean(&near);
        text.zh.push_str(&guess.zh);
        let _ = write!(text.en, "Did{} ", guess.en.trim_start_matches("did"));
    }
    text.zh.push_str("不写代号，gangwei explain 会列出全部。");
    text.en
        .push_str("Without a code, `gangwei explain` lists all of them.");
    text
}

fn list(pages: &[FaultPage], lang: Lang) -> String {
    let longest = pages.iter().map(|page| page.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut group: Option<&Text> = None;
    for page in pages {
        if group != Some(&page.group) {
            if group.is_some() {
                out.push('\n');
            }
            let _ = writeln!(out, "{}", page.group.get(lang));
            group = Some(&page.group);
        }
        let _ = writeln!(out, "  {:longest$}  {}", page.code, page.title.get(lang));
    }
    out.push_str(match lang {
        Lang::Zh => "\ngangwei explain 代号：看其中一个。\n",
        Lang::En => "\n`gangwei explain CODE` shows one of them.\n",
    });
    out
}

fn fault_page(page: &FaultPage, lang: Lang) -> String {
    let mut out = head(page, lang);
    let severity = match page.severity {
        Severity::Error => say!(
            "错误，改好之前不发布",
            "an error; nothing is published until it is repaired"
        ),
        Severity::Warning => say!("警告，照常发布", "a warning; the portal is published"),
        Severity::Note => say!("提示，照常发布", "a note; the portal is published"),
    };
    write_part(&mut out, lang, ("严重程度", "Severity"), severity.get(lang));
    out
}

fn rule_page(rule: &CompiledRule, page: &FaultPage, book: &RuleBook, lang: Lang) -> String {
    let mut out = head(page, lang);
    let nouns: Vec<&str> = rule
        .rule
        .kinds
        .iter()
        .filter_map(|kind| Kind::find(&kind.value))
        .map(|kind| match lang {
            Lang::Zh => kind.noun.0,
            Lang::En => kind.noun.1,
        })
        .collect();
    let kinds = match (nouns.is_empty(), lang) {
        (true, Lang::Zh) => "各类文档".to_owned(),
        (true, Lang::En) => "all kinds of documents".to_owned(),
        (false, Lang::Zh) => nouns.join("、"),
        (false, Lang::En) => nouns.join(", "),
    };
    write_part(&mut out, lang, ("适用", "Applies to"), &kinds);
    out.push_str(match lang {
        Lang::Zh => "\n严重程度和依据：\n",
        Lang::En => "\nSeverity and law:\n",
    });
    for pack in book.packs() {
        let date = pack.date.as_ref().map(|date| date.value.iso());
        for named in &pack.jurisdictions {
            let name = match lang {
                Lang::Zh => format!("{}（{}）", pack.name.zh, named.0),
                Lang::En => format!("{} ({})", pack.name.en, named.0),
            };
            write_law(
                &mut out,
                rule,
                book,
                (&name, &named.0, date.as_deref()),
                lang,
            );
        }
    }
    let examples = &rule.rule.examples;
    write_examples(&mut out, lang, ("这些会报", "Found"), &examples.hits);
    write_examples(&mut out, lang, ("这些不报", "Not found"), &examples.misses);
    out.push_str(match lang {
        Lang::Zh => "\n规则只标出要看的地方，不作法律判断；没有报告，不等于没有问题。\n",
        Lang::En => "\nA rule marks what to look at and judges no law; no finding does not mean no problem.\n",
    });
    out
}

/// One jurisdiction: its name, code and the day its pack was looked through; then the severity, and what the law says.
fn write_law(
    out: &mut String,
    rule: &CompiledRule,
    book: &RuleBook,
    (name, code, date): (&str, &str, Option<&str>),
    lang: Lang,
) {
    let severity = match (effective(rule, book, code), lang) {
        (None, Lang::Zh) => "不报",
        (Some(Severity::Note), Lang::Zh) => "提示",
        (Some(Severity::Warning), Lang::Zh) => "警告",
        (Some(Severity::Error), Lang::Zh) => "错误",
        (None, Lang::En) => "not reported",
        (Some(severity), Lang::En) => severity.name(),
    };
    let _ = match lang {
        Lang::Zh => writeln!(out, "  {name}：{severity}"),
        Lang::En => writeln!(out, "  {name}: {severity}"),
    };
    let Some(law) = book.weight(rule, code).law else {
        return;
    };
    let words = match lang {
        Lang::Zh => &law.text.zh,
        Lang::En => &law.text.en,
    };
    let _ = writeln!(out, "    {words}");
    for line in law_notes(law, date) {
        let _ = writeln!(out, "    {}", line.get(lang));
    }
    if let Some(source) = &law.source {
        let _ = writeln!(out, "    {source}");
    }
}

/// What must be known of an article beside its words.
fn law_notes(law: &Law, date: Option<&str>) -> Vec<Text> {
    let mut notes = Vec::new();
    if let Some(since) = &law.since {
        let since = since.value.iso();
        notes.push(say!(
            "{since} 起施行，之前只作提示",
            "in force from {since}, a note before that day"
        ));
    }
    if let (true, Some(date)) = (law.read, date) {
        notes.push(say!(
            "条文核对到 {date}",
            "the article was read as of {date}"
        ));
    }
    if !law.read {
        notes.push(say!(
            "待法务核对，核对之前最多是警告",
            "to be confirmed by counsel, a warning at most until then"
        ));
    }
    notes
}

/// Title, why and what to write instead.
fn head(page: &FaultPage, lang: Lang) -> String {
    let mut out = String::new();
    write_part(
        &mut out,
        lang,
        (&page.code, &page.code),
        page.title.get(lang),
    );
    out.push('\n');
    write_part(&mut out, lang, ("为什么", "Why"), page.why.get(lang));
    write_part(&mut out, lang, ("怎么改", "Instead"), page.repair.get(lang));
    out
}

fn write_part(out: &mut String, lang: Lang, (zh, en): (&str, &str), text: &str) {
    let _ = match lang {
        Lang::Zh => writeln!(out, "{zh}：{text}"),
        Lang::En => writeln!(out, "{en}: {text}"),
    };
}

fn write_examples(out: &mut String, lang: Lang, heading: (&str, &str), examples: &[String]) {
    if examples.is_empty() {
        return;
    }
    let _ = match lang {
        Lang::Zh => writeln!(out, "\n{}：", heading.0),
        Lang::En => writeln!(out, "\n{}:", heading.1),
    };
    for example in examples {
        for (index, line) in example.trim_end().lines().enumerate() {
            let mark = if index == 0 { "  - " } else { "    " };
            let _ = writeln!(out, "{}", format!("{mark}{line}").trim_end());
        }
    }
}
