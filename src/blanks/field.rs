//! Fields of forms: blanks with the same meaning share a field. Enters: blanks with their types, in order. Leaves: the
//! fields of a form with their blanks. The names of fields are also valid names of columns in a spreadsheet.

use super::BlankType;
use super::formula::Expr;
use super::label::{Label, with_subject};
use super::typing::Typing;
use super::value::scale;
use super::year::YearRole;
use crate::text::{Span, fold};
use std::collections::BTreeMap;

/// The computation of a field from others.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// The expression that computes the field.
    pub expr: Expr,
    /// Whether the program proposes the formula from the sentence. Otherwise the author wrote it.
    pub is_proposed: bool,
}

/// A blank as read from the text, without its field.
#[derive(Debug)]
pub(super) struct ReadBlank {
    /// Its bytes.
    pub span: Span,
    /// Its type and unit.
    pub typing: Typing,
    /// Its label.
    pub label: Label,
    /// The name from the author, if any.
    pub name: Option<String>,
    /// The hint from the author, if any.
    pub hint: Option<String>,
    /// The number of last digits to fill in, if the text already has the first digits.
    pub digits: Option<usize>,
    /// Its relation to the year of the report, if it is a year.
    pub year: Option<YearRole>,
    /// The index of the heading above it.
    pub section: usize,
    /// The index of its line.
    pub line: usize,
    /// The index of its sentence in the whole text.
    pub sentence: usize,
    /// The word directly to the right of it, folded.
    pub word: String,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// The name from the author, or one that is made of the label. It is unique in the template.
    pub name: String,
    /// Its label in the form.
    pub label: String,
    /// The type of its values.
    pub blank_type: BlankType,
    /// Its unit, in Simplified characters.
    pub unit: Option<String>,
    /// The index of the heading above its first blank.
    pub section: usize,
    /// Whether it must have a value.
    pub required: bool,
    /// An example of a value.
    pub example: Option<String>,
    /// The hint from the author, if any.
    pub hint: Option<String>,
    /// The computation of the field from others, if it is computed.
    pub formula: Option<Formula>,
    /// The indices of its blanks; empty for a field that only formulas use.
    pub blanks: Vec<usize>,
}

impl FormField {
    /// The number of basic units in its unit: 10,000 for 万元.
    pub fn scale(&self) -> f64 {
        self.unit.as_deref().map_or(1.0, scale)
    }
}

/// Makes the fields. Returns them, and the index of the field of each blank.
pub(super) fn make_fields(blanks: &[ReadBlank]) -> (Vec<FormField>, Vec<usize>) {
    let mut fields: Vec<FormField> = Vec::new();
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_blank = Vec::with_capacity(blanks.len());
    let mut subject: (usize, &str) = (usize::MAX, "");
    for (index, blank) in blanks.iter().enumerate() {
        let label = match &blank.label {
            label if label.is_dependent && subject.0 == blank.sentence => {
                with_subject(subject.1, &label.text)
            }
            label => label.text.clone(),
        };
        if blank.label.is_subject {
            subject = (blank.sentence, &blank.label.text);
        }
        let key = sharing_key(blank);
        if let Some(&field) = key.as_ref().and_then(|key| shared.get(key)) {
            let shared_field = &mut fields[field];
            shared_field.blanks.push(index);
            shared_field.unit = shared_field
                .unit
                .take()
                .or_else(|| blank.typing.unit.clone());
            of_blank.push(field);
            continue;
        }
        let label = match (&blank.year, label.is_empty()) {
            (Some(role), _) => role.label().unwrap_or(label),
            (None, true) => blank
                .typing
                .unit
                .clone()
                .unwrap_or_else(|| "填空".to_owned()),
            (None, false) => label,
        };
        let name = blank
            .name
            .clone()
            .unwrap_or_else(|| unique(&name_of(&label), &mut names));
        if let Some(key) = key {
            shared.insert(key, fields.len());
        }
        of_blank.push(fields.len());
        fields.push(FormField {
            name,
            label,
            blank_type: blank.typing.blank_type,
            unit: blank.typing.unit.clone(),
            section: blank.section,
            required: true,
            example: None,
            hint: blank.hint.clone(),
            formula: None,
            blanks: vec![index],
        });
    }
    (fields, of_blank)
}

/// The key that blanks with the same meaning share; `None` for a blank with a field of its own.
fn sharing_key(blank: &ReadBlank) -> Option<String> {
    let word = &blank.word;
    match (&blank.name, blank.typing.blank_type) {
        (Some(name), _) => Some(format!("name {}", fold(name))),
        (None, BlankType::Bank) => Some(format!("bank {word}")),
        (None, BlankType::Branch) => Some(format!("branch {word}")),
        (None, BlankType::Person) if !word.is_empty() => Some(format!("person {word}")),
        // Two lines of a summary name two customers; within a line it is the same customer.
        (None, BlankType::Customer) if !word.is_empty() => {
            Some(format!("customer {word} {}", blank.line))
        }
        (None, BlankType::Year) => match blank.year {
            Some(YearRole::Report(offset)) => Some(format!("year {offset}")),
            _ => None,
        },
        _ => None,
    }
}

/// Makes a name of a label: its letters and digits, in Simplified characters.
fn name_of(label: &str) -> String {
    let name: String = fold(label)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    if name.is_empty() {
        "填空".to_owned()
    } else {
        name
    }
}

fn unique(name: &str, names: &mut BTreeMap<String, usize>) -> String {
    let count = names.entry(name.to_owned()).or_default();
    *count += 1;
    match *count {
        1 => name.to_owned(),
        count => format!("{name}_{count}"),
    }
}
