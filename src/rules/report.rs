//! The report that an auditor keeps: what was found, what was allowed by whom until when, and the hash of every file that was
//! read. Enters: the judged findings and the files. Leaves: one HTML page that needs nothing else. It is no output of a build.

use super::{Judged, RuleBook};
use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::fields::Day;
use crate::kinds::Config;
use crate::text::SourceFile;
use crate::text::markup::escape;
use std::fmt::Write;
use std::sync::Arc;

/// What the report is made of.
#[derive(Debug)]
pub struct ReportParts<'a> {
    /// The day of the check, in the site's zone.
    pub day: Day,
    /// The settings.
    pub config: &'a Config,
    /// The rules and packs that judged.
    pub book: &'a RuleBook,
    /// What the rules found, waived or not.
    pub judged: &'a [Judged],
    /// Every other fault.
    pub others: &'a [Diagnostic],
    /// Every file that was read.
    pub files: &'a [Arc<SourceFile>],
}

const STYLE: &str = "body{font:15px/1.6 sans-serif;max-width:75em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}code{font-size:.9em}h1,h2{font-weight:600}";

/// What every report holds near its beginning, and nothing else that people write.
pub const REPORT_MARK: &str = "<meta name=\"generator\" content=\"gangwei check --report\">";

/// Writes the report.
pub fn write_report(parts: &ReportParts, lang: Lang) -> String {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let language = say("zh-Hans", "en");
    let title = format!(
        "{} · {} · {}",
        parts.config.title,
        say("发布检查报告", "publication check"),
        parts.day.iso()
    );
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n{REPORT_MARK}\n<title>{0}</title>\n<style>{STYLE}</style>\n<h1>{0}</h1>\n",
        escape(&title)
    );
    let _ = writeln!(
        out,
        "<p>{}</p>",
        say(
            "本报告列出规则发现的问题。没有列出，不等于合法合规。",
            "This report lists what the rules found. What is not listed is not thereby lawful."
        )
    );
    write_basis(&mut out, parts, lang, say("依据", "Basis"));
    let open = parts.judged.iter().filter(|one| one.waived.is_none());
    let all: Vec<(&Diagnostic, &str)> = open
        .map(|one| (&one.diagnostic, one.hash.as_str()))
        .chain(parts.others.iter().map(|diagnostic| (diagnostic, "")))
        .collect();
    let _ = writeln!(
        out,
        "<h2>{} ({})</h2>",
        say("发现的问题", "Findings"),
        all.len()
    );
    table(
        &mut out,
        &[
            say("程度", "severity"),
            say("规则", "rule"),
            say("位置", "place"),
            say("问题", "finding"),
            say("依据", "reason"),
            say("文字指纹", "hash"),
        ],
    );
    for (diagnostic, hash) in all {
        let severity = match diagnostic.severity {
            Severity::Error => say("错误", "error"),
            Severity::Warning => say("警告", "warning"),
            Severity::Note => say("提示", "note"),
        };
        let reason = diagnostic
            .reason
            .as_ref()
            .map_or("", |reason| reason.get(lang));
        row(
            &mut out,
            &[
                severity,
                &diagnostic.code,
                &place(diagnostic),
                diagnostic.message.get(lang),
                reason,
                hash,
            ],
        );
    }
    out.push_str("</table>\n");
    write_waivers(&mut out, parts, lang);
    let _ = writeln!(
        out,
        "<h2>{} ({})</h2>",
        say("检查过的文件", "Files checked"),
        parts.files.len()
    );
    table(&mut out, &[say("文件", "file"), "BLAKE3"]);
    for file in parts.files {
        let hash = blake3::hash(file.text.as_bytes()).to_hex();
        row(&mut out, &[&file.path, &hash]);
    }
    out.push_str("</table>\n</html>\n");
    out
}

fn write_basis(out: &mut String, parts: &ReportParts, lang: Lang, heading: &str) {
    let _ = writeln!(out, "<h2>{heading}</h2>\n<ul>");
    let _ = writeln!(out, "<li>gangwei {}</li>", env!("CARGO_PKG_VERSION"));
    for pack in parts.book.packs() {
        let name = match lang {
            Lang::Zh => &pack.name.zh,
            Lang::En => &pack.name.en,
        };
        let date = pack
            .date
            .as_ref()
            .map(|date| date.value.iso())
            .unwrap_or_default();
        let _ = writeln!(out, "<li>{} · {}</li>", escape(name), date);
    }
    out.push_str("</ul>\n");
}

fn write_waivers(out: &mut String, parts: &ReportParts, lang: Lang) {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let waived: Vec<&Judged> = parts
        .judged
        .iter()
        .filter(|one| one.waived.is_some())
        .collect();
    let _ = writeln!(
        out,
        "<h2>{} ({})</h2>",
        say("豁免", "Waivers"),
        waived.len()
    );
    table(
        out,
        &[
            say("规则", "rule"),
            say("位置", "place"),
            say("问题", "finding"),
            say("理由", "reason"),
            say("批准人", "approver"),
            say("有效期至", "until"),
            say("文字指纹", "hash"),
        ],
    );
    for one in waived {
        if let Some(waiver) = &one.waived {
            let until = waiver
                .until
                .as_ref()
                .map(|until| until.value.iso())
                .unwrap_or_default();
            let message = one.diagnostic.message.get(lang);
            row(
                out,
                &[
                    &one.diagnostic.code,
                    &place(&one.diagnostic),
                    message,
                    &waiver.reason,
                    &waiver.approver.value,
                    &until,
                    &one.hash,
                ],
            );
        }
    }
    out.push_str("</table>\n");
}

fn place(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some(place) => {
            let position = place.file.position(place.span.start as usize);
            format!("{}:{}:{}", place.file.path, position.line, position.column)
        }
        None => diagnostic.file().to_owned(),
    }
}

fn table(out: &mut String, heads: &[&str]) {
    out.push_str("<table>\n<tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(head));
    }
    out.push_str("</tr>\n");
}

fn row(out: &mut String, cells: &[&str]) {
    out.push_str("<tr>");
    for cell in cells {
        let _ = write!(out, "<td>{}</td>", escape(cell));
    }
    out.push_str("</tr>\n");
}
