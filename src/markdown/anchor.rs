//! Anchors of headings: Han characters stay, so that a link can be read.

use super::theme_ids::is_theme_id;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The anchor of every heading of one document, from the id that the author gave and the heading's text.
///
/// An author's id is never changed, wherever it stands, unless it stands above already; that one, and an anchor made of
/// a text that is taken, get a number.
pub(super) fn assign_anchors<'a>(
    headings: impl Iterator<Item = (Option<&'a str>, &'a str)>,
) -> Vec<String> {
    let headings: Vec<(Option<&str>, &str)> = headings.collect();
    let mut used: BTreeSet<String> = headings
        .iter()
        .filter_map(|(id, _)| id.map(str::to_owned))
        .collect();
    let mut numbers = BTreeMap::new();
    let mut given = BTreeSet::new();
    headings
        .into_iter()
        .map(|(id, text)| match id {
            Some(id) if !is_theme_id(id) && given.insert(id) => id.to_owned(),
            Some(id) => free_anchor(id.to_owned(), &mut used, &mut numbers),
            None => free_anchor(from_text(text), &mut used, &mut numbers),
        })
        .collect()
}

/// The anchor, or the first with a number that is free. Numbers go on where the last left off, so that a thousand
/// headings of one text stay cheap.
fn free_anchor(
    wanted: String,
    used: &mut BTreeSet<String>,
    numbers: &mut BTreeMap<String, usize>,
) -> String {
    // The theme's own ids are never free.
    let taken = is_theme_id(&wanted);
    if used.insert(wanted.clone()) && !taken {
        return wanted;
    }
    let number = numbers.entry(wanted.clone()).or_insert(1);
    loop {
        *number += 1;
        // With a number behind it, it would still begin like the theme's.
        let numbered = if taken {
            format!("x-{wanted}-{number}")
        } else {
            format!("{wanted}-{number}")
        };
        if used.insert(numbered.clone()) {
            return numbered;
        }
    }
}

fn from_text(text: &str) -> String {
    let mut id = String::new();
    for c in text.trim().nfc() {
        match c {
            c if c.is_alphanumeric() || c == '_' || is_combining_mark(c) => {
                id.extend(c.to_lowercase());
            }
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    match id.trim_end_matches('-') {
        "" => "section".to_owned(),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::assign_anchors;

    fn anchors(headings: &[(Option<&'static str>, &'static str)]) -> Vec<String> {
        assign_anchors(headings.iter().copied())
    }

    #[test]
    fn repeated_headings_get_numbers_and_han_characters_stay() {
        let headings = [
            (None, "一、岗位职责"),
            (None, "一、岗位职责"),
            (None, "？？"),
            (None, "二〇二六年 IT 规划"),
        ];
        assert_eq!(
            anchors(&headings),
            [
                "一-岗位职责",
                "一-岗位职责-2",
                "section",
                "二〇二六年-it-规划"
            ]
        );
    }

    #[test]
    fn no_heading_takes_an_id_of_the_theme() {
        let headings = [(Some("gw-menu"), "菜单"), (None, "Saved"), (None, "saved")];
        assert_eq!(
            anchors(&headings),
            ["x-gw-menu-2", "x-saved-2", "x-saved-3"]
        );
    }

    #[test]
    fn an_authors_anchor_is_frozen_even_where_another_heading_comes_first() {
        let headings = [(None, "pay"), (Some("pay"), "薪酬"), (None, "pay")];
        assert_eq!(anchors(&headings), ["pay-2", "pay", "pay-3"]);
    }
}
