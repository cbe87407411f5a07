//! Fields: one for one meaning. Enters: typed blanks in order. Leaves: the fields of a form, each with its blanks, under
//! names that a spreadsheet's columns can have.

use super::BlankType;
use super::formula::Expr;
use super::label::{Label, with_subject};
use super::typing::Typing;
use super::value::scale;
use super::year::YearRole;
use crate::text::{Span, fold};
use std::collections::BTreeMap;

/// How a field follows from others.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// What computes it.
    pub expr: Expr,
    /// Whether the sentence proposes it; otherwise its author wrote it.
    pub is_proposed: bool,
}

/// A blank that has been read, before it has a field.
#[derive(Debug)]
pub(super) struct ReadBlank {
    /// Its bytes.
    pub span: Span,
    /// What it takes.
    pub typing: Typing,
    /// What it is called.
    pub label: Label,
    /// The name that its author gave.
    pub name: Option<String>,
    /// What its author says of it.
    pub hint: Option<String>,
    /// The last digits that are asked for, where the first ones stand in the text.
    pub digits: Option<usize>,
    /// How it relates to the report's year.
    pub year: Option<YearRole>,
    /// The heading that it stands under, by index.
    pub section: usize,
    /// The line, and the sentence in the whole text.
    pub line: usize,
    /// Counts sentences.
    pub sentence: usize,
    /// The word that stands right of it, folded.
    pub word: String,
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Unique in the template; the author's, or made of the label.
    pub name: String,
    /// What the form calls it.
    pub label: String,
    /// What it takes.
    pub blank_type: BlankType,
    /// Its unit, in Simplified characters.
    pub unit: Option<String>,
    /// The heading that its first blank stands under, by index.
    pub section: usize,
    /// Whether it must be filled.
    pub required: bool,
    /// An example.
    pub example: Option<String>,
    /// What its author says of it.
    pub hint: Option<String>,
    /// How it follows from others.
    pub formula: Option<Formula>,
    /// Its blanks, by index; none for a field that only formulas use.
    pub blanks: Vec<usize>,
}

impl FormField {
    /// What one of its unit is in units of one.
    pub fn scale(&self) -> f64 {
        self.unit.as_deref().map_or(1.0, scale)
    }
}

/// Makes the fields. Gives them, and for every blank its field.
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
            let field_data = &mut fields[field];
            field_data.blanks.push(index);
            field_data.unit = field_data.unit.take().or_else(|| blank.typing.unit.clone());
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

/// What blanks of one meaning have in common; nothing for a blank that stands alone.
fn sharing_key(blank: &ReadBlank) -> Option<String> {
    let word = &blank.word;
    match (&blank.name, blank.typing.blank_type) {
        (Some(name), _) => Some(format!("name {}", fold(name))),
        (None, BlankType::Bank) => Some(format!("bank {word}")),
        (None, BlankType::Branch) => Some(format!("branch {word}")),
        (None, BlankType::Person) if !word.is_empty() => Some(format!("person {word}")),
        // Two customers of one summary are two; within a paragraph it is the same one.
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

/// A name made of a label: letters and digits in Simplified characters.
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
