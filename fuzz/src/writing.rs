//! Targets that write: whatever the program writes, it reads again, and as the same.

use crate::support::{choice, file};
use gangwei::blanks::{BlankType, compile, read_value};
use gangwei::diagnostic::Sink;
use gangwei::fields::Vocabularies;
use gangwei::files::FileDigest;
use gangwei::forms::{Filled, to_markdown};
use gangwei::kinds::{Kind, read_document};
use gangwei::markdown::{Blanks, Profile, section_texts};
use gangwei::publish::manifest::{MANIFEST, Manifest, is_inside};
use gangwei::text::Language;
use gangwei::yaml::written;
use std::path::{Component, Path};

/// A manifest from anywhere names nothing outside its folder; one that the program writes is read again.
pub fn manifest(bytes: &[u8]) {
    if let Ok(found) = Manifest::parse(bytes) {
        for path in found.files.keys() {
            let mut parts = Path::new(path).components();
            assert!(parts.all(|part| matches!(part, Component::Normal(_))), "{path}");
        }
        let again = Manifest::parse(&found.to_bytes().expect("JSON")).expect("read again");
        assert_eq!(again.files, found.files);
    }
    let text = String::from_utf8_lossy(bytes);
    let paths = text.split(',').filter(|path| is_inside(path) && *path != MANIFEST);
    let files = paths.map(|path| (path.to_owned(), FileDigest::of(path.as_bytes()))).collect();
    let own = Manifest::of(files);
    let read = Manifest::parse(&own.to_bytes().expect("JSON")).expect("what is written is read again");
    assert_eq!(read.files, own.files);
}

/// Front matter and markdown that the program writes mean what they were made of.
pub fn written_is_read(bytes: &[u8]) {
    let Some((number, text)) = choice(bytes) else {
        return;
    };
    let line: String = text.chars().filter(|c| !c.is_control()).collect();
    if number % 2 == 0 {
        front_matter(&line);
    } else {
        report(&line);
    }
}

/// A title from the command line, in the front matter of a new document.
fn front_matter(title: &str) {
    if title.trim().is_empty() || title.chars().any(gangwei::files::is_forbidden) {
        return;
    }
    let kind = Kind::find("article").expect("a kind");
    let text = format!("---\ntitle: {}\npublished: 2026-11-21\n---\n\n正文。\n", written(title));
    let source = file("content/articles/a.md", text);
    let mut sink = Sink::default();
    let read = read_document(&source, kind, &Vocabularies::default(), Language::Hans, &mut sink);
    let document = read.unwrap_or_else(|| panic!("not read: {}", source.text));
    assert_eq!(document.shared.title.trim(), title.trim(), "{}", source.text);
}

/// A value in a filled report is words, whatever marks it holds.
fn report(value: &str) {
    let value = value.trim();
    let template = "经办人：____，谢谢。\n";
    let compiled = compile(template, &[]);
    let Ok(Some(read)) = read_value(value, BlankType::Text, None) else {
        return;
    };
    let shown = read.display.clone();
    let filled = Filled::new(&compiled, &[Some(read)]);
    let markdown = to_markdown(template, None, &compiled, &filled);
    let words = section_texts(&markdown, Profile::new(Blanks::None, true)).concat();
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    assert_eq!(plain(&words), plain(&format!("经办人{shown}谢谢")), "{markdown}");
}
