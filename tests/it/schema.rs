//! `gangwei schema`: valid JSON Schemas that agree with what the parser takes.

use crate::common::{self, document, plain, run};
use gangwei::kinds::{KINDS, Kind};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::Path;

fn schema(kind: Option<&Kind>, lang: &str) -> Value {
    let mut command = common::gangwei();
    command
        .args(["schema", "--lang", lang])
        .args(kind.map(|kind| kind.name));
    serde_json::from_str(&run(&mut command).expect(0).stdout).expect("JSON")
}

/// A validator that takes no other dialect than the one the schema names.
fn validator(schema: &Value) -> Validator {
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    jsonschema::draft202012::meta::validate(schema)
        .unwrap_or_else(|error| panic!("not a schema: {error}"));
    jsonschema::draft202012::new(schema).expect("schema")
}

/// The front matter of a document, as an editor's YAML plug-in reads it.
fn front_matter(text: &str) -> Value {
    let yaml = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split("\n---").next())
        .expect("front matter");
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// A document with every field of its kind.
fn full(kind: &Kind, variant: usize) -> Value {
    front_matter(&document(kind, variant, "", &mut |path, ty| {
        plain(path, ty)
    }))
}

#[test]
fn every_schema_is_a_json_schema() {
    for lang in ["zh", "en"] {
        for kind in KINDS {
            validator(&schema(Some(kind), lang));
        }
        let all = schema(None, lang);
        validator(&all);
        assert_eq!(
            all["$defs"].as_object().map(serde_json::Map::len),
            Some(KINDS.len())
        );
    }
}

#[test]
fn every_document_of_the_repository_is_valid() {
    // Traditional keys and 编号 on a job are among them, since the parser takes both.
    let all = validator(&schema(None, "zh"));
    let mut invalid = Vec::new();
    let mut count = 0;
    for kind in KINDS {
        let own = validator(&schema(Some(kind), "zh"));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("content")
            .join(kind.folder);
        for (path, bytes) in common::outputs(&folder)
            .into_iter()
            .filter(|(path, _)| path.ends_with(".md"))
        {
            let value = front_matter(std::str::from_utf8(&bytes).expect("UTF-8"));
            count += 1;
            invalid.extend(
                own.iter_errors(&value).map(|error| {
                    format!("{}/{path} {}: {error}", kind.folder, error.instance_path())
                }),
            );
            assert!(
                all.is_valid(&value) || !own.is_valid(&value),
                "{path} is valid alone and not among all kinds"
            );
        }
    }
    assert!(count > 50, "only {count} documents");
    assert!(invalid.is_empty(), "{}", invalid.join("\n"));
}

#[test]
fn every_field_in_every_form_is_valid_in_both_languages() {
    for kind in KINDS {
        let own = validator(&schema(Some(kind), "en"));
        for variant in 0..3 {
            let value = full(kind, variant);
            let errors: Vec<String> = own
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{} {variant}: {errors:?}", kind.name);
        }
        let fields = common::fields(kind);
        let english = full(kind, 1);
        let chinese: serde_json::Map<String, Value> = english
            .as_object()
            .expect("map")
            .iter()
            .map(|(key, value)| {
                let field = fields.iter().find(|field| field.key == key).expect("field");
                (
                    if key == "id" { kind.id_zh } else { field.zh }.to_owned(),
                    value.clone(),
                )
            })
            .collect();
        assert!(
            own.is_valid(&Value::Object(chinese)),
            "{} in Chinese",
            kind.name
        );
    }
}

#[test]
fn unknown_keys_wrong_choices_missing_titles_and_both_names_are_invalid() {
    for kind in KINDS {
        let own = validator(&schema(Some(kind), "en"));
        let good = json!({"title": "甲"});
        let minimal = match kind.name {
            "ladder" => json!({"title": "甲", "grades": [{"id": "a", "name": "甲"}]}),
            "scorecard" => {
                json!({"title": "甲", "groups": [{"name": "甲", "items": [{"name": "乙"}]}]})
            }
            _ => good,
        };
        assert!(own.is_valid(&minimal), "{}", kind.name);
        let with = |key: &str, value: Value| {
            let mut changed = minimal.clone();
            changed[key] = value;
            changed
        };
        for (key, value) in [
            ("no_such_key", json!(1)),
            ("标题", json!("甲")),
            ("visibility", json!("secret")),
            ("published", json!("yesterday")),
            ("draft", json!("maybe")),
            ("title", json!({"x": 1})),
        ] {
            assert!(
                !own.is_valid(&with(key, value.clone())),
                "{}: {key}: {value} is taken",
                kind.name
            );
        }
        let mut untitled = minimal.clone();
        untitled.as_object_mut().expect("map").remove("title");
        assert!(!own.is_valid(&untitled), "{} without a title", kind.name);
    }
    let job = validator(&schema(KINDS.first(), "en"));
    for wrong in [
        json!({"title": "甲", "education": "小学"}),
        json!({"title": "甲", "education": "本科", "学历": "本科"}),
        json!({"title": "甲", "steps": [{"name": "笔试", "no_such": 1}]}),
        json!({"title": "甲", "steps": [{"name": "笔试", "环节": "笔试"}]}),
        json!({"title": "甲", "steps": [{"place": "无名"}]}),
        json!({"title": "甲", "headcount": {"上海": "多"}}),
        json!({"title": "甲", "apply": {"url": "javascript:alert(1)"}}),
        json!({"title": "甲", "年龄": "35以下"}),
    ] {
        assert!(!job.is_valid(&wrong), "{wrong} is taken");
    }
}
