//! A table of values with one report a row. Enters: a file and a template. Leaves: rows of typed values; what cannot be
//! read is reported at its cell, and its row is not to be written.

use super::values::{FILE_NAMES, FilledRow, find_field, put, unknown_field};
use crate::blanks::Template;
use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::text::{SourceFile, Span, fold};
use regex::Regex;
use std::sync::Arc;

/// Reads a table: the first row names fields, every other one is a report. Commas, semicolons or tabs part the columns.
pub fn read_csv(file: &Arc<SourceFile>, template: &Template, sink: &mut Sink) -> Vec<FilledRow> {
    let mut lines = file.text.lines();
    let head = lines.find(|line| !line.is_empty()).unwrap_or("");
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|&byte| head.bytes().filter(|&b| b == byte).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(file.text.as_bytes());
    let cell = cell_pattern(delimiter.unwrap_or(b','));
    let mut columns: Option<Vec<Column>> = None;
    let mut rows = Vec::new();
    let mut is_whole = true;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(0, offset);
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
        let start = record.position().map_or(0, offset);
        let end = offset(reader.position());
        let place = RecordSpan {
            file,
            start,
            end: end.min(file.text.len()),
        };
        if let Some(at) = cell.as_ref().and_then(|cell| open_quote(&place, cell)) {
            sink.push(not_closed(file, at));
            is_whole = false;
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(read_head(&record, &place, template, sink));
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows.push(read_row(&record, columns, &place, template, sink));
    }
    if rows.is_empty() && is_whole {
        sink.push(no_rows(file));
    }
    rows
}

/// One cell as CSV has it, with what ends it: in quotation marks, or without one at its beginning.
fn cell_pattern(delimiter: u8) -> Option<Regex> {
    let end = (delimiter as char).escape_default();
    Regex::new(&format!(
        r#"^(?:"(?:[^"]|"")*" *|[^"\n{end}][^\n{end}]*|)(?:{end}|\n?$)"#
    ))
    .ok()
}

/// Where a quotation mark of a record stands that nothing closes. The CSV library reads on to the next one, through rows.
fn open_quote(place: &RecordSpan, cell: &Regex) -> Option<usize> {
    let mut at = place.start;
    // Empty lines before a record are counted to it.
    let written = place.file.text.get(at..place.end)?;
    at += written.len() - written.trim_start_matches('\n').len();
    while let Some(rest) = place.file.text.get(at..place.end)
        && !rest.is_empty()
    {
        match cell.find(rest) {
            Some(found) => at += found.len(),
            None => return Some(at),
        }
    }
    None
}

fn not_closed(file: &Arc<SourceFile>, at: usize) -> Diagnostic {
    Diagnostic::error(
        "bad-table",
        say!(
            "这里的引号没有收尾，后面的格子和行会连成一格",
            "the quotation mark here is not closed, so that the cells and rows after it would become one"
        ),
    )
    .at(file, Span::new(at, at + 1))
    .help(say!(
        "值的前后各写一个英文双引号，或两个都删去；值里面的双引号写两遍",
        "put a quotation mark before and after the value, or delete both; one inside a value is written twice"
    ))
}

fn no_rows(file: &Arc<SourceFile>) -> Diagnostic {
    Diagnostic::error(
        "bad-table",
        say!("表格里没有要填的行", "the table has no rows to fill from"),
    )
    .at(file, Span::new(0, 0))
    .help(say!(
        "第一行写填写项的名称，下面一行写一份报告的值",
        "the first row has the names of fields, each row below it the values of one report"
    ))
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Field(usize),
    FileName,
    /// One with a name that cannot be used: a report with a value in it is not written.
    Unknown,
    /// One without a name, such as a table program's own numbers.
    Unnamed,
}

/// The bytes of one record.
struct RecordSpan<'a> {
    file: &'a Arc<SourceFile>,
    start: usize,
    end: usize,
}

impl RecordSpan<'_> {
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
    place: &RecordSpan,
    template: &Template,
    sink: &mut Sink,
) -> Vec<Column> {
    let mut from = 0;
    let mut columns: Vec<Column> = Vec::new();
    for cell in record {
        let span = place.cell(cell, &mut from);
        let written = cell.trim_start_matches('\u{feff}').trim();
        let name = fold(written);
        let column = match find_field(template, &name) {
            _ if name.is_empty() => Column::Unnamed,
            _ if FILE_NAMES.contains(&name.as_str()) => Column::FileName,
            Some(index) => Column::Field(index),
            None => Column::Unknown,
        };
        let is_used = matches!(column, Column::Field(_) | Column::FileName);
        let fault = match column {
            Column::Unknown if written.contains('，') => Some(full_width_commas(written)),
            Column::Unknown => Some(unknown_field(template, written)),
            column if is_used && columns.contains(&column) => Some(twice(written)),
            _ => None,
        };
        columns.push(if fault.is_some() {
            Column::Unknown
        } else {
            column
        });
        if let Some(fault) = fault {
            sink.push(fault.at(place.file, span));
        }
    }
    columns
}

fn full_width_commas(written: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-table",
        say!(
            "“{written}”里的逗号是全角的，几列会当成一列",
            "the commas in `{written}` are full-width, so that its columns are read as one"
        ),
    )
    .help(say!(
        "整个表格都用英文逗号“,”分列，或在表格软件里另存为 CSV",
        "part columns with `,` in the whole table, or save it as CSV from the spreadsheet"
    ))
}

fn twice(written: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-field",
        say!(
            "“{written}”这一列有两列",
            "the column `{written}` stands twice"
        ),
    )
    .help(say!("留一列，删去另一列", "delete one of them"))
}

fn read_row(
    record: &csv::StringRecord,
    columns: &[Column],
    place: &RecordSpan,
    template: &Template,
    sink: &mut Sink,
) -> FilledRow {
    let mut row = FilledRow {
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
                    sink.push(fault.at(place.file, span));
                });
            }
            Some(Column::FileName) => {
                row.name = Some(cell.trim().to_owned()).filter(|name| !name.is_empty());
            }
            Some(Column::Unknown) => row.is_broken |= !cell.trim().is_empty(),
            Some(Column::Unnamed) => {}
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

/// Where a record of the table stands.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the table is in memory, where every byte has an address"
)]
fn offset(position: &csv::Position) -> usize {
    position.byte() as usize
}
