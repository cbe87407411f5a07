//! A compiled report: its blanks, the fields they stand for, what is wrong with it.

use super::BlankType;
use super::field::FormField;
use crate::diagnostic::{Diagnostic, Text};
use crate::text::{SourceFile, Span};
use std::sync::Arc;

/// One blank of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct CompiledBlank {
    /// Its bytes in the text.
    pub span: Span,
    /// How wide it prints, in cells.
    pub width: usize,
    /// Its field, by index.
    pub field: usize,
    /// What it takes.
    pub blank_type: BlankType,
    /// Its unit in Simplified characters.
    pub unit: Option<String>,
    /// What this place is called; its field may be called after another.
    pub label: String,
    /// How many last digits are asked for where the first ones stand in the text, as in `20__年`.
    pub digits: Option<usize>,
    /// Why it has its type.
    pub reason: Text,
}

/// A total and its parts, which cannot be more.
#[derive(Debug, Clone, PartialEq)]
pub struct PartsCheck {
    /// The field of the total.
    pub total: usize,
    /// The fields of the parts, each with what its value is multiplied by so that units agree.
    pub parts: Vec<(usize, f64)>,
}

/// A heading that blanks stand under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's words; empty before the first heading.
    pub title: String,
}

/// A fault in a template, and its bytes: in the text, or in the front matter.
#[derive(Debug, Clone)]
pub struct TemplateFault {
    /// What is wrong, without its place.
    pub fault: Diagnostic,
    /// Where.
    pub span: Span,
    /// Whether the span counts from the file's beginning instead of the text's.
    pub in_front_matter: bool,
}

/// A compiled report.
#[derive(Debug, Clone, Default)]
pub struct Template {
    /// The blanks in the order of the text.
    pub blanks: Vec<CompiledBlank>,
    /// The fields in the order of their first blanks, then those that only formulas use.
    pub fields: Vec<FormField>,
    /// The headings.
    pub sections: Vec<Section>,
    /// Totals with their parts.
    pub checks: Vec<PartsCheck>,
    /// What is wrong.
    pub faults: Vec<TemplateFault>,
}

impl TemplateFault {
    /// The fault at its place in a file whose body stands at `body`.
    pub fn diagnostic(&self, source: &Arc<SourceFile>, body: Span) -> Diagnostic {
        let offset = if self.in_front_matter { 0 } else { body.start };
        let span = Span {
            start: self.span.start + offset,
            end: self.span.end + offset,
        };
        self.fault.clone().at(source, span)
    }
}
