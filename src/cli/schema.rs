//! `gangwei schema`: JSON Schema 2020-12 of the front matter, from the same declarations that parsing uses.

use super::arguments::say;
use super::terminal::{Ending, print_line};
use crate::diagnostic::Lang;
use crate::fields::{Field, FieldType, Need, Record};
use crate::kinds::{KINDS, Kind, Shared};
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value, json};

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    Command::new("schema")
        .about(say(
            lang,
            "输出信息区的 JSON Schema，给编辑器用",
            "Print the JSON Schema of the front matter, for editors",
        ))
        .arg(
            Arg::new("kind")
                .value_name(say(lang, "类型", "KIND"))
                .value_parser(PossibleValuesParser::new(
                    KINDS.iter().map(|kind| kind.name),
                ))
                .hide_possible_values(true)
                .help(say(
                    lang,
                    "哪一类文档，例如 job（不写则全部）",
                    "which kind, for example job (all by default)",
                )),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let schema = match options
        .get_one::<String>("kind")
        .and_then(|word| Kind::find(word))
    {
        Some(kind) => kind_schema(kind, lang),
        None => all_kinds(lang),
    };
    print_line(&serde_json::to_string_pretty(&schema)?);
    Ok(Ending::Done)
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

fn all_kinds(lang: Lang) -> Value {
    let kinds: Map<String, Value> = KINDS
        .iter()
        .map(|kind| (kind.name.to_owned(), object(&fields(kind), lang)))
        .collect();
    let any: Vec<Value> = KINDS
        .iter()
        .map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.name) }))
        .collect();
    json!({ "$schema": DIALECT, "title": "gangwei", "anyOf": any, "$defs": kinds })
}

fn kind_schema(kind: &Kind, lang: Lang) -> Value {
    let mut schema = object(&fields(kind), lang);
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), DIALECT.into());
        map.insert("title".to_owned(), kind.name.into());
    }
    schema
}

/// Shared and own fields, the id under both its names.
fn fields(kind: &Kind) -> Vec<Field> {
    let mut fields: Vec<Field> = Shared::FIELDS.iter().chain(kind.fields).copied().collect();
    // A posting's id may be called by its own name or by the general one.
    let id = fields
        .iter()
        .find(|field| field.key == "id" && field.zh != kind.id_zh)
        .copied();
    fields.extend(id.map(|field| Field {
        zh: kind.id_zh,
        ..field
    }));
    fields
}

/// A map with fields: every field under its English or its Chinese key, never both.
fn object(fields: &[Field], lang: Lang) -> Value {
    let mut properties = Map::new();
    let mut patterns = Map::new();
    let mut rules = Vec::new();
    for field in fields {
        let mut value = value_schema(field.ty, lang);
        if let Value::Object(map) = &mut value {
            let words = if lang == Lang::Zh {
                field.help_zh
            } else {
                field.help_en
            };
            map.insert("description".to_owned(), words.into());
        }
        properties.insert(field.key.to_owned(), value.clone());
        properties.insert(field.zh.to_owned(), value.clone());
        patterns.insert(format!("^{}$", any_script(field.zh)), value);
        match field.need {
            // One of the keys must match; which script it is written in does not count.
            Need::Required => {
                let pattern = format!("^({}|{})$", field.key, any_script(field.zh));
                rules
                    .push(json!({ "not": { "propertyNames": { "not": { "pattern": pattern } } } }));
            }
            Need::Expected | Need::Optional => {}
        }
        rules.push(json!({ "not": { "required": [field.key, field.zh] } }));
    }
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": false,
        "allOf": rules,
    })
}

/// A pattern that matches a Chinese word in either script.
fn any_script(word: &str) -> String {
    word.chars()
        .map(|c| match crate::text::variants(c).as_slice() {
            [only] => only.to_string(),
            variants => format!("[{}]", variants.iter().collect::<String>()),
        })
        .collect()
}

fn value_schema(ty: FieldType, lang: Lang) -> Value {
    match ty {
        FieldType::Text
        | FieldType::Notation(_)
        | FieldType::Entry(_)
        | FieldType::Reference(_) => {
            json!({ "type": ["string", "number", "null"] })
        }
        FieldType::Integer => json!({ "type": ["integer", "null"], "minimum": 0 }),
        FieldType::Number => json!({ "type": ["number", "string", "null"] }),
        FieldType::Boolean => json!({ "enum": [true, false, "是", "否", null] }),
        FieldType::Date => {
            json!({ "type": ["string", "null"], "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
        }
        FieldType::Moment => {
            json!({ "type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}" })
        }
        FieldType::Url => {
            json!({ "type": ["string", "null"], "format": "uri", "pattern": "^https?://" })
        }
        FieldType::Email => json!({ "type": ["string", "null"], "format": "email" }),
        FieldType::Choice(choices) => {
            let mut values: Vec<Value> = choices
                .iter()
                .flat_map(|choice| [choice.id.into(), choice.zh.into()])
                .collect();
            values.push(Value::Null);
            let words: Vec<String> = choices.iter().map(|choice| any_script(choice.zh)).collect();
            json!({ "anyOf": [{ "enum": values }, { "type": "string", "pattern": format!("^({})$", words.join("|")) }] })
        }
        FieldType::List(inner) => {
            let item = value_schema(*inner, lang);
            json!({ "anyOf": [{ "type": "array", "items": item.clone() }, item] })
        }
        FieldType::Record(fields) => match object(fields, lang) {
            Value::Object(mut map) => {
                map.insert("type".to_owned(), json!(["object", "null"]));
                Value::Object(map)
            }
            other => other,
        },
        FieldType::Map(inner) => {
            json!({ "type": "object", "additionalProperties": value_schema(*inner, lang) })
        }
        FieldType::Either(types) => {
            let any: Vec<Value> = types.iter().map(|&ty| value_schema(ty, lang)).collect();
            json!({ "anyOf": any })
        }
    }
}
