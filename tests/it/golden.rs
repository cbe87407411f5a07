//! Golden sites: a small site in, the whole expected portal out, through the real binary.
//! Each folder of `tests/golden` holds `site.txt`, a whole site in one text, and `expected/`, every output of it.
//! `GANGWEI_BLESS=1 cargo test --test golden` rewrites what is expected; read the difference before committing it.

mod site_text;

use site_text::{expect_same, files_below, run, write_site};
use std::collections::BTreeMap;
use std::path::Path;

/// Takes the hash out of asset names, and leaves out the assets, whose bytes are the theme's own.
fn comparable(outputs: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    outputs
        .into_iter()
        .filter(|(path, _)| !path.starts_with("assets/") && path != "manifest.json")
        // The index is held by tests of its own.
        .filter(|(path, _)| !path.contains("search/") || path.ends_with(".html"))
        .map(|(path, bytes)| (path, without_hashes(&String::from_utf8_lossy(&bytes))))
        .collect()
}

fn without_hashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split("assets/").enumerate() {
        if index == 0 {
            out.push_str(part);
            continue;
        }
        let end = part.find(['"', '\n']).unwrap_or(part.len());
        let mut name: Vec<&str> = part[..end].split('.').collect();
        if name.len() == 3 {
            name.remove(1);
        }
        out.push_str("assets/");
        out.push_str(&name.join("."));
        out.push_str(&part[end..]);
    }
    out
}

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let temporary = tempfile::tempdir().expect("temporary folder");
    let site = temporary.path().join("site");
    let text = std::fs::read_to_string(folder.join("site.txt")).expect("site.txt");
    let parts = write_site(&site, &text);
    let out = temporary.path().join("out");
    let flags: Vec<&str> = parts
        .get("flags")
        .map_or(Vec::new(), |flags| flags.split_whitespace().collect());
    let ran = run(&site, &out, &[&flags[..], &["--lang", "en"]].concat());
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    expect_same(&folder.join("expected"), &comparable(files_below(&out)));
}

#[test]
fn every_kind_becomes_a_page_a_list_and_feeds() {
    check("every-kind");
}

#[test]
fn an_english_portal_lives_under_a_path() {
    check("english-under-a-path");
}

#[test]
fn a_theme_replaces_one_block_one_text_and_one_style() {
    check("theme-override");
}

#[test]
fn words_serve_where_there_are_no_vocabularies() {
    check("without-vocabularies");
}

#[test]
fn each_state_has_its_page_and_its_place_in_lists() {
    check("states");
}

#[test]
fn one_source_becomes_two_traditional_editions() {
    check("editions");
}

#[test]
fn a_traditional_source_becomes_a_simplified_edition() {
    check("traditional-source");
}

#[test]
fn a_long_list_has_pages() {
    let temporary = tempfile::tempdir().expect("temporary folder");
    let mut text = String::from(
        "-- gangwei.yaml --\ntitle: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\n",
    );
    for number in 1..=65 {
        text.push_str(&format!("-- content/jobs/P-{number:03}.md --\n---\n标题: 岗位{number}\n发布日期: 2026-01-01\n部门: 公司金融部\n---\n正文\n"));
    }
    let site = temporary.path().join("site");
    write_site(&site, &text);
    let out = temporary.path().join("out");
    assert!(
        run(&site, &out, &["--as-of", "2026-02-01"])
            .status
            .success()
    );
    let outputs = files_below(&out);
    let rows = |path: &str| {
        String::from_utf8_lossy(&outputs[path])
            .matches("class=\"row ")
            .count()
    };
    assert_eq!(rows("jobs/index.html"), 30);
    assert_eq!(rows("jobs/page/2/index.html"), 30);
    assert_eq!(rows("jobs/page/3/index.html"), 5);
    assert_eq!(rows("departments/公司金融部/page/3/index.html"), 5);
    assert!(!outputs.contains_key("jobs/page/4/index.html"));
}
