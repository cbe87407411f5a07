//! Names of persons with a title, or behind a label such as 述职人. Enters: one file. Leaves: the names, which a message shows
//! by their first character only. A surname alone (王经理) and a masked name (王某, 王**) are none.
//!
//! Chinese writes no blanks between words, so that a name is only believed where all its characters are those of names and
//! where it begins after punctuation or after a word that stands before names.

use super::masked;
use crate::rules::word_group::WordGroup;
use crate::rules::word_lists::{data_lines, data_words};
use crate::rules::{Finding, Subject};
use crate::say;
use crate::text::is_han;
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};
use std::ops::Range;
use std::sync::LazyLock;

const SURNAMES: &str = include_str!("surnames.txt");
const GIVEN: &str = include_str!("given_name_characters.txt");

/// Titles behind a name, folded.
const TITLES: &str = "(?:对公|公司|个人|零售|高级|资深)?(?:客户经理|大堂经理|理财经理|产品经理)|(?:常务)?副?(?:行长|总经理|经理|主任|科长|处长|部长|总监|主管|董事长|总裁)|柜员|先生|女士|小姐|同志";
/// Titles before a name.
const TITLES_BEFORE: &str = "行长|经理|主任|科长|处长|部长|总监|主管|董事长";
/// How many characters before such a word a name with its title begins at most: two of a surname, two of a given name, and
/// four of the title.
const LEAD: usize = 8;
/// Ordinary words and places that are made of a surname and characters of names.
static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| data_words(include_str!("words_like_names.txt")));
/// Characters right before a name that begins inside a sentence: little words, and the ends of units and of persons' roles.
const OPENERS: &str = "在的了谢由和与助请找及跟同是为给对被让经叫问位名行部处科司组社厅局室队户员人长师理席管友伴志向";

/// A name with its title; the name is the group.
static TITLED: LazyLock<Option<Regex>> =
    LazyLock::new(|| anchored(&format!("({})(?:{TITLES})", name_pattern())));
/// A title before a name of three characters: 财务主任许若棠.
static AFTER_TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    anchored(&format!(
        "(?:{TITLES_BEFORE})({})",
        name_pattern().replace("{1,2}", "{2}")
    ))
});
/// A label with its name; the name is the group.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let labels = WordGroup::Labels.words().join("|");
    anchored(&format!(
        "(?:{labels})(?:签字|签名)?[:|]+({})",
        name_pattern()
    ))
});
/// The first characters of surnames, sorted.
static INITIALS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let (short, long) = surnames();
    let long = long.into_iter().filter_map(|name| name.chars().next());
    let mut initials: Vec<char> = short.chars().chain(long).collect();
    initials.sort_unstable();
    initials
});

/// A pattern that is searched for at known places only.
fn anchored(text: &str) -> Option<Regex> {
    let config = Regex::config().auto_prefilter(false);
    Regex::builder().configure(config).build(text).ok()
}

/// Surnames of one character in a row, and the longer ones.
fn surnames() -> (String, Vec<&'static str>) {
    let is_long = |line: &&str| line.contains(' ');
    let short = data_lines(SURNAMES).filter(|line| !is_long(line)).collect();
    let long = data_lines(SURNAMES).filter(is_long);
    (short, long.flat_map(str::split_whitespace).collect())
}

/// A surname with one or two characters of given names.
fn name_pattern() -> String {
    let (short, long) = surnames();
    let given: String = data_lines(GIVEN).collect();
    format!("(?:{}|[{short}])[{given}]{{1,2}}", long.join("|"))
}

/// The names that a pattern finds at places in order, without overlap of what it finds.
fn names_at(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    places: impl Iterator<Item = usize>,
) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut end = 0;
    let mut places = places.peekable();
    // A pattern that no text needs is never built.
    let Some(pattern) = places.peek().and_then(|_| pattern.as_ref()) else {
        return names;
    };
    let mut captures = pattern.create_captures();
    for place in places.filter(|place| *place < text.len()) {
        if place < end {
            continue;
        }
        let input = Input::new(text).range(place..).anchored(Anchored::Yes);
        pattern.search_captures(&input, &mut captures);
        if let (Some(whole), Some(name)) = (captures.get_match(), captures.get_group(1)) {
            end = whole.end();
            names.push(name.range());
        }
    }
    names
}

/// Where a name with its title may begin, given where titles stand: at the first character of a surname.
fn before_titles<'t>(text: &'t str, titles: &'t [usize]) -> impl Iterator<Item = usize> + 't {
    let mut looked_at = 0;
    titles.iter().flat_map(move |title| {
        let lead = text[looked_at..*title].char_indices().rev().take(LEAD);
        let is_initial = |c: &char| INITIALS.binary_search(c).is_ok();
        let places = lead.filter(|(_, c)| is_initial(c));
        let mut places: Vec<usize> = places.map(|(index, _)| looked_at + index).collect();
        places.reverse();
        looked_at = *title;
        places
    })
}

/// Whether the name of a surname begins behind a title.
fn may_follow(text: &str, title: usize) -> bool {
    let next = |count| text[title..].chars().nth(count);
    [2, 3]
        .map(next)
        .into_iter()
        .flatten()
        .any(|c| INITIALS.binary_search(&c).is_ok())
}

/// Finds names with titles and labels.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let mut names: Vec<Range<usize>> = Vec::new();
    let titles = subject.text.places(WordGroup::Titles);
    let titled = names_at(&TITLED, text, before_titles(text, titles));
    names.extend(
        titled
            .into_iter()
            .filter(|name| begins_here(text, name.start)),
    );
    let before = titles.iter().copied();
    let before = before.filter(|title| may_follow(text, *title));
    names.extend(names_at(&AFTER_TITLE, text, before));
    let labels = subject.text.places(WordGroup::Labels).iter().copied();
    let labelled = names_at(&LABELLED, text, labels);
    names.extend(
        labelled
            .into_iter()
            .filter(|name| !text[name.end..].starts_with(is_han)),
    );
    names.sort_by_key(|range| (range.start, range.end));
    names.dedup();
    names
        .into_iter()
        .filter(|range| {
            !WORDS
                .iter()
                .any(|word| text[range.clone()].starts_with(word))
        })
        .filter(|range| !subject.text.written(range.clone()).contains(['*', '＊']))
        .map(|range| {
            let shown = masked(subject.text.written(range.clone()));
            let message = say!("“{shown}”：真实姓名", "`{shown}`: the name of a person");
            Finding::new(subject.text.span(range), message)
        })
        .collect()
}

/// Whether a name can begin at a byte: behind no Chinese character, or behind one that stands before names.
fn begins_here(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !is_han(c) || OPENERS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleText;

    /// The whole names that a pattern finds in a whole text.
    fn everywhere(pattern: &LazyLock<Option<Regex>>, text: &str) -> Vec<Range<usize>> {
        let pattern = pattern.as_ref().expect("sound");
        let mut captures = pattern.create_captures();
        let (mut names, mut at) = (Vec::new(), 0);
        loop {
            pattern.search_captures(&Input::new(text).range(at..), &mut captures);
            let Some(whole) = captures.get_match() else {
                return names;
            };
            at = whole.end();
            names.extend(captures.get_group(1).map(|name| name.range()));
        }
    }

    #[test]
    fn names_beside_known_words_are_all_names() {
        let words = [
            "王",
            "欧阳",
            "许若棠",
            "明",
            "副",
            "常务",
            "总",
            "经理",
            "总经理",
            "客户经理",
            "对公",
            "财务主任",
            "董事长",
            "女士",
            "姓名",
            "客户姓名",
            "签字",
            ":",
            "|",
            "司",
            "。",
            "经办人",
            "部长",
            "a",
        ];
        let mut seed = 7_usize;
        for _ in 0..4_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(words[(seed >> 33) % words.len()]);
            }
            let text = RuleText::read(&text);
            let titles = text.places(WordGroup::Titles);
            let text_of = text.text.as_str();
            let titled = names_at(&TITLED, text_of, before_titles(text_of, titles));
            assert_eq!(titled, everywhere(&TITLED, text_of), "{text_of}");
            let before = titles
                .iter()
                .copied()
                .filter(|title| may_follow(text_of, *title));
            let before = names_at(&AFTER_TITLE, text_of, before);
            assert_eq!(before, everywhere(&AFTER_TITLE, text_of), "{text_of}");
            let labels = text.places(WordGroup::Labels).iter().copied();
            let labelled = names_at(&LABELLED, text_of, labels);
            assert_eq!(labelled, everywhere(&LABELLED, text_of), "{text_of}");
        }
        assert!(before_titles("公司金融部", &[]).next().is_none());
    }
}
