//! Interface texts: enters a theme's `texts/<language>.yaml`, leaves words by key. Written for each region, not converted.

use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::text::{Language, SourceFile, Span};
use crate::yaml::{NoKeys, Node, Value, parse_yaml};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The interface texts of one language.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The language.
    pub language: Language,
    words: BTreeMap<String, String>,
}

/// The file that holds the texts of a language.
pub fn texts_file(language: Language) -> &'static str {
    match language {
        Language::Hans => "texts/zh-Hans.yaml",
        Language::Hant | Language::HantTw => "texts/zh-Hant-TW.yaml",
        Language::HantHk => "texts/zh-Hant-HK.yaml",
        Language::En => "texts/en.yaml",
    }
}

impl Texts {
    /// Reads the texts of a language; later files win word by word.
    pub fn parse(language: Language, files: &[Arc<SourceFile>], sink: &mut Sink) -> Texts {
        let mut texts = Texts {
            language,
            words: BTreeMap::new(),
        };
        for file in files {
            if let Some(node) = parse_yaml(file, Span::new(0, file.text.len()), &NoKeys, sink) {
                texts.take(&node, "", file, sink);
            }
        }
        texts
    }

    fn take(&mut self, node: &Node, prefix: &str, file: &Arc<SourceFile>, sink: &mut Sink) {
        match &node.value {
            Value::Map(entries) => {
                for (key, value) in entries {
                    let key = match prefix {
                        "" => key.text.clone(),
                        prefix => format!("{prefix}.{}", key.text),
                    };
                    self.take(value, &key, file, sink);
                }
            }
            Value::Scalar(text) => {
                self.words.insert(prefix.to_owned(), text.clone());
            }
            Value::Null => {}
            Value::List(_) => sink.push(
                Diagnostic::error(
                    "wrong-type",
                    say!("界面文字不能是列表", "an interface text cannot be a list"),
                )
                .at(file, node.span),
            ),
        }
    }

    /// A text, where there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// A text; a missing one is empty. A test checks that no key is missing.
    pub fn get(&self, key: &str) -> &str {
        self.find(key).unwrap_or("")
    }

    /// A text with `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), |name| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| *value)
        })
    }

    /// All words by key.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// The words as nested maps, for templates: `t.state.open`.
    pub fn nested(&self) -> serde_json::Value {
        let mut root = serde_json::Map::new();
        for (key, word) in &self.words {
            let mut map = &mut root;
            let mut parts = key.split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    map.insert(part.to_owned(), word.clone().into());
                    break;
                }
                let inner = map
                    .entry(part)
                    .or_insert_with(|| serde_json::Value::Object(serde_json::Map::default()));
                match inner {
                    serde_json::Value::Object(object) => map = object,
                    _ => break,
                }
            }
        }
        serde_json::Value::Object(root)
    }
}

/// Replaces each `{name}` that has a value; the rest stays as it is.
pub fn fill<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let named = rest
            .find('}')
            .and_then(|close| Some((close, value(&rest[1..close])?)));
        if let Some((close, value)) = named {
            out.push_str(value.as_ref());
            rest = &rest[close + 1..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}
