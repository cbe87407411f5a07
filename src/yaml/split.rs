//! Where front matter ends and the body begins. Enters: a document's text. Leaves: the bytes of both, or a fault of
//! the lines of hyphens between them.

use super::Keys;
use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::text::{SourceFile, Span, has_no_width};
use std::sync::Arc;

/// A document's text, split: the YAML between the `---` lines, and the body.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    /// The bytes of the YAML, without the `---` lines; empty where there is none.
    pub yaml: Span,
    /// The bytes of the body.
    pub body: Span,
}

/// Splits a document at its `---` lines. A document that does not begin with `---` is all body. Front matter that
/// lacks the first `---` is reported, and the result is `None`; where the second `---` is missing, the body is empty.
pub fn split_front_matter(
    file: &Arc<SourceFile>,
    keys: &dyn Keys,
    sink: &mut Sink,
) -> Option<Split> {
    let text = &file.text;
    let first = text.split_inclusive('\n').next().unwrap_or("");
    if first.trim_end() != "---" {
        if let Some(fault) = without_beginning(file, keys) {
            sink.push(fault);
            return None;
        }
        return Some(Split {
            yaml: Span::default(),
            body: Span::new(0, text.len()),
        });
    }
    let mut offset = first.len();
    // Looks for another line that was meant to be the second `---`: all lines above it are fields.
    let mut meant: Option<Span> = None;
    let mut only_fields = true;
    for line in text[offset..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(Split {
                yaml: Span::new(first.len(), offset),
                body: Span::new(offset + line.len(), text.len()),
            });
        }
        if only_fields && meant.is_none() && is_meant(line) {
            meant = Some(Span::new(offset, offset + line.trim_end().len()));
        }
        only_fields &= may_be_front_matter(line);
        offset += line.len();
    }
    let Some(meant) = meant else {
        sink.push(
            Diagnostic::error(
                "unclosed-front-matter",
                say!("文件开头的信息区没有结束", "the front matter is not closed"),
            )
            .at(file, Span::new(0, 3))
            .label(say!("从这一行开始", "it begins here"))
            .help(say!(
                "在信息区的最后一行下面另起一行，写三个减号：---",
                "put a line with three hyphens, ---, under its last line"
            )),
        );
        return Some(Split {
            yaml: Span::new(first.len(), text.len()),
            body: Span::new(text.len(), text.len()),
        });
    };
    sink.push(
        Diagnostic::error(
            "unclosed-front-matter",
            say!(
                "信息区的最后一行不是“---”",
                "the last line of the front matter is not `---`"
            ),
        )
        .at(file, meant)
        .help(say!(
            "这一行只写三个半角减号：---，前面不留空格",
            "write three ASCII hyphens, ---, in this line, with no blank before them"
        ))
        .fix(meant, "---"),
    );
    let after = text[meant.end as usize..].find('\n');
    let body = after.map_or(text.len(), |newline| meant.end as usize + newline + 1);
    Some(Split {
        yaml: Span::new(first.len(), meant.start as usize),
        body: Span::new(body, text.len()),
    })
}

/// The fault of front matter that does not begin with `---` in the first line; `None` where the text has none.
fn without_beginning(file: &Arc<SourceFile>, keys: &dyn Keys) -> Option<Diagnostic> {
    let text = &file.text;
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let line = text[start..].lines().next()?;
    let end = start + line.trim_end_matches(is_blank).len();
    let fault = |message| {
        Diagnostic::error("unopened-front-matter", message).at(file, Span::new(start, end))
    };
    if is_meant(line) {
        let mut below = text[start + line.len()..].lines();
        let next = below.find(|line| !is_comment(line))?;
        let message = match &text[start..end] {
            "---" => say!(
                "信息区的“---”不在文件的最前面",
                "the `---` of the front matter does not begin the file"
            ),
            dashes => say!(
                "信息区的第一行写成了“{dashes}”，不是三个半角减号",
                "the front matter begins with `{dashes}` in place of three ASCII hyphens"
            ),
        };
        return key(next).is_some().then(|| {
            fault(message)
                .help(say!(
                    "文件的第一行只写三个半角减号：---，上面不留空行，前面不留空格",
                    "the first line holds three ASCII hyphens, ---, with no empty line above and no blank before them"
                ))
                .fix(Span::new(0, end), "---")
        });
    }
    let mut fields = text.lines().filter(|line| !is_comment(line));
    let is_known = |line: &str| key(line).is_some_and(|key| keys.has_top(key));
    if !fields.next().is_some_and(is_known)
        || !fields
            .next()
            .is_some_and(|line| is_known(line) || is_meant(line))
    {
        return None;
    }
    let fault = fault(say!(
        "信息区的上面少了一行“---”",
        "no line of `---` stands above the front matter"
    ))
    .help(say!(
        "在最前面加一行三个减号：---；最后一项的下面也要有一行",
        "put a line with three hyphens, ---, above the first field, and one below the last"
    ));
    let is_closing = |line: &str| line.trim_end() == "---";
    let mut above = text.lines().take_while(|line| !is_closing(line));
    Some(
        if text.lines().any(is_closing) && above.all(may_be_front_matter) {
            fault.fix(Span::new(0, start), "---\n")
        } else {
            fault
        },
    )
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || has_no_width(c)
}

/// Whether YAML ignores a line.
fn is_comment(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    line.is_empty() || line.starts_with('#')
}

/// Whether a line was meant to be `---`: two or more hyphens or dashes, or a single dash, which writing programs put for
/// three hyphens.
fn is_meant(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    line.trim_matches(['-', '—', '–', '―', '－', '─', '‐', '‑', '−', '﹣'])
        .is_empty()
        && line.len() > 1
}

/// The most characters that a key has.
const MAX_KEY: usize = 30;

/// The key of a line `key: value`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.trim_matches(is_blank).split_once([':', '：'])?;
    let key = key.trim();
    let is_plain = !key.is_empty()
        && key.chars().count() <= MAX_KEY
        && !key.contains(['，', '。', '；', '！', '？', '“', '”', ',', '#', '[', '（']);
    is_plain.then_some(key)
}

/// Whether a line may be a line of front matter.
fn may_be_front_matter(line: &str) -> bool {
    let is_heading = line.starts_with("##") || line.starts_with("# ") && !line.contains(':');
    !is_heading
        && (is_comment(line)
            || line.starts_with([' ', '\t', '\u{3000}', '-', ']', '}'])
            || key(line).is_some())
}
