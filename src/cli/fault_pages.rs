//! The pages of codes: what each means, why it matters and how to repair it. Enters: `diagnostic/faults.yaml`. Leaves: the pages of
//! the program's own codes, in the order of the file. Rules have their pages in their own files and arrive as plain data.

use crate::diagnostic::{FaultPage, Severity, Sink, Text};
use crate::fields::{FieldValue, Reader, Vocabularies};
use crate::record;
use crate::rules::{RuleLevel, WrittenText};
use crate::text::{SourceFile, Span};
use crate::yaml::{NoKeys, parse_yaml};
use std::sync::Arc;

record! {
    /// One page as written.
    WrittenPage {
        severity: Option<RuleLevel> = "severity", "严重程度", Optional, "不写则是错误", "an error when absent", "warning";
        title: WrittenText = "title", "名称", Required, "什么不对", "what is wrong", "";
        why: WrittenText = "why", "理由", Required, "为什么要改", "why it matters", "";
        repair: WrittenText = "repair", "改法", Required, "怎么改", "what to write instead", "";
    }
}

record! {
    /// Codes that are listed together.
    WrittenGroup {
        group: WrittenText = "group", "分组", Required, "分组的名称", "the group's name", "";
        codes: Vec<(String, WrittenPage)> = "codes", "代号", Required, "各代号的说明", "the pages by code", "";
    }
}

/// The pages of the program's own codes, group by group; faults of the file go to the sink.
pub fn fault_pages(sink: &mut Sink) -> Vec<FaultPage> {
    let file = Arc::new(SourceFile {
        path: "faults.yaml".to_owned(),
        text: include_str!("../diagnostic/faults.yaml").to_owned(),
    });
    let whole = Span::new(0, file.text.len());
    let Some(node) = parse_yaml(&file, whole, &NoKeys, sink) else {
        return Vec::new();
    };
    let vocabularies = Vocabularies::default();
    let mut reader = Reader::new(&file, &vocabularies, sink);
    let groups = <Vec<WrittenGroup> as FieldValue>::read(&node, &mut reader).unwrap_or_default();
    let mut pages = Vec::new();
    for WrittenGroup { group, codes } in groups {
        let group = Text::from(group);
        pages.extend(codes.into_iter().map(|(code, page)| {
            FaultPage {
                code,
                group: group.clone(),
                severity: page
                    .severity
                    .and_then(RuleLevel::severity)
                    .unwrap_or(Severity::Error),
                title: page.title.into(),
                why: page.why.into(),
                repair: page.repair.into(),
            }
        }));
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_can_be_read_and_says_something_in_both_languages() {
        let mut sink = Sink::default();
        let pages = fault_pages(&mut sink);
        let faults = sink.into_sorted();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(pages.len() > 50);
        for page in &pages {
            for text in [&page.title, &page.why, &page.repair, &page.group] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", page.code);
                assert!(text.en.is_ascii() || text != &page.title, "{}", page.code);
            }
            for text in [&page.why, &page.repair] {
                assert!(text.zh.ends_with('。'), "{}: {}", page.code, text.zh);
                assert!(text.en.ends_with('.'), "{}: {}", page.code, text.en);
            }
        }
        let mut codes: Vec<&str> = pages.iter().map(|page| page.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), pages.len());
    }
}
