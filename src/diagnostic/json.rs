//! Diagnostics for programs, as one JSON array. Columns count characters from 1; `start` and `end` count bytes from 0.

use super::positions::positions;
use super::{Diagnostic, Lang};
use crate::text::Position;
use serde_json::{Value, json};

/// Renders diagnostics as the array that `check --format json` prints.
pub fn render_json(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let all: Vec<Value> = diagnostics
        .iter()
        .zip(positions(diagnostics))
        .map(|(diagnostic, found)| to_json(diagnostic, found, lang))
        .collect();
    format!("{}\n", Value::Array(all))
}

fn to_json(diagnostic: &Diagnostic, found: Option<(Position, Position)>, lang: Lang) -> Value {
    let help = diagnostic.advice(lang);
    let mut value = json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.name(),
        "message": diagnostic.message.get(lang),
        "help": (!help.is_empty()).then(|| help.join(" ")),
        "file": diagnostic.file(),
        "line": null, "column": null, "end_line": null, "end_column": null,
        "start": null, "end": null,
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "start": fix.span.start,
            "end": fix.span.end,
            "text": fix.text,
        })),
    });
    if let Some((file, fix)) = &diagnostic.fix_elsewhere {
        value["fix_elsewhere"] = json!({
            "file": file.path,
            "start": fix.span.start,
            "end": fix.span.end,
            "text": fix.text,
        });
    }
    if let (Some(place), Some((start, end))) = (&diagnostic.place, found) {
        value["line"] = start.line.into();
        value["column"] = start.column.into();
        value["end_line"] = end.line.into();
        value["end_column"] = end.column.into();
        value["start"] = place.span.start.into();
        value["end"] = place.span.end.into();
    }
    value
}
