//! New entries: what to add to a vocabulary for a word that it does not have. Enters: the word and the vocabulary. Leaves:
//! the entry in the file's own keys, with an id made of the word, and the place where it goes.

use super::Vocabulary;
use crate::diagnostic::Fix;
use crate::text::pinyin::latin_id;
use crate::text::{Span, fold, is_han};
use crate::yaml::written;

impl Vocabulary {
    /// The two lines of a new entry for a word.
    pub(super) fn new_entry(&self, word: &str) -> [String; 2] {
        let id = latin_id(word, &|id| self.entry(id).is_some());
        let text = self.file.as_ref().map_or("", |file| &file.text);
        let has = |key: &str| {
            text.lines().any(|line| {
                let line = line.trim_start_matches([' ', '-', '{']);
                line.strip_prefix(key)
                    .is_some_and(|rest| rest.starts_with([':', '：']))
            })
        };
        let is_chinese = has("编号") || (!has("id") && word.chars().any(is_han));
        let (id_key, name_key) = if is_chinese {
            ("编号", "名称")
        } else {
            ("id", "name")
        };
        [
            format!("- {id_key}: {id}"),
            format!("  {name_key}: {}", written(word)),
        ]
    }

    /// The repair of the vocabulary's file that adds an entry; `None` where its entries do not stand in lines of their own.
    pub(super) fn addition(&self, entry: &[String; 2]) -> Option<Fix> {
        let text = &self.file.as_ref()?.text;
        let is_content = |line: &&str| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#') && line != "---"
        };
        let first = text.lines().find(is_content).unwrap_or("- ");
        let indent = &first[..first.len() - first.trim_start().len()];
        if !first.trim_start().starts_with("- ") || text.lines().any(|line| line.trim() == "...") {
            return None;
        }
        let [id, name] = entry;
        let before = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        Some(Fix {
            span: Span::new(text.len(), text.len()),
            text: format!("{before}{indent}{id}\n{indent}{name}\n"),
        })
    }

    /// Whether a word is rather a typo of a name in the vocabulary: one character differs, some are left out, or both sound
    /// the same.
    pub(super) fn has_typo(word: &str, near: &[&str]) -> bool {
        let word = fold(word);
        let sound = |text: &str| latin_id(text, &|_| false);
        near.iter().map(|name| fold(name)).any(|name| {
            let (longer, shorter) = if word.len() > name.len() {
                (&word, &name)
            } else {
                (&name, &word)
            };
            let mut rest = longer.chars();
            strsim::damerau_levenshtein(&word, &name) <= 1
                || shorter.chars().all(|c| rest.any(|other| other == c))
                || (word.chars().count() == name.chars().count() && sound(&word) == sound(&name))
        })
    }
}
