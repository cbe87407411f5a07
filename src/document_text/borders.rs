//! Several documents in one text. Enters: an outline. Leaves: where each of them begins, and what shows it.

use super::marks::{Class, digit_number, han_number, mark};
use super::model::{Block, Kind, Outline};
use crate::text::fold;
use std::collections::BTreeMap;

/// What shows that a document begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BorderReason {
    /// 第2篇：…
    Part,
    /// 篇二：…
    PartName,
    /// 范文（二）, or a title that ends in the next number.
    Numbered,
    /// A new page that begins with a title like the first.
    Page,
}

impl BorderReason {
    /// The reason in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            BorderReason::Part => "以“第几篇”开头",
            BorderReason::PartName => "以“篇几”开头",
            BorderReason::Numbered => "标题相同，后面的编号连续",
            BorderReason::Page => "新的一页，以标题开头",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            BorderReason::Part => "it begins with the number of a part",
            BorderReason::PartName => "it begins with the name of a part",
            BorderReason::Numbered => "titles of the same words end in consecutive numbers",
            BorderReason::Page => "a new page begins with a title",
        }
    }
}

/// Where a document begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Border {
    /// The block that it begins with.
    pub block: usize,
    /// Its title, without the number of the part; empty where the next block is the title.
    pub title: String,
    /// What shows it.
    pub reason: BorderReason,
}

/// Where the documents of a bundle begin; empty for a text that is one document.
///
/// ```
/// use gangwei::document_text::{Options, document_borders, read};
///
/// let text = "第1篇：柜员述职报告\n一年来业务平稳。\n第2篇：主管述职报告\n一年来管理有序。\n";
/// let borders = document_borders(&read(text, Options::default()));
/// let titles: Vec<&str> = borders.iter().map(|border| border.title.as_str()).collect();
/// assert_eq!(titles, ["柜员述职报告", "主管述职报告"]);
/// ```
pub fn document_borders(outline: &Outline) -> Vec<Border> {
    let mut found: Vec<Border> = Vec::new();
    let mut stems: BTreeMap<String, Vec<(usize, u32, String)>> = BTreeMap::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        if !may_be_title(block) {
            continue;
        }
        let words = block.text.as_str();
        if let Some((title, reason)) = part(words) {
            found.push(Border {
                block: index,
                title,
                reason,
            });
        } else if let Some((stem, number)) = numbered(words) {
            stems
                .entry(ending(stem))
                .or_default()
                .push((index, number, stem.trim().to_owned()));
        } else if block.page_break
            && matches!(
                block.kind,
                Kind::Title | Kind::Heading { level: 1 } | Kind::Paragraph
            )
            && index > 0
            && words.chars().count() <= 30
            && !words.ends_with(['。', '；', '，', '：'])
        {
            found.push(Border {
                block: index,
                title: words.to_owned(),
                reason: BorderReason::Page,
            });
        }
    }
    for members in stems.into_values() {
        // The numbers must run on from 1.
        let runs = members.len() > 1
            && members
                .iter()
                .zip(1..)
                .all(|((_, number, _), expected)| *number == expected);
        if runs {
            found.extend(members.into_iter().map(|(block, _, title)| Border {
                block,
                title,
                reason: BorderReason::Numbered,
            }));
        }
    }
    found.sort_by_key(|border| border.block);
    found.dedup_by_key(|border| border.block);
    let strong = found
        .iter()
        .filter(|border| border.reason != BorderReason::Page)
        .count();
    if strong > 0 {
        found.retain(|border| border.reason != BorderReason::Page);
    }
    if found.len() < 2 && strong == 0 {
        Vec::new()
    } else {
        found
    }
}

/// The last characters of a title, by which titles of one bundle are alike: 工作总结.
fn ending(stem: &str) -> String {
    let folded = fold(stem);
    let at = folded.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    folded[at..].to_owned()
}

fn may_be_title(block: &Block) -> bool {
    let words = block.text.as_str();
    words.len() <= 120
        && !words.ends_with(['。', '；', '，'])
        && !matches!(
            block.kind,
            Kind::Cell(_) | Kind::Verbatim | Kind::Item { .. }
        )
}

/// 第2篇：…, 篇二：…, 篇2 …
fn part(words: &str) -> Option<(String, BorderReason)> {
    if let Some(mark) = mark(words).filter(|mark| mark.class == Class::Part)
        && words[..mark.length].contains('篇')
    {
        return Some((words[mark.length..].to_owned(), BorderReason::Part));
    }
    if let Some(inner) = words.strip_prefix('第') {
        let length = number(inner)?.1;
        return inner[length..]
            .trim_matches([' ', ':', '：'])
            .eq("篇")
            .then(|| (String::new(), BorderReason::Part));
    }
    for lead in ["范文", "範文", "篇", "样本", "例文"] {
        let Some(inner) = words.strip_prefix(lead) else {
            continue;
        };
        let open = inner.trim_start_matches(['（', '(', ' ']);
        let length = number(open)?.1;
        let rest = open[length..].trim_start_matches(['）', ')', ' ']);
        let title = rest.trim_start_matches(['：', ':', '、', '.', ' ', '\u{3000}']);
        return (title.len() < rest.len() || rest.is_empty())
            .then(|| (title.to_owned(), BorderReason::PartName));
    }
    None
}

fn number(words: &str) -> Option<(u32, usize)> {
    digit_number(words).or_else(|| han_number(words).map(|(number, length, _)| (number, length)))
}

/// A title that ends in a number: 述职报告1, 工作总结范文（二）, … 篇3.
fn numbered(words: &str) -> Option<(&str, u32)> {
    let inner = words.trim_end_matches(['）', ')', ' ']);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let stem = inner.trim_end_matches(is_number);
    let digits = &inner[stem.len()..];
    let (number, length) = number(digits)?;
    let enclosed = inner.len() < words.len();
    let opened = stem.trim_end().ends_with(['（', '(']);
    if length != digits.len() || (enclosed != opened) || number == 0 || number > 99 {
        return None;
    }
    let stem = stem.trim_end().trim_end_matches(['（', '(', ' ']);
    let stem = stem
        .strip_suffix('篇')
        .unwrap_or(stem)
        .trim_end_matches([' ', '\u{3000}']);
    (stem.chars().count() >= 4
        && !stem.ends_with(|c: char| c.is_ascii_digit() || "第.年月".contains(c)))
    .then_some((stem, number))
}
