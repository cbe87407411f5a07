//! The text and the facts of a page. Enters: the bytes of a page of a portal, by any theme. Leaves: its title, its text
//! and the facts beside their names. One pass searches for tags; the markup need not be well formed.

use crate::text::markup::{text_of, unescape};
use serde::Serialize;

/// A fact of a page that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// Its name, as the page has it.
    pub name: String,
    /// Its old value.
    pub old: Option<String>,
    /// Its new value.
    pub new: Option<String>,
}

/// The text between two marks.
pub(super) fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)? + from.len();
    let end = text[start..].find(to)?;
    Some(&text[start..start + end])
}

/// The title of a page, without the portal's name where the theme states it apart.
pub(super) fn title(page: &str) -> Option<String> {
    let title = between(page, "property=\"og:title\" content=\"", "\"")
        .or_else(|| between(page, "<title>", "</title>"))?;
    let title = unescape(title);
    (!title.trim().is_empty()).then(|| title.trim().to_owned())
}

/// The target of a page that only redirects, as written.
pub(super) fn leads_to(page: &str) -> Option<String> {
    let refresh = page.find("http-equiv=\"refresh\"")?;
    let rest = &page[refresh..];
    let url = between(rest, "url=", "\"")?;
    Some(unescape(url))
}

/// The part of a page that is its own, without what surrounds every page.
pub(super) fn own_part(page: &str) -> &str {
    for (from, to) in [("<article", "</article>"), ("<main", "</main>")] {
        if let (Some(start), Some(end)) = (page.find(from), page.rfind(to))
            && start < end
        {
            return &page[start..end];
        }
    }
    page
}

/// The facts of two versions of a page that differ, in the order of the page.
pub(super) fn compare_facts(old: &str, new: &str) -> Vec<FactChange> {
    let (old, new) = (facts(old), facts(new));
    let value = |facts: &[(String, String)], name: &str| {
        facts
            .iter()
            .find(|fact| fact.0 == name)
            .map(|fact| fact.1.clone())
    };
    let mut changes: Vec<FactChange> = Vec::new();
    for (name, _) in new.iter().chain(&old) {
        let (was, is) = (value(&old, name), value(&new, name));
        if was != is && changes.iter().all(|change| change.name != *name) {
            changes.push(FactChange {
                name: name.clone(),
                old: was,
                new: is,
            });
        }
    }
    changes
}

/// The most facts of one page.
const MOST: usize = 200;

/// Names with their values, of definition lists and of tables with heads of rows.
fn facts(page: &str) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for (open, close, value_open, value_close) in [
        ("<dt", "</dt>", "<dd", "</dd>"),
        ("<th scope=\"row\"", "</th>", "<td", "</td>"),
    ] {
        let mut rest = page;
        while facts.len() < MOST
            && let Some(start) = rest.find(open)
        {
            rest = &rest[start..];
            let Some(name) = between(rest, ">", close) else {
                break;
            };
            let Some(at) = rest.find(value_open) else {
                break;
            };
            rest = &rest[at..];
            let Some(value) = between(rest, ">", value_close) else {
                break;
            };
            facts.push((text_of(name), text_of(value)));
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_facts_and_ways_are_read_off_a_page() {
        let page = "<title>甲 &amp; 乙 - 门户</title><meta property=\"og:title\" content=\"甲 &amp; 乙\"><main><dl><div><dt>薪酬</dt><dd><b>1</b> 元</dd></div></dl><table><tr><th scope=\"row\">利率</th><td>3%</td></tr></table></main>";
        assert_eq!(title(page).as_deref(), Some("甲 & 乙"));
        let changes = compare_facts(page, &page.replace("3%", "4%"));
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].name.as_str(), changes[0].new.as_deref()),
            ("利率", Some("4%"))
        );
        let moved = "<meta http-equiv=\"refresh\" content=\"0; url=/jobs/b/\">";
        assert_eq!(leads_to(moved).as_deref(), Some("/jobs/b/"));
        assert_eq!(leads_to(page), None);
    }

    #[test]
    fn broken_markup_is_read_as_far_as_it_goes() {
        for page in [
            "<dt>a",
            "<dt",
            "<th scope=\"row\">x</th>",
            "<",
            "&",
            "<main",
            "<title>",
        ] {
            let _ = (
                title(page),
                facts(page),
                text_of(page),
                own_part(page),
                unescape(page),
            );
        }
        let hostile = "<dt>".repeat(100_000);
        assert!(facts(&hostile).len() <= MOST);
    }
}
