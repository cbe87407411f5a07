//! A public build holds nothing of an internal document. Every field of every kind, nested ones too, carries a marker
//! in internal documents; public ones name them wherever they can; no output may hold a marker.

use crate::common::{self, Site, assert_same, document, fields, plain};
use gangwei::fields::FieldType;
use gangwei::kinds::{KINDS, Kind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const DATE: &str = "2031-07-19";
const NUMBER: &str = "917364";
/// `FieldType::Either` has at most three types.
const VARIANTS: usize = 3;

fn settings(visibility: &str) -> String {
    format!("{}visibility: {visibility}\n", common::SETTINGS)
}

fn internal_id(kind: &str, variant: usize) -> String {
    format!("zqxmarker-{kind}-{variant}")
}

/// `job.steps.name` becomes `zqxmarkerjobstepsname`.
fn marker(path: &str) -> String {
    format!("zqxmarker{}", path.replace(['.', '_'], ""))
}

/// A marker of the leaf's own type. Every marker made is kept in `made`.
fn marked(
    path: &str,
    ty: &FieldType,
    variant: usize,
    made: &mut BTreeSet<String>,
) -> Option<Value> {
    let word = marker(path);
    let (kind, field) = path.split_once('.').expect("path");
    let value = match ty {
        _ if field == "id" => json!(internal_id(kind, variant)),
        _ if field == "visibility" => json!("internal"),
        _ if field == "published" => json!("2026-01-05"),
        _ if field == "draft" => json!(false),
        // A formula names other fields and computes; its words are never shown.
        _ if field.ends_with(".formula") => return plain(path, ty),
        // How many are wanted may not be as large as the marker.
        FieldType::Integer if field.starts_with("headcount") => json!(2),
        FieldType::Text if field.ends_with("duration") => json!("2年"),
        // A former address is one document's alone.
        FieldType::Text if field == "aliases" => json!(format!("{word}-{variant}")),
        FieldType::Text => json!(word),
        FieldType::Notation("experience") => json!(format!("2年{word}")),
        FieldType::Notation("salary") => json!(format!("{NUMBER}元/月")),
        FieldType::Integer | FieldType::Number => json!(917_364),
        FieldType::Date | FieldType::Moment => json!(DATE),
        FieldType::Url => json!(format!("https://{word}.example/")),
        FieldType::Email => json!(format!("{word}@b.example")),
        FieldType::Choice(choices) => json!(choices.last().expect("choices").id),
        FieldType::Entry(_) => json!(word),
        FieldType::Reference("ladder") => json!(format!(
            "{}/{}",
            internal_id("ladder", 0),
            marker("ladder.grades.id")
        )),
        FieldType::Reference(kind) => json!(internal_id(kind, variant)),
        _ => plain(path, ty)?,
    };
    let text = value.to_string();
    if let Some(start) = text.find("zqxmarker") {
        let word: String = text[start..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        made.insert(word);
    }
    Some(value)
}

fn internal_body(kind: &Kind) -> String {
    let name = kind.name;
    let items = match name {
        "exam" => {
            "## 单选题\n\n### 1. zqxmarkerstem 何者为是\n\n- [x] A. zqxmarkeroption\n- [ ] B. 乙\n\n> 解析：zqxmarkerwhy\n"
        }
        "report" => "今年 [[zqxmarkerblank:text|zqxmarkerhint]] 完成 ___ 万元。\n",
        _ => "",
    };
    format!(
        "## zqxmarkerheading{name}\n\nzqxmarkerbody{name} 见 [zqxmarkerlink](zqxmarker-attached-{name}.txt)、\
         [zqxmarkerother](../jobs/{}.md)。\n\n| zqxmarkercell |\n|---|\n| 1 |\n\n### 丙 {{#zqxmarkeranchor}}\n\n[^1]\n\n[^1]: zqxmarkernote\n\n{items}",
        internal_id("job", 0)
    )
}

/// Names every internal document in every way that an author has.
fn public_body() -> String {
    let mut body = String::from("正文\n\n");
    for kind in KINDS {
        let path = format!("../{}/{}.md", kind.folder, internal_id(kind.name, 0));
        let encoded = path.replace("zqx", "%7Aqx");
        body.push_str(&format!(
            "- [甲]({path})、[乙]({path}#zqxmarkeranchor)、[丙][r{0}]、[丁]({encoded})\n\n[r{0}]: {path}\n\n",
            kind.name
        ));
    }
    body + "[附件](public.txt)\n"
}

fn public_document(kind: &Kind) -> String {
    let body = public_body()
        + if kind.name == "exam" {
            "\n## 判断题\n\n### 1. 何者\n\n答案：对\n"
        } else {
            ""
        };
    document(kind, 1, &body, &mut |path, ty| {
        Some(match ty {
            _ if path.ends_with(".id") && path.matches('.').count() == 1 => {
                json!(format!("open-{}", kind.name))
            }
            _ if path.ends_with(".visibility") => json!("public"),
            _ if path.ends_with(".aliases") => return None,
            FieldType::Reference("ladder") => json!(format!(
                "{}/{}",
                internal_id("ladder", 0),
                marker("ladder.grades.id")
            )),
            FieldType::Reference(kind) => json!(internal_id(kind, 0)),
            _ => plain(path, ty)?,
        })
    })
}

/// The whole site, and the markers in it.
fn site(visibility: &str, made: &mut BTreeSet<String>) -> Site {
    let site = Site::new([("gangwei.yaml", settings(visibility))]);
    for kind in KINDS {
        for variant in 0..VARIANTS {
            let id = internal_id(kind.name, variant);
            made.insert(id.clone());
            let text = document(kind, variant, &internal_body(kind), &mut |path, ty| {
                marked(path, ty, variant, made)
            });
            site.write(&format!("content/{}/{id}.md", kind.folder), text);
        }
        site.write(
            &format!(
                "content/{}/zqxmarker-attached-{}.txt",
                kind.folder, kind.name
            ),
            "zqxmarkerattachment\n",
        );
        site.write(
            &format!("content/{}/open-{}.md", kind.folder, kind.name),
            public_document(kind),
        );
        site.write(&format!("content/{}/public.txt", kind.folder), "公开附件\n");
    }
    for word in [
        "heading",
        "body",
        "link",
        "other",
        "cell",
        "note",
        "attachment",
        "stem",
        "option",
        "why",
        "blank",
        "hint",
    ] {
        made.insert(format!("zqxmarker{word}"));
    }
    made.extend([NUMBER, DATE].map(str::to_owned));
    site
}

/// Everything a reader of the portal gets: paths and bytes, decoded where they are percent-encoded, in lower case.
fn readable(outputs: &BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
    let lower = |bytes: &[u8]| {
        let decoded: Vec<u8> = percent_encoding::percent_decode(bytes).collect();
        (String::from_utf8_lossy(bytes) + String::from_utf8_lossy(&decoded)).to_lowercase()
    };
    outputs
        .iter()
        .map(|(path, bytes)| (path.clone(), lower(path.as_bytes()) + "\n" + &lower(bytes)))
        .collect()
}

/// Finds a needle; digits must not be part of a longer word such as a hash.
fn holds(text: &str, needle: &str) -> bool {
    let digits = needle.chars().all(|c| c.is_ascii_digit());
    let alone = |c: Option<char>| !digits || c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(needle).any(|(at, _)| {
        alone(text[..at].chars().next_back()) && alone(text[at + needle.len()..].chars().next())
    })
}

#[test]
fn a_public_build_holds_no_byte_of_an_internal_document() {
    let built = site("public", &mut BTreeSet::new()).outputs();
    for kind in KINDS {
        assert!(
            readable(&built)
                .iter()
                .any(|(path, _)| path.contains(&format!("open-{}/index.html", kind.name))),
            "{}",
            kind.name
        );
    }
    let mut leaks = Vec::new();
    for (path, text) in readable(&built) {
        for needle in [
            "zqxmarker",
            NUMBER,
            "917,364",
            "91.7364",
            DATE,
            "2031年",
            "2031",
            "20310719",
        ] {
            if holds(&text, needle) {
                let at = text.find(needle).expect("found");
                let around: String = text[..at]
                    .chars()
                    .rev()
                    .take(60)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                leaks.push(format!("{path}: {needle} after …{around}"));
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn the_same_site_with_everything_shown_holds_every_marker() {
    // No page shows these; whoever adds one takes it off here.
    let hidden = ["tags", "campaignclass", "blank", "hint"];
    let mut made = BTreeSet::new();
    let built = readable(&site("all", &mut made).outputs());
    assert!(made.len() > 100, "only {} markers", made.len());
    // A waiver is nobody's business but the auditor's.
    let is_waiver = |marker: &&String| {
        let kinds = KINDS.iter().map(|kind| format!("marker{}allow", kind.name));
        kinds.into_iter().any(|waiver| marker.contains(&waiver))
    };
    let waivers: Vec<&String> = made.iter().filter(is_waiver).collect();
    assert!(waivers.len() >= KINDS.len(), "{waivers:?}");
    for waiver in waivers {
        let shown = |(path, text): &(String, String)| {
            assert!(
                !text.contains(&waiver.to_lowercase()),
                "{path} holds {waiver}"
            );
        };
        built.iter().for_each(shown);
    }
    let missing: Vec<&String> = made
        .iter()
        .filter(|marker| !is_waiver(marker))
        .filter(|marker| !hidden.iter().any(|field| marker.ends_with(field)))
        .filter(|marker| {
            !built
                .iter()
                .any(|(_, text)| text.contains(&marker.to_lowercase()))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?} are nowhere");
}

#[test]
fn more_internal_documents_change_no_byte_of_a_public_build() {
    let site = site("public", &mut BTreeSet::new());
    let before = site.outputs();
    for kind in KINDS {
        let text = document(
            kind,
            1,
            "又一篇\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
            &mut |path, ty| match path.rsplit('.').next() {
                Some("id") if path.matches('.').count() == 1 => Some(json!("one-more")),
                Some("visibility") => Some(json!("internal")),
                Some("aliases") => None,
                _ => plain(path, ty),
            },
        );
        site.write(&format!("content/{}/one-more.md", kind.folder), text);
    }
    assert_same(&before, &site.outputs(), "with more internal documents");
}

#[test]
fn exams_ladders_scorecards_and_policies_are_internal_by_default() {
    let site = Site::new([("gangwei.yaml", settings("public"))]);
    for kind in KINDS {
        assert!(
            fields(kind).iter().any(|field| field.key == "visibility"),
            "{}",
            kind.name
        );
        let text = document(
            kind,
            1,
            "正文\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
            &mut |path, ty| match path {
                path if path == format!("{}.id", kind.name) => Some(json!("it")),
                path if path.ends_with(".visibility") || path.ends_with(".aliases") => None,
                _ => plain(path, ty),
            },
        );
        site.write(&format!("content/{}/it.md", kind.folder), text);
    }
    let built = site.outputs();
    let shown: Vec<&str> = KINDS
        .iter()
        .filter(|kind| built.contains_key(&format!("{}/it/index.html", kind.folder)))
        .map(|kind| kind.name)
        .collect();
    assert_eq!(shown, ["job", "campaign", "notice", "report", "product"]);
}

/// A public page with one way to name an internal exam; nothing of the exam may be in the portal.
fn expect_no_trace(body: &str) {
    expect_no_trace_at("https://example.com/", body);
}

/// The same in a portal at an address.
fn expect_no_trace_at(address: &str, body: &str) {
    let settings = settings("public").replace("https://a.example/", address);
    let site = Site::new([("gangwei.yaml", settings)]);
    site.write(
        "content/exams/zqxmarker-secret.md",
        "---\ntitle: 甲\n---\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
    );
    site.write(
        "content/pages/about.md",
        format!("---\ntitle: 乙\n---\n{body}\n"),
    );
    for (path, text) in readable(&site.outputs()) {
        assert!(!text.contains("zqxmarker"), "{path}");
    }
}

#[test]
fn a_raw_html_link_to_an_internal_document_is_left_out() {
    expect_no_trace("<a href=\"../exams/zqxmarker-secret.md\">这里</a>");
}

#[test]
fn a_root_relative_link_to_an_internal_page_is_left_out() {
    // Other root-relative links pass as written.
    expect_no_trace("见[这里](/exams/zqxmarker-secret/)。");
}

#[test]
fn an_address_of_an_internal_page_is_left_out_wherever_the_portal_lies() {
    for address in [
        "https://bank.example/exams/",
        "https://bank.example/HR/",
        "https://bank.example/",
    ] {
        let folder = address.strip_prefix("https://bank.example").unwrap_or("");
        for target in [
            format!("{address}exams/zqxmarker-secret/"),
            format!("http://BANK.example{folder}exams/zqxmarker-secret/index.html"),
            format!("https:/bank.example{folder}exams/zqxmarker-secret/"),
            "/exams/ZQXmarker-secret/#a".to_owned(),
            format!("{folder}exams/zqxmarker%2Dsecret/"),
        ] {
            let target = target.replace("ZQX", "zqx");
            expect_no_trace_at(address, &format!("见[这里]({target})。"));
            expect_no_trace_at(address, &format!("<a href=\"{target}\">这里</a>"));
        }
    }
}
