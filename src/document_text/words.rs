//! Words that stand in documents as headings and as names of values. Enters: a few words. Leaves: what they are known as.
//! The lists are texts beside this file, which the owners of a site can read.

use crate::text::{fold_char, is_han};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What words are known as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A heading: 岗位职责.
    Heading,
    /// A name of a value: 招聘人数.
    Label,
    /// Either, by what follows: 福利待遇.
    Either,
}

/// The longest words in the lists have fewer characters than this.
const LONGEST: usize = 40;

/// What words are known as. Script, width, case, blanks and an English translation beside them do not matter.
pub(super) fn known(words: &str) -> Option<Known> {
    static LISTS: OnceLock<BTreeMap<String, Known>> = OnceLock::new();
    if words.is_empty() || words.len() > LONGEST * 4 {
        return None;
    }
    let lists = LISTS.get_or_init(read_lists);
    let whole = key(words);
    if let Some(known) = lists.get(&whole) {
        return Some(*known);
    }
    // Both languages side by side: `Responsibilities 職責`, 岗位职责（Responsibilities）.
    if let Some(known) = all_parts(words, lists) {
        return Some(known);
    }
    let latin: String = words.chars().filter(char::is_ascii_alphabetic).collect();
    let han: String = words.chars().filter(|&c| is_han(c)).collect();
    if latin.is_empty() || han.is_empty() {
        return None;
    }
    let (latin, han) = (lists.get(&key(&latin)), lists.get(&key(&han)));
    let others = words
        .chars()
        .all(|c| c.is_ascii_alphabetic() || is_han(c) || " &'-".contains(c));
    latin.or(han).copied().filter(|_| others)
}

/// What the parts of words are known as, where each is known.
fn all_parts(words: &str, lists: &BTreeMap<String, Known>) -> Option<Known> {
    let parts = words.split(['/', '／', '|', '｜', '（', '）', '(', ')']);
    let mut found = None;
    for part in parts.map(key).filter(|part| !part.is_empty()) {
        let known = lists.get(&part)?;
        found = found.or(Some(*known));
    }
    found
}

/// The words as the lists have them.
fn key(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(fold_char)
        .collect()
}

fn read_lists() -> BTreeMap<String, Known> {
    let mut lists = BTreeMap::new();
    let entries = |text: &'static str| {
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['，', ',']))
            .map(key)
            .filter(|word| !word.is_empty())
    };
    for word in entries(include_str!("labels.txt")) {
        lists.insert(word, Known::Label);
    }
    for word in entries(include_str!("headings.txt")) {
        lists.insert(word, Known::Heading);
    }
    for word in entries(include_str!("headings_or_labels.txt")) {
        lists.insert(word, Known::Either);
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_every_script_and_with_a_translation() {
        for words in [
            "岗位职责",
            "崗位職責",
            "岗 位 职 责",
            "Responsibilities",
            "RESPONSIBILITIES 職責",
            "岗位职责（Responsibilities）",
        ] {
            assert_eq!(known(words), Some(Known::Heading), "{words}");
        }
        assert_eq!(known("招聘人数"), Some(Known::Label));
        assert_eq!(known("福利待遇"), Some(Known::Either));
        for words in ["", "岗位职责说明会", "甲", "岗位职责（试行）"] {
            assert_eq!(known(words), None, "{words}");
        }
    }
}
