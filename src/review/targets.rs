//! The targets of links and pictures. Enters: two versions of a markup, each with the address of its portal. Leaves:
//! the links whose words stayed and whose target did not, and the added or removed ones to other hosts.

use super::facts::between;
use super::inert::inert;
use crate::diagnostic::Lang;
use crate::say;
use crate::text::markup::{text_of, unescape};
use crate::text::url::{BaseUrl, begins_with_host};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// A link or a picture that leads elsewhere than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkChange {
    /// Its words; for a picture, the alternative text.
    pub words: String,
    /// Whether it is a picture, or another thing that a page loads.
    pub is_picture: bool,
    /// Where it led: from the portal's root inside the portal, else as it is written.
    pub old: Option<String>,
    /// Where it leads.
    pub new: Option<String>,
}

impl LinkChange {
    /// The change as a line of a comment.
    pub fn in_words(&self, lang: Lang) -> String {
        let noun = if self.is_picture {
            say!("图片", "picture")
        } else {
            say!("链接", "link")
        };
        let (noun, words) = (noun.get(lang), inert(&self.words));
        let text = match (
            self.old.as_deref().map(inert),
            self.new.as_deref().map(inert),
        ) {
            (Some(old), Some(new)) => say!(
                "{noun}“{words}”原来指向 {old}，现在指向 {new}",
                "the {noun} “{words}” led to {old} and now leads to {new}"
            ),
            (None, Some(new)) => say!(
                "新的{noun}“{words}”指向 {new}",
                "the new {noun} “{words}” leads to {new}"
            ),
            (old, None) => {
                let old = old.unwrap_or_default();
                say!(
                    "{noun}“{words}”没有了，原来指向 {old}",
                    "the {noun} “{words}”, which led to {old}, is gone"
                )
            }
        };
        text.get(lang).to_owned()
    }

    /// Whether it leads, or led, out of the portal.
    pub fn is_outside(&self) -> bool {
        [&self.old, &self.new]
            .into_iter()
            .flatten()
            .any(|target| is_outside(target))
    }
}

/// Attributes that name a target.
const TARGETS: [&str; 6] = [
    " href=\"",
    " src=\"",
    " srcset=\"",
    " action=\"",
    " poster=\"",
    " data=\"",
];

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TargetLink {
    words: String,
    is_picture: bool,
    target: String,
}

fn is_outside(target: &str) -> bool {
    !target.starts_with('/') || begins_with_host(target)
}

/// A target as both portals would write it: from the portal's root where it lies inside. Places of a page and the files
/// of the theme are no targets.
fn target_of(written: &str, base: &BaseUrl) -> Option<String> {
    let written = unescape(written);
    let written = written.trim();
    let whole = base.text();
    let inside = match written {
        // A portable portal names its files from where the page is.
        _ if written.starts_with("./") || written.starts_with("../") => {
            Some(written.trim_start_matches("./").trim_start_matches("../"))
        }
        _ if begins_with_host(written) => None,
        _ => written
            .strip_prefix(whole.as_str())
            .or_else(|| written.strip_prefix(base.path())),
    };
    let Some(inside) = inside else {
        return (!written.is_empty() && !written.starts_with('#')).then(|| written.to_owned());
    };
    let inside = inside.strip_suffix("index.html").unwrap_or(inside);
    (!inside.starts_with("assets/")).then(|| format!("/{inside}"))
}

fn links(html: &str, base: &BaseUrl) -> Vec<TargetLink> {
    let mut links = Vec::new();
    for (at, _) in html.match_indices('<') {
        let Some(end) = html[at..].find('>').map(|length| at + length) else {
            break;
        };
        let tag = &html[at..end];
        let is_anchor = tag.starts_with("<a ");
        for attribute in TARGETS {
            let written = between(tag, attribute, "\"");
            let Some(target) = written.and_then(|written| target_of(written, base)) else {
                continue;
            };
            let words = if is_anchor {
                text_of(html[end + 1..].split("</a>").next().unwrap_or(""))
            } else {
                unescape(between(tag, " alt=\"", "\"").unwrap_or(""))
            };
            links.push(TargetLink {
                words: words.replace('\n', " "),
                is_picture: !is_anchor,
                target,
            });
        }
    }
    links
}

/// Addresses of other hosts that the links of a page name, of whatever kind a browser would fetch, without their anchors.
pub fn outside_addresses(html: &str, base: &BaseUrl) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices("<a ") {
        let tag = html[at..].split('>').next().unwrap_or_default();
        let written = between(tag, " href=\"", "\"");
        let Some(target) = written.and_then(|written| target_of(written, base)) else {
            continue;
        };
        let lower = target.to_ascii_lowercase();
        let is_fetched = ["http:", "https:", "ftp:", "//"];
        if is_fetched.iter().any(|start| lower.starts_with(start)) {
            let target = target.split('#').next().unwrap_or_default();
            found.push(target.to_owned());
        }
    }
    found
}

/// Links that lead elsewhere, in the order of the new version, then the removed ones.
pub(super) fn compare_links(old: (&str, &BaseUrl), new: (&str, &BaseUrl)) -> Vec<LinkChange> {
    let (old, new) = (links(old.0, old.1), links(new.0, new.1));
    let mut stayed: BTreeMap<&TargetLink, usize> = BTreeMap::new();
    for link in &new {
        *stayed.entry(link).or_default() += 1;
    }
    let mut known: BTreeMap<&TargetLink, usize> = BTreeMap::new();
    let mut gone: BTreeMap<(&str, bool), VecDeque<&TargetLink>> = BTreeMap::new();
    for link in &old {
        match stayed.get_mut(link).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                *known.entry(link).or_default() += 1;
            }
            None => gone
                .entry((&link.words, link.is_picture))
                .or_default()
                .push_back(link),
        }
    }
    let mut changes = Vec::new();
    let change =
        |link: &TargetLink, old: Option<&TargetLink>, new: Option<&TargetLink>| LinkChange {
            words: link.words.clone(),
            is_picture: link.is_picture,
            old: old.map(|link| link.target.clone()),
            new: new.map(|link| link.target.clone()),
        };
    for link in &new {
        if let Some(count) = known.get_mut(link).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        let before = gone
            .get_mut(&(link.words.as_str(), link.is_picture))
            .and_then(VecDeque::pop_front);
        changes.push(change(link, before, Some(link)));
    }
    for link in gone.values().flatten() {
        changes.push(change(link, Some(link), None));
    }
    // A target inside added or removed text is reported together with that text.
    changes.retain(|change| (change.old.is_some() && change.new.is_some()) || change.is_outside());
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(old: &str, new: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let base = BaseUrl::parse("https://hr.example/zhaopin/");
        let changes = compare_links((old, &base), (new, &base));
        let changes = changes.into_iter();
        changes
            .map(|change| (change.words, change.old, change.new))
            .collect()
    }

    fn reported(words: &str, old: &str, new: &str) -> (String, Option<String>, Option<String>) {
        let target = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (words.to_owned(), target(old), target(new))
    }

    #[test]
    fn a_target_that_changes_is_reported_with_the_words_and_both_addresses() {
        let old = "<p><a class=\"x\" href=\"https://a.example/?x&amp;y\">网申 <b>系统</b></a><img src=\"/zhaopin/jobs/a.png\" alt=\"二维码\"></p>";
        assert_eq!(compared(old, old), []);
        let new = old
            .replace("a.example", "b.example")
            .replace("a.png", "b.png");
        assert_eq!(
            compared(old, &new),
            [
                reported(
                    "网申 系统",
                    "https://a.example/?x&y",
                    "https://b.example/?x&y"
                ),
                reported("二维码", "/jobs/a.png", "/jobs/b.png"),
            ]
        );
        let none: &str = "<p>x</p>";
        assert_eq!(
            compared(old, none),
            [reported("网申 系统", "https://a.example/?x&y", "")]
        );
        assert_eq!(
            compared(
                "",
                "<a href=\"//e.example/\">x</a><a href=\"/zhaopin/\">y</a>"
            ),
            [reported("x", "", "//e.example/")]
        );
    }

    #[test]
    fn where_a_portal_lives_places_in_a_page_and_the_themes_files_are_no_change() {
        let base = |text| BaseUrl::parse(text);
        let old = "<a href=\"/zhaopin/jobs/a/\">x</a><a href=\"https://hr.example/zhaopin/b.pdf\">y</a><a href=\"#a\">z</a><img src=\"/zhaopin/assets/1.svg\">";
        let new = "<a href=\"../../jobs/a/index.html\">x</a><a href=\"/b.pdf\">y</a><a href=\"#b\">z</a><img src=\"/assets/2.svg\">";
        let found = compare_links(
            (old, &base("https://hr.example/zhaopin/")),
            (new, &base("https://hr.example/")),
        );
        assert_eq!(found, []);
    }

    #[test]
    fn links_with_the_same_words_are_matched_one_by_one_and_broken_markup_is_read() {
        let link = |to: &str| format!("<a href=\"https://{to}.example\">报名</a>");
        let old = [link("a"), link("b"), link("a")].concat();
        let new = [link("a"), link("a"), link("c")].concat();
        assert_eq!(
            compared(&old, &new),
            [reported("报名", "https://b.example", "https://c.example")]
        );
        for page in [
            "<a href=\"",
            "<a href=\"x",
            "<a href=\"x\"",
            "<a href=\"x\">",
            "<",
            "",
        ] {
            let _ = compared(page, page);
        }
        assert!(compared("", &link("a").repeat(50_000)).len() == 50_000);
    }
}
