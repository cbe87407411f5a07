//! One rule: what it looks for, how severe that is under which law, what to write instead, and its own examples.
//! Enters: a rule's YAML. Leaves: the rule, its patterns compiled. Every rule is one file of `library/`, or stands in a
//! site's own pack.

use super::pattern_words::{syntax_fault, too_large};
use crate::diagnostic::{Severity, Text};
use crate::fields::{Located, Reader};
use crate::kinds::KINDS;
use crate::{choice, record, say};
use regex::Regex;
use regex_automata::{Anchored, Input, meta};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

choice! {
    /// How severe a rule's findings are, as a file writes it: a severity, or `off` for a rule that reports nothing.
    RuleLevel {
        Off = "off", "关闭";
        Note = "note", "提示";
        Warning = "warning", "警告";
        Error = "error", "错误";
    }
}

record! {
    /// A text in both languages, as a file writes it.
    WrittenText {
        zh: String = "zh", "中文", Required, "中文的说法", "the Chinese wording", "";
        en: String = "en", "英文", Required, "英文的说法", "the English wording", "";
    }
}

impl From<WrittenText> for Text {
    fn from(written: WrittenText) -> Text {
        Text {
            zh: written.zh,
            en: written.en,
        }
    }
}

record! {
    /// Texts that a rule must find something in, and texts that it must leave alone. A text that begins with `---` is a
    /// whole document, any other a body.
    Examples {
        hits: Vec<String> = "hits", "命中", Optional, "这些都要报", "texts with a finding", "";
        misses: Vec<String> = "misses", "不命中", Optional, "这些都不报", "texts without one", "";
    }
}

record! {
    /// A rule as its file states it.
    Rule {
        code: Located<String> = "code", "规则", Required, "规则的代号", "the rule's code", "age-limit";
        title: WrittenText = "title", "名称", Required, "发现了什么", "what was found", "";
        why: WrittenText = "why", "理由", Required, "为什么不能这样写", "why it must not be written", "";
        rewrite: WrittenText = "rewrite", "改法", Required, "改成怎样", "what to write instead", "";
        kinds: Vec<Located<String>> = "kinds", "适用", Optional, "适用于哪几类文档，不写则全部", "kinds of documents; all when absent", "[job, campaign]";
        notes_in: Vec<Located<String>> = "notes_in", "只提示", Optional, "在这几类文档里只作提示", "kinds of documents in which a finding is a note only", "[article]";
        severity: Vec<(Located<String>, RuleLevel)> = "severity", "严重程度", Required, "按法域：cn、tw、hk；any 为都适用", "by jurisdiction: cn, tw, hk; `any` for all", "{cn: warning}";
        phrases: Vec<Located<String>> = "phrases", "词句", Optional, "正则表达式；文字已转成简体、半角、小写，去掉了空格", "regular expressions over text in Simplified, half-width, lower case, without blanks", "";
        milder: Vec<Located<String>> = "milder", "较轻的词句", Optional, "同样的写法，最多是警告", "the same, for findings that warn at most", "";
        unless: Vec<Located<String>> = "unless", "除外", Optional, "与这些重叠的不报", "what overlaps one of these is no finding", "";
        keeps_negated: bool = "keeps_negated", "否定也报", Optional, "前面有“不”“无”也报", "whether a negation before it changes nothing", "";
        examples: Examples = "examples", "例子", Optional, "规则自己的测试", "the rule's own tests", "";
    }
}

/// A pattern that is compiled when it is first searched for: most texts hold the beginnings of few.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    anywhere: OnceLock<Option<Regex>>,
    /// Soon built, for a small site.
    at_few_places: OnceLock<Option<meta::Regex>>,
    /// Fast once it is warm, for a large one.
    at_many_places: OnceLock<Option<meta::Regex>>,
    searches: AtomicUsize,
}

/// After how many searches the faster engine is worth building: it costs as much as this many searches without it.
const MANY: usize = 120;

impl Pattern {
    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Where it stands in a text, in order and without overlap.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let regex = self.anywhere.get_or_init(|| build(&self.source).ok());
        let hits = regex.iter().flat_map(move |regex| regex.find_iter(text));
        hits.map(|hit| hit.range())
    }

    /// The same where the places are known at which it can begin; they are in order.
    pub fn find_at(&self, text: &str, places: &[usize]) -> Vec<Range<usize>> {
        let before = self.searches.fetch_add(places.len(), Ordering::Relaxed);
        let regex = if before < MANY {
            self.at_few_places
                .get_or_init(|| build_at_few(&self.source))
        } else {
            self.at_many_places
                .get_or_init(|| build_at_many(&self.source))
        };
        let Some(regex) = regex else {
            return Vec::new();
        };
        let mut found: Vec<Range<usize>> = Vec::new();
        for place in places {
            if found.last().is_some_and(|last| *place < last.end) {
                continue;
            }
            let input = Input::new(text).range(*place..).anchored(Anchored::Yes);
            found.extend(regex.find(input).map(|hit| hit.range()));
        }
        found
    }
}

/// Both engines find the same matches. The search does not look ahead, because the positions are already known.
fn build_at_many(pattern: &str) -> Option<meta::Regex> {
    let config = meta::Config::new().auto_prefilter(false);
    meta::Regex::builder().configure(config).build(pattern).ok()
}

/// A search that begins at one place looks at few characters: the simplest engine is built soonest.
fn build_at_few(pattern: &str) -> Option<meta::Regex> {
    let config = meta::Config::new()
        .hybrid(false)
        .dfa(false)
        .onepass(false)
        .backtrack(false)
        .auto_prefilter(false);
    meta::Regex::builder().configure(config).build(pattern).ok()
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(pattern)
        .size_limit(1 << 20)
        .build()
}

/// A rule ready to search with.
#[derive(Debug)]
pub struct CompiledRule {
    /// The rule.
    pub rule: Rule,
    /// What it searches for; nothing where a detector finds it. The first `graver` of them have the rule's full weight,
    /// the others warn at most.
    pub phrases: Vec<Pattern>,
    /// How many phrases have the rule's full weight.
    pub graver: usize,
    /// What is no finding.
    pub unless: Vec<Pattern>,
}

impl CompiledRule {
    /// Reads a rule's patterns; a faulty one is a fault at its place.
    pub fn compile(rule: Rule, reader: &mut Reader) -> CompiledRule {
        let mut compile = |patterns: &[Located<String>]| -> Vec<Pattern> {
            let all = patterns.iter();
            all.filter_map(|pattern| compile_pattern(pattern, reader))
                .collect()
        };
        let mut phrases = compile(&rule.phrases);
        let graver = phrases.len();
        phrases.extend(compile(&rule.milder));
        let unless = compile(&rule.unless);
        for kind in rule.kinds.iter().chain(&rule.notes_in) {
            if !KINDS.iter().any(|known| known.name == kind.value) {
                let all: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
                reader.error(
                    "bad-rule",
                    kind.span,
                    say!("没有“{}”这类文档", "there is no kind `{}`", kind.value),
                    Some(say!("可选：{}", "choose one of: {}", all.join("、"))),
                );
            }
        }
        CompiledRule {
            rule,
            phrases,
            graver,
            unless,
        }
    }

    /// Whether it concerns a kind of documents.
    pub fn concerns(&self, kind: &str) -> bool {
        self.rule.kinds.is_empty() || self.rule.kinds.iter().any(|known| known.value == kind)
    }

    /// Whether its findings in a kind of documents are notes only.
    pub fn only_notes(&self, kind: &str) -> bool {
        let mut all = self.rule.notes_in.iter();
        all.any(|known| known.value == kind)
    }

    /// Its severity as written for a jurisdiction; `None` where it is off.
    pub fn severity(&self, jurisdiction: &str) -> Option<Severity> {
        let of = |name: &str| {
            let mut all = self.rule.severity.iter();
            all.find(|(known, _)| known.value == name)
                .map(|(_, level)| *level)
        };
        of(jurisdiction)
            .or_else(|| of("any"))
            .and_then(RuleLevel::severity)
    }
}

fn compile_pattern(pattern: &Located<String>, reader: &mut Reader) -> Option<Pattern> {
    let reason = match regex_syntax::parse(&pattern.value) {
        // A pattern that matches nothing at all would match everywhere.
        Ok(read) if read.properties().minimum_len() == Some(0) => {
            reader.error(
                "bad-rule",
                pattern.span,
                say!("这个词句什么都匹配", "this pattern matches everything"),
                None,
            );
            return None;
        }
        // A site's own patterns are compiled now, so that one that is too large is reported. The built-in ones are known to fit.
        Ok(_) if reader.file.path.contains('/') => build(&pattern.value).err().map(|_| too_large()),
        Ok(_) => None,
        Err(_) => syntax_fault(&pattern.value),
    };
    let Some(reason) = reason else {
        return Some(Pattern {
            source: pattern.value.clone(),
            anywhere: OnceLock::new(),
            at_few_places: OnceLock::new(),
            at_many_places: OnceLock::new(),
            searches: AtomicUsize::new(0),
        });
    };
    let mut message = say!("词句写得不对：{}", "the pattern is faulty: {}", reason.zh);
    message.en = format!("the pattern is faulty: {}", reason.en);
    reader.error(
        "bad-rule",
        pattern.span,
        message,
        Some(say!(
            "括号要成对；句点、问号、加号前加反斜杠表示它们自己",
            "brackets come in pairs; a backslash before . ? + makes them plain"
        )),
    );
    None
}

impl RuleLevel {
    /// The severity; `None` for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            RuleLevel::Off => None,
            RuleLevel::Note => Some(Severity::Note),
            RuleLevel::Warning => Some(Severity::Warning),
            RuleLevel::Error => Some(Severity::Error),
        }
    }
}
