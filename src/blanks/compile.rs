//! The compiler's line: tokens, types, labels, fields, arithmetic. Enters: a text and the declared fields. Leaves: the
//! template and the faults in it.

use super::declared::{cut_loops, declare, relate_years, resolve_factors};
use super::derive::derive;
use super::field::{Formula, ReadBlank, make_fields};
use super::label::{Label, label_of};
use super::line::{FoldedLine, prose_lines};
use super::lost::lost_text;
use super::named::{broken_named, read_named};
use super::table::{cell_label, cells, is_table_row};
use super::template::{CompiledBlank, Section, Template, TemplateFault};
use super::token::{Blank, Blanks, scan_line};
use super::typing::{Typing, type_of};
use super::year::year_role;
use super::{BlankType, DeclaredField};
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::{Span, fold};
use std::ops::Range;

/// Compiles a text. Declared fields win over everything that the text says.
pub fn compile(text: &str, declared: &[DeclaredField]) -> Template {
    let mut reading = TemplateReader {
        blanks: Vec::new(),
        widths: Vec::new(),
        sections: vec![Section {
            title: String::new(),
        }],
        faults: Vec::new(),
        sentence: 0,
        table_head: Vec::new(),
    };
    for (number, (start, line)) in prose_lines(text).enumerate() {
        reading.take_line(&FoldedLine::read(line, start), number);
    }
    let TemplateReader {
        mut blanks,
        widths,
        sections,
        mut faults,
        ..
    } = reading;
    apply_types(&mut blanks, declared);
    let (mut fields, of_blank) = make_fields(&blanks);
    let (proposed, mut checks) = derive(text, &blanks, &of_blank, &fields);
    for (index, expr) in proposed {
        let field = &mut fields[index];
        // A value that several sentences ask for follows from none of them.
        if field.blanks.len() == 1 {
            field.formula = Some(Formula {
                expr,
                is_proposed: true,
            });
        }
    }
    relate_years(&blanks, &mut fields, &of_blank);
    declare(&mut fields, declared, &mut faults);
    resolve_factors(&mut fields);
    cut_loops(&mut fields, declared, &mut faults);
    checks.retain(|check| !check.parts.iter().any(|(part, _)| *part == check.total));
    let compiled = blanks
        .into_iter()
        .zip(widths)
        .zip(of_blank)
        .map(|((blank, width), field)| CompiledBlank {
            span: blank.span,
            width,
            field,
            blank_type: fields[field].blank_type,
            unit: blank
                .typing
                .unit
                .clone()
                .or_else(|| fields[field].unit.clone()),
            label: if blank.label.text.is_empty() {
                fields[field].label.clone()
            } else {
                blank.label.text
            },
            digits: blank.digits,
            reason: blank.typing.reason,
        });
    Template {
        blanks: compiled.collect(),
        fields,
        sections,
        checks,
        faults,
    }
}

struct TemplateReader {
    blanks: Vec<ReadBlank>,
    widths: Vec<usize>,
    sections: Vec<Section>,
    faults: Vec<TemplateFault>,
    sentence: usize,
    /// The cells of the open table's first row.
    table_head: Vec<String>,
}

impl TemplateReader {
    fn take_line(&mut self, line: &FoldedLine, number: usize) {
        if let Some(title) = heading(line) {
            self.sections.push(Section { title });
        }
        self.sentence += 1;
        let mut found: Vec<Blank> = Vec::new();
        scan_line(line, Blanks::All, &mut found);
        let ranges: Vec<Range<usize>> = found
            .iter()
            .map(|blank| line.place(blank.span.start as usize)..line.place(blank.span.end as usize))
            .collect();
        for range in broken_named(line, &ranges) {
            self.faults.push(TemplateFault {
                fault: Diagnostic::error(
                    "bad-blank",
                    say!(
                        "这里的 [[ 没有写成一个空格",
                        "this [[ does not make a blank"
                    ),
                )
                .help(say!(
                    "写成 [[名称:类型|提示]]，两对方括号写在同一行里",
                    "write [[name:type|hint]] with both pairs of brackets on one line"
                )),
                span: Span::new(line.offsets[range.start], line.offsets[range.end]),
                in_front_matter: false,
            });
        }
        self.faults.extend(lost_text(line, &ranges));
        let row: Vec<(usize, String)> = if is_table_row(line) {
            cells(line).collect()
        } else {
            Vec::new()
        };
        if row.is_empty() || self.table_head.is_empty() {
            self.table_head = row.iter().map(|(_, cell)| cell.clone()).collect();
        }
        let mut previous = 0;
        let mut sentence_from = 0;
        for (blank, range) in found.iter().zip(ranges) {
            let passed = &line.folded[sentence_from..range.start];
            self.sentence += passed
                .iter()
                .filter(|c| matches!(c, '。' | ';' | '!' | '?'))
                .count();
            sentence_from = range.end;
            let read = self.read_blank(line, number, blank, range.clone(), previous, &row);
            previous = range.end.max(read.typing.right.end);
            self.blanks.push(read);
            self.widths.push(blank.width);
        }
    }

    fn read_blank(
        &mut self,
        line: &FoldedLine,
        number: usize,
        blank: &Blank,
        range: Range<usize>,
        previous: usize,
        row: &[(usize, String)],
    ) -> ReadBlank {
        let mut typing = type_of(line, range.clone());
        let mut name = None;
        let mut hint = None;
        if line.raw[range.start] == '[' {
            let inner = line.written(range.start + 2, range.end - 2);
            match read_named(&inner) {
                Ok(named) => {
                    if let Some(blank_type) = named.blank_type {
                        typing = named_typing(typing, blank_type);
                    }
                    name = Some(named.name);
                    hint = named.hint;
                }
                Err((message, help)) => self.faults.push(TemplateFault {
                    fault: Diagnostic::error("bad-blank", message).help(help),
                    span: blank.span,
                    in_front_matter: false,
                }),
            }
        }
        let section = self.sections.len() - 1;
        let title = &self.sections[section].title;
        let prefix = line.folded[..range.start]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let is_year = typing.blank_type == BlankType::Year;
        let year = (is_year && name.is_none())
            .then(|| year_role(line, range.clone(), typing.right.end, title));
        let label = match (&hint, &name) {
            (Some(hint), _) => Label {
                text: hint.clone(),
                ..Label::default()
            },
            (None, Some(name)) => Label {
                text: name.clone(),
                ..Label::default()
            },
            (None, None) => match cell_label(row, range.start, &self.table_head) {
                Some(text) => Label {
                    text,
                    ..Label::default()
                },
                None => label_of(line, range, previous, &typing),
            },
        };
        ReadBlank {
            span: blank.span,
            word: line.folded[typing.right.clone()].iter().collect(),
            digits: (is_year && (1..4).contains(&prefix)).then(|| 4 - prefix),
            typing,
            label,
            name,
            hint,
            year,
            section,
            line: number,
            sentence: self.sentence,
        }
    }
}

fn named_typing(typing: Typing, blank_type: BlankType) -> Typing {
    let keeps_unit = matches!(
        blank_type,
        BlankType::Money | BlankType::Integer | BlankType::Number | BlankType::Percent
    );
    Typing {
        blank_type,
        unit: typing.unit.filter(|_| keeps_unit),
        right: typing.right,
        reason: say!("作者写明", "its author says so"),
    }
}

/// The words of a heading: `## 一、…`, or a numbered line without a full stop, as raw texts have them.
fn heading(line: &FoldedLine) -> Option<String> {
    let text = line.written(0, line.raw.len());
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('#') {
        let title = rest.trim_start_matches('#');
        return title
            .starts_with([' ', '\u{3000}'])
            .then(|| title.trim().to_owned());
    }
    let numerals = text
        .chars()
        .take_while(|c| "一二三四五六七八九十".contains(*c))
        .count();
    let is_heading = numerals > 0
        && text.chars().nth(numerals) == Some('、')
        && text.chars().count() <= 40
        && !text
            .trim_end_matches('。')
            .contains(['。', '，', ',', '；']);
    is_heading.then(|| text.trim_end_matches('。').to_owned())
}

/// Types that the author declares come before fields are made, since what belongs together depends on them.
fn apply_types(blanks: &mut [ReadBlank], declared: &[DeclaredField]) {
    for blank in blanks {
        let Some(name) = &blank.name else { continue };
        let declaration = declared
            .iter()
            .find(|field| fold(&field.name.value) == fold(name));
        if let Some(blank_type) = declaration.and_then(|field| field.blank_type) {
            blank.typing.blank_type = blank_type;
        }
    }
}
