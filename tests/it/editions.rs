//! Editions of one source: each is complete, differs from the source in words alone, and links to the others.

use crate::common::{Site, copy_folder, gangwei, outputs, run, temporary};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The demonstration portal with both Traditional editions.
fn demonstration() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = temporary();
    let site = folder.path().join("site");
    copy_folder(&root.join("content"), &site.join("content"));
    let settings = std::fs::read_to_string(root.join("gangwei.yaml")).expect("gangwei.yaml");
    let without: String = settings
        .lines()
        .filter(|line| !line.starts_with("editions:"))
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(
        site.join("gangwei.yaml"),
        format!("{without}editions: [zh-Hant-TW, zh-Hant-HK]\n"),
    )
    .expect("gangwei.yaml");
    let out = folder.path().join("out");
    run(gangwei()
        .arg("build")
        .arg(&site)
        .arg("--out")
        .arg(&out)
        .args(["--lang", "en"]))
    .expect(0);
    outputs(&out)
}

/// The elements of a page in order: name, id, class and date of each, without words and addresses.
fn skeleton(page: &[u8]) -> Vec<String> {
    let page = Html::parse_document(&String::from_utf8_lossy(page));
    // The comparison with a former version marks different places in each edition, since the words differ.
    let main = Selector::parse("main *:not(.redline *)").expect("selector");
    page.select(&main)
        .map(|element| {
            let value = element.value();
            let attribute = |name| value.attr(name).unwrap_or("");
            format!(
                "{} #{} .{} {}",
                value.name(),
                attribute("id"),
                attribute("class"),
                attribute("datetime")
            )
        })
        .collect()
}

#[test]
fn every_edition_is_complete_and_alike_in_everything_but_words() {
    let all = demonstration();
    let shared = |path: &&String| {
        path.starts_with("assets/")
            || path.starts_with("zh-hant-")
            || path.contains("/forms/")
            // Editions have different words, and so different shards.
            || (path.starts_with("search/") && !path.ends_with(".html"))
            || path.starts_with("headers/")
            || [
                "robots.txt",
                "build.json",
                "manifest.json",
                "_headers",
                ".htaccess",
            ]
            .contains(&path.as_str())
    };
    let source: BTreeSet<&String> = all.keys().filter(|path| !shared(path)).collect();
    assert!(source.len() > 200);
    for segment in ["zh-hant-tw", "zh-hant-hk"] {
        let prefix = format!("{segment}/");
        let edition: BTreeSet<&str> = all
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter(|path| !path.starts_with("search/") || path.ends_with(".html"))
            .collect();
        let expected: BTreeSet<&str> = source.iter().map(|path| path.as_str()).collect();
        let apart: Vec<_> = edition.symmetric_difference(&expected).collect();
        assert!(apart.is_empty(), "{segment}: {apart:?}");
        for path in source.iter().filter(|path| path.ends_with(".html")) {
            // Traditional editions sort lists differently, by strokes.
            let is_document = path.matches('/').count() == 2 && !path.contains("/page/");
            if is_document && !path.starts_with("units") {
                let page = &all[&format!("{segment}/{path}")];
                assert_eq!(skeleton(page), skeleton(&all[*path]), "{segment}/{path}");
            }
        }
    }
}

#[test]
fn every_alternate_exists_and_leads_back() {
    let all = demonstration();
    let link = Selector::parse("link[rel=alternate][hreflang]").expect("selector");
    let switch = Selector::parse(".editions-list a").expect("selector");
    let mut pages = 0;
    for (path, bytes) in all.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let page = Html::parse_document(&String::from_utf8_lossy(bytes));
        let hrefs: Vec<String> = page
            .select(&link)
            .filter_map(|link| link.value().attr("href"))
            .map(|href| href.replace("https://careers.wanglan.example/", ""))
            .collect();
        let switched: Vec<&str> = page
            .select(&switch)
            .filter_map(|link| link.value().attr("href"))
            .collect();
        assert_eq!(switched.len(), 3, "{path}");
        for href in hrefs.iter().map(String::as_str).chain(switched) {
            let decoded = percent_encoding::percent_decode_str(href.trim_start_matches('/'))
                .decode_utf8_lossy()
                .into_owned();
            assert!(
                all.contains_key(&format!("{decoded}index.html")),
                "{path} names {href}"
            );
        }
        pages += usize::from(!hrefs.is_empty());
    }
    assert!(pages > 300);
}

const SETTINGS: &str =
    "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\n";

fn job(more: &str) -> String {
    format!("---\n标题: 柜员\n发布日期: 2026-11-01\n{more}---\n正文\n")
}

#[test]
fn former_addresses_redirect_and_are_refused_where_they_cannot() {
    let site = Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        (
            "content/jobs/a.md",
            job("旧地址: [/jobs/old/, zhaopin/x.html, https://a.example/y/]\n"),
        ),
    ]);
    site.build(&[]).expect(0);
    let outputs = site.outputs();
    for path in ["jobs/old/index.html", "zhaopin/x.html", "y/index.html"] {
        let page = String::from_utf8_lossy(&outputs[path]);
        assert!(page.contains("url=/jobs/a/"), "{path}");
        assert!(page.contains("noindex"), "{path}");
    }
    for (aliases, code) in [
        ("[/jobs/old/?id=3]", "bad-alias"),
        ("[https://b.example/x/]", "bad-alias"),
        ("[../../etc/passwd]", "bad-alias"),
        ("[/index.html]", "bad-alias"),
        ("[/manifest.json]", "bad-alias"),
        ("[/]", "bad-alias"),
        ("[/jobs/b/]", "shared-address"),
        ("[/moved/]", "shared-address"),
    ] {
        let site = Site::new([
            ("gangwei.yaml", SETTINGS.to_owned()),
            ("content/jobs/a.md", job(&format!("旧地址: {aliases}\n"))),
            ("content/jobs/b.md", job("旧地址: [/moved/]\n")),
        ]);
        let reported = site.build(&[]).expect(1).stderr;
        assert!(reported.contains(code), "{aliases}: {reported}");
        if code == "shared-address" {
            assert!(
                reported.contains("jobs/a.md") && reported.contains("jobs/b.md"),
                "{reported}"
            );
        }
    }
}

#[test]
fn a_text_for_an_edition_wins_field_by_field() {
    let site = Site::new([
        (
            "gangwei.yaml",
            format!("{SETTINGS}editions: [zh-Hant-TW, zh-Hant-HK]\n"),
        ),
        ("content/jobs/a.md", job("简介: 服务客户\n")),
        (
            "content/jobs/a.zh-hant-hk.md",
            "---\n標題: 櫃位服務主任\n---\n".to_owned(),
        ),
        (
            "content/jobs/a.zh-hant-tw.md",
            "---\n---\n在櫃檯服務。\n".to_owned(),
        ),
    ]);
    site.build(&[]).expect(0);
    let outputs = site.outputs();
    let page = |path: &str| String::from_utf8_lossy(&outputs[path]).into_owned();
    assert!(page("jobs/a/index.html").contains("<h1>柜员</h1>"));
    let hong_kong = page("zh-hant-hk/jobs/a/index.html");
    assert!(hong_kong.contains("<h1>櫃位服務主任</h1>") && hong_kong.contains("服務客"));
    assert!(page("zh-hant-tw/jobs/a/index.html").contains("<p>在櫃檯服務。</p>"));
}

#[test]
fn a_posting_in_another_script_names_departments_and_places_as_the_edition_does() {
    let hong_kong = "语言: zh-Hant-HK\n部门: 公司金融部\n工作地点: [重庆]\n标签: [風險]\n";
    let site = Site::new([
        (
            "gangwei.yaml",
            format!("{SETTINGS}editions: [zh-Hant-TW, zh-Hant-HK]\n"),
        ),
        (
            "content/departments.yaml",
            "- {id: corporate, name: 公司金融部}\n".to_owned(),
        ),
        (
            "content/locations.yaml",
            "- {id: chongqing, name: 重庆}\n".to_owned(),
        ),
        ("content/jobs/a.md", job(hong_kong)),
    ]);
    site.build(&[]).expect(0);
    let outputs = site.outputs();
    for (root, facts) in [
        ("", "<span>公司金融部</span><span>重庆</span>"),
        ("zh-hant-tw/", "<span>企業金融部</span><span>重慶</span>"),
        ("zh-hant-hk/", "<span>公司金融部</span><span>重慶</span>"),
    ] {
        let list = String::from_utf8_lossy(&outputs[&format!("{root}jobs/index.html")]);
        assert!(list.contains(facts), "{root}: {list}");
    }
}

#[test]
fn a_text_without_document_or_edition_is_reported() {
    let text = "---\n標題: 甲\n---\n".to_owned();
    let site = Site::new([
        (
            "gangwei.yaml",
            format!("{SETTINGS}editions: [zh-Hant-TW]\n"),
        ),
        ("content/jobs/a.md", job("")),
        ("content/jobs/b.zh-hant-tw.md", text.clone()),
    ]);
    let reported = site.build(&[]).expect(1).stderr;
    assert!(reported.contains("edition-without-document"), "{reported}");
    let site = Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        ("content/jobs/a.md", job("")),
        ("content/jobs/a.zh-hant-tw.md", text),
    ]);
    let reported = site.build(&[]).expect(0).stderr;
    assert!(reported.contains("unused-edition-text"), "{reported}");
}

#[test]
fn internal_documents_reach_no_edition() {
    let site = Site::new([
        (
            "gangwei.yaml",
            format!("{SETTINGS}editions: [zh-Hant-TW]\n"),
        ),
        ("content/jobs/a.md", job("")),
        (
            "content/articles/secret.md",
            "---\n标题: MARKER\n公开范围: 行内\n旧地址: [/old-MARKER/]\n---\nMARKER\n".to_owned(),
        ),
        (
            "content/articles/secret.zh-hant-tw.md",
            "---\n標題: MARKER\n---\nMARKER\n".to_owned(),
        ),
        (
            "content/pages/b.md",
            "---\n标题: 乙\n---\n[见](/zh-hant-tw/articles/secret/)[见](../articles/secret.md)\n"
                .to_owned(),
        ),
    ]);
    site.build(&[]).expect(0);
    for (path, bytes) in site.outputs() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !path.contains("secret") && !path.contains("MARKER"),
            "{path}"
        );
        assert!(
            !text.contains("MARKER") && !text.contains("articles/secret"),
            "{path}"
        );
    }
}

#[test]
fn check_names_the_place_as_a_program_reads_it() {
    let site = Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        ("content/reports/a.md", job("报告类型：述职报告\n")),
    ]);
    let ran = run(gangwei()
        .arg("check")
        .arg(site.path())
        .args(["--format", "json", "--lang", "en"]))
    .expect(0);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let colon = found
        .as_array()
        .expect("array")
        .iter()
        .find(|found| found["code"] == "full-width-colon")
        .expect("the colon");
    assert_eq!(colon["file"], "content/reports/a.md");
    assert_eq!(colon["severity"], "note");
    assert_eq!(
        (colon["line"].as_u64(), colon["column"].as_u64()),
        (Some(4), Some(5))
    );
    assert_eq!(
        colon["end"].as_u64().expect("end") - colon["start"].as_u64().expect("start"),
        "：".len() as u64
    );
    assert!(!site.out().exists());
}
