//! The order in which people find things: by pinyin, by strokes, by the alphabet; the author's own order where there is one.

use crate::common::{SETTINGS, Site};

/// Where each word stands first in a page, which must hold them in this order.
#[track_caller]
fn expect_in_order(page: &str, words: &[&str]) {
    let mut at = 0;
    for word in words {
        let found = page[at..].find(word);
        assert!(found.is_some(), "`{word}` does not follow in {words:?}");
        at += found.unwrap_or(0) + word.len();
    }
}

#[track_caller]
fn main_part(site: &Site, path: &str) -> String {
    let outputs = site.outputs();
    let page = String::from_utf8_lossy(&outputs[path]).into_owned();
    page.split("<main")
        .nth(1)
        .map(str::to_owned)
        .unwrap_or(page)
}

fn site_with(language: &str, folder: &str, titles: &[&str]) -> Site {
    let site = Site::new([(
        "gangwei.yaml",
        format!("{SETTINGS}language: {language}\nvisibility: all\n"),
    )]);
    for (number, title) in titles.iter().enumerate() {
        site.write(
            &format!("content/{folder}/d-{number}.md"),
            format!("---\ntitle: {title}\n---\n正文\n"),
        );
    }
    site
}

#[test]
fn lists_that_are_not_newest_first_stand_by_title_as_it_is_read() {
    let titles = [
        "行政指引",
        "重庆指引",
        "第10期指引",
        "长沙指引",
        "会计指引",
        "厦门指引",
        "第9期指引",
        "行长指引",
        "调研指引",
    ];
    for folder in ["products", "reports", "articles"] {
        let site = site_with("zh-Hans", folder, &titles);
        let page = main_part(&site, &format!("{folder}/index.html"));
        expect_in_order(
            &page,
            &[
                ">长沙指引",
                ">重庆指引",
                ">第9期指引",
                ">第10期指引",
                ">调研指引",
                ">行长指引",
                ">会计指引",
                ">厦门指引",
                ">行政指引",
            ],
        );
    }
}

#[test]
fn traditional_lists_stand_by_strokes_and_english_ones_by_the_alphabet() {
    let page = main_part(
        &site_with("zh-Hant-TW", "products", &["銀行", "外匯", "保險", "一般"]),
        "products/index.html",
    );
    expect_in_order(&page, &[">一般", ">外匯", ">保險", ">銀行"]);
    let page = main_part(
        &site_with(
            "en",
            "products",
            &["重庆", "Trade", "北京", "export", "Deposits"],
        ),
        "products/index.html",
    );
    expect_in_order(&page, &[">Deposits", ">export", ">Trade", ">北京", ">重庆"]);
}

#[test]
fn equal_titles_stand_by_id_and_dates_come_before_titles() {
    let site = site_with("zh-Hans", "products", &["甲"; 3]);
    let page = main_part(&site, "products/index.html");
    expect_in_order(
        &page,
        &["/products/d-0/", "/products/d-1/", "/products/d-2/"],
    );
    let site = site_with("zh-Hans", "articles", &["阿", "中"]);
    site.write(
        "content/articles/new.md",
        "---\ntitle: 重\npublished: 2026-02-01\n---\n",
    );
    site.write(
        "content/articles/old.md",
        "---\ntitle: 阿\npublished: 2026-01-01\n---\n",
    );
    let page = main_part(&site, "articles/index.html");
    expect_in_order(
        &page,
        &[
            "/articles/new/",
            "/articles/old/",
            "/articles/d-0/",
            "/articles/d-1/",
        ],
    );
}

#[test]
fn words_stand_by_pinyin_and_entries_of_a_file_as_the_author_put_them() {
    let cities = ["厦门", "重庆", "上海", "长春", "北京"];
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    for (number, city) in cities.iter().enumerate() {
        site.write(
            &format!("content/jobs/j-{number}.md"),
            format!("---\ntitle: 柜员\nlocations: [{city}]\n---\n"),
        );
    }
    let page = main_part(&site, "locations/index.html");
    expect_in_order(&page, &[">北京<", ">长春<", ">重庆<", ">上海<", ">厦门<"]);
    let entries: String = cities
        .iter()
        .enumerate()
        .map(|(number, city)| format!("- id: c{}\n  name: {city}\n", 9 - number))
        .collect();
    site.write("content/locations.yaml", entries);
    // The overview and the facets beside the postings.
    for path in ["locations/index.html", "jobs/index.html"] {
        let page = main_part(&site, path);
        expect_in_order(
            &page,
            &[
                "/c9/\">厦门",
                "/c8/\">重庆",
                "/c7/\">上海",
                "/c6/\">长春",
                "/c5/\">北京",
            ],
        );
    }
}

#[test]
fn an_article_says_how_long_it_is_and_other_kinds_do_not() {
    let site = site_with("zh-Hans", "articles", &["甲"]);
    site.write(
        "content/articles/d-0.md",
        format!(
            "---\ntitle: 甲\n---\n{}\n",
            "使用Kubernetes部署。".repeat(500)
        ),
    );
    site.write("content/articles/empty.md", "---\ntitle: 乙\n---\n");
    site.write("content/pages/p.md", "---\ntitle: 丙\n---\n正文\n");
    let outputs = site.outputs();
    let page = |path: &str| String::from_utf8_lossy(&outputs[path]).into_owned();
    assert!(page("articles/d-0/index.html").contains("约2,500字 · 阅读约7分钟"));
    assert!(!page("articles/empty/index.html").contains("阅读约"));
    assert!(!page("p/index.html").contains("阅读约"));
}
