//! Words that mean the same. Enters: groups as the site's settings write them. Leaves: folded groups as JSON, deflated.

use super::fold::fold_units;
use super::texts::{deflate, inflate, json};

/// Writes the groups; words are folded, empty ones and groups of one fall away.
pub fn encode(groups: &[Vec<String>]) -> Vec<u8> {
    let fold = |word: &String| String::from_utf16_lossy(&fold_units(word.trim()));
    let groups: Vec<Vec<String>> = groups
        .iter()
        .map(|group| {
            let mut words: Vec<String> = Vec::new();
            for word in group.iter().map(fold).filter(|word| !word.is_empty()) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            words
        })
        .filter(|group| group.len() > 1)
        .collect();
    deflate(&json(&groups))
}

/// Reads the groups. `None` when the bytes are broken.
pub fn decode(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    serde_json::from_slice(&inflate(bytes)?).ok()
}
