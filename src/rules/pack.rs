//! Packs: what the law of a jurisdiction says of each rule, with the day of that state. Enters: a pack's YAML. Leaves:
//! laws, changed severities and further rules. Packs are files that lawyers read and extend.

use super::rule::{Rule, RuleLevel, WrittenText};
use crate::fields::{Day, Jurisdiction, Located};
use crate::record;

record! {
    /// What a law says of a rule.
    Law {
        text: WrittenText = "text", "条文", Required, "哪部法的哪一条，说了什么，一句话", "which article says what, in one line", "";
        read: bool = "read", "已核对", Optional, "是否已对照法条原文；没有的，最多是警告，标明待法务核对", "whether the article itself was read; if not, findings are warnings at most", "";
        since: Option<Located<Day>> = "since", "施行日期", Optional, "从哪天起施行；之前只作提示", "in force from this day; a note before", "2026-09-30";
        source: Option<String> = "source", "出处", Optional, "法条在哪里可以看到", "where the article can be read", "";
    }
}

record! {
    /// One pack.
    Pack {
        name: WrittenText = "name", "名称", Required, "规则包的名称", "the pack's name", "";
        date: Option<Located<Day>> = "date", "日期", Required, "核对到哪一天", "the day of this state", "2026-11-01";
        jurisdictions: Vec<Jurisdiction> = "jurisdictions", "法域", Required, "cn、tw、hk", "cn, tw, hk", "[cn]";
        names: Vec<Jurisdiction> = "names", "别名", Optional, "第一个法域的其他叫法", "other names of the first jurisdiction", "[中国, China]";
        laws: Vec<(Located<String>, Law)> = "laws", "法律依据", Optional, "按规则代号", "by the rule's code", "";
        severity: Vec<(Located<String>, RuleLevel)> = "severity", "严重程度", Optional, "本包改动的严重程度，按规则代号", "changed severities, by the rule's code", "{school-tier: error}";
        rules: Vec<Rule> = "rules", "规则", Optional, "本行自己的规则", "the bank's own rules", "";
    }
}

impl Pack {
    /// Whether it speaks for a jurisdiction.
    pub fn covers(&self, jurisdiction: &str) -> bool {
        let mut all = self.jurisdictions.iter();
        all.any(|known| known.0 == jurisdiction)
    }

    /// The jurisdiction that a folded word names.
    pub fn jurisdiction(&self, word: &str) -> Option<&str> {
        let mut all = self.jurisdictions.iter();
        let named = if self.names.iter().any(|name| name.0 == word) {
            all.next()
        } else {
            all.find(|known| known.0 == word)
        };
        named.map(|known| known.0.as_str())
    }

    /// What it says of a rule.
    pub fn law(&self, code: &str) -> Option<&Law> {
        find(&self.laws, code)
    }

    /// The level that it gives a rule.
    pub fn level(&self, code: &str) -> Option<RuleLevel> {
        find(&self.severity, code).copied()
    }
}

fn find<'a, T>(entries: &'a [(Located<String>, T)], code: &str) -> Option<&'a T> {
    entries
        .iter()
        .find(|(known, _)| known.value == code)
        .map(|(_, value)| value)
}
