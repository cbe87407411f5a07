//! Golden sites: a small site in, the expected portal out, through the real binary.
//! Each folder of `tests/golden` holds `site.txt`, a whole site in one text, and `expected/`, every output of it; where
//! there is a `paths.txt`, this names every output, and `expected/` holds those that the site is about. An empty file
//! there asks for one more. `SNAPSHOTS=overwrite cargo test --test it golden::` writes down what was made; read the
//! difference before committing it.

use crate::common::temporary;
use crate::site_text::{files_below, run, write_site};
use crate::snapshot::{expect_file, expect_folder, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

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

/// Builds a golden site as its text says.
fn check(name: &str) {
    let folder = format!("tests/golden/{name}");
    let text = fs::read_to_string(repository(&folder).join("site.txt")).expect("site.txt");
    let temporary = temporary();
    let site = temporary.path().join("site");
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
    let mut outputs = comparable(files_below(&out));
    let expected = format!("{folder}/expected");
    let paths = format!("{folder}/paths.txt");
    if repository(&paths).exists() {
        let all: String = outputs.keys().map(|path| format!("{path}\n")).collect();
        expect_file(paths, &all);
        let chosen = files_below(&repository(&expected));
        assert!(!chosen.is_empty(), "{expected} is empty");
        outputs.retain(|path, _| chosen.contains_key(path));
    }
    expect_folder(expected, &outputs);
}

/// A test for each site: what it is about, and its folder.
macro_rules! sites {
    ($($name:ident $folder:literal;)*) => {
        const SITES: &[&str] = &[$($folder),*];
        $(
            #[test]
            fn $name() {
                check($folder);
            }
        )*
    };
}

sites! {
    every_kind_becomes_a_page_a_list_and_feeds "every-kind";
    an_english_portal_lives_under_a_path "english-under-a-path";
    a_theme_replaces_one_block_one_text_and_one_style "theme-override";
    words_serve_where_there_are_no_vocabularies "without-vocabularies";
    each_state_has_its_page_and_its_place_in_lists "states";
    one_source_becomes_two_traditional_editions "editions";
    a_traditional_source_becomes_a_simplified_edition "traditional-source";
}

#[test]
fn every_folder_is_a_site() {
    let folders: BTreeSet<String> = fs::read_dir(repository("tests/golden"))
        .expect("golden")
        .map(|entry| entry.expect("entry").file_name().display().to_string())
        .collect();
    let sites = SITES.iter().map(|name| (*name).to_owned());
    assert_eq!(folders, sites.collect::<BTreeSet<String>>());
}

#[test]
fn one_partial_makes_the_rows_of_lists_and_the_pattern_that_scripts_copy() {
    let temporary = temporary();
    let site = temporary.path().join("site");
    write_site(
        &site,
        "-- gangwei.yaml --\ntitle: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ntheme: bank\ncheck: {gate: off}\n\
         -- content/jobs/P-1.md --\n---\n标题: 岗位\n发布日期: 2026-01-01\n---\n正文\n\
         -- themes/bank/templates/partials/row.html --\n<li class=\"row row-{{ row.kind }} own-row\"><h3 class=\"row-title\"><a href=\"{{ row.url }}\">{{ row.title }}</a></h3></li>\n",
    );
    let out = temporary.path().join("out");
    assert!(
        run(&site, &out, &["--as-of", "2026-02-01"])
            .status
            .success()
    );
    let outputs = files_below(&out);
    let rows = |path: &str| {
        let page = String::from_utf8_lossy(&outputs[path]);
        page.split("class=\"row row-")
            .skip(1)
            .map(|row| row.split('"').next().unwrap_or_default().to_owned())
            .collect::<Vec<String>>()
    };
    assert_eq!(rows("jobs/index.html"), ["pattern own-row", "job own-row"]);
    assert_eq!(rows("search/index.html"), ["pattern own-row"]);
}

#[test]
fn a_long_list_has_pages() {
    let temporary = temporary();
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
            .matches("class=\"row row-job")
            .count()
    };
    assert_eq!(rows("jobs/index.html"), 30);
    assert_eq!(rows("jobs/page/2/index.html"), 30);
    assert_eq!(rows("jobs/page/3/index.html"), 5);
    assert_eq!(rows("departments/公司金融部/page/3/index.html"), 5);
    assert!(!outputs.contains_key("jobs/page/4/index.html"));
}
