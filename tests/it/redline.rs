//! A policy page shows what changed since the version that it replaces: readable, for screen readers too, inert, and
//! only between documents that the portal shows.

use crate::common::{self, Site};
use scraper::{Html, Selector};

const OLD: &str = "---\ntitle: 考勤管理办法（2024年版）\npublished: 2024-01-05\nvisibility: OLDVIS\npolicy: {number: 望银发〔2024〕3号, version: 2024年版, effective: 2024-02-01}\n---\n## 第一条\n\n为规范考勤，制定本办法。\n\n## 第二条\n\n试用期为六个月，迟到<b>三次</b>扣发奖金。密语。\n";
const NEW: &str = "---\ntitle: 考勤管理办法\npublished: 2026-01-05\nvisibility: public\npolicy: {number: 望银发〔2026〕8号, version: 2026年版, effective: 2026-02-01, supersedes: [《考勤管理办法（2024年版）》]}\n---\n## 第一条\n\n为规范考勤，制定本办法。\n\n## 第二条\n\n试用期为三个月，迟到三次扣发奖金。\n\n`<script>alert(1)</script>` 不得代打卡。\n";

fn site(old: &str, new: &str, settings: &str) -> Site {
    Site::new([
        (
            "gangwei.yaml",
            format!("{}{settings}", common::SETTINGS).as_str(),
        ),
        ("content/articles/kaoqin-2024.md", old),
        ("content/articles/kaoqin.md", new),
    ])
}

fn page(site: &Site, path: &str) -> String {
    let outputs = site.outputs();
    String::from_utf8(outputs[path].clone()).expect("UTF-8")
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("selector");
    let page = Html::parse_document(html);
    let found = page.select(&selector);
    found.map(|element| element.text().collect()).collect()
}

#[test]
fn what_went_and_what_came_is_marked_for_eyes_and_ears() {
    let site = site(&OLD.replace("OLDVIS", "public"), NEW, "");
    let html = page(&site, "articles/kaoqin/index.html");
    let gone = texts(&html, ".redline del");
    let came = texts(&html, ".redline ins");
    assert!(gone.contains(&"删去：六（完）".to_owned()), "{gone:?}");
    assert!(came.contains(&"新增：三（完）".to_owned()), "{came:?}");
    assert!(gone.iter().any(|text| text.contains("密语")));
    assert!(texts(&html, ".redline summary")[0].contains("考勤管理办法（2024年版）"));
    assert!(
        texts(&html, ".redline-kept")[0].contains('3'),
        "unchanged paragraphs are not counted"
    );
    let links = Selector::parse(".redline a").expect("selector");
    let page = Html::parse_document(&html);
    assert_eq!(
        page.select(&links).next().expect("link").attr("href"),
        Some("/articles/kaoqin-2024/")
    );
    // The older page compares itself with nothing.
    assert!(
        texts(
            &String::from_utf8(site.outputs()["articles/kaoqin-2024/index.html"].clone())
                .expect("UTF-8"),
            ".redline"
        )
        .is_empty()
    );
}

#[test]
fn texts_of_both_versions_are_words_and_no_markup() {
    let html = page(
        &site(&OLD.replace("OLDVIS", "public"), NEW, ""),
        "articles/kaoqin/index.html",
    );
    let selector = Selector::parse(".redline").expect("selector");
    let document = Html::parse_document(&html);
    let redline = document.select(&selector).next().expect("redline");
    let allowed = ["details", "summary", "p", "a", "span", "ins", "del"];
    for element in redline.descendent_elements() {
        assert!(
            allowed.contains(&element.value().name()),
            "{}",
            element.value().name()
        );
    }
    let text: String = redline.text().collect();
    assert!(text.contains("<script>alert(1)</script>"), "{text}");
}

#[test]
fn a_version_that_the_portal_does_not_show_leaves_no_word() {
    let internal = OLD.replace("OLDVIS", "internal");
    let withdrawn = OLD
        .replace("OLDVIS", "public")
        .replace("policy:", "withdrawn: 2026-01-01\npolicy:");
    let draft = OLD
        .replace("OLDVIS", "public")
        .replace("policy:", "draft: true\npolicy:");
    for old in [internal, withdrawn, draft] {
        let outputs = site(&old, NEW, "").outputs();
        let html = String::from_utf8(outputs["articles/kaoqin/index.html"].clone()).expect("UTF-8");
        assert!(texts(&html, ".redline").is_empty());
        assert!(!html.contains("密语") && !html.contains("六个月"));
    }
}

#[test]
fn another_document_is_no_former_version() {
    let old = OLD.replace("OLDVIS", "public");
    let (head, _) = old.split_once("## 第一条").expect("body");
    let other = format!("{head}完全不同的另一份文件，说的是别的事情，没有一句相同。\n");
    let html = page(&site(&other, NEW, ""), "articles/kaoqin/index.html");
    assert!(texts(&html, ".redline").is_empty());
    let same = format!(
        "{head}{}",
        NEW.split_once("---\n## ")
            .expect("body")
            .1
            .replacen("第一条", "## 第一条", 1)
    );
    let html = page(&site(&same, NEW, ""), "articles/kaoqin/index.html");
    assert!(
        texts(&html, ".redline-key")[0].contains("没有改动"),
        "{html}"
    );
}

#[test]
fn an_edition_compares_its_own_words() {
    let site = site(
        &OLD.replace("OLDVIS", "public"),
        NEW,
        "editions: [zh-Hant-TW]\n",
    );
    let html = page(&site, "zh-hant-tw/articles/kaoqin/index.html");
    let came = texts(&html, ".redline ins").concat();
    assert!(came.contains("不得代打卡"), "{came}");
    let whole = texts(&html, ".redline").concat();
    assert!(
        whole.contains("試用期為") && !whole.contains("试用期"),
        "{whole}"
    );
}
