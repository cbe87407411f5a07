//! An article: research, practice, or a policy of the bank with number, version and dates.

use super::{Kind, KindBody, Validity};
use crate::fields::{Day, Located};
use crate::record;

record! {
    /// The fields that make an article a policy.
    Policy {
        number: Option<String> = "number", "文号", Expected, "例如 望银发〔2026〕18号", "the document's number", "";
        issuer: Option<String> = "issuer", "制定部门", Expected, "由谁制定", "who issued it", "";
        issued: Option<Located<Day>> = "issued", "印发日期", Expected, "印发日期", "the day it was issued", "2026-01-05";
        effective: Option<Located<Day>> = "effective", "施行日期", Expected, "施行日期", "the day it takes effect", "2026-02-01";
        supersedes: Vec<String> = "supersedes", "废止文件", Optional, "被它取代的文件", "what it replaces", "";
        version: Option<String> = "version", "版本", Expected, "例如 2026年版", "its version", "2026年版";
    }
}

record! {
    /// An article's own fields.
    Article {
        authors: Vec<String> = "authors", "作者", Optional, "列表", "a list", "";
        abstract_text: Option<String> = "abstract", "摘要", Optional, "摘要", "the abstract", "";
        keywords: Vec<String> = "keywords", "关键词", Optional, "列表", "a list", "";
        classification: Option<String> = "classification", "中图分类号", Optional, "例如 F832.2", "for example F832.2", "";
        policy: Option<Policy> = "policy", "制度", Optional, "是制度才写", "only for a policy", "";
    }
}

impl KindBody for Article {
    fn validity(&self) -> Option<Validity> {
        let policy = self.policy.as_ref()?;
        Some(Validity {
            from: policy.effective.as_ref().map(|day| day.value),
            to: None,
        })
    }

    fn number(&self) -> Option<&str> {
        self.policy.as_ref()?.number.as_deref()
    }

    fn supersedes(&self) -> &[String] {
        self.policy
            .as_ref()
            .map_or(&[], |policy| &policy.supersedes)
    }

    fn internal(&self, _kind: &Kind) -> bool {
        self.policy.is_some()
    }

    fn shows_length(&self) -> bool {
        true
    }
}
