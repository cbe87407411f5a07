//! Generated documents: front matter with the fields needed first, their help and their allowed values, made from the
//! registry; and the list of all fields of a kind.

use super::arguments::say;
use crate::diagnostic::Lang;
use crate::fields::{Field, FieldType, Need, Record, Vocabularies};
use crate::kinds::{Kind, Shared};
use crate::text::display_width;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static SKELETONS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/skeletons");

/// Cells before the help begins.
const HELP_COLUMN: usize = 32;

/// The fields of a new document that its author fills in first, by kind: each group under a line of its own. A kind that is
/// not here has the fields that it needs, in the order declared.
const GROUPS: &[(&str, &[Group])] = &[(
    "job",
    &[
        Group {
            heading: ("岗位", "The post"),
            keys: &[
                "title",
                "unit",
                "department",
                "category",
                "locations",
                "recruitment",
                "headcount",
            ],
        },
        Group {
            heading: ("条件", "What is asked"),
            keys: &["education", "experience"],
        },
        Group {
            heading: ("待遇", "What is offered"),
            keys: &["salary"],
        },
        Group {
            heading: (
                "报名（怎样报名不写则用 gangwei.yaml 里的应聘方式）",
                "Applying (as gangwei.yaml says, where nothing else is written)",
            ),
            keys: &["published", "closes"],
        },
    ],
)];

/// Fields that most authors of a kind write, although it does not need them.
const OFTEN: &[(&str, &[&str])] = &[
    ("campaign", &["opens"]),
    ("report", &["role"]),
    ("exam", &["pass_mark"]),
    ("article", &["summary", "authors", "keywords"]),
    ("page", &["summary"]),
];

/// Fields under one heading.
struct Group {
    heading: (&'static str, &'static str),
    keys: &'static [&'static str],
}

/// The text of a new document: the fields that are needed, and what `values` states besides, by English key.
pub(super) fn document(
    kind: &Kind,
    values: &BTreeMap<&str, String>,
    vocabularies: &Vocabularies,
    lang: Lang,
) -> String {
    let mut out = String::from("---\n");
    let write = |out: &mut String, key: &str| {
        let mut fields = Shared::FIELDS.iter().chain(kind.fields);
        if let Some(field) = fields.find(|field| field.key == key) {
            let place = LinePosition::TOP;
            write_field(out, field, kind, values, vocabularies, lang, place);
        }
    };
    let groups = GROUPS.iter().find(|(name, _)| *name == kind.name);
    let grouped: Vec<&str> = match groups {
        Some((_, groups)) => groups
            .iter()
            .flat_map(|group| group.keys)
            .copied()
            .collect(),
        None => first_keys(kind),
    };
    let stated = Shared::FIELDS.iter().chain(kind.fields);
    let stated = stated.filter(|field| values.contains_key(field.key));
    let beside: Vec<&str> = stated
        .map(|field| field.key)
        .filter(|key| !grouped.contains(key))
        .collect();
    for key in beside {
        write(&mut out, key);
    }
    match groups {
        None => grouped.iter().for_each(|key| write(&mut out, key)),
        Some((_, groups)) => {
            for group in *groups {
                out.push_str(&format!(
                    "# {}\n",
                    say(lang, group.heading.0, group.heading.1)
                ));
                group.keys.iter().for_each(|key| write(&mut out, key));
            }
        }
    }
    out.push_str(&match lang {
        Lang::Zh => format!("# 其他可写的项见 gangwei fields {}\n", kind.name),
        Lang::En => format!(
            "# All other fields are listed by gangwei fields {}\n",
            kind.name
        ),
    });
    out.push_str("---\n\n");
    out.push_str(&skeleton(kind, lang));
    out
}

/// The fields that a kind without groups begins with.
fn first_keys(kind: &Kind) -> Vec<&'static str> {
    let often = OFTEN.iter().find(|(name, _)| *name == kind.name);
    let is_first = |field: &&Field| {
        field.need != Need::Optional || often.is_some_and(|(_, keys)| keys.contains(&field.key))
    };
    let fields = Shared::FIELDS.iter().chain(kind.fields);
    let dated = |field: &&Field| field.key != "published" || kind.name != "page";
    fields
        .filter(is_first)
        .filter(dated)
        .map(|field| field.key)
        .collect()
}

/// Every field of a kind with its help, as front matter has it.
pub(super) fn all_fields(kind: &Kind, vocabularies: &Vocabularies, lang: Lang) -> String {
    let mut out = String::new();
    let (last, first): (Vec<_>, Vec<_>) =
        Shared::FIELDS.iter().partition(|field| belongs_last(field));
    for field in first.into_iter().chain(kind.fields).chain(last) {
        write_field(
            &mut out,
            field,
            kind,
            &BTreeMap::new(),
            vocabularies,
            lang,
            LinePosition::LISTED,
        );
    }
    out
}

/// The body to begin with.
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

/// A new document with the body that a starter site has in place of the empty one, where there is one for the kind.
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

/// Fields that few documents need stand at the end.
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
    // A group is written where it must be there; a single field also where a reader expects it.
    let written = place.written
        && match (field.need, inner) {
            (Need::Required, _) => true,
            (Need::Expected, None) => place.depth == 0,
            (Need::Expected, Some(_)) => false,
            (Need::Optional, None) => place.depth == 0 || value.is_some(),
            (Need::Optional, Some(_)) => value.is_some(),
        };
    let value = match (value, field.need, place.depth, inner) {
        _ if place.listed => "",
        (Some(value), ..) => value,
        (None, Need::Required, 1.., None) => field.example,
        _ => "",
    };
    let comment = if written || place.listed { "" } else { "# " };
    let line = format!("{comment}{}{key}: {value}", place.indent());
    let explanation = match (field.key, place.depth) {
        ("draft", 0) if !place.listed => say(
            lang,
            "写好后删去这一行，才会发布",
            "published once this line is gone",
        )
        .to_owned(),
        ("id", 0) if !place.listed => say(
            lang,
            "也是网址的一部分，发布后不再改",
            "part of the address; never changes once published",
        )
        .to_owned(),
        // What is there needs no example.
        _ => help(field, vocabularies, lang, value.is_empty()),
    };
    write_line(out, &line, &explanation);
    let Some((fields, list)) = inner else { return };
    for (index, field) in fields.iter().enumerate() {
        let inside = LinePosition {
            depth: place.depth + 1,
            indent: place.indent + if list { 2 } else { 1 },
            dash: list && index == 0,
            written,
            listed: place.listed,
        };
        write_field(out, field, kind, values, vocabularies, lang, inside);
    }
}

/// Where a field's line stands.
#[derive(Clone, Copy)]
struct LinePosition {
    /// Groups around it.
    depth: usize,
    /// Steps of two spaces.
    indent: usize,
    /// Whether it begins an item of a list.
    dash: bool,
    /// Whether the group around it is written, and not only shown behind `#`.
    written: bool,
    /// Whether it stands in a list of all fields, none of which is commented out.
    listed: bool,
}

impl LinePosition {
    const TOP: LinePosition = LinePosition {
        depth: 0,
        indent: 0,
        dash: false,
        written: true,
        listed: false,
    };

    const LISTED: LinePosition = LinePosition {
        listed: true,
        ..LinePosition::TOP
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

/// The column at which explanations of settings begin.
const COMMENT_COLUMN: usize = 40;

/// A text whose explanations behind values stand in one column.
pub(super) fn align_comments(text: &str) -> String {
    let lines = text.lines().map(|line| match line.rsplit_once(" # ") {
        Some((before, comment)) if !line.starts_with('#') => {
            let padding = COMMENT_COLUMN.saturating_sub(display_width(before)).max(2);
            format!("{before}{}# {comment}\n", " ".repeat(padding))
        }
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// The fields of a map, or of each map of a list, and whether it is a list.
fn inner_fields(ty: FieldType) -> Option<(&'static [Field], bool)> {
    match ty {
        FieldType::Record(fields) => Some((fields, false)),
        FieldType::List(FieldType::Record(fields)) => Some((fields, true)),
        FieldType::Either([FieldType::Record(fields), ..]) => Some((fields, false)),
        _ => None,
    }
}

fn help(field: &Field, vocabularies: &Vocabularies, lang: Lang, needs_example: bool) -> String {
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
        _ if !needs_example => String::new(),
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

/// Names shown of a vocabulary; the rest is in its file.
const MOST_NAMES: usize = 12;

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
                .take(MOST_NAMES)
                .map(|entry| entry.name.clone())
                .collect();
            if entries.len() > MOST_NAMES {
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
    fn every_kind_has_a_skeleton_and_every_field_is_listed() {
        for lang in [Lang::Zh, Lang::En] {
            for kind in KINDS {
                assert!(!skeleton(kind, lang).is_empty(), "{} {lang:?}", kind.name);
                let text = all_fields(kind, &Vocabularies::default(), lang);
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
