//! Values as people keep them: a YAML file or a draft that the page exported. Enters: a file and a template. Leaves: a row
//! of typed values; every name that no field has and every value of the wrong type is reported at its place.

use crate::blanks::{FormField, Template, TypedValue, read_value};
use crate::diagnostic::{Diagnostic, Sink, Text, visible};
use crate::fields::{did_you_mean, nearest};
use crate::files::{NameFault, name_fault};
use crate::kinds::KEYS;
use crate::say;
use crate::text::{SourceFile, Span, fold};
use crate::yaml::{Node, Value, parse_yaml};
use std::borrow::Cow;
use std::sync::Arc;

/// The values of one report.
#[derive(Debug, Clone)]
pub struct FilledRow {
    /// What its file is called after.
    pub name: Option<String>,
    /// One entry a field.
    pub typed: Vec<Option<TypedValue>>,
    /// Where it stands.
    pub span: Span,
    /// Whether a value of it could not be read.
    pub is_broken: bool,
}

/// Columns and keys that name the file.
pub(super) const FILE_NAMES: &[&str] = &["文件名", "file", "filename"];

/// Reads a file of one report's values: names with values, or a draft with `values` inside.
pub fn read_values(
    file: &Arc<SourceFile>,
    template: &Template,
    sink: &mut Sink,
) -> Option<FilledRow> {
    let whole = Span::new(0, file.text.len());
    let node = parse_yaml(file, whole, &*KEYS, sink)?;
    let Value::Map(mut entries) = node.value else {
        sink.push(
            Diagnostic::error(
                "wrong-type",
                say!(
                    "这里要逐行写“名称: 值”",
                    "the file is made of `name: value` lines"
                ),
            )
            .at(file, Span::new(0, 0))
            .help(say!(
                "例如：存款余额: 48600",
                "for example: `balance: 48600`"
            )),
        );
        return None;
    };
    let draft = entries
        .iter()
        .position(|(key, node)| key.folded == "values" && matches!(node.value, Value::Map(_)));
    if let Some(draft) = draft
        && let Value::Map(inner) = entries.swap_remove(draft).1.value
    {
        entries = inner;
    }
    let mut row = FilledRow {
        name: None,
        typed: vec![None; template.fields.len()],
        span: Span::new(0, 0),
        is_broken: false,
    };
    for (key, node) in &entries {
        if FILE_NAMES.contains(&key.folded.as_str()) {
            row.name = scalar(node).map(str::to_owned);
            continue;
        }
        let Some(index) = find_field(template, &key.folded) else {
            sink.push(unknown_field(template, &key.text).at(file, key.span));
            row.is_broken = true;
            continue;
        };
        match scalar(node) {
            Some(text) => put(&mut row, &template.fields[index], index, text, |fault| {
                sink.push(fault.at(file, node.span));
            }),
            None if matches!(node.value, Value::Null) => {}
            None => {
                let fault = Diagnostic::error(
                    "wrong-value",
                    say!("这里只能写一个值", "one value belongs here"),
                );
                sink.push(fault.at(file, node.span));
                row.is_broken = true;
            }
        }
    }
    Some(row)
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text.as_str()),
        _ => None,
    }
}

/// Reads a value into its field of a row.
pub(super) fn put(
    row: &mut FilledRow,
    field: &FormField,
    index: usize,
    text: &str,
    mut report: impl FnMut(Diagnostic),
) {
    let plain = without_invisible(text);
    if let Cow::Owned(_) = &plain {
        let shown = visible(text);
        let message = say!(
            "{0}：“{shown}”里有看不见或改变书写方向的字符，已去掉",
            "{0}: `{shown}` holds characters that nobody sees or that turn the direction of reading; they are left out",
            field.label
        );
        report(
            Diagnostic::warning("invisible-in-value", message).help(say!(
                "看一看填进去的是不是原来的意思；从别处复制来的，重新输入一遍",
                "see whether what is filled in is what was meant; type anew what was copied"
            )),
        );
    }
    match read_value(&plain, field.blank_type, field.unit.as_deref()) {
        Ok(value) => row.typed[index] = value,
        Err(message) => {
            row.is_broken = true;
            let message = Text {
                zh: format!("{}：{}", field.label, message.zh),
                en: format!("{}: {}", field.label, message.en),
            };
            report(Diagnostic::error("wrong-value", message).help(say!(
                "改好再填；空着不写，就留作空格",
                "repair it, or leave it empty to keep the blank"
            )));
        }
    }
}

/// A value without what turns the direction of reading or is not seen: it would show something else than it holds. Emoji
/// keep the character that joins them.
fn without_invisible(text: &str) -> Cow<'_, str> {
    let fault = |c: char| {
        !matches!(c, '\n' | '\r' | '\t' | '\u{200D}')
            && matches!(
                name_fault(c.encode_utf8(&mut [0; 4])),
                Some(NameFault::Control(_) | NameFault::Invisible(_))
            )
    };
    if text.contains(fault) {
        Cow::Owned(text.chars().filter(|&c| !fault(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A field by its name or what the form calls it.
pub(super) fn find_field(template: &Template, name: &str) -> Option<usize> {
    let name = fold(name);
    let by_name = template
        .fields
        .iter()
        .position(|field| fold(&field.name) == name);
    by_name.or_else(|| {
        template
            .fields
            .iter()
            .position(|field| fold(&field.label) == name)
    })
}

/// The fault of a name, as it is written, that no field has.
pub(super) fn unknown_field(template: &Template, written: &str) -> Diagnostic {
    let name = written.trim();
    let near = nearest(
        &fold(name),
        template.fields.iter().map(|field| field.name.as_str()),
    );
    let help = if near.is_empty() {
        say!(
            "gangwei fields 会列出全部填写项",
            "`gangwei fields` lists all fields"
        )
    } else {
        did_you_mean(&near)
    };
    Diagnostic::error(
        "unknown-field",
        say!(
            "模板里没有“{name}”这一项",
            "the template has no field `{name}`"
        ),
    )
    .help(help)
}
