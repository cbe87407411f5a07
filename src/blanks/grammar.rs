//! What stands beside a blank and what it says. Enters: `grammar.yaml`, which its owners can read. Leaves: look-ups on
//! folded characters. No text is judged here.

use super::BlankType;
use crate::diagnostic::Sink;
use crate::fields::{Reader, Record, Vocabularies};
use crate::record;
use crate::text::{SourceFile, Span};
use crate::yaml::{NoKeys, Value, parse_yaml};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

record! {
    /// Words on one side of a blank and the type that they give.
    Neighbour {
        blank_type: Option<BlankType> = "type", "类型", Optional, "填什么", "what it takes", "";
        units: Vec<String> = "units", "单位", Optional, "这些是单位", "words that are units", "";
        words: Vec<String> = "words", "词", Optional, "这些不是单位", "words that are no units", "";
    }
}

record! {
    /// Words before and behind.
    Sides {
        before: Vec<String> = "before", "前", Optional, "左边的词", "words on the left", "";
        after: Vec<String> = "after", "后", Optional, "右边的词", "words on the right", "";
    }
}

record! {
    /// How a phrase ends that asks for a figure.
    Metrics {
        nouns: Vec<String> = "nouns", "名词", Optional, "名词", "nouns", "";
        verbs: Vec<String> = "verbs", "动词", Optional, "动词", "verbs", "";
        links: Vec<String> = "links", "连接词", Optional, "连接词", "words between", "";
    }
}

record! {
    /// When a lone space is a blank.
    Spaces {
        labels: Vec<String> = "labels", "标签", Optional, "左边是这些时不算", "no blank after these", "";
        after: Vec<String> = "after", "后", Optional, "左边是这些时才算", "a blank after these", "";
        ends: Vec<String> = "ends", "句尾", Optional, "句号前", "a blank before a stop after these", "";
    }
}

record! {
    /// What tells a year from the year of the report.
    Years {
        before: Vec<String> = "before", "上一年", Optional, "上一年", "the year before", "";
        after: Vec<String> = "after", "下一年", Optional, "下一年", "the year after", "";
        sections: Vec<String> = "sections", "章节", Optional, "讲下一年的章节", "sections about the year after", "";
        past: Vec<String> = "past", "履历", Optional, "履历", "events in somebody's past", "";
        own: Vec<String> = "own", "自", Optional, "左边的词", "words on the left of such a year", "";
    }
}

record! {
    /// How a phrase becomes a label.
    Labels {
        openers: Vec<String> = "openers", "开头", Optional, "开头的虚词", "beginnings that go", "";
        keeps: Vec<String> = "keeps", "保留", Optional, "开头像虚词的词", "beginnings that stay", "";
        links: Vec<String> = "links", "连接词", Optional, "结尾的连接词", "ends that go", "";
        leaning: Vec<String> = "leaning", "依附", Optional, "依附前文的开头", "beginnings that lean", "";
        changes: Vec<String> = "changes", "变化", Optional, "单独的变化", "changes that stand alone", "";
    }
}

record! {
    /// The file.
    Written {
        right: Vec<Neighbour> = "right", "右", Required, "右边的词", "words on the right", "";
        left: Vec<Neighbour> = "left", "左", Required, "左边的词", "words on the left", "";
        spans: Sides = "spans", "年数", Required, "年数", "years that are spans", "";
        ranks: Vec<String> = "ranks", "名次", Required, "名次", "words of a rank", "";
        metrics: Metrics = "metrics", "指标", Required, "指标", "phrases that ask for a figure", "";
        spaces: Spaces = "spaces", "空白", Required, "空白", "lone spaces", "";
        lost: Vec<String> = "lost", "缺字", Required, "缺字", "lost text", "";
        labels: Labels = "labels", "名称", Required, "名称", "labels", "";
        years: Years = "years", "年份", Required, "年份", "years", "";
    }
}

/// What stands right of a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Right {
    /// What it says; nothing for a word that only looks like a unit.
    pub blank_type: Option<BlankType>,
    /// Whether the word is a unit.
    pub is_unit: bool,
    /// Characters passed over before the word.
    pub skipped: usize,
    /// Characters of the word.
    pub length: usize,
}

/// The words of one side by the character that touches the blank, longest first.
#[derive(Debug, Default)]
pub(super) struct SideWords(BTreeMap<char, Vec<SideWord>>);

/// A word: its characters from the blank on, the type that it gives, and whether it is a unit.
type SideWord = (Vec<char>, Option<BlankType>, bool);

impl SideWords {
    fn add(&mut self, word: &str, blank_type: Option<BlankType>, is_unit: bool, reversed: bool) {
        let mut chars: Vec<char> = word.chars().collect();
        if reversed {
            chars.reverse();
        }
        let Some(&first) = chars.first() else { return };
        let words = self.0.entry(first).or_default();
        words.push((chars, blank_type, is_unit));
        words.sort_by_key(|(chars, _, _)| std::cmp::Reverse(chars.len()));
    }

    fn of<'w>(words: impl IntoIterator<Item = &'w String>, reversed: bool) -> SideWords {
        let mut made = SideWords::default();
        for word in words {
            made.add(word, None, false, reversed);
        }
        made
    }

    fn find(&self, chars: &(impl Iterator<Item = char> + Clone)) -> Option<&SideWord> {
        let words = self.0.get(&chars.clone().next()?)?;
        words.iter().find(|(word, _, _)| {
            let mut text = chars.clone();
            word.iter().all(|&c| text.next() == Some(c))
        })
    }

    /// How many characters of a word stand at the beginning.
    pub(super) fn begins(&self, after: &[char]) -> Option<usize> {
        self.find(&after.iter().copied()).map(|word| word.0.len())
    }

    /// How many characters of a word stand at the end.
    pub(super) fn ends(&self, before: &[char]) -> Option<usize> {
        self.find(&before.iter().rev().copied())
            .map(|word| word.0.len())
    }

    /// Whether a word stands anywhere.
    pub(super) fn occurs_in(&self, text: &[char]) -> bool {
        (0..text.len()).any(|at| self.begins(&text[at..]).is_some())
    }
}

/// The grammar, ready for look-ups. Fields are named as in the file.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub(super) struct Grammar {
    right: SideWords,
    left: SideWords,
    pub span_before: SideWords,
    pub span_after: SideWords,
    pub ranks: SideWords,
    pub metric_nouns: SideWords,
    pub metric_verbs: SideWords,
    pub metric_links: SideWords,
    pub space_labels: SideWords,
    pub space_after: SideWords,
    pub space_ends: SideWords,
    pub year_before: SideWords,
    pub year_after: SideWords,
    pub year_sections: SideWords,
    pub year_past: SideWords,
    pub year_own: SideWords,
    pub lost: Vec<Regex>,
    pub label_openers: SideWords,
    pub label_keeps: SideWords,
    pub label_links: SideWords,
    pub label_leaning: SideWords,
    pub label_changes: SideWords,
}

impl Grammar {
    /// The embedded grammar.
    pub(super) fn get() -> &'static Grammar {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(|| read(&mut Sink::default()))
    }

    /// What stands right of a blank: after spaces, and after 余, 多, 来 and 几 before a unit.
    pub(super) fn right_of(&self, after: &[char]) -> Option<Right> {
        let spaces = after.iter().take_while(|&&c| c == ' ').count();
        let here = &after[spaces..];
        let find = |skipped: usize, text: &[char]| {
            self.right.find(&text.iter().copied()).map(|word| Right {
                blank_type: word.1,
                is_unit: word.2,
                skipped,
                length: word.0.len(),
            })
        };
        let found = find(spaces, here);
        let rounds = matches!(here.first(), Some('余' | '多' | '来' | '几'));
        match found {
            None if rounds => find(spaces + 1, &here[1..]).filter(|right| right.is_unit),
            found => found,
        }
    }

    /// The type that the words left of a blank give.
    pub(super) fn left_of(&self, before: &[char]) -> Option<BlankType> {
        let end = before.len()
            - before
                .iter()
                .rev()
                .take_while(|c| matches!(c, ' ' | ':' | '为' | '是'))
                .count();
        let here = self.left.find(&before[..end].iter().rev().copied());
        here.and_then(|word| word.1)
    }
}

fn read(sink: &mut Sink) -> Grammar {
    let file = Arc::new(SourceFile {
        path: "grammar.yaml".to_owned(),
        text: include_str!("grammar.yaml").to_owned(),
    });
    let whole = Span::new(0, file.text.len());
    let Some(node) = parse_yaml(&file, whole, &NoKeys, sink) else {
        return Grammar::default();
    };
    let Value::Map(entries) = &node.value else {
        return Grammar::default();
    };
    let vocabularies = Vocabularies::default();
    let mut reader = Reader::new(&file, &vocabularies, sink);
    let written = Written::read_fields(entries, whole, &mut reader);
    let side = |neighbours: &[Neighbour], reversed: bool| {
        let mut made = SideWords::default();
        for neighbour in neighbours {
            for unit in &neighbour.units {
                made.add(unit, neighbour.blank_type, true, reversed);
            }
            for word in &neighbour.words {
                made.add(word, neighbour.blank_type, false, reversed);
            }
        }
        made
    };
    let before = |words: &[String]| SideWords::of(words, true);
    let after = |words: &[String]| SideWords::of(words, false);
    Grammar {
        right: side(&written.right, false),
        left: side(&written.left, true),
        span_before: before(&written.spans.before),
        span_after: after(&written.spans.after),
        ranks: after(&written.ranks),
        metric_nouns: before(&written.metrics.nouns),
        metric_verbs: before(&written.metrics.verbs),
        metric_links: before(&written.metrics.links),
        space_labels: before(&written.spaces.labels),
        space_after: before(&written.spaces.after),
        space_ends: before(&written.spaces.ends),
        year_before: before(&written.years.before),
        year_after: before(&written.years.after),
        year_sections: after(&written.years.sections),
        year_past: after(&written.years.past),
        year_own: before(&written.years.own),
        lost: written
            .lost
            .iter()
            .filter_map(|pattern| Regex::new(pattern).ok())
            .collect(),
        label_openers: after(&written.labels.openers),
        label_keeps: after(&written.labels.keeps),
        label_links: before(&written.labels.links),
        label_leaning: after(&written.labels.leaning),
        label_changes: after(&written.labels.changes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_is_folded() {
        let mut sink = Sink::default();
        let grammar = read(&mut sink);
        let faults = sink.into_sorted();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(!grammar.right.0.is_empty());
        let patterns = include_str!("grammar.yaml")
            .split("\nlost:")
            .nth(1)
            .unwrap();
        let patterns = patterns.split("\nlabels:").next().unwrap();
        let written = patterns
            .lines()
            .filter(|line| line.starts_with("  - '"))
            .count();
        assert_eq!(grammar.lost.len(), written, "every pattern compiles");
        let text = include_str!("grammar.yaml");
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
        {
            assert_eq!(crate::text::fold(line), line.trim(), "write it folded");
        }
    }

    #[test]
    fn the_longest_word_wins() {
        let right = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            Grammar::get()
                .right_of(&chars)
                .and_then(|right| right.blank_type)
        };
        assert_eq!(right("个百分点"), Some(BlankType::Percent));
        assert_eq!(right("个客户"), Some(BlankType::Integer));
        assert_eq!(right("余户"), Some(BlankType::Integer));
        assert_eq!(right("万美元"), Some(BlankType::Money));
        assert_eq!(right("人民币"), None);
        assert_eq!(right("路支行"), Some(BlankType::Branch));
    }
}
