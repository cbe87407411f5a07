//! Ids of the theme: read off the templates, and none of them free for a document.

use crate::common::{SETTINGS, Site};
use gangwei::markdown::is_theme_id;
use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn templates(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("templates").flatten() {
        if entry.path().is_dir() {
            templates(&entry.path(), found);
        } else {
            found.push(fs::read_to_string(entry.path()).expect("a template"));
        }
    }
}

#[test]
fn every_id_of_the_default_templates_is_known_as_the_themes() {
    let mut texts = Vec::new();
    templates(Path::new("themes/default/templates"), &mut texts);
    let id = Regex::new(r#" id="([^"]*)""#).expect("pattern");
    let ids: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| id.captures_iter(text).map(|found| found[1].to_owned()))
        .collect();
    assert!(ids.len() > 30, "the ids are no longer found");
    // What is made of the content's own words is no name of the theme: fields of the search page, rows, grades, items.
    let made: BTreeSet<&str> = ids
        .iter()
        .map(String::as_str)
        .filter(|id| id.starts_with("{{"))
        .collect();
    let known = [
        "{{ field }}",
        "{{ field }}-list",
        "{{ grade.id }}",
        "{{ item.anchor }}",
    ];
    assert_eq!(made, BTreeSet::from(known));
    for id in ids.iter().filter(|id| !id.starts_with("{{")) {
        assert!(is_theme_id(id), "{id} is not in src/markdown/theme_ids.rs");
    }
}

#[test]
fn no_page_has_an_id_twice_although_the_text_asks_for_the_themes() {
    let text = "---\ntitle: 甲\n---\n## Saved\n\n## gw menu\n\n<i lang=\"en\">x</i>\n";
    let site = Site::new([("gangwei.yaml", SETTINGS), ("content/pages/a.md", text)]);
    site.build(&[]).expect(0);
    let page = String::from_utf8(site.outputs()["a/index.html"].clone()).expect("UTF-8");
    let id = Regex::new(r#" id="([^"]*)""#).expect("pattern");
    let mut seen = BTreeSet::new();
    for found in id.captures_iter(&page) {
        assert!(
            seen.insert(found[1].to_owned()),
            "{} stands twice",
            &found[1]
        );
    }
    assert!(
        seen.contains("x-saved-2") && seen.contains("x-gw-menu-2"),
        "{seen:?}"
    );
}

#[test]
fn ids_of_the_sites_own_theme_are_taken_too() {
    let site = Site::new([
        ("gangwei.yaml", format!("{SETTINGS}theme: mine\n").as_str()),
        (
            "content/pages/a.md",
            "---\ntitle: 甲\n---\n## 位置 {#own-part}\n",
        ),
        (
            "themes/mine/templates/page.html",
            "{% extends \"default/page.html\" %}{% block head %}<meta id=\"own-part\">{% endblock %}",
        ),
    ]);
    let told = site.build(&[]).expect(1).stderr;
    assert!(told.contains("[taken-id]"), "{told}");
}
