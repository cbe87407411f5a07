//! Words that mean the same. Enters: groups as the site's settings write them. Leaves: folded groups, and how folded words
//! are written, as JSON, deflated.

use super::deflate::{deflated_json, inflate};
use super::fold::fold_units;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Result;

/// Groups of words that mean the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// Folded words: what is searched.
    pub groups: Vec<Vec<String>>,
    /// Of the folded words, those that are written otherwise: what is shown.
    pub shown: BTreeMap<String, String>,
}

impl Synonyms {
    /// The folded words of all groups that a folded word is in, each once and without the word itself.
    pub fn of(&self, own: &str) -> Vec<&String> {
        let mut words: Vec<&String> = Vec::new();
        for group in self.groups.iter().filter(|group| has(group, own)) {
            for word in group {
                if word != own && !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        words
    }

    /// How a folded word is written.
    pub fn shown(&self, word: &str) -> String {
        self.shown.get(word).map_or(word, String::as_str).to_owned()
    }
}

fn has(group: &[String], word: &str) -> bool {
    group.iter().any(|other| other == word)
}

/// Writes the groups; words are folded, empty ones and groups of one fall away. Of two spellings the first is shown.
pub fn encode(groups: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut synonyms = Synonyms::default();
    for group in groups {
        let mut words: Vec<String> = Vec::new();
        for written in group.iter().map(|word| word.trim()) {
            let word = String::from_utf16_lossy(&fold_units(written));
            if word.is_empty() || words.contains(&word) {
                continue;
            }
            if word != written && !synonyms.shown.contains_key(&word) {
                synonyms.shown.insert(word.clone(), written.to_owned());
            }
            words.push(word);
        }
        if words.len() > 1 {
            synonyms.groups.push(words);
        }
    }
    deflated_json(&synonyms)
}

/// Reads the groups. `None` when the bytes are broken.
pub fn decode(bytes: &[u8]) -> Option<Synonyms> {
    serde_json::from_slice(&inflate(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_searched_folded_shown_as_written_and_named_once() {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let groups: [Vec<String>; 3] = [
            group(&["薪酬", " 薪資 ", "待遇", "薪资"]),
            group(&["薪酬", "薪资", "IT"]),
            group(&["獨", ""]),
        ];
        let synonyms = decode(&encode(&groups).expect("groups")).expect("whole");
        assert_eq!(synonyms.groups.len(), 2);
        assert_eq!(synonyms.of("薪酬"), ["薪资", "待遇", "it"]);
        let shown: Vec<String> = synonyms
            .of("薪酬")
            .iter()
            .map(|word| synonyms.shown(word))
            .collect();
        assert_eq!(shown, ["薪資", "待遇", "IT"]);
    }
}
