//! Names of persons with a title, or behind a label such as 述职人. Enters: one file. Leaves: the names, which a message shows
//! by their first character only. A surname alone (王经理) and a masked name (王某, 王**) are none.
//!
//! Chinese writes no blanks between words, so that a name is only believed where all its characters are those of names and
//! where it begins after punctuation or after a word that stands before names.

use super::{data_lines, masked, pattern};
use crate::rules::{Finding, Subject};
use crate::say;
use crate::script::is_han;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const SURNAMES: &str = include_str!("surnames.txt");
const GIVEN: &str = include_str!("given_name_characters.txt");

/// Titles behind a name, folded.
const TITLES: &str = "(?:对公|公司|个人|零售|高级|资深)?(?:客户经理|大堂经理|理财经理|产品经理)|(?:常务)?副?(?:行长|总经理|经理|主任|科长|处长|部长|总监|主管|董事长|总裁)|柜员|先生|女士|小姐|同志";
/// Labels before a name, folded.
const LABELS: &str = "述职人|报告人|汇报人|总结人|填报人|经办人|审批人|复核人|客户姓名|姓名|持卡人|户名|借款人|担保人";
/// Ordinary words and places that are made of a surname and characters of names.
const WORDS: &[&str] = &[
    "高明", "高雅", "高天", "夏天", "高新", "高中", "白金", "黄金", "江海", "江华", "金华", "文明",
    "方正", "马上", "万福", "马鞍", "温和", "石家", "任何", "任意", "严正", "严谨", "严明", "向阳",
    "尚义", "万达", "万宁", "万安", "高安", "石林", "吉安", "许昌", "洪江", "林海", "黄河", "黄山",
    "黄海", "武威", "江阳", "范文", "高铁", "钟山", "于是", "于此", "广东", "孔明", "程序", "盛京",
    "江门", "高阳", "温江", "龙海", "龙江", "凌海", "凌源", "武清", "梅江", "梅林", "罗江", "项城",
    "万源", "侯马", "贺州", "苏州", "徐州", "柳州", "柳江", "江宁", "江南", "江北", "江东", "田林",
    "唐山", "唐海", "牛山", "汤山", "石泉",
];
/// Characters right before a name that begins inside a sentence: little words, and the ends of units and of persons' roles.
const OPENERS: &str = "在的了谢由和与助请找及跟同是为给对被让经叫问位名行部处科司组社厅局室队户员人长师理席管友伴志向";

/// A name with its title; the name is the group.
static TITLED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!("({})(?:{TITLES})", name_pattern())));
/// A title before a name of three characters: 财务主任许若棠.
static AFTER_TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        "(?:行长|总经理|经理|主任|科长|处长|部长|总监|主管|董事长)({})",
        name_pattern().replace("{1,2}", "{2}")
    ))
});
/// A label with its name; the name is the group.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        "(?:{LABELS})(?:签字|签名)?[:|]+({})",
        name_pattern()
    ))
});

/// A surname with one or two characters of given names.
fn name_pattern() -> String {
    let is_long = |line: &&str| line.contains(' ');
    let short: String = data_lines(SURNAMES).filter(|line| !is_long(line)).collect();
    let long: Vec<&str> = data_lines(SURNAMES)
        .filter(is_long)
        .flat_map(str::split_whitespace)
        .collect();
    let given: String = data_lines(GIVEN).collect();
    format!("(?:{}|[{short}])[{given}]{{1,2}}", long.join("|"))
}

/// Finds names with titles and labels.
pub fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    let mut names: Vec<Range<usize>> = Vec::new();
    for captures in TITLED.iter().flat_map(|regex| regex.captures_iter(text)) {
        if let Some(name) = captures
            .get(1)
            .filter(|name| begins_here(text, name.start()))
        {
            names.push(name.range());
        }
    }
    for captures in AFTER_TITLE
        .iter()
        .flat_map(|regex| regex.captures_iter(text))
    {
        names.extend(captures.get(1).map(|name| name.range()));
    }
    for captures in LABELLED.iter().flat_map(|regex| regex.captures_iter(text)) {
        if let Some(name) = captures
            .get(1)
            .filter(|name| !text[name.end()..].starts_with(is_han))
        {
            names.push(name.range());
        }
    }
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
