//! Lists that break off: the last item ends as if another followed, or has a number and nothing behind it.

use crate::rules::finding::Finding;
use crate::rules::subject::Subject;
use crate::say;
use regex::Regex;
use std::sync::LazyLock;

/// What begins an item: `-`, `1.`, `1、`, `(1)`, `①`.
static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^([-+]|\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[①-⑳])").ok()
});

/// No marker has more bytes: two figures of any script and a sign.
const LONGEST_MARKER: usize = 12;

/// The last lines of lists and sections that promise more than they hold.
pub(crate) fn find_truncated_lists(subject: &Subject) -> Vec<Finding> {
    let Some(marker) = MARKER.as_ref() else {
        return Vec::new();
    };
    let text = &subject.text.text;
    let mut found = Vec::new();
    let mut at = subject.text.body;
    let mut last: Option<(usize, &str)> = None;
    let body = text[at..].split_inclusive('\n').map(Some).chain([None]);
    for line in body {
        let content = line.map(|line| line.trim_end_matches('\n'));
        if content == Some("") {
            at += 1;
            continue;
        }
        if let Some((start, before)) = last {
            // Markers are looked for only where the line can make a finding: few are short or end openly.
            let was_item = || marker.is_match(before);
            let goes_on = || content.is_some_and(|line| marker.is_match(line));
            let ends_section = || content.is_none_or(|line| line.starts_with('#'));
            let bare = (2..=LONGEST_MARKER).contains(&before.len())
                && marker
                    .find(before)
                    .is_some_and(|mark| mark.end() == before.len());
            let open = before.ends_with([';', '、', ',']);
            if !before.starts_with(['#', '|'])
                && (bare || (open && (ends_section() || (was_item() && !goes_on()))))
            {
                let tail = before.chars().next_back().map_or(0, char::len_utf8);
                let from = if bare {
                    start
                } else {
                    start + before.len() - tail
                };
                let finding = Finding::new(
                    subject.text.span(from..start + before.len()),
                    if bare {
                        say!(
                            "“{before}”后面没有内容，是不是没写完？",
                            "nothing follows `{before}`; does the list break off?"
                        )
                    } else {
                        say!(
                            "这一段最后是“{}”，是不是后面还有没写完的？",
                            "this ends with `{}`; does something follow that is missing?",
                            &before[before.len() - tail..]
                        )
                    },
                );
                found.push(if bare {
                    match subject.kind.name {
                        "job" => finding.lacking("工作内容", "the work"),
                        _ => finding.lacking("正文", "the text"),
                    }
                } else {
                    finding
                });
            }
        }
        last = content.map(|content| (at, content));
        at += line.map_or(0, str::len);
    }
    found
}
