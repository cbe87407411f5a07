//! The groups of words that detectors look for. A detector whose words are absent from a text has nothing to find there.

use super::word_lists::data_words;
use std::sync::LazyLock;

/// One of these stands in every title beside a name.
static TITLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| data_words(include_str!("leaks/title_words.txt")));
/// Labels before a name, folded.
static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| data_words(include_str!("leaks/labels.txt")));

/// Whose words.
#[derive(Debug, Clone, Copy)]
pub(super) enum WordGroup {
    /// Dates of an application, of tests.
    Dates,
    /// Growth.
    Growth,
    /// Totals and their parts.
    Parts,
    /// Shares and rates.
    Percent,
    /// Weights.
    Weights,
    /// Titles beside a name.
    Titles,
    /// Labels before a name.
    Labels,
}

impl WordGroup {
    /// All groups, in the order of the variants.
    pub(super) const ALL: [WordGroup; 7] = [
        WordGroup::Dates,
        WordGroup::Growth,
        WordGroup::Parts,
        WordGroup::Percent,
        WordGroup::Weights,
        WordGroup::Titles,
        WordGroup::Labels,
    ];

    /// The words of the group, folded.
    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            WordGroup::Dates => &["报名", "网申", "投递", "申请", "笔试", "面试"],
            WordGroup::Growth => &["增", "降", "减", "升", "涨"],
            WordGroup::Parts => &["其中", "合计", "共", "总计", "总数", "组成", "构成", "("],
            WordGroup::Percent => &["占", "率", "完成", "达成", "计划", "目标", "预算"],
            WordGroup::Weights => &["权重"],
            WordGroup::Titles => &TITLES,
            WordGroup::Labels => &LABELS,
        }
    }
}
