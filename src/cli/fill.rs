//! `gangwei fill`: fills a report, or one a row of a table. Enters: a template and values. Leaves: files, and what is
//! missing on standard error. An existing file is never replaced unasked.

use super::arguments::say;
use super::fields::{ReadReport, cannot_read};
use super::progress::ProgressLine;
use super::terminal::{Ending, print_diagnostics, print_line, print_text};
use crate::blanks::Template;
use crate::diagnostic::{Diagnostic, Lang, Sink, visible};
use crate::files::{decode, load_bytes};
use crate::forms::{Filled, FilledRow, read_csv, read_values, to_docx, to_html, to_markdown};
use crate::markdown::{Blanks, Block, Profile, blocks};
use crate::pipeline::Work;
use crate::publish::write_filled;
use crate::say;
use anyhow::{Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Names of missing fields that one line of the summary shows.
const MOST_LISTED: usize = 5;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let file = |name: &'static str, value, help| {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(clap::value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::FilePath)
            .help(help)
    };
    Command::new("fill")
        .about(s("填好一份报告，或按表格一行一份", "Fill a report, or one for every row of a table"))
        .after_help(s(
            "例子：\n  gangwei fill content/reports/述职报告.md 我的数.yaml\n  gangwei fill content/reports/述职报告.md 我的数.yaml --to docx\n  gangwei fill content/reports/半年总结.md 各支行.csv --to docx --out 各支行/",
            "Examples:\n  gangwei fill content/reports/annual.md mine.yaml\n  gangwei fill content/reports/annual.md mine.yaml --to docx\n  gangwei fill content/reports/half-year.md branches.csv --to docx --out branches/",
        ))
        .arg(file("template", s("模板", "TEMPLATE"), s("报告模板（.md）或纯文本", "a report template (.md) or a plain text")))
        .arg(file("values", s("数据", "VALUES"), s("一份的数据（.yaml，或网页导出的 .json），或一行一份的表格（.csv）", "one report's values (.yaml, or the .json that the page exports), or a table with one a row (.csv)")))
        .arg(
            Arg::new("to")
                .long("to")
                .value_name(s("格式", "FORMAT"))
                .value_parser(["md", "html", "docx"])
                .default_value("md")
                .hide_default_value(true)
                .help(s("写成什么：md（不写则是它）、html 或 docx", "what to write: md (the default), html or docx")),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(s("位置", "PATH"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::AnyPath)
                .help(s("写到哪个文件；表格则是哪个文件夹", "the file to write; the folder, for a table")),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(s("已有的文件也盖掉", "replace files that exist")),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let path = |name: &str| options.get_one::<PathBuf>(name).cloned();
    let (Some(template_path), Some(values_path)) = (path("template"), path("values")) else {
        bail!("TEMPLATE VALUES");
    };
    let format = options.get_one::<String>("to").map_or("md", String::as_str);
    let report = ReadReport::read(&template_path)?;
    let template = report.compile();
    let mut sink = Sink::default();
    for fault in report.faults(&template) {
        sink.push(fault);
    }
    let is_table = has_extension(&values_path, &["csv", "tsv"]);
    let bytes = load_bytes(&values_path).map_err(|error| cannot_read(&values_path, error))?;
    let file = decode(values_path.to_string_lossy().into_owned(), bytes, &mut sink);
    let rows = match &file {
        None => Vec::new(),
        Some(file) if is_table => read_csv(file, &template, &mut sink),
        Some(file) => read_values(file, &template, &mut sink)
            .into_iter()
            .collect(),
    };
    let filled: Vec<Filled> = rows
        .iter()
        .map(|row| Filled::new(&template, &row.typed))
        .collect();
    if let Some(file) = &file {
        for (row, filled) in rows.iter().zip(&filled) {
            for contradiction in &filled.contradictions {
                sink.push(
                    Diagnostic::warning("contradiction", contradiction.message.clone())
                        .at(file, row.span),
                );
            }
        }
    }
    let writer = ReportWriter::new(&report, &template, format);
    let out = path("out");
    let force = options.get_flag("force");
    let diagnostics = sink.into_sorted();
    print_diagnostics(&diagnostics, lang);
    let written = match (is_table, &out) {
        (true, _) => {
            let folder = out.unwrap_or_else(|| values_path.with_extension(""));
            write_rows(&writer, (&rows, &filled), &folder, force, lang)?
        }
        (false, None) if format != "docx" => {
            if let (Some(row), Some(filled)) = (rows.first(), filled.first())
                && !row.is_broken
            {
                print_text(&String::from_utf8_lossy(&writer.make(filled)?));
            }
            Vec::new()
        }
        (false, out) => {
            let target = out
                .clone()
                .unwrap_or_else(|| values_path.with_extension(format));
            let mut written = Vec::new();
            if let (Some(row), Some(filled)) = (rows.first(), filled.first())
                && !row.is_broken
            {
                write_filled(&target, &writer.make(filled)?, force)
                    .map_err(|error| exists(&target, error))?;
                written.push(target);
            }
            written
        }
    };
    let broken = rows.iter().filter(|row| row.is_broken).count();
    summarise(&template, &rows, &filled, &written, broken, lang);
    let has_errors = diagnostics
        .iter()
        .any(|fault| fault.severity == crate::diagnostic::Severity::Error);
    Ok(if has_errors {
        Ending::Faults
    } else {
        Ending::Done
    })
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| known.contains(&extension.as_str()))
}

fn exists(path: &Path, error: anyhow::Error) -> anyhow::Error {
    say!(
        "写不了“{0}”；已经有这个文件的，换一个 --out，或加 --force 盖掉它",
        "cannot write `{0}`; where it exists already, choose another --out or replace it with --force",
        path.display()
    )
    .because(error)
}

/// Makes the bytes of one filled report.
struct ReportWriter<'a> {
    report: &'a ReadReport,
    template: &'a Template,
    format: &'a str,
    title: String,
    blocks: Vec<Block>,
    profile: Profile,
}

impl<'a> ReportWriter<'a> {
    fn new(report: &'a ReadReport, template: &'a Template, format: &'a str) -> ReportWriter<'a> {
        let profile = Profile::new(Blanks::All, true);
        let stem = Path::new(&report.source.path)
            .file_stem()
            .unwrap_or_default();
        let blocks = match (format, report.is_document) {
            ("docx", true) => blocks(report.text(), profile),
            // In a raw text every line is a paragraph.
            ("docx", false) => {
                let mut all = Vec::new();
                let mut passed = 0;
                for line in report.text().lines() {
                    let made = blocks(line, profile);
                    let here = crate::blanks::find_blanks(line, Blanks::All).len();
                    all.extend(made.into_iter().map(|block| shift(block, passed)));
                    passed += here;
                }
                all
            }
            _ => Vec::new(),
        };
        ReportWriter {
            report,
            template,
            format,
            title: report
                .title
                .clone()
                .unwrap_or_else(|| stem.to_string_lossy().into_owned()),
            blocks,
            profile,
        }
    }

    fn make(&self, filled: &Filled) -> Result<Vec<u8>> {
        let text = self.report.text();
        Ok(match self.format {
            "docx" => to_docx(&self.blocks, &self.title, self.template, filled)?,
            "html" => to_html(text, &self.title, self.profile, self.template, filled).into_bytes(),
            _ => {
                to_markdown(text, self.report.title.as_deref(), self.template, filled).into_bytes()
            }
        })
    }
}

/// Counts blanks from the beginning of the text.
fn shift(block: Block, passed: usize) -> Block {
    use crate::markdown::Inline;
    let line = |line: Vec<Inline>| -> Vec<Inline> {
        let moved = |inline| match inline {
            Inline::Blank(number) => Inline::Blank(number + passed),
            inline => inline,
        };
        line.into_iter().map(moved).collect()
    };
    match block {
        Block::Heading(level, inner) => Block::Heading(level, line(inner)),
        Block::Paragraph(inner) => Block::Paragraph(line(inner)),
        Block::Item(depth, number, inner) => Block::Item(depth, number, line(inner)),
        Block::Quote(inner) => Block::Quote(line(inner)),
        block => block,
    }
}

/// Writes a file a row, with progress on a terminal.
fn write_rows(
    writer: &ReportWriter,
    (rows, filled): (&[FilledRow], &[Filled]),
    folder: &Path,
    force: bool,
    lang: Lang,
) -> Result<Vec<PathBuf>> {
    let progress = ProgressLine::start(lang);
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut written = Vec::new();
    for (number, (row, filled)) in rows.iter().zip(filled).enumerate() {
        progress.show(Work::Files, number + 1, rows.len());
        if row.is_broken {
            continue;
        }
        let first = row
            .name
            .clone()
            .or_else(|| filled.display.iter().flatten().next().cloned());
        let name = file_name(&first.unwrap_or_default(), number + 1);
        let (mut own, mut count) = (name.clone(), 1);
        while !names.insert(own.to_lowercase()) {
            count += 1;
            own = format!("{name}-{count}");
        }
        let target = folder.join(format!("{own}.{}", writer.format));
        write_filled(&target, &writer.make(filled)?, force)
            .map_err(|error| exists(&target, error))?;
        written.push(target);
    }
    if written.is_empty() && !rows.is_empty() && rows.iter().all(|row| !row.is_broken) {
        bail!(say!("一份也没有写出来", "nothing was written"));
    }
    Ok(written)
}

/// A name that every file system takes.
fn file_name(written: &str, number: usize) -> String {
    let name: String = written
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_control() => '-',
            c => c,
        })
        .take(60)
        .collect();
    match name.trim().trim_start_matches('.') {
        "" => number.to_string(),
        name => name.to_owned(),
    }
}

fn summarise(
    template: &Template,
    rows: &[FilledRow],
    filled: &[Filled],
    written: &[PathBuf],
    broken: usize,
    lang: Lang,
) {
    let mut missing: BTreeMap<usize, usize> = BTreeMap::new();
    for filled in filled {
        for &field in &filled.missing {
            *missing.entry(field).or_default() += 1;
        }
    }
    if !missing.is_empty() {
        let mut most: Vec<(usize, usize)> = missing.into_iter().collect();
        most.sort_by_key(|&(field, count)| (std::cmp::Reverse(count), field));
        let (names, more) = most.split_at(most.len().min(MOST_LISTED));
        let label = |field: usize| visible(&template.fields[field].label);
        let name = |&(field, count): &(usize, usize)| match (rows.len(), lang) {
            (1, _) => label(field).into_owned(),
            (_, Lang::Zh) => format!("{}（{count}份）", label(field)),
            (_, Lang::En) => format!("{} ({count})", label(field)),
        };
        let names: Vec<String> = names.iter().map(name).collect();
        super::terminal::error_line(&match (lang, more.len()) {
            (Lang::Zh, 0) => format!("还没填：{}", names.join("、")),
            (Lang::Zh, more) => format!("还没填：{}，等{}项", names.join("、"), more + MOST_LISTED),
            (Lang::En, 0) => format!("not filled: {}", names.join(", ")),
            (Lang::En, more) => format!("not filled: {}, and {more} more", names.join(", ")),
        });
    }
    let computed: usize = filled.iter().map(|filled| filled.computed.len()).sum();
    match (written, lang) {
        ([], _) => {}
        ([one], Lang::Zh) => {
            print_line(&format!("已写 {}，其中{computed}项自动算出", one.display()));
        }
        ([one], Lang::En) => print_line(&format!(
            "wrote {}, {computed} values computed",
            one.display()
        )),
        (many, Lang::Zh) => print_line(&format!("已写{}份，自动算出{computed}个数", many.len())),
        (many, Lang::En) => print_line(&format!(
            "wrote {} files, {computed} values computed",
            many.len()
        )),
    }
    if broken > 0 {
        super::terminal::error_line(&match lang {
            Lang::Zh => format!("{broken}份有错，没有写出；改好再填一次"),
            Lang::En => {
                format!("{broken} with faults were not written; repair them and fill again")
            }
        });
    }
}
