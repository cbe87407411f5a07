//! `gangwei fields`: every field of a kind, or what the compiler found in a report, blank by blank. Enters: a kind, a report
//! or a plain text. Leaves: a list on standard output; faults of the template go to standard error.

use super::arguments::say;
use super::terminal::{Ending, print_diagnostics, print_text};
use crate::blanks::{CompiledBlank, DeclaredField, Template, compile};
use crate::diagnostic::{Diagnostic, Lang, Severity, Sink, Text, visible_text};
use crate::fields::{ChoiceValue, Vocabularies};
use crate::files::{decode, load_bytes};
use crate::kinds::{Body, Kind, read_document};
use crate::say;
use crate::text::{Language, SourceFile, Span, display_width};
use anyhow::{Result, anyhow};
use clap::{Arg, ArgMatches, Command, ValueHint};
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A report as a file: its text, what its author declared, and where its body begins.
pub(super) struct ReadReport {
    /// The file.
    pub source: Arc<SourceFile>,
    /// The bytes of the body.
    pub body: Span,
    /// The declared fields.
    pub declared: Vec<DeclaredField>,
    /// The title of its front matter.
    pub title: Option<String>,
    /// Whether it has front matter, and so is a document.
    pub is_document: bool,
}

/// The fault of a file that cannot be read.
pub(super) fn cannot_read(path: &Path, error: anyhow::Error) -> anyhow::Error {
    say!("读不了“{0}”", "cannot read `{0}`", path.display()).because(error)
}

impl ReadReport {
    /// Reads a file. A text without front matter is all body.
    pub(super) fn read(path: &Path) -> Result<ReadReport> {
        let bytes = load_bytes(path).map_err(|error| cannot_read(path, error))?;
        let name = path.to_string_lossy().replace('\\', "/");
        let mut sink = Sink::default();
        let source = decode(name, bytes, &mut sink);
        let source = source.ok_or_else(|| {
            let first = sink.into_sorted().into_iter().next();
            anyhow!(first.map_or_else(|| say!("读不了", "cannot be read"), |fault| fault.message))
        })?;
        let whole = Span::new(0, source.text.len());
        let kind = Kind::find("report").filter(|_| source.text.trim_start().starts_with("---"));
        // Other faults of a document are the business of `check`.
        let document = kind.and_then(|kind| {
            read_document(
                &source,
                kind,
                &Vocabularies::default(),
                Language::default(),
                &mut Sink::default(),
            )
        });
        let Some(document) = document else {
            return Ok(ReadReport {
                source,
                body: whole,
                declared: Vec::new(),
                title: None,
                is_document: false,
            });
        };
        let declared = match &document.body {
            Body::Report(report) => report.fields.clone(),
            _ => Vec::new(),
        };
        Ok(ReadReport {
            body: document.body_span,
            declared,
            title: Some(document.shared.title.clone()).filter(|title| !title.is_empty()),
            is_document: true,
            source,
        })
    }

    /// The text with the blanks.
    pub(super) fn text(&self) -> &str {
        &self.source.text[self.body.range()]
    }

    /// The compiled template.
    pub(super) fn compile(&self) -> Template {
        compile(self.text(), &self.declared)
    }

    /// The template's faults at their places in the file.
    pub(super) fn faults(&self, template: &Template) -> Vec<Diagnostic> {
        template
            .faults
            .iter()
            .map(|fault| fault.diagnostic(&self.source, self.body))
            .collect()
    }
}

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("fields")
        .about(s(
            "列出一类文档可写的项，或一份报告里的空格",
            "List the fields of a kind of documents, or the blanks of a report",
        ))
        .after_help(s(
            "例子：\n  gangwei fields job                   岗位可以写哪些项\n  gangwei fields content/reports/述职报告.md\n  gangwei fields 旧稿.txt              还没写成文档的原文也可以\n  gangwei fields 旧稿.txt --format json",
            "Examples:\n  gangwei fields job                    what a posting may state\n  gangwei fields content/reports/annual.md\n  gangwei fields draft.txt              a text that is no document yet\n  gangwei fields draft.txt --format json",
        ))
        .arg(
            Arg::new("file")
                .value_name(s("类型或文件", "KIND or FILE"))
                .required(true)
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::FilePath)
                .help(s("文档的类型，例如 job 或 岗位；报告模板（.md）或纯文本", "a kind of documents such as job; a report template (.md) or a plain text")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(s("格式", "FORMAT"))
                .value_parser(["text", "json"])
                .default_value("text")
                .hide_default_value(true)
                .help(s("给人看（text）或给程序用（json）", "for people (text) or for programs (json)")),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let path = options
        .get_one::<PathBuf>("file")
        .ok_or_else(|| anyhow!("FILE"))?;
    let kind = path.to_str().and_then(Kind::find);
    if let Some(kind) = kind.filter(|_| !path.is_file()) {
        let vocabularies = super::new::load_vocabularies(Path::new("."));
        print_text(&super::starter::all_fields(kind, &vocabularies, lang));
        return Ok(Ending::Done);
    }
    let file = ReadReport::read(path)?;
    let template = file.compile();
    print_text(
        &match options.get_one::<String>("format").map(String::as_str) {
            Some("json") => as_json(&file, &template, lang)?,
            _ => visible_text(&as_text(&file, &template, lang)),
        },
    );
    let faults = file.faults(&template);
    print_diagnostics(&faults, lang);
    let has_errors = faults.iter().any(|fault| fault.severity == Severity::Error);
    Ok(if has_errors {
        Ending::Faults
    } else {
        Ending::Done
    })
}

fn span_in_file(file: &ReadReport, blank: &CompiledBlank) -> Span {
    let start = file.body.start + blank.span.start;
    Span {
        start,
        end: start + blank.span.end - blank.span.start,
    }
}

/// Line and column, from 1, of every blank; the text is walked once.
fn positions(file: &ReadReport, template: &Template) -> Vec<(usize, usize)> {
    let (mut at, mut line, mut column) = (0, 1, 1);
    let walk = |blank: &CompiledBlank| {
        let start = span_in_file(file, blank).start as usize;
        for c in file.source.text[at..start].chars() {
            (line, column) = match c {
                '\n' => (line + 1, 1),
                _ => (line, column + 1),
            };
        }
        at = start;
        (line, column)
    };
    template.blanks.iter().map(walk).collect()
}

fn as_json(file: &ReadReport, template: &Template, lang: Lang) -> Result<String> {
    let blanks: Vec<serde_json::Value> = template
        .blanks
        .iter()
        .zip(positions(file, template))
        .map(|(blank, (line, column))| {
            let span = span_in_file(file, blank);
            json!({
                "line": line,
                "column": column,
                "start": span.start,
                "end": span.end,
                "text": &file.source.text[span.range()],
                "type": blank.blank_type.id(),
                "unit": blank.unit,
                "label": blank.label,
                "field": template.fields[blank.field].name,
                "reason": blank.reason.get(lang),
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&blanks)? + "\n")
}

fn as_text(file: &ReadReport, template: &Template, lang: Lang) -> String {
    let mut out = String::new();
    let mut section = None;
    let rows: Vec<[String; 5]> = template
        .blanks
        .iter()
        .zip(positions(file, template))
        .map(|(blank, (line, column))| {
            let word = match lang {
                Lang::Zh => crate::blanks::BlankType::CHOICES[blank.blank_type.index()].zh,
                Lang::En => blank.blank_type.id(),
            };
            let field = &template.fields[blank.field];
            [
                format!("{line}:{column}"),
                word.to_owned(),
                blank.unit.clone().unwrap_or_default(),
                field.name.clone(),
                blank.reason.get(lang).to_owned(),
            ]
        })
        .collect();
    let widths: Vec<usize> = (0..4)
        .map(|column| {
            rows.iter()
                .map(|row| display_width(&row[column]))
                .max()
                .unwrap_or(0)
        })
        .collect();
    for (row, blank) in rows.iter().zip(&template.blanks) {
        let here = template.fields[blank.field].section;
        if template.fields[blank.field]
            .blanks
            .first()
            .map(|&first| template.blanks[first].span)
            == Some(blank.span)
            && section.replace(here) != Some(here)
            && !template.sections[here].title.is_empty()
        {
            let _ = writeln!(out, "\n{}", template.sections[here].title);
        }
        let mut line = String::from("  ");
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if let Some(width) = widths.get(column) {
                line.extend(std::iter::repeat_n(' ', width - display_width(cell) + 2));
            }
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out.push_str(summary(template).get(lang));
    out.push('\n');
    out.trim_start_matches('\n').to_owned()
}

fn summary(template: &Template) -> Text {
    let computed = template
        .fields
        .iter()
        .filter(|field| field.formula.is_some())
        .count();
    if template.blanks.is_empty() {
        say!("没有空格", "there are no blanks")
    } else {
        say!(
            "\n{0}处空格，{1}个填写项，其中{computed}项可以算出",
            "\n{0} blanks, {1} fields, {computed} of which can be computed",
            template.blanks.len(),
            template.fields.len()
        )
    }
}
