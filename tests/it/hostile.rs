//! Hostile texts in every place that an author can write: a build refuses them with a diagnostic, or its outputs are
//! inert.

use crate::common::{self, Site, document, hostile_texts, plain};
use gangwei::fields::FieldType;
use gangwei::kinds::{KINDS, Kind};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The judging of texts stays out of the builds, since nothing of it reaches an output.
const SETTINGS: &str =
    "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\n";

/// How many texts come first in the file because they stand for all the others.
const FIRST: usize = 48;

/// Control characters and noncharacters: a site with them may be refused.
fn is_illegal(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\u{7F}'))
            || c as u32 & 0xFFFE == 0xFFFE
            || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
    })
}

/// The texts that a site may hold.
fn legal() -> impl Iterator<Item = &'static str> {
    hostile_texts()
        .iter()
        .map(String::as_str)
        .filter(|text| !is_illegal(text))
}

/// Those of the first texts that a site may hold: for what takes a build for every text.
fn first_legal() -> impl Iterator<Item = &'static str> {
    let first = hostile_texts()[..FIRST].iter().map(String::as_str);
    first.filter(|text| !is_illegal(text))
}

#[test]
fn there_are_at_least_300_different_texts() {
    let different: BTreeSet<&String> = hostile_texts().iter().collect();
    assert_eq!(different.len(), hostile_texts().len());
    assert!(different.len() >= 300, "{}", different.len());
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
            ));
        };
        match value.name() {
            "script"
                if value.attr("src").is_none()
                    && !matches!(
                        value.attr("type"),
                        Some("application/ld+json" | "application/json")
                    ) =>
            {
                bad("a script without src");
            }
            "script" if value.attr("src").is_some_and(|src| !is_own(src)) => {
                bad("a foreign script");
            }
            "link"
                if value.attr("rel") == Some("stylesheet")
                    && value.attr("href").is_none_or(|href| !is_own(href)) =>
            {
                bad("a foreign style");
            }
            "style" | "iframe" | "object" | "embed" | "base" | "frame" | "applet" | "portal" => {
                bad("an element");
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
                bad("a refresh");
            }
            "form"
                if value
                    .attr("action")
                    .is_some_and(|action| !action.starts_with('/') || action.starts_with("//")) =>
            {
                bad("a foreign form");
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
            // And it reads a backslash as a slash.
            let address = address.replace('\\', "/");
            let runs = ["javascript:", "data:", "vbscript:", "//"]
                .iter()
                .any(|scheme| address.starts_with(scheme));
            match name {
                name if name.starts_with("on") => bad(name),
                "style" | "srcdoc" => bad(name),
                "href" | "src" | "action" | "formaction" | "xlink:href" | "poster"
                | "background" | "cite" | "srcset"
                    if runs =>
                {
                    bad(name);
                }
                _ => {}
            }
        }
    }
    for script in page.select(&Selector::parse("script[type$='json']").expect("selector")) {
        let data: String = script.text().collect();
        if let Err(error) = serde_json::from_str::<Value>(&data) {
            live.push(format!("{path}: the data of a script: {error}"));
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
        let text = if path.starts_with("search/") && path.ends_with(".bin") {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
        };
        match path.rsplit('.').next() {
            Some("html") => faults.extend(live_parts(path, &text)),
            // Calendars are looked at by their shapes.
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
        for html in descriptions(path, &text) {
            faults.extend(live_parts(&format!("{path}, a description"), &html));
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

/// A body that every kind takes.
const BODY: &str = "正文\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n";

/// A document of a kind with this text in every field that holds one.
fn with_text(kind: &Kind, variant: usize, stem: &str, text: &str, body: &str) -> String {
    document(kind, variant, body, &mut |path, ty| match ty {
        _ if path == format!("{}.id", kind.name) => Some(json!(stem)),
        // An address of the site's own; its form is checked elsewhere.
        _ if path.ends_with(".aliases") => None,
        _ if path.ends_with(".visibility") => Some(json!("public")),
        _ if path.ends_with(".duration") || path == "ladder.grades.id" => plain(path, ty),
        // A formula is an expression; other words in it are refused.
        _ if path.ends_with(".formula") => plain(path, ty),
        // Postings are open.
        _ if path.ends_with(".opens") => Some(json!("2026-01-05")),
        // YAML allows no key of more than 1024 characters.
        FieldType::Text if path.ends_with(".key") => {
            Some(json!(text.chars().take(900).collect::<String>()))
        }
        FieldType::Text | FieldType::Entry(_) => Some(json!(text)),
        FieldType::Notation("experience") => Some(json!("2年甲")),
        _ => plain(path, ty),
    })
}

/// How many texts share a field of the documents that show every text in every field.
const SHARED: usize = 16;

/// Every text alone in all fields of one kind, and with others in every field of every kind; a site that differs only
/// in holding ordinary words instead.
fn fields_site(ordinary: bool) -> Site {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let write = |kind: &Kind, variant: usize, stem: &str, text: &str| {
        let text = if ordinary { "甲乙" } else { text };
        site.write(
            &format!("content/{}/{stem}.md", kind.folder),
            with_text(kind, variant, stem, text, BODY),
        );
    };
    let texts: Vec<&str> = legal().collect();
    for (number, text) in texts.iter().enumerate() {
        let kind = &KINDS[number % KINDS.len()];
        write(kind, number / KINDS.len(), &format!("one-{number}"), text);
    }
    for (number, texts) in texts.chunks(SHARED).enumerate() {
        for kind in KINDS {
            for variant in 0..3 {
                write(
                    kind,
                    variant,
                    &format!("many-{number}-{variant}"),
                    &texts.join(" "),
                );
            }
        }
    }
    site
}

/// Every element and attribute of the pages and the XML files, and every property of the calendars, with a file that
/// holds it.
fn shapes(outputs: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let all = Selector::parse("*").expect("selector");
    let mut shapes = BTreeMap::new();
    for (path, bytes) in outputs {
        let text = String::from_utf8_lossy(bytes);
        let mut add = |shape: String| {
            shapes.entry(shape).or_insert_with(|| path.clone());
        };
        match path.rsplit('.').next() {
            Some("html") => {
                for element in Html::parse_document(&text).select(&all) {
                    let name = element.value().name();
                    add(name.to_owned());
                    let attributes = element.value().attrs();
                    attributes.for_each(|(attribute, _)| add(format!("{name} {attribute}")));
                }
            }
            Some("xml") => {
                let document = roxmltree::Document::parse(&text).expect("XML");
                for element in document.descendants().filter(roxmltree::Node::is_element) {
                    let name = element.tag_name().name();
                    add(format!("xml {name}"));
                    let attributes = element.attributes();
                    attributes
                        .for_each(|attribute| add(format!("xml {name} {}", attribute.name())));
                }
            }
            Some("ics") => {
                assert!(
                    !text.replace("\r\n", "").contains(['\r', '\n']),
                    "{path}: a lone line break"
                );
                // A line that begins with a blank goes on.
                for line in text.lines().filter(|line| !line.starts_with([' ', '\t'])) {
                    let name = line.split([':', ';']).next().unwrap_or(line);
                    // What begins and ends must be of the program's own.
                    let whole = matches!(name, "BEGIN" | "END");
                    add(format!("calendar {}", if whole { line } else { name }));
                }
            }
            _ => {}
        }
    }
    shapes
}

/// HTML that a file of data carries for others to show: postings' descriptions.
fn descriptions(path: &str, text: &str) -> Vec<String> {
    fn gather(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let (Some("JobPosting"), Some(html)) =
                    (value["@type"].as_str(), value["description"].as_str())
                {
                    found.push(html.to_owned());
                }
                map.values().for_each(|inner| gather(inner, found));
            }
            Value::Array(list) => list.iter().for_each(|inner| gather(inner, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if path.ends_with(".json") {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        gather(&value, &mut found);
        let jobs = value["jobs"].as_array();
        let bodies = jobs.into_iter().flatten();
        found.extend(bodies.filter_map(|job| job["description"].as_str().map(str::to_owned)));
    } else if path.ends_with(".html") {
        let page = Html::parse_document(text);
        let data = Selector::parse("script[type='application/ld+json']").expect("selector");
        for script in page.select(&data) {
            let json: String = script.text().collect();
            gather(&serde_json::from_str(&json).unwrap_or_default(), &mut found);
        }
    } else if path.ends_with("jobs.xml") {
        let document = roxmltree::Document::parse(text).expect("XML");
        let nodes = document.descendants();
        for node in nodes.filter(|node| node.has_tag_name("description")) {
            found.push(node.children().filter_map(|inner| inner.text()).collect());
        }
    }
    found
}

#[test]
fn hostile_texts_in_every_field_of_every_kind_are_inert() {
    let mut faults = Vec::new();
    let site = fields_site(false);
    let Some(built) = expect_inert(&site, "fields", &mut faults) else {
        panic!("{}", refusal(&site));
    };
    for (number, text) in legal()
        .enumerate()
        .filter(|(_, text)| text.starts_with("{{ 7919") || text.starts_with("{%"))
    {
        let kind = &KINDS[number % KINDS.len()];
        let folder = kind.folder.replace("pages", "");
        let path = format!("{folder}/one-{number}/index.html");
        let page = String::from_utf8_lossy(&built[path.trim_start_matches('/')])
            .replace("&quot;", "\"")
            .replace("&#34;", "\"");
        assert!(page.contains(text), "{text} is not verbatim");
    }
    // Texts that make an element or an attribute which ordinary words do not make are not inert.
    let ordinary = shapes(&fields_site(true).outputs());
    for (shape, path) in shapes(&built) {
        if !ordinary.contains_key(&shape) {
            faults.push(format!("{path}: <{shape}> comes from a text"));
        }
    }
    expect_none(&faults);
}

#[test]
fn hostile_addresses_and_words_with_a_notation_are_refused_or_inert() {
    let mut faults = Vec::new();
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    for (number, hostile) in hostile_texts().iter().enumerate() {
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
    while drop_refused(&site) {}
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
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    for (file, keys) in [
        ("units", &["legal_name"][..]),
        ("departments", &[]),
        ("locations", &["region", "address", "postcode", "country"]),
        ("categories", &[]),
    ] {
        let mut text = String::new();
        for (number, hostile) in legal().enumerate() {
            // Names are one whatever their case.
            let word = json!(format!("{hostile}{number}"));
            let other = json!(format!("别名{hostile}{number}"));
            text.push_str(&format!(
                "- id: a{number}\n  name: {word}\n  other_names: [{other}]\n"
            ));
            keys.iter()
                .for_each(|key| text.push_str(&format!("  {key}: {word}\n")));
        }
        site.write(&format!("content/{file}.yaml"), text);
    }
    for number in 0..legal().count() {
        site.write(&format!("content/jobs/j{number}.md"), format!("---\ntitle: 甲\npublished: 2026-01-05\nunit: a{number}\ndepartment: a{number}\nlocations: [a{number}]\ncategory: a{number}\n---\n正文\n"));
    }
    if expect_inert(&site, "vocabularies", &mut faults).is_none() {
        faults.push(refusal(&site));
    }
    expect_none(&faults);
}

#[test]
fn hostile_settings_are_inert() {
    let mut faults = Vec::new();
    for texts in legal().collect::<Vec<_>>().chunks(SHARED) {
        let word = json!(texts.join(" "));
        let settings = format!(
            "title: {word}\norganization: {{name: {word}, legal_name: {word}}}\nnotice: {word}\nbase_url: https://a.example/\n"
        );
        expect_inert(
            &one_page(&settings, "甲"),
            &format!("settings {settings}"),
            &mut faults,
        );
    }
    for hostile in first_legal() {
        let word = json!(hostile);
        let keys = [
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
    let mut faults = Vec::new();
    let words: Vec<Value> = legal().map(|hostile| json!(hostile)).collect();
    let items = |key: &str| {
        words
            .iter()
            .flat_map(|word| {
                let outside = json!(format!("https://b.example/{}", word.as_str().unwrap_or("")));
                [word, &outside].map(|url| format!("{key}{{title: {word}, url: {url}}}\n"))
            })
            .collect::<String>()
    };
    let mut settings = format!(
        "{}menu:\n{}footer:\n{}",
        SETTINGS,
        items("  - "),
        items("  - ")
    );
    let titles = words
        .iter()
        .map(|word| format!("  - {{title: {word}, url: /jobs/}}\n"))
        .collect::<String>();
    expect_inert(
        &one_page(&format!("{SETTINGS}menu:\n{titles}"), "甲"),
        "titles of a menu",
        &mut faults,
    )
    .expect("titles are never refused");
    let site = one_page(&settings, "甲");
    let place = regex::Regex::new(r"gangwei\.yaml:(\d+)").expect("pattern");
    // Addresses that are refused go; what stays must be inert.
    loop {
        let ran = site.build(&[]);
        if ran.code != Some(1) {
            break;
        }
        let refused: BTreeSet<usize> = place
            .captures_iter(&ran.stderr)
            .filter_map(|found| found[1].parse().ok())
            .collect();
        assert!(!refused.is_empty(), "{:.2000}", ran.stderr);
        let kept = settings
            .lines()
            .enumerate()
            .filter(|(index, _)| !refused.contains(&(index + 1)));
        settings = kept.map(|(_, line)| format!("{line}\n")).collect();
        site.write("gangwei.yaml", &settings);
    }
    assert!(settings.lines().count() > 20, "everything was refused");
    if expect_inert(&site, "menus", &mut faults).is_none() {
        faults.push(refusal(&site));
    }
    expect_none(&faults);
}

#[test]
fn control_characters_written_as_yaml_escapes_are_refused_or_left_out() {
    // The bytes of the file are plain; a feed with the character would be no XML.
    let mut faults = Vec::new();
    for escaped in [r#""a\0b""#, r#""a\u0001b""#, r#""a\x0Bb""#, r#""a\uFFFEb""#] {
        expect_inert(
            &one_page(SETTINGS, escaped),
            &format!("title {escaped}"),
            &mut faults,
        );
        let settings = SETTINGS.replace("门户", escaped);
        expect_inert(
            &one_page(&settings, "甲"),
            &format!("settings {escaped}"),
            &mut faults,
        );
        let site = one_page(SETTINGS, "甲\nunit: a");
        site.write(
            "content/units.yaml",
            format!("- id: a\n  name: {escaped}\n"),
        );
        expect_inert(&site, &format!("unit {escaped}"), &mut faults);
    }
    expect_none(&faults);
}

/// Every place of markdown that holds text and refuses none; `X` is where it goes.
const PLACES: &[&str] = &[
    "X\n",
    "# X\n\n## X {#X}\n",
    "[X](https://b.example/)\n",
    "[甲](https://b.example/ \"X\")\n\n[乙](https://b.example/ 'X')\n",
    "[甲](https://b.example/X)\n",
    "| X | 甲 |\n|---|---|\n| 乙 | X |\n",
    "`X` 和\n\n```X\nX\n```\n\n    X\n",
    "甲 <span X>乙</span> <a href=\"https://b.example/X\">丙</a> <a href='https://b.example/X'>丁</a> <a href=https://b.example/X>戊</a>\n",
    "<div X>\nX\n</div>\n",
    "<details open X><summary>X</summary>X</details>\n",
    "甲[^1]\n\n[^1]: X\n",
    "<X>\n\n<https://b.example/X>\n",
    "- [ ] X\n- X\n\n> X\n\n1. **X** *X* ~~X~~\n",
];

/// Places where a text that leads nowhere is refused.
const TARGETS: &[&str] = &[
    "[甲](X)\n\n[乙](<X>)\n",
    "![X](X)\n\n![甲](<X> \"X\")\n",
    "[甲][r]\n\n[r]: <X> \"X\"\n\n[r2]: X\n",
    "[[X:text|X]] ___ [[甲:X|X]]\n",
    "<a href=\"X\">丙</a> <a href='X'>丁</a> <a href=X>戊</a>\n",
];

/// Whether a build refuses a body with the text, whose page no reader ever sees: it names a file or a page that is not
/// there, an id of the theme, or an address with a user.
fn is_refused_in_a_body(text: &str) -> bool {
    ["<img src=x on", "src=\"x\"", "id=gw-", "https://a.example"]
        .iter()
        .any(|part| text.contains(part))
}

/// All the places with one text, beginning with a different one for each text: what opens and never closes, such as a
/// comment, takes in the places behind it.
fn all_places(number: usize, text: &str) -> String {
    let (behind, first) = PLACES.split_at(number % PLACES.len());
    let places: Vec<&str> = first.iter().chain(behind).copied().collect();
    places.join("\n\n").replace('X', text)
}

/// Questions with these texts in every part.
fn questions(texts: &[&str]) -> String {
    let mut body = String::from("## 单选题\n\n");
    for (number, text) in texts.iter().enumerate() {
        body.push_str(&format!("### {}. {text} [甲](https://b.example/ \"{text}\")\n\n- [x] A. {text}\n- [ ] B. <a href=\"https://b.example/{text}\">乙</a>\n\n> 解析：{text}\n\n", number + 1));
    }
    body + &format!("## 判断题\n\n### {}. 甲\n\n答案：对\n", texts.len() + 1)
}

/// Every text in all places at once and in each place where it may be refused; the first texts also alone in each
/// place. The kinds take turns.
fn markdown_site() -> Site {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let write = |kind: &str, stem: &str, body: &str| {
        site.write(
            &format!("content/{kind}/m-{stem}.md"),
            format!("---\ntitle: 甲\npublished: 2026-01-05\n---\n{body}"),
        );
    };
    for (number, hostile) in hostile_texts().iter().enumerate() {
        let kind = |place: usize| ["jobs", "reports", "pages", "articles"][(number + place) % 4];
        write(
            kind(0),
            &format!("{number}-all"),
            &all_places(number, hostile),
        );
        for (place, text) in TARGETS.iter().enumerate() {
            // Blanks are reports' alone.
            let kind = if place == 3 { "reports" } else { kind(place) };
            write(
                kind,
                &format!("{number}-to-{place}"),
                &text.replace('X', hostile),
            );
        }
        for (place, text) in PLACES.iter().enumerate().filter(|_| number < FIRST) {
            write(
                kind(place),
                &format!("{number}-{place}"),
                &text.replace('X', hostile),
            );
        }
    }
    let texts: Vec<&str> = legal().filter(|text| !is_refused_in_a_body(text)).collect();
    for (number, texts) in texts.chunks(8).enumerate() {
        write("exams", &format!("{number}"), &questions(texts));
    }
    site
}

#[test]
fn hostile_texts_in_every_place_of_markdown_are_inert() {
    let mut faults = Vec::new();
    let site = markdown_site();
    // A link to a file that is not there stops a build; what stays must still be inert.
    while drop_refused(&site) {}
    let built =
        expect_inert(&site, "markdown", &mut faults).expect("a site of what is not refused");
    for (number, hostile) in hostile_texts().iter().enumerate() {
        let kind = ["jobs/", "reports/", "", "articles/"][number % 4];
        let path = format!("{kind}m-{number}-all/index.html");
        // Brackets make a blank in a report, or a fault.
        let is_blank = kind == "reports/" && hostile.contains('[');
        let is_refused = is_illegal(hostile) || is_refused_in_a_body(hostile);
        if !is_refused && !is_blank && !built.contains_key(&path) {
            faults.push(format!("{hostile:?} is refused"));
        }
    }
    expect_none(&faults);
}

/// How many texts share the fields of a document of the site for the browser.
const IN_A_PAGE: usize = 48;

/// Every text in every field of every kind, in every place of markdown and in the settings, on few pages.
fn browser_site() -> Site {
    let texts: Vec<&str> = legal().collect();
    let word = |from: usize| json!(texts[from..from + 24].join(" "));
    let settings = format!(
        "title: {}\norganization: {{name: {}}}\nnotice: {}\nbase_url: https://a.example/\ncheck: {{gate: off}}\nmenu:\n  - {{title: {}, url: /jobs/}}\n",
        word(0),
        word(24),
        word(48),
        word(72)
    );
    let site = Site::new([("gangwei.yaml", settings)]);
    for (number, texts) in texts.chunks(IN_A_PAGE).enumerate() {
        for (place, kind) in KINDS.iter().enumerate() {
            let exam;
            let body = match kind.name {
                "exam" => {
                    let bodies: Vec<&str> = texts
                        .iter()
                        .copied()
                        .filter(|text| !is_refused_in_a_body(text))
                        .collect();
                    exam = questions(&bodies);
                    &exam
                }
                "report" => "[[甲:text|乙]] 和 ____ 万元\n",
                _ => BODY,
            };
            let (stem, word) = (format!("f-{number}"), texts.join(" "));
            site.write(
                &format!("content/{}/{stem}.md", kind.folder),
                with_text(kind, number + place, &stem, &word, body),
            );
        }
    }
    let texts: Vec<&str> = texts
        .into_iter()
        .filter(|text| !is_refused_in_a_body(text))
        .collect();
    for (number, texts) in texts.chunks(8).enumerate() {
        let kind = ["jobs", "pages", "articles", "reports"][number % 4];
        let bodies: Vec<String> = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| kind != "reports" || !text.contains('['))
            .map(|(place, text)| all_places(8 * number + place, text))
            .collect();
        site.write(
            &format!("content/{kind}/m-{number}.md"),
            format!(
                "---\ntitle: 甲\npublished: 2026-01-05\n---\n{}",
                bodies.join("\n\n")
            ),
        );
    }
    site
}

/// `tests/browser/hostile.test.mjs` opens the pages of this portal in a browser: `GANGWEI_HOSTILE_PORTAL` names the
/// folder that it is copied into.
#[test]
fn a_portal_with_all_the_texts_at_once_is_inert() {
    let mut faults = Vec::new();
    let site = browser_site();
    let Some(built) = expect_inert(&site, "all at once", &mut faults) else {
        panic!("{}", refusal(&site));
    };
    for kind in KINDS {
        let path = format!("{}/f-0/index.html", kind.folder.replace("pages", ""));
        assert!(built.contains_key(path.trim_start_matches('/')), "{path}");
    }
    expect_none(&faults);
    if let Some(folder) = std::env::var_os("GANGWEI_HOSTILE_PORTAL") {
        common::copy_folder(&site.out(), std::path::Path::new(&folder));
    }
}

/// What a build says of the site, from its first error on.
fn refusal(site: &Site) -> String {
    let reported = site.build(&[]).stderr;
    let from = reported.find("error[").unwrap_or(0);
    format!("refused: {:.2000}", &reported[from..])
}

/// Removes every document that a build refuses; `false` where nothing was refused.
fn drop_refused(site: &Site) -> bool {
    let ran = site.build(&[]);
    if ran.code != Some(1) {
        return false;
    }
    // The build names some places of a fault, the check all of them.
    let refused: BTreeSet<&str> = ran
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error[")?.split(']').next())
        .collect();
    let mut check = common::gangwei();
    check
        .arg("check")
        .arg(site.path())
        .args(["--format", "json", "--as-of", "2026-12-01"]);
    let reported = common::run(&mut check).expect(1).stdout;
    let reported: Vec<Value> = serde_json::from_str(&reported).expect("JSON");
    let dropped = reported
        .iter()
        .filter(|fault| refused.contains(fault["code"].as_str().expect("code")))
        .filter_map(|fault| fault["file"].as_str())
        .filter(|file| file.ends_with(".md"))
        .filter(|file| std::fs::remove_file(site.path().join(file)).is_ok())
        .count();
    assert!(dropped > 0, "{:.2000}", ran.stderr);
    true
}

/// Bodies whose raw HTML or addresses once took time that grew with the square of their length.
#[test]
fn long_hostile_bodies_end_soon_or_are_refused() {
    for (piece, refused) in [
        ("<div>", true),
        ("<b>甲</i>", true),
        ("<a href=\"http://x.example/\">", true),
        ("[a](http://x.example/ ", false),
        ("<br><p><li>甲", false),
    ] {
        let text = format!("---\ntitle: 甲\n---\n{}\n", piece.repeat(60_000));
        let site = Site::new([
            ("gangwei.yaml", SETTINGS),
            ("content/pages/a.md", text.as_str()),
        ]);
        let ran = site.build(&[]);
        assert_eq!(
            ran.stderr.contains("nested-too-deeply"),
            refused,
            "{piece}: {}",
            ran.stderr
        );
    }
}

/// A page may link a picture of another host, and shows none of it.
#[test]
fn pictures_of_other_hosts_stay_out() {
    let picture = "//evil.example/a.png";
    let mut body = String::new();
    for scheme in ["https:", "http:", ""] {
        let address = format!("{scheme}{picture}");
        body.push_str(&format!("<{address}> [甲]({address}) ![乙]({address}) "));
        body.push_str(&format!(
            "<img src=\"{address}\"> <a href=\"{address}\">丙</a>\n\n"
        ));
    }
    body.push_str("![丁](https:/evil.example/a.png) <img src='https:/evil.example/a.png'>\n");
    let text = format!("---\ntitle: 甲\n---\n{body}");
    let site = Site::new([("gangwei.yaml", SETTINGS), ("content/pages/a.md", &text)]);
    let built = site.outputs();
    let page = String::from_utf8_lossy(&built["a/index.html"]).into_owned();
    let page = Html::parse_document(&page);
    let all = |tag: &str| Selector::parse(tag).expect("selector");
    for img in page.select(&all("main img")) {
        let source = img.value().attr("src").unwrap_or("");
        assert!(!source.contains("evil"), "{}", img.html());
    }
    assert!(page.select(&all("main a[href*=evil]")).count() >= 4);
}
