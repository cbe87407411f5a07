//! Words that mean the same. Enters: groups as the site's settings write them. Leaves: folded groups, and how folded words
//! are written, as JSON, deflated.

use super::deflate::deflated_json;
use super::fold::fold_units;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Result;

/// Groups of words that mean the same.
#[derive(Default, Serialize)]
struct Synonyms {
    /// Folded words: what is searched.
    groups: Vec<Vec<String>>,
    /// Of the folded words, those that are written otherwise: what is shown.
    shown: BTreeMap<String, String>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::deflate::inflate;
    use serde_json::{Value, json};

    #[test]
    fn words_are_folded_and_shown_as_they_are_written_first() {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let groups: [Vec<String>; 3] = [
            group(&["薪酬", " 薪資 ", "待遇", "薪资"]),
            group(&["薪酬", "薪资", "IT"]),
            group(&["獨", ""]),
        ];
        let bytes = inflate(&encode(&groups).expect("groups")).expect("whole");
        let written: Value = serde_json::from_slice(&bytes).expect("JSON");
        let expected = json!({
            "groups": [["薪酬", "薪资", "待遇"], ["薪酬", "薪资", "it"]],
            "shown": {"it": "IT", "独": "獨", "薪资": "薪資"},
        });
        assert_eq!(written, expected);
    }
}
