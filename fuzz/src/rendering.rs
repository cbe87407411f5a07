//! Targets that make something for a browser: HTML of markdown, and the index of search.

use crate::support::{choice, kind_and_language};
use gangwei::kinds::markdown_profile;
use gangwei::markdown::{Links, Target, blocks, outline, render, render_inline, section_texts};
use gangwei::search::{SearchDocument, SearchSection, SearchSettings, build};
use scraper::{Html, Selector};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Leaves out every address that a site would not write.
struct Plain;

fn target(address: &str) -> Target {
    let allowed = ["https://", "mailto:", "/", "#"];
    match allowed.iter().any(|start| address.starts_with(start)) {
        true => Target::Address(address.to_owned()),
        false => Target::Inert,
    }
}

impl Links for Plain {
    fn link(&self, address: &str) -> Target {
        target(address)
    }
    fn picture(&self, address: &str) -> Target {
        target(address)
    }
    fn blank_label(&self, _number: usize) -> Cow<'_, str> {
        "".into()
    }
}

/// Elements that act by themselves, or send what a reader writes.
const ACTIVE: &[&str] = &[
    "script", "iframe", "object", "embed", "form", "button", "textarea", "select", "style", "link", "meta", "base",
    "svg", "math", "video", "audio", "frame", "applet", "noscript", "template",
];

/// Bodies: whatever is written, no page gets anything that acts.
pub fn markdown(bytes: &[u8]) {
    static ALL: LazyLock<Selector> = LazyLock::new(|| Selector::parse("*").expect("selector"));
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let (kind, language) = kind_and_language(number);
    let profile = markdown_profile(kind, language);
    let found = outline(&text, profile);
    let anchors: Vec<String> = found.headings.iter().map(|heading| heading.id.clone()).collect();
    let inline = render_inline(&text, profile, &Plain);
    let page = render(&text, profile, &anchors, &Plain);
    let _ = (section_texts(&text, profile), blocks(&text, profile));
    for html in [page, inline] {
        for element in Html::parse_fragment(&html).select(&ALL) {
            let element = element.value();
            let name = element.name();
            assert!(!ACTIVE.contains(&name), "{name}: {html}");
            for (attribute, value) in element.attrs() {
                let attribute = attribute.to_ascii_lowercase();
                assert!(!attribute.starts_with("on") && attribute != "srcdoc", "{attribute}: {html}");
                assert!(attribute != "style" || value.starts_with("text-align"), "style: {html}");
                if ["href", "src", "action", "formaction", "data", "poster"].contains(&attribute.as_str()) {
                    let is_inside = value.is_empty() || value.starts_with(['/', '#']);
                    let is_known = ["https://", "http://", "mailto:", "tel:"].iter().any(|start| value.starts_with(start));
                    assert!(is_inside || is_known, "{attribute}={value}: {html}");
                }
            }
        }
    }
}

/// The index: every file is made, and compressed texts come out as they went in.
pub fn search(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut documents = Vec::new();
    for (number, part) in text.split("\n\n").take(8).enumerate() {
        let (title, body) = part.split_once('\n').unwrap_or((part, part));
        documents.push(SearchDocument {
            url: format!("jobs/{number}/"),
            title: title.to_owned(),
            kind: if number % 2 == 0 { "job" } else { "article" },
            number: format!("J-{number}"),
            tags: body.split('，').take(4).map(str::to_owned).collect(),
            sections: vec![SearchSection {
                anchor: String::new(),
                heading: title.to_owned(),
                text: body.to_owned(),
            }],
            ..SearchDocument::default()
        });
    }
    let settings = SearchSettings {
        synonyms: vec![text.split_whitespace().take(3).map(str::to_owned).collect()],
        ..SearchSettings::default()
    };
    let files = build(&documents, &settings).expect("an index");
    assert!(!files.is_empty());
    let packed = gangwei::search::deflate::deflate(bytes).expect("compressed");
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::DeflateDecoder::new(&packed[..]), &mut out).expect("whole");
    assert_eq!(out, bytes);
}
