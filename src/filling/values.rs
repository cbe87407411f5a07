//! Values as people keep them: a YAML file, a draft that the page exported, or a table with one report a row. Enters: a
//! file and a template. Leaves: rows of typed values; every name that no field has and every value of the wrong type is
//! reported at its place.

use crate::blanks::{Field, Template, Value as Typed, read_value};
use crate::diagnostic::{Diagnostic, Sink, Text};
use crate::fields::{did_you_mean, nearest};
use crate::front_matter::{Node, Value, parse_yaml};
use crate::say;
use crate::script::fold;
use crate::source::{SourceFile, Span};
use std::sync::Arc;

/// The values of one report.
#[derive(Debug, Clone)]
pub struct Row {
    /// What its file is called after.
    pub name: Option<String>,
    /// One entry a field.
    pub typed: Vec<Option<Typed>>,
    /// Where it stands.
    pub span: Span,
    /// Whether a value of it could not be read.
    pub is_broken: bool,
}

/// Columns and keys that name the file.
const FILE_NAMES: &[&str] = &["文件名", "file", "filename"];

/// Reads a file of one report's values: names with values, or a draft with `values` inside.
pub fn read_values(file: &Arc<SourceFile>, template: &Template, sink: &mut Sink) -> Option<Row> {
    let whole = Span::new(0, file.text.len());
    let node = parse_yaml(file, whole, sink)?;
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
    let mut row = Row {
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
            sink.push(unknown_field(template, &key.folded).at(file, key.span));
            row.is_broken = true;
            continue;
        };
        match scalar(node) {
            Some(text) => put(&mut row, &template.fields[index], index, text, |fault| {
                sink.push(fault.at(file, node.span))
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

/// Reads a table: the first row names fields, every other one is a report. Commas, semicolons or tabs part the columns.
pub fn read_csv(file: &Arc<SourceFile>, template: &Template, sink: &mut Sink) -> Vec<Row> {
    let head = file.text.lines().next().unwrap_or("");
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|&byte| head.bytes().filter(|&b| b == byte).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(file.text.as_bytes());
    let mut columns: Option<Vec<Column>> = None;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                let at = error
                    .position()
                    .map_or(0, |position| position.byte() as usize);
                sink.push(
                    Diagnostic::error(
                        "bad-table",
                        say!(
                            "表格从这里起读不下去",
                            "the table cannot be read from here on"
                        ),
                    )
                    .at(file, Span::new(at, at))
                    .help(say!(
                        "在表格软件里另存为 CSV（UTF-8）",
                        "save it again as CSV in UTF-8"
                    )),
                );
                return rows;
            }
        }
        let start = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        let end = reader.position().byte() as usize;
        let place = Place {
            file,
            start,
            end: end.min(file.text.len()),
        };
        let Some(columns) = &columns else {
            columns = Some(read_head(&record, &place, template, sink));
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows.push(read_row(&record, columns, &place, template, sink));
    }
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Field(usize),
    FileName,
    Unknown,
}

/// The bytes of one record.
struct Place<'a> {
    file: &'a Arc<SourceFile>,
    start: usize,
    end: usize,
}

impl Place<'_> {
    /// Where a cell stands: the record is searched from where the cell before it ended.
    fn cell(&self, text: &str, from: &mut usize) -> Span {
        let start = (self.start + *from).min(self.end);
        let found = self
            .file
            .text
            .get(start..self.end)
            .and_then(|rest| rest.find(text.trim()));
        let at = found.map_or(start, |found| start + found);
        *from = at + text.trim().len() - self.start;
        Span::new(at, at + text.trim().len())
    }
}

fn read_head(
    record: &csv::StringRecord,
    place: &Place,
    template: &Template,
    sink: &mut Sink,
) -> Vec<Column> {
    let mut from = 0;
    let mut columns: Vec<Column> = Vec::new();
    for cell in record {
        let span = place.cell(cell, &mut from);
        let name = fold(cell.trim_start_matches('\u{feff}'));
        let column = match find_field(template, &name) {
            _ if FILE_NAMES.contains(&name.as_str()) => Column::FileName,
            Some(index) => Column::Field(index),
            None => Column::Unknown,
        };
        if column == Column::Unknown && !name.is_empty() {
            sink.push(unknown_field(template, &name).at(place.file, span));
        } else if column != Column::Unknown && columns.contains(&column) {
            let fault = Diagnostic::error(
                "duplicate-field",
                say!(
                    "“{0}”这一列有两列",
                    "the column `{0}` stands twice",
                    cell.trim()
                ),
            );
            sink.push(
                fault
                    .at(place.file, span)
                    .help(say!("留一列，删去另一列", "delete one of them")),
            );
        }
        columns.push(column);
    }
    columns
}

fn read_row(
    record: &csv::StringRecord,
    columns: &[Column],
    place: &Place,
    template: &Template,
    sink: &mut Sink,
) -> Row {
    let mut row = Row {
        name: None,
        typed: vec![None; template.fields.len()],
        span: Span::new(place.start, place.start),
        is_broken: false,
    };
    let mut from = 0;
    for (number, cell) in record.iter().enumerate() {
        let span = place.cell(cell, &mut from);
        match columns.get(number) {
            Some(Column::Field(index)) => {
                put(&mut row, &template.fields[*index], *index, cell, |fault| {
                    sink.push(fault.at(place.file, span))
                });
            }
            Some(Column::FileName) => {
                row.name = Some(cell.trim().to_owned()).filter(|name| !name.is_empty())
            }
            Some(Column::Unknown) => {}
            None if cell.trim().is_empty() => {}
            None => {
                sink.push(
                    Diagnostic::error(
                        "bad-table",
                        say!(
                            "这一行比表头多出一格",
                            "this row has a cell more than the head"
                        ),
                    )
                    .at(place.file, span)
                    .help(say!(
                        "值里有逗号的，用英文双引号括起来",
                        "put a value that holds a comma in quotes"
                    )),
                );
                row.is_broken = true;
            }
        }
    }
    row
}

fn put(row: &mut Row, field: &Field, index: usize, text: &str, mut report: impl FnMut(Diagnostic)) {
    match read_value(text, field.blank_type, field.unit.as_deref()) {
        Ok(value) => row.typed[index] = value,
        Err(message) => {
            row.is_broken = true;
            let message = Text {
                zh: format!("{}：{}", field.label, message.zh),
                en: format!("{}: {}", field.label, message.en),
            };
            report(Diagnostic::error("wrong-value", message).help(say!(
                "改好再填；空着不写，就留作空格",
                "mend it, or leave it empty to keep the blank"
            )));
        }
    }
}

/// A field by its name or what the form calls it.
fn find_field(template: &Template, name: &str) -> Option<usize> {
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

fn unknown_field(template: &Template, name: &str) -> Diagnostic {
    let near = nearest(
        name,
        template.fields.iter().map(|field| field.name.as_str()),
    );
    let help = match near.is_empty() {
        true => say!(
            "gangwei fields 会列出全部填写项",
            "`gangwei fields` lists all fields"
        ),
        false => did_you_mean(&near),
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
