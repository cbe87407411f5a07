//! Words that stand in documents as headings and as names of values. Enters: a few words. Leaves: what they are known as.
//! The lists are texts beside this file, which the owners of a site can read.

use crate::text::{Folding, fold_char, is_han};
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
    if words.is_empty() || words.len() > LONGEST * 4 {
        return None;
    }
    let lists = lists();
    if let Some(known) = lists.find(words.chars()) {
        return Some(known);
    }
    // Both languages side by side: `Responsibilities 職責`, 岗位职责（Responsibilities）.
    if words.contains(PARTING) {
        return all_parts(words, lists);
    }
    if words.is_ascii() || !words.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let others = words
        .chars()
        .all(|c| c.is_ascii_alphabetic() || is_han(c) || " &'-".contains(c));
    let latin = lists.find(words.chars().filter(char::is_ascii_alphabetic));
    let han = || lists.find(words.chars().filter(|&c| is_han(c)));
    latin.or_else(han).filter(|_| others)
}

/// Signs between the names of one thing.
const PARTING: [char; 8] = ['/', '／', '|', '｜', '（', '）', '(', ')'];

/// What the parts of words are known as, where each is known.
fn all_parts(words: &str, lists: &Lists) -> Option<Known> {
    let mut found = None;
    for part in words.split(PARTING) {
        if part.contains(char::is_alphanumeric) {
            let known = lists.find(part.chars())?;
            found = found.or(Some(known));
        }
    }
    found
}

/// The lists, sorted by a sum of each entry's characters: words are looked up without a copy of them.
struct Lists {
    sums: Vec<u64>,
    entries: Vec<(String, Known)>,
    folding: Folding,
}

impl Lists {
    fn find(&self, words: impl Iterator<Item = char> + Clone) -> Option<Known> {
        let sum = self.sum(words.clone())?;
        let at = self.sums.binary_search(&sum).ok()?;
        let (entry, known) = self.entries.get(at)?;
        let folded = words
            .filter(|c| c.is_alphanumeric())
            .map(|c| self.folding.fold(c));
        folded.eq(entry.chars()).then_some(*known)
    }

    /// A sum of the letters; none where there is no letter.
    fn sum(&self, words: impl Iterator<Item = char>) -> Option<u64> {
        let mut sum = None;
        for c in words.filter(|c| c.is_alphanumeric()) {
            let before: u64 = sum.unwrap_or(0xCBF2_9CE4_8422_2325);
            sum = Some((before ^ u64::from(self.folding.fold(c))).wrapping_mul(0x100_0000_01B3));
        }
        sum
    }
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists {
            sums: Vec::new(),
            entries: Vec::new(),
            folding: Folding::new(),
        };
        let mut entries: Vec<(u64, String, Known)> = read_lists()
            .into_iter()
            .filter_map(|(entry, known)| Some((lists.sum(entry.chars())?, entry, known)))
            .collect();
        entries.sort_unstable_by_key(|entry| entry.0);
        for (sum, entry, known) in entries {
            lists.sums.push(sum);
            lists.entries.push((entry, known));
        }
        lists
    })
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
