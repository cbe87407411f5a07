//! What several targets need: texts made of bytes, and what must hold of everything that is reported.

use gangwei::diagnostic::{Diagnostic, Lang, Sink, render_github, render_gitlab, render_json};
use gangwei::kinds::{Document, KINDS, Kind, read_document};
use gangwei::text::{Language, SourceFile, Span};
use std::sync::Arc;

/// The first byte chooses, the rest is the text.
pub fn choice(bytes: &[u8]) -> Option<(usize, String)> {
    let (&first, rest) = bytes.split_first()?;
    Some((first.into(), String::from_utf8_lossy(rest).into_owned()))
}

/// A file of a site, as it is when it has been loaded.
pub fn file(path: &str, text: String) -> Arc<SourceFile> {
    Arc::new(SourceFile {
        path: path.to_owned(),
        text: text.replace("\r\n", "\n").replace('\r', "\n"),
    })
}

/// One of the kinds and one of the languages.
pub fn kind_and_language(number: usize) -> (&'static Kind, Language) {
    let language = Language::ALL[number / KINDS.len() % Language::ALL.len()];
    (&KINDS[number % KINDS.len()], language)
}

/// Reads a document of some kind.
pub fn document(bytes: &[u8], sink: &mut Sink) -> Option<Document> {
    let (number, text) = choice(bytes)?;
    let (kind, language) = kind_and_language(number);
    let source = file(&format!("content/{}/a.md", kind.folder), text);
    read_document(&source, kind, &gangwei::fields::Vocabularies::default(), language, sink)
}

/// A span lies inside its text, and both ends on the border of a character.
pub fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes", text.len());
}

/// Everything that is reported can be shown, and its places are places of the text.
pub fn check_reports(sink: Sink) -> Vec<Diagnostic> {
    let diagnostics = sink.into_sorted();
    for one in &diagnostics {
        if let Some(place) = &one.place {
            check_span(&place.file.text, place.span);
            if let Some(fix) = &one.fix {
                check_span(&place.file.text, fix.span);
            }
        }
        assert!(!one.message.zh.is_empty() && !one.message.en.is_empty(), "{}", one.code);
    }
    for lang in [Lang::Zh, Lang::En] {
        for shown in [
            render_json(&diagnostics, lang),
            render_github(&diagnostics, "", lang),
            render_gitlab(&diagnostics, "", lang),
        ] {
            assert!(!shown.contains('\0'));
        }
    }
    diagnostics
}
