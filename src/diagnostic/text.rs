//! Diagnostics for a person at a terminal: the source line, a caret under the right cell, the next step.

use super::{Diagnostic, Lang, Severity, Text};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where and how the text is printed.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// The language of the wording.
    pub lang: Lang,
    /// Whether colours may be used.
    pub colour: bool,
    /// Cells in a line.
    pub width: usize,
}

/// How many further places of one repeated fault are listed.
const PLACES_SHOWN: usize = 10;

/// Prints faults for a terminal. The same fault in many places is said once, with the places.
pub fn render_text(diagnostics: &[Diagnostic], terminal: Terminal) -> String {
    let mut out = String::new();
    let mut places: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        places
            .entry(fault_key(diagnostic))
            .or_default()
            .push(diagnostic);
    }
    for diagnostic in diagnostics {
        if let Some(same) = places.remove(&fault_key(diagnostic)) {
            render_one(&mut out, diagnostic, &same[1..], terminal);
        }
    }
    out
}

fn fault_key(diagnostic: &Diagnostic) -> (&str, &Text, Severity) {
    (&diagnostic.code, &diagnostic.message, diagnostic.severity)
}

fn render_one(
    out: &mut String,
    diagnostic: &Diagnostic,
    again: &[&Diagnostic],
    terminal: Terminal,
) {
    let lang = terminal.lang;
    let level = match (diagnostic.severity, lang) {
        (Severity::Error, Lang::Zh) => Level::ERROR.with_name("错误"),
        (Severity::Warning, Lang::Zh) => Level::WARNING.with_name("警告"),
        (Severity::Note, Lang::Zh) => Level::NOTE.with_name("提示"),
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Warning, Lang::En) => Level::WARNING,
        (Severity::Note, Lang::En) => Level::NOTE,
    };
    let help_level = match lang {
        Lang::Zh => Level::HELP.with_name("怎么办"),
        Lang::En => Level::HELP,
    };
    let title = level
        .primary_title(diagnostic.message.get(lang))
        .id(diagnostic.code.as_ref());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        // Only the lines that the span touches are handed over: a file of any size costs the same.
        let text = &place.file.text;
        let span = place.span.range();
        let first = text[..span.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let last = text[span.end..]
            .find('\n')
            .map_or(text.len(), |offset| span.end + offset);
        let annotation = AnnotationKind::Primary.span(span.start - first..span.end - first);
        let annotation = match &diagnostic.label {
            Some(label) => annotation.label(label.get(lang)),
            None => annotation,
        };
        group = group.element(
            Snippet::source(&text[first..last])
                .line_start(place.file.position(span.start).line)
                .path(place.file.path.as_str())
                .annotation(annotation),
        );
    } else if let Some(path) = &diagnostic.path {
        group = group.element(annotate_snippets::Origin::path(path.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(help_level.clone().message(help.get(lang)));
    }
    if let Some(reason) = &diagnostic.reason {
        let reason_level = match lang {
            Lang::Zh => Level::NOTE.with_name("依据"),
            Lang::En => Level::NOTE.with_name("why"),
        };
        group = group.element(reason_level.message(reason.get(lang)));
    }
    if diagnostic.fix.is_some() {
        group = group.element(help_level.message(match lang {
            Lang::Zh => "gangwei check --fix 可以改好这一处",
            Lang::En => "`gangwei check --fix` mends it",
        }));
    }
    let renderer = match terminal.colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let renderer = renderer
        .decor_style(DecorStyle::Unicode)
        .term_width(terminal.width);
    out.push_str(&renderer.render(&[group]));
    out.push('\n');
    write_places(out, again, lang);
    out.push('\n');
}

fn write_places(out: &mut String, again: &[&Diagnostic], lang: Lang) {
    if again.is_empty() {
        return;
    }
    let places: Vec<String> = again
        .iter()
        .take(PLACES_SHOWN)
        .map(|other| place_name(other))
        .collect();
    let more = again.len().saturating_sub(PLACES_SHOWN);
    let _ = match (lang, more) {
        (Lang::Zh, 0) => writeln!(out, "  同样的问题还在：{}", places.join("、")),
        (Lang::Zh, _) => writeln!(
            out,
            "  同样的问题还在：{} 等，另有 {more} 处",
            places.join("、")
        ),
        (Lang::En, 0) => writeln!(out, "  The same again at {}", places.join(", ")),
        (Lang::En, _) => writeln!(
            out,
            "  The same again at {} and {more} more",
            places.join(", ")
        ),
    };
}

fn place_name(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some(place) => {
            let position = place.file.position(place.span.start as usize);
            format!("{}:{}:{}", place.file.path, position.line, position.column)
        }
        None => diagnostic.file().to_owned(),
    }
}
