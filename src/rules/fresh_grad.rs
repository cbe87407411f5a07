//! Classes of graduates. Enters: a posting or campaign. Leaves: the first words that ask for a class of graduates where
//! the document states no window of graduation, without which nobody can tell whether a day of graduation is meant.

use super::finding::Finding;
use super::subject::Subject;
use crate::kinds::Body;
use crate::say;
use regex::Regex;
use std::sync::LazyLock;

/// A class, as 应届毕业生 or 2027届. What stands before tells a class that is asked for from one that is not.
static CLASS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "(非|不限|无论|不论|往)?应届(本科|硕士|博士|高校|大学)?(毕业)?(生|学生|研究生)",
        r"|(19|20)\d{2}届(高校|大学)?(毕业|本科|硕士|博士|研究生|学生|应届|校园招聘)",
    ))
    .ok()
});

/// Words before 应届 that take the demand back.
const TAKEN_BACK: &[&str] = &["非", "不限", "无论", "不论", "往"];

/// Words after 应届, in the same clause, that do.
const OPEN_TO_ALL: &[&str] = &["不限", "均可", "皆可", "都可以"];

/// The first class that is asked for without a window of graduation.
pub(super) fn detect(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    if !text.contains('届') || states_window(subject) {
        return Vec::new();
    }
    let Some(class) = CLASS.as_ref() else {
        return Vec::new();
    };
    let first = class.find_iter(text).find(|hit| {
        let taken_back = TAKEN_BACK.iter().any(|word| hit.as_str().starts_with(word));
        let after = text[hit.end()..].split([',', '。', ';', '\n']).next();
        let clause = after.unwrap_or("");
        !taken_back && !OPEN_TO_ALL.iter().any(|word| clause.contains(word))
    });
    first
        .map(|hit| {
            let written = subject.text.written(hit.range());
            let message = say!(
                "“{written}”：没有写毕业时间的起止日期",
                "`{written}`: the window of graduation is not stated"
            );
            Finding::new(subject.text.span(hit.range()), message)
        })
        .into_iter()
        .collect()
}

/// Whether the posting, its campaign or the campaign itself says from when to when.
fn states_window(subject: &Subject) -> bool {
    let campaign = subject.document.map(|document| &document.body);
    let in_campaign =
        matches!(campaign, Some(Body::Campaign(campaign)) if campaign.graduation.is_some());
    in_campaign || subject.job.is_some_and(|job| job.graduation.is_some())
}
