//! Hostile texts in every place that an author can write: a build refuses them with a diagnostic, or its outputs are
//! inert.

mod common;

use common::{Site, document, plain};
use gangwei::fields::FieldType;
use gangwei::kinds::KINDS;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea></template></noscript><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "x onerror=alert(1) y",
    "\"><img src=x onerror=alert(1)>",
    "'><iframe src=//evil.example></iframe>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=//evil.example><input name=a><button formaction=javascript:alert(1)>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>*{display:none}</style>",
    "<p style=\"position:fixed\">x</p>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "//evil.example/a",
    "\\\\evil.example\\a",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- <script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    "&b; &lt;script&gt; &amp; &#0; &nbsp;",
    "a\u{2028}b\u{2029}c",
    "{{ 7919 * 7907 }} {{ site }}",
    "{% include \"base.html\" %}{% raw %}{# x #}",
    "}}{{ t }}{{",
    "../../../../etc/passwd",
    "a\u{0}b",
    "a\u{1}b",
    "a\u{7F}b\u{FFFE}",
    "\u{202E}gnp.exe\u{202C}",
    "expression(alert(1)); background: url(javascript:alert(1))",
    "*{x:y}</b></p></div></main></body></html><script>alert(1)</script>",
];

/// Characters that no XML holds: a site with them may be refused.
fn is_illegal(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\u{7F}')) || c as u32 & 0xFFFE == 0xFFFE
    })
}

/// The texts that a site may hold.
fn legal() -> impl Iterator<Item = &'static str> {
    HOSTILE.iter().copied().filter(|text| !is_illegal(text))
}

/// Whether an address leads to an asset of the portal, whatever path it lives under.
fn is_own(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.starts_with("/\\")
        && address.contains("/assets/")
}

/// What is not inert in a page.
fn live_parts(path: &str, text: &str) -> Vec<String> {
    let page = Html::parse_document(text);
    let mut live = Vec::new();
    for element in page.select(&Selector::parse("*").expect("selector")) {
        let value = element.value();
        let mut bad = |what: &str| {
            live.push(format!(
                "{path}: {what} in <{}>: {:.200}",
                value.name(),
                element.html()
            ))
        };
        match value.name() {
            "script"
                if value.attr("src").is_none()
                    && value.attr("type") != Some("application/ld+json") =>
            {
                bad("a script without src")
            }
            "script" if value.attr("src").is_some_and(|src| !is_own(src)) => {
                bad("a foreign script")
            }
            "link"
                if value.attr("rel") == Some("stylesheet")
                    && value.attr("href").is_none_or(|href| !is_own(href)) =>
            {
                bad("a foreign style")
            }
            "style" | "iframe" | "object" | "embed" | "base" | "frame" | "applet" | "portal" => {
                bad("an element")
            }
            "meta"
                if value
                    .attr("http-equiv")
                    .is_some_and(|name| name.eq_ignore_ascii_case("refresh"))
                    // A former address leads to a page of the portal.
                    && !value
                        .attr("content")
                        .and_then(|content| content.strip_prefix("0; url="))
                        .is_some_and(|to| to.starts_with('/') && !to.starts_with("//")) =>
            {
                bad("a refresh")
            }
            "form"
                if value
                    .attr("action")
                    .is_some_and(|action| !action.starts_with('/') || action.starts_with("//")) =>
            {
                bad("a foreign form")
            }
            _ => {}
        }
        for (name, content) in value.attrs() {
            // A browser takes these characters out of an address before it looks at the scheme.
            let address: String = content
                .chars()
                .filter(|c| !c.is_control() && !c.is_whitespace())
                .collect::<String>()
                .to_lowercase();
            let runs = ["javascript:", "data:", "vbscript:"]
                .iter()
                .any(|scheme| address.starts_with(scheme));
            match name {
                name if name.starts_with("on") => bad(name),
                "style" | "srcdoc" => bad(name),
                "href" | "src" | "action" | "formaction" | "xlink:href" | "poster"
                | "background" | "cite" | "srcset"
                    if runs =>
                {
                    bad(name)
                }
                _ => {}
            }
        }
    }
    for script in
        page.select(&Selector::parse("script[type='application/ld+json']").expect("selector"))
    {
        let data: String = script.text().collect();
        if let Err(error) = serde_json::from_str::<Value>(&data) {
            live.push(format!("{path}: JSON-LD: {error}"));
        }
    }
    live
}

fn faults_of_outputs(outputs: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, bytes) in outputs
        .iter()
        .filter(|(path, _)| !path.starts_with("assets/"))
    {
        // The files of the search are binary and reach a page only through its script's text nodes; an evaluated
        // template would show in them all the same.
        let text = match path.starts_with("search/") && path.ends_with(".bin") {
            true => String::from_utf8_lossy(bytes).into_owned(),
            false => {
                String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
            }
        };
        match path.rsplit('.').next() {
            Some("html") => faults.extend(live_parts(path, &text)),
            Some("xml") => faults.extend(
                roxmltree::Document::parse(&text)
                    .err()
                    .map(|error| format!("{path}: {error}")),
            ),
            Some("json") => faults.extend(
                serde_json::from_str::<Value>(&text)
                    .err()
                    .map(|error| format!("{path}: {error}")),
            ),
            _ => {}
        }
        // 7919 * 7907: a template that was evaluated.
        if text.contains("62615533") {
            faults.push(format!("{path}: a template in the content was evaluated"));
        }
    }
    faults
}

/// Builds the site. Refused with diagnostics, or inert; `None` where it was refused.
fn expect_inert(
    site: &Site,
    what: &str,
    faults: &mut Vec<String>,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let ran = site.build(&[]);
    assert!(!ran.stderr.contains("panicked"), "{what}: {}", ran.stderr);
    match ran.code {
        Some(1) if ran.stderr.contains("error") => None,
        Some(0) => {
            let built = common::outputs(&site.out());
            faults.extend(
                faults_of_outputs(&built)
                    .into_iter()
                    .take(6)
                    .map(|fault| format!("{what:?}: {fault}")),
            );
            Some(built)
        }
        code => {
            faults.push(format!("{what:?}: exit {code:?}: {:.600}", ran.stderr));
            None
        }
    }
}

#[track_caller]
fn expect_none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults
            .iter()
            .take(40)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn hostile_texts_in_every_field_of_every_kind_are_inert() {
    let mut faults = Vec::new();
    for (number, hostile) in legal().enumerate() {
        let site = Site::new([("gangwei.yaml", common::SETTINGS)]);
        for kind in KINDS {
            for variant in 0..3 {
                let text = document(
                    kind,
                    variant,
                    "正文\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
                    &mut |path, ty| match ty {
                        _ if path == format!("{}.id", kind.name) => {
                            Some(json!(format!("n-{variant}")))
                        }
                        // An address of the site's own; its form is checked elsewhere.
                        _ if path.ends_with(".aliases") => None,
                        _ if path.ends_with(".visibility") => Some(json!("public")),
                        _ if path.ends_with(".duration") || path == "ladder.grades.id" => {
                            plain(path, ty)
                        }
                        FieldType::Text | FieldType::Entry(_) => Some(json!(hostile)),
                        FieldType::Notation("experience") => Some(json!("2年甲")),
                        _ => plain(path, ty),
                    },
                );
                site.write(&format!("content/{}/n-{variant}.md", kind.folder), text);
            }
        }
        let built = expect_inert(&site, &format!("fields {number} {hostile}"), &mut faults);
        match built {
            None => faults.push(format!(
                "{hostile:?} is refused in a field: {:.800}",
                site.build(&[]).stderr
            )),
            Some(built) if hostile.starts_with("{{") || hostile.starts_with("{%") => {
                let page = String::from_utf8_lossy(&built["articles/n-0/index.html"])
                    .replace("&quot;", "\"")
                    .replace("&#34;", "\"");
                assert!(page.contains(hostile), "{hostile} is not verbatim");
            }
            Some(_) => {}
        }
    }
    expect_none(&faults);
}

#[test]
fn hostile_addresses_and_words_with_a_notation_are_refused_or_inert() {
    let mut faults = Vec::new();
    let site = Site::new([("gangwei.yaml", common::SETTINGS)]);
    for (number, hostile) in HOSTILE.iter().enumerate() {
        let word = json!(hostile);
        let inside = json!(format!("https://b.example/{hostile}"));
        let broken = json!(format!("https://b.example\"{hostile}"));
        let lines = [
            format!("apply: {{\"url\": {word}}}"),
            format!("apply: {{\"url\": {inside}}}"),
            format!("apply: {{\"url\": {broken}}}"),
            format!("apply: {{\"email\": {word}}}"),
            format!("experience: {word}"),
            format!("salary: {word}"),
            format!("salary: {{\"min\": 1, \"currency\": {word}}}"),
            format!("id: {word}"),
            format!("aliases: {word}"),
        ];
        for (line_number, line) in lines.iter().enumerate() {
            site.write(
                &format!("content/jobs/w-{number}-{line_number}.md"),
                format!("---\ntitle: 甲\npublished: 2026-01-05\n{line}\n---\n正文\n"),
            );
        }
    }
    while site.build(&[]).code == Some(1) && drop_refused(&site) {}
    if expect_inert(&site, "words", &mut faults).is_none() {
        faults.push(format!(
            "what stays is refused too: {}",
            site.build(&[]).stderr
        ));
    }
    expect_none(&faults);
}

#[test]
fn hostile_vocabularies_are_inert() {
    let mut faults = Vec::new();
    for hostile in legal() {
        let site = Site::new([("gangwei.yaml", common::SETTINGS)]);
        let word = json!(hostile);
        for (file, more) in [
            ("units", "legal_name"),
            ("departments", "name"),
            ("locations", "region"),
            ("categories", "name"),
        ] {
            let extra = if more == "name" {
                String::new()
            } else {
                format!("\n  {more}: {word}")
            };
            let place = if file == "locations" {
                format!("\n  address: {word}\n  postcode: {word}\n  country: {word}")
            } else {
                String::new()
            };
            site.write(
                &format!("content/{file}.yaml"),
                format!(
                    "- id: a\n  name: {word}\n  other_names: [{}]{extra}{place}\n",
                    json!(format!("别名{hostile}"))
                ),
            );
        }
        site.write("content/jobs/a.md", "---\ntitle: 甲\npublished: 2026-01-05\nunit: a\ndepartment: a\nlocations: [a]\ncategory: a\n---\n正文\n");
        expect_inert(&site, &format!("vocabularies {hostile}"), &mut faults);
    }
    expect_none(&faults);
}

#[test]
fn hostile_settings_are_inert() {
    let mut faults = Vec::new();
    for hostile in legal() {
        let word = json!(hostile);
        let keys = [
            format!(
                "title: {word}\norganization: {{name: {word}, legal_name: {word}}}\nnotice: {word}\nbase_url: https://a.example/\n"
            ),
            format!(
                "title: 甲\norganization: {{name: 乙, logo: {word}}}\nbase_url: https://a.example/\n"
            ),
            format!(
                "title: 甲\norganization: {{name: 乙}}\nbase_url: https://a.example/\naccent: {word}\n"
            ),
            format!(
                "title: 甲\norganization: {{name: 乙}}\nbase_url: https://a.example/\ntheme: {word}\n"
            ),
            format!(
                "title: 甲\norganization: {{name: 乙}}\nbase_url: {}\n",
                json!(format!("https://a.example/{hostile}"))
            ),
        ];
        for settings in keys {
            let site = Site::new([
                ("gangwei.yaml", settings.as_str()),
                (
                    "content/jobs/a.md",
                    "---\ntitle: 甲\npublished: 2026-01-05\n---\n正文\n",
                ),
            ]);
            expect_inert(&site, &format!("settings {settings}"), &mut faults);
        }
    }
    expect_none(&faults);
}

/// One page, and everything else as given.
fn one_page(settings: &str, title: &str) -> Site {
    let document = format!("---\ntitle: {title}\npublished: 2026-01-05\n---\n正文\n");
    Site::new([
        ("gangwei.yaml", settings),
        ("content/jobs/a.md", document.as_str()),
    ])
}

#[test]
fn hostile_menus_are_inert() {
    // DEFECT: `MenuItem.url` takes any scheme.
    let mut faults = Vec::new();
    for hostile in legal() {
        let item = format!("[{{title: {0}, url: {0}}}]", json!(hostile));
        let settings = format!("{}menu: {item}\nfooter: {item}\n", common::SETTINGS);
        expect_inert(
            &one_page(&settings, "甲"),
            &format!("menu {hostile}"),
            &mut faults,
        );
    }
    expect_none(&faults);
}

#[test]
fn control_characters_written_as_yaml_escapes_are_refused_or_left_out() {
    // DEFECT: only the raw bytes of a file are checked, so that `"\u0001"` reaches feeds, which are no XML then.
    let mut faults = Vec::new();
    for escaped in [r#""a\0b""#, r#""a\u0001b""#, r#""a\x0Bb""#, r#""a\uFFFEb""#] {
        expect_inert(
            &one_page(common::SETTINGS, escaped),
            &format!("title {escaped}"),
            &mut faults,
        );
        let settings = common::SETTINGS.replace("门户", escaped);
        expect_inert(
            &one_page(&settings, "甲"),
            &format!("settings {escaped}"),
            &mut faults,
        );
        let site = one_page(common::SETTINGS, "甲\nunit: a");
        site.write(
            "content/units.yaml",
            format!("- id: a\n  name: {escaped}\n"),
        );
        expect_inert(&site, &format!("unit {escaped}"), &mut faults);
    }
    expect_none(&faults);
}

/// Every place of markdown that holds text; `X` is where it goes.
const PLACES: &[&str] = &[
    "X\n",
    "# X\n\n## X {#X}\n",
    "[X](https://b.example/)\n",
    "[甲](X)\n\n[乙](<X>)\n",
    "[甲](https://b.example/ \"X\")\n\n[乙](https://b.example/ 'X')\n",
    "[甲](https://b.example/X)\n",
    "![X](X)\n\n![甲](<X> \"X\")\n",
    "| X | 甲 |\n|---|---|\n| 乙 | X |\n",
    "`X` 和\n\n```X\nX\n```\n\n    X\n",
    "甲 <span X>乙</span> <a href=\"X\">丙</a> <a href='X'>丁</a> <a href=X>戊</a>\n",
    "<div X>\nX\n</div>\n",
    "<details open X><summary>X</summary>X</details>\n",
    "甲[^1]\n\n[^1]: X\n",
    "<X>\n\n<https://b.example/X>\n",
    "[甲][r]\n\n[r]: <X> \"X\"\n\n[r2]: X\n",
    "- [ ] X\n- X\n\n> X\n\n1. **X** *X* ~~X~~\n",
    "[[X:text|X]] ___ [[甲:X|X]]\n",
];

#[test]
fn hostile_texts_in_every_place_of_markdown_are_inert() {
    let mut faults = Vec::new();
    for hostile in HOSTILE {
        let site = Site::new([("gangwei.yaml", common::SETTINGS)]);
        for (number, place) in PLACES.iter().enumerate() {
            let body = place.replace('X', hostile);
            for kind in ["jobs", "reports", "pages"] {
                // Files that are not there are faults; only these places may name one.
                site.write(
                    &format!("content/{kind}/m-{number}.md"),
                    format!("---\ntitle: 甲\npublished: 2026-01-05\n---\n{body}"),
                );
            }
            site.write(
                &format!("content/exams/m-{number}.md"),
                format!("---\ntitle: 甲\nvisibility: public\n---\n{body}\n## 单选题\n\n### 1. {hostile} [甲](https://b.example/ \"{hostile}\")\n\n- [x] A. {hostile}\n- [ ] B. <a href=\"{hostile}\">乙</a>\n\n> 解析：{hostile}\n\n## 判断题\n\n### 2. 甲\n\n答案：{hostile}\n"),
            );
        }
        // A link to a file that is not there stops a build; what stays must still be inert.
        while let Some(1) = site.build(&[]).code {
            if is_illegal(hostile) || !drop_refused(&site) {
                break;
            }
        }
        expect_inert(&site, &format!("markdown {hostile}"), &mut faults);
        if !is_illegal(hostile) && !site.out().join("m-0/index.html").exists() {
            faults.push(format!("{hostile:?} as a paragraph is refused"));
        }
    }
    expect_none(&faults);
}

/// Removes the documents that the build names in its faults; `false` where there was none.
fn drop_refused(site: &Site) -> bool {
    let told = site.build(&[]).stderr;
    let mut dropped = false;
    for part in told.split(|c: char| c.is_whitespace() || c == ',') {
        let path = part
            .split(".md")
            .next()
            .filter(|stem| stem.starts_with("content/") && part.contains(".md"));
        if let Some(stem) = path {
            dropped |= std::fs::remove_file(site.path().join(format!("{stem}.md"))).is_ok();
        }
    }
    dropped
}
