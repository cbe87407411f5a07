//! Errors of the YAML library, explained to an author. Enters: the error, and the line it is about. Leaves: the
//! reason in the author's words, its place, and the repair where there is only one.

use crate::diagnostic::{Diagnostic, Fix, Text};
use crate::say;
use crate::text::{SourceFile, Span};
use std::sync::Arc;

/// Why YAML cannot be read.
pub(super) struct Reason {
    /// The byte to point at.
    at: usize,
    message: Text,
    help: Text,
    fix: Option<Fix>,
}

impl Reason {
    /// The message about it.
    pub(super) fn diagnostic(self, file: &Arc<SourceFile>) -> Diagnostic {
        let diagnostic = Diagnostic::error("bad-yaml", self.message)
            .at(file, file.character(self.at))
            .help(self.help);
        match self.fix {
            Some(fix) => diagnostic.fix(fix.span, fix.text),
            None => diagnostic,
        }
    }

    /// A bracket at this byte that is not closed before the end.
    pub(super) fn of_bracket(file: &SourceFile, at: usize) -> Reason {
        let (zh, en, close) = if file.text[at..].starts_with('[') {
            ("方括号", "[", ']')
        } else {
            ("花括号", "{", '}')
        };
        let message = say!("{zh}没有成对", "this `{en}` is not closed");
        let line = without_comment(&file.text[at..]);
        let end = at + line.len();
        let Some(missing) = missing_closers(line).filter(|_| ends_here(file, at, line)) else {
            return Reason {
                at,
                message,
                help: say!(
                    "在最后一项后面补上 {close}",
                    "write `{close}` after the last item"
                ),
                fix: None,
            };
        };
        let last = line.chars().next_back().unwrap_or(' ');
        if missing.len() == 1 && "】］｝〕".contains(last) {
            return Reason {
                at,
                message,
                help: say!(
                    "行末的“{last}”改成半角的 {missing}",
                    "write an ASCII `{missing}` for the `{last}` at the end of the line"
                ),
                fix: Some(Fix {
                    span: Span::new(end - last.len_utf8(), end),
                    text: missing,
                }),
            };
        }
        Reason {
            at,
            message,
            help: say!(
                "在行末补上 {missing}",
                "write `{missing}` at the end of the line"
            ),
            fix: Some(Fix {
                span: Span::new(end, end),
                text: missing,
            }),
        }
    }

    /// The reason of an error at a byte. The message calls the text by these names, in Chinese and English.
    pub(super) fn of_complaint(
        file: &SourceFile,
        at: usize,
        english: &str,
        (zh, en): (&str, &str),
    ) -> Reason {
        let (reason, mut help) = chinese_reason(english);
        let value = value_to_quote(file, at);
        if value == ColonValue::InBraces {
            help = say!(
                "花括号里的几项用半角逗号加空格分开，例如 {{a: 1, b: 2}}；值里有冒号时，用英文双引号括起来",
                "part the items in braces by an ASCII comma and a space, as in {{a: 1, b: 2}}; quote values that hold a colon"
            );
        }
        Reason {
            at,
            message: match reason {
                Some(reason) => say!("{reason}", "{en} cannot be read: {english}"),
                None => say!("{zh}的写法读不懂", "{en} cannot be read: {english}"),
            },
            help,
            fix: match value {
                ColonValue::Plain(fix) => Some(fix),
                _ => None,
            },
        }
    }
}

/// A line's text up to its comment or end.
fn without_comment(text: &str) -> &str {
    let line = text.lines().next().unwrap_or("");
    let comment = [" #", "\t#"]
        .iter()
        .filter_map(|mark| line.find(mark))
        .min();
    line[..comment.unwrap_or(line.len())].trim_end()
}

/// The closing brackets that a line lacks; `None` where its brackets do not match.
#[expect(
    clippy::match_same_arms,
    reason = "inside a quotation nothing else counts, so its arm stands before the others"
)]
fn missing_closers(line: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(c),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ']' | '}') if open.pop() != Some(c) => return None,
            _ => {}
        }
    }
    Some(open.into_iter().rev().collect())
}

/// Whether a list or map that begins at a byte ends with its line: no comma is left, and no deeper line follows.
fn ends_here(file: &SourceFile, at: usize, line: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let start = file.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut lines = file.text[start..].lines();
    let own = lines.next().map_or(0, indent);
    let next = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    !line.ends_with([',', '，', '、', '[', '{', ':', '：'])
        && next.is_none_or(|next| indent(next) <= own && !next.trim_start().starts_with([']', '}']))
}

/// The value of a line with another colon in it.
#[derive(PartialEq, Eq)]
enum ColonValue {
    /// A value that becomes right in quotes.
    Plain(Fix),
    /// A value inside braces, where the fault may be another.
    InBraces,
    /// Any other value.
    Other,
}

/// The plain value of a line that holds another colon with a blank.
fn value_to_quote(file: &SourceFile, at: usize) -> ColonValue {
    let start = file.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = without_comment(&file.text[start..]);
    let Some(key) = line.find(": ").map(|colon| colon + 2) else {
        return ColonValue::Other;
    };
    if line[..key].contains('{') {
        return ColonValue::InBraces;
    }
    let value = line[key..].trim_start();
    let from = start + line.len() - value.len();
    let is_plain = !value
        .starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '%', '@', '`'])
        && !value.contains(['"', '\\'])
        && !line[..key].contains('[');
    if is_plain && value.contains(": ") && from <= at {
        ColonValue::Plain(Fix {
            span: Span::new(from, from + value.len()),
            text: format!("\"{value}\""),
        })
    } else {
        ColonValue::Other
    }
}

/// Explains the YAML library's commonest errors to an author and proposes a repair.
fn chinese_reason(english: &str) -> (Option<&'static str>, Text) {
    let has = |words: &str| english.to_lowercase().contains(words);
    if has("tab") {
        let help = say!("缩进改用空格", "indent with spaces");
        return (Some("这里用了Tab缩进"), help);
    }
    if has("mapping values are not allowed") || has("illegal placement of ':'") {
        let help = say!(
            "把冒号后面的整个值用英文双引号括起来",
            "put the whole value in double quotes"
        );
        return (Some("值里面又出现了“冒号加空格”"), help);
    }
    if has("quoted scalar") || has("end of stream") || has("unexpected end") {
        let help = say!(
            "检查上一行：引号、方括号要成对，而且用半角",
            "check the line above: quotes and brackets come in pairs, half-width"
        );
        return (Some("前面的引号或括号没有成对"), help);
    }
    let help = say!(
        "每行写成“键: 值”，冒号用半角，后面空一格；值里有冒号、引号时用英文双引号括起来；缩进用空格",
        "write `key: value` with a half-width colon and a space; quote values that hold a colon; indent with spaces"
    );
    (None, help)
}
