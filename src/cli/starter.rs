//! New documents: front matter from the registry, with every field, its help and its allowed values, then a body.

use crate::diagnostic::Lang;
use crate::fields::{Field, FieldType, Need, Record, Vocabularies};
use crate::kinds::{Kind, Shared};
use crate::text::display_width;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static SKELETONS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/skeletons");

/// The column in which the help begins, in cells.
const HELP_COLUMN: usize = 32;

/// The text of a new document. `values` has the values of top-level fields, by English key.
pub(super) fn document(
    kind: &Kind,
    values: &BTreeMap<&str, String>,
    vocabularies: &Vocabularies,
    lang: Lang,
) -> String {
    let mut out = String::from("---\n");
    let (last, first): (Vec<_>, Vec<_>) =
        Shared::FIELDS.iter().partition(|field| belongs_last(field));
    for field in first.into_iter().chain(kind.fields).chain(last) {
        write_field(
            &mut out,
            field,
            kind,
            values,
            vocabularies,
            lang,
            LinePosition::TOP,
        );
    }
    out.push_str("---\n\n");
    out.push_str(&skeleton(kind, lang));
    out
}

/// The initial body of a kind.
pub(super) fn skeleton(kind: &Kind, lang: Lang) -> String {
    let folder = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let file = SKELETONS.get_file(format!("{folder}/{}.md", kind.name));
    file.and_then(|file| file.contents_utf8())
        .unwrap_or("")
        .to_owned()
}

/// Replaces the initial body of a new document by the example for a starter site, if the kind has an example.
pub(super) fn with_first_body(document: &str, kind: &Kind, lang: Lang) -> String {
    let folder = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let first = SKELETONS.get_file(format!("{folder}/first-{}.md", kind.name));
    let first = first.and_then(|file| file.contents_utf8());
    match (document.strip_suffix(skeleton(kind, lang).as_str()), first) {
        (Some(front), Some(first)) => format!("{front}{first}"),
        _ => document.to_owned(),
    }
}

/// Whether a field comes at the end of the front matter, because few documents need it.
fn belongs_last(field: &Field) -> bool {
    matches!(
        field.key,
        "updated" | "withdrawn" | "tags" | "language" | "aliases" | "allow" | "visibility"
    )
}

fn write_field(
    out: &mut String,
    field: &Field,
    kind: &Kind,
    values: &BTreeMap<&str, String>,
    vocabularies: &Vocabularies,
    lang: Lang,
    place: LinePosition,
) {
    let key = match lang {
        Lang::Zh if field.key == "id" && place.depth == 0 => kind.id_zh,
        Lang::Zh => field.zh,
        Lang::En => field.key,
    };
    let value = values
        .get(field.key)
        .filter(|_| place.depth == 0)
        .map(String::as_str);
    let inner = inner_fields(field.ty);
    // In effect are required fields, top-level expected fields that are not groups, and optional fields with a value.
    // `#` disables the others.
    let written = place.written
        && match (field.need, inner) {
            (Need::Required, _) => true,
            (Need::Expected, None) => place.depth == 0,
            (Need::Expected, Some(_)) => false,
            (Need::Optional, _) => value.is_some(),
        };
    let value = match (value, field.need, place.depth, inner) {
        (Some(value), ..) => value,
        (None, Need::Required, 1.., None) => field.example,
        _ => "",
    };
    let comment = if written { "" } else { "# " };
    let line = format!("{comment}{}{key}: {value}", place.indent());
    write_line(out, &line, &help(field, vocabularies, lang));
    let Some((fields, list)) = inner else { return };
    for (index, field) in fields.iter().enumerate() {
        let inside = LinePosition {
            depth: place.depth + 1,
            indent: place.indent + if list { 2 } else { 1 },
            dash: list && index == 0,
            written,
        };
        write_field(out, field, kind, values, vocabularies, lang, inside);
    }
}

/// The position of a field's line.
#[derive(Clone, Copy)]
struct LinePosition {
    /// The number of groups around the field.
    depth: usize,
    /// The indentation, in steps of two spaces.
    indent: usize,
    /// Whether the line begins an item of a list.
    dash: bool,
    /// Whether the group around the field is in effect, instead of disabled by `#`.
    written: bool,
}

impl LinePosition {
    const TOP: LinePosition = LinePosition {
        depth: 0,
        indent: 0,
        dash: false,
        written: true,
    };

    fn indent(self) -> String {
        if self.dash {
            format!("{}- ", "  ".repeat(self.indent - 1))
        } else {
            "  ".repeat(self.indent)
        }
    }
}

fn write_line(out: &mut String, line: &str, help: &str) {
    let line = line.trim_end();
    let padding = HELP_COLUMN.saturating_sub(display_width(line)).max(2);
    out.push_str(&format!("{line}{}# {help}\n", " ".repeat(padding)));
}

/// The fields of a map, or of each map in a list, and whether the type is a list.
fn inner_fields(ty: FieldType) -> Option<(&'static [Field], bool)> {
    match ty {
        FieldType::Record(fields) => Some((fields, false)),
        FieldType::List(FieldType::Record(fields)) => Some((fields, true)),
        FieldType::Either([FieldType::Record(fields), ..]) => Some((fields, false)),
        _ => None,
    }
}

fn help(field: &Field, vocabularies: &Vocabularies, lang: Lang) -> String {
    let need = match (field.need, lang) {
        (Need::Optional, Lang::Zh) => "选填",
        (_, Lang::Zh) => "必填",
        (Need::Optional, Lang::En) => "optional",
        (_, Lang::En) => "required",
    };
    let allowed = allowed_values(field, vocabularies, lang);
    let words = match lang {
        Lang::Zh => field.help_zh,
        Lang::En => field.help_en,
    };
    let example = match field.example {
        "" => String::new(),
        _ if words.contains("例如") || words.contains("for example") => String::new(),
        example if lang == Lang::En && example.chars().any(crate::text::is_han) => String::new(),
        example if lang == Lang::Zh => format!("，例如 {example}"),
        example => format!(", for example {example}"),
    };
    match (allowed.is_empty(), lang) {
        (true, Lang::Zh) => format!("{need}：{words}{example}"),
        (true, Lang::En) => format!("{need}: {words}{example}"),
        (false, Lang::Zh) => format!("{need}：{}", allowed.join("、")),
        (false, Lang::En) => format!("{need}: {}", allowed.join(", ")),
    }
}

/// The largest number of names from a vocabulary; an author finds the others in its file.
const MAX_NAMES: usize = 12;

fn allowed_values(field: &Field, vocabularies: &Vocabularies, lang: Lang) -> Vec<String> {
    let ty = match field.ty {
        FieldType::List(inner) => *inner,
        other => other,
    };
    match ty {
        FieldType::Choice(choices) => choices
            .iter()
            .map(|choice| {
                if lang == Lang::Zh {
                    choice.zh
                } else {
                    choice.id
                }
                .to_owned()
            })
            .collect(),
        FieldType::Boolean => match lang {
            Lang::Zh => vec!["是".to_owned(), "否".to_owned()],
            Lang::En => vec!["true".to_owned(), "false".to_owned()],
        },
        FieldType::Entry(vocabulary) => {
            let entries = vocabularies.get(vocabulary).entries();
            let mut names: Vec<String> = entries
                .iter()
                .take(MAX_NAMES)
                .map(|entry| entry.name.clone())
                .collect();
            if entries.len() > MAX_NAMES {
                names.push("…".to_owned());
            }
            names
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;

    #[test]
    fn every_kind_has_a_skeleton_and_every_field_is_in_its_document() {
        for lang in [Lang::Zh, Lang::En] {
            for kind in KINDS {
                assert!(!skeleton(kind, lang).is_empty(), "{} {lang:?}", kind.name);
                let text = document(kind, &BTreeMap::new(), &Vocabularies::default(), lang);
                for field in kind.fields {
                    let key = if lang == Lang::Zh {
                        field.zh
                    } else {
                        field.key
                    };
                    assert!(text.contains(&format!("{key}:")), "{}: {key}", kind.name);
                }
            }
        }
    }
}
