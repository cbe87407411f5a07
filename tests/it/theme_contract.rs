//! The shape of what templates see, held still: every key of `site`, `page`, `doc` and `list`, for every kind.
//! A theme that replaces each template by a dump of its context shows it. `SNAPSHOTS=overwrite cargo test --test it theme_contract::`
//! rewrites the shape;
//! a key that goes breaks banks' themes and belongs into the changelog.

use crate::common::temporary;
use crate::site_text::{files_below, run, write_site};
use crate::snapshot::{expect_file, repository};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn keys(prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let path = format!("{prefix}.{key}");
                // Assets and texts are named by the theme itself.
                if path != "site.assets" {
                    keys(&path, inner, found);
                }
                found.insert(path);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| keys(&format!("{prefix}[]"), item, found)),
        _ => {}
    }
}

/// The engine dumps strings as Rust writes them; `\\u{a0}` is no JSON.
fn as_json(dump: &str) -> String {
    let mut json = String::new();
    let mut parts = dump.split("\\u{");
    json.push_str(parts.next().unwrap_or(""));
    for part in parts {
        json.push('?');
        json.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    // Nothing is dumped as nothing.
    json.replace("\\'", "'")
        .replace("\": ,", "\": null,")
        .replace("\": }", "\": null}")
}

#[test]
fn templates_see_exactly_these_keys() {
    let text = repository("tests/golden/every-kind/site.txt");
    let mut text = std::fs::read_to_string(text).expect("site");
    text = text.replace("公开范围: 全部", "公开范围: 全部\ntheme: dump");
    // A policy with a former version, which shows what changed.
    text.push_str(
        "-- content/articles/policy-2.md --\n---\n标题: 考核办法二\n发布日期: 2026-03-05\n制度: {施行日期: 2026-03-06, 废止文件: [考核办法]}\n---\n## 第一章 总则\n\n新条文。\n",
    );
    let templates = gangwei::kinds::KINDS.iter().map(|kind| kind.name).chain([
        "home",
        "list",
        "not-found",
        "search",
    ]);
    for name in templates {
        text.push_str(&format!(
            "-- themes/dump/templates/{name}.html --\n{{{{ __tera_context | safe }}}}\n"
        ));
    }
    let temporary = temporary();
    let (site, out) = (temporary.path().join("site"), temporary.path().join("out"));
    write_site(&site, &text);
    let ran = run(&site, &out, &["--as-of", "2026-11-21"]);
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let mut found = BTreeSet::new();
    for (path, bytes) in files_below(&out) {
        if !path.ends_with(".html") {
            continue;
        }
        let dump = String::from_utf8_lossy(&bytes);
        let context: Value =
            serde_json::from_str(&as_json(&dump)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let names: BTreeSet<&str> = context
            .as_object()
            .expect("map")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            names,
            BTreeSet::from(["doc", "list", "page", "site", "t"]),
            "{path}"
        );
        let kind = context["page"]["kind"].as_str().unwrap_or("").to_owned();
        for name in ["site", "page"] {
            keys(name, &context[name], &mut found);
        }
        keys(&format!("doc({kind})"), &context["doc"], &mut found);
        keys(&format!("list({kind})"), &context["list"], &mut found);
    }
    let shape: String = found.into_iter().map(|key| key + "\n").collect();
    expect_file("tests/theme_contract.txt", &shape);
}

#[test]
fn every_language_has_the_same_texts_and_every_text_is_written() {
    use gangwei::diagnostic::Sink;
    use gangwei::pages::theme::default_texts;
    use gangwei::text::Language;
    let keys = |language| -> BTreeSet<String> {
        let texts = default_texts(language, &mut Sink::default());
        texts
            .words()
            .iter()
            .for_each(|(key, word)| assert!(!word.is_empty(), "{}: {key}", language.tag()));
        texts.words().keys().cloned().collect()
    };
    let simplified = keys(Language::Hans);
    for language in [Language::HantTw, Language::HantHk, Language::En] {
        let own = keys(language);
        assert_eq!(
            simplified.symmetric_difference(&own).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{}",
            language.tag()
        );
    }
}

#[test]
fn every_text_that_the_program_asks_for_exists() {
    use gangwei::fields::FieldType;
    use gangwei::kinds::KINDS;
    use gangwei::text::Language;
    let texts = gangwei::pages::theme::default_texts(
        Language::Hans,
        &mut gangwei::diagnostic::Sink::default(),
    );
    for kind in KINDS {
        assert!(
            texts.find(&format!("kind.{}", kind.name)).is_some(),
            "kind.{}",
            kind.name
        );
        for field in kind.fields {
            if let FieldType::Choice(choices) = field.ty {
                for choice in choices {
                    let key = format!("{}.{}", field.key, choice.id);
                    assert!(texts.find(&key).is_some(), "{key}");
                }
            }
        }
    }
}

/// The texts of all files below a folder of the repository.
fn texts_below(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        all += &if path.is_dir() {
            texts_below(&path)
        } else {
            std::fs::read_to_string(&path).expect("text")
        };
    }
    all
}

#[test]
fn every_text_is_asked_for_somewhere() {
    use gangwei::kinds::KINDS;
    use gangwei::text::Language;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let templates = texts_below(&root.join("themes/default/templates"));
    let code = texts_below(&root.join("src"));
    let in_template = |key: &str| {
        let asked = format!("t.{key}");
        templates.match_indices(&asked).any(|(at, _)| {
            let rest = &templates[at + asked.len()..];
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
        })
    };
    // Groups whose keys are made from an id: words of choices, `t.exam[id]` in a template, `"kind.{name}"` in the code.
    let is_choice = |group: &str| {
        let fields = KINDS.iter().flat_map(|kind| kind.fields);
        let mut named = fields.filter(|field| field.key == group);
        named.any(|field| !field.choices().is_empty())
    };
    let is_composed = |group: &str| {
        ["state", "validity"].contains(&group)
            || is_choice(group)
            || templates.contains(&format!("t.{group}["))
            || code.contains(&format!("\"{group}.{{"))
            || code.contains(&format!(".word(\"{group}\""))
    };
    let is_id = |part: &str| part.parse::<u32>().is_ok() || code.contains(&format!("\"{part}\""));
    let texts = gangwei::pages::theme::default_texts(
        Language::Hans,
        &mut gangwei::diagnostic::Sink::default(),
    );
    let unused: Vec<&String> = texts
        .words()
        .keys()
        .filter(|key| !in_template(key) && !code.contains(&format!("\"{key}\"")))
        .filter(|key| {
            let (group, id) = key.rsplit_once('.').unwrap_or(("", key));
            let outer = group.split('.').next().unwrap_or("");
            !(is_id(id) && (is_composed(group) || is_composed(outer)))
        })
        .collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
    assert!(texts.words().len() > 300);
}
