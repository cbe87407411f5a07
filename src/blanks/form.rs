//! The form of a template, for a page's script. Enters: a template and its text. Leaves: JSON that can stand inside a page.
//!
//! `fields` are in the order of the form; a field's `formula` is an expression as `Expr::json` writes it. `blanks[i]` is
//! the blank with `data-blank="i"`: its field, and how many last digits of it are shown. `text` is what stands between
//! the blanks, one piece more than there are blanks. `version` changes when a draft may no longer fit.

use super::{BlankType, Template};
use crate::fields::ChoiceValue;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Form<'a> {
    version: String,
    sections: Vec<&'a str>,
    fields: Vec<FormField<'a>>,
    blanks: Vec<FormBlank>,
    checks: Vec<FormCheck<'a>>,
    text: Vec<&'a str>,
}

#[derive(Serialize)]
struct FormField<'a> {
    name: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    blank_type: &'static str,
    unit: Option<&'a str>,
    scale: f64,
    section: usize,
    required: bool,
    example: Option<&'a str>,
    hint: Option<&'a str>,
    formula: Option<Value>,
    proposed: bool,
    blanks: &'a [usize],
}

#[derive(Serialize)]
struct FormBlank {
    field: usize,
    digits: Option<usize>,
}

#[derive(Serialize)]
struct FormCheck<'a> {
    total: usize,
    parts: &'a [(usize, f64)],
}

/// The form as JSON, safe inside a script element of data.
pub fn form_json(template: &Template, text: &str) -> serde_json::Result<String> {
    let mut pieces = Vec::with_capacity(template.blanks.len() + 1);
    let mut at = 0;
    for blank in &template.blanks {
        pieces.push(&text[at..blank.span.start as usize]);
        at = blank.span.end as usize;
    }
    pieces.push(&text[at..]);
    let form = Form {
        version: version(template),
        sections: template
            .sections
            .iter()
            .map(|section| section.title.as_str())
            .collect(),
        fields: template
            .fields
            .iter()
            .map(|field| FormField {
                name: &field.name,
                label: &field.label,
                blank_type: field.blank_type.id(),
                unit: field.unit.as_deref(),
                scale: field.scale(),
                section: field.section,
                required: field.required,
                example: field.example.as_deref(),
                hint: field.hint.as_deref().filter(|hint| *hint != field.label),
                formula: field.formula.as_ref().map(|formula| formula.expr.json()),
                proposed: field
                    .formula
                    .as_ref()
                    .is_some_and(|formula| formula.is_proposed),
                blanks: &field.blanks,
            })
            .collect(),
        blanks: template
            .blanks
            .iter()
            .map(|blank| FormBlank {
                field: blank.field,
                digits: blank.digits.filter(|_| blank.blank_type == BlankType::Year),
            })
            .collect(),
        checks: template
            .checks
            .iter()
            .map(|check| FormCheck {
                total: check.total,
                parts: &check.parts,
            })
            .collect(),
        text: pieces,
    };
    let json = serde_json::to_string(&form)?;
    Ok(json.replace('<', "\\u003c"))
}

/// A fingerprint of the fields: their names, types and units.
fn version(template: &Template) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in &template.fields {
        let unit = field.unit.as_deref().unwrap_or("");
        hasher.update(
            format!("{}\u{0}{}\u{0}{unit}\n", field.name, field.blank_type.id()).as_bytes(),
        );
    }
    hasher.finalize().to_hex()[..12].to_owned()
}
