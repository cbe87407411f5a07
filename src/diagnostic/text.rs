//! Diagnostics for a person at a terminal: the source line, a caret under the right cell, the repair.

use super::positions::positions;
use super::secrets::masked_texts;
use super::visible::{visible, visible_lines};
use super::{Diagnostic, Lang, Severity, Text};
use crate::text::Position;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// The settings of the output.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// The language of the wording.
    pub lang: Lang,
    /// Whether colours may be used.
    pub colour: bool,
    /// The width of a line, in cells.
    pub width: usize,
}

/// The largest number of further places that are listed for a repeated fault.
const MOST_PLACES: usize = 10;

/// The number of bytes before and after a fault in which the program searches for the ends of its line.
const NEAR: usize = 4096;

/// The number of bytes that the output shows before a fault in a longer line.
const CONTEXT_BEFORE: usize = 90;

/// The mark for the part of a line that is left out before a fault.
const CUT: &str = "…";

/// Renders diagnostics for a terminal. The same fault in many places is in the output once, with its places.
pub fn render_text(diagnostics: &[Diagnostic], terminal: Terminal) -> String {
    let mut out = String::new();
    let mut places: BTreeMap<_, Vec<LocatedDiagnostic>> = BTreeMap::new();
    for (diagnostic, found) in diagnostics.iter().zip(positions(diagnostics)) {
        let start = found.map(|(start, _)| start);
        places
            .entry(fault_key(diagnostic))
            .or_default()
            .push((diagnostic, start));
    }
    let masked = masked_texts(diagnostics);
    for diagnostic in diagnostics {
        if let Some(same) = places.remove(&fault_key(diagnostic))
            && let Some((first, again)) = same.split_first()
        {
            let text = masked.get(first.0.file()).map(String::as_str);
            render_one(&mut out, *first, again, text, terminal);
        }
    }
    out
}

/// A fault and where it begins.
type LocatedDiagnostic<'a> = (&'a Diagnostic, Option<Position>);

fn fault_key(diagnostic: &Diagnostic) -> (&str, &Text, Severity) {
    (&diagnostic.code, &diagnostic.message, diagnostic.severity)
}

fn render_one(
    out: &mut String,
    (diagnostic, start): LocatedDiagnostic,
    again: &[LocatedDiagnostic],
    masked: Option<&str>,
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
        .primary_title(visible(diagnostic.message.get(lang)))
        .id(visible(&diagnostic.code));
    let mut group = Group::with_title(title);
    if let (Some(place), Some(start)) = (&diagnostic.place, start) {
        // The renderer receives only the text near the fault, so that the size of the file or line does not matter.
        let (near, span) = surroundings(masked.unwrap_or(&place.file.text), place.span.range());
        let (shown, span) = visible_lines(&near, span);
        let annotation = AnnotationKind::Primary.span(span);
        let annotation = match &diagnostic.label {
            Some(label) => annotation.label(visible(label.get(lang))),
            None => annotation,
        };
        // The renderer counts columns in the shown text, so they are right only if that text is unchanged.
        let is_unchanged = !shown.starts_with(CUT) && shown == *near;
        let snippet = Snippet::source(shown)
            .line_start(start.line)
            .annotation(annotation);
        let path = visible(&place.file.path);
        group = if is_unchanged {
            group.element(snippet.path(path))
        } else {
            let origin = Origin::path(path).line(start.line);
            group
                .element(origin.char_column(start.column))
                .element(snippet)
        };
    } else if let Some(path) = &diagnostic.path {
        group = group.element(Origin::path(visible(path)));
    }
    if let Some(reason) = &diagnostic.reason {
        let reason_level = match lang {
            Lang::Zh => Level::NOTE.with_name("依据"),
            Lang::En => Level::NOTE.with_name("why"),
        };
        group = group.element(reason_level.message(visible(reason.get(lang))));
    }
    // The repair comes last, because a reader looks at the end first.
    if let Some(help) = &diagnostic.help {
        group = group.element(help_level.clone().message(visible(help.get(lang))));
    }
    if diagnostic.fix.is_some() || diagnostic.fix_elsewhere.is_some() {
        let fix_level = match (&diagnostic.help, lang) {
            (None, _) => help_level,
            (Some(_), Lang::Zh) => Level::HELP.with_name("也可以"),
            (Some(_), Lang::En) => Level::HELP.with_name("or"),
        };
        let repair = match &diagnostic.fix_elsewhere {
            Some((file, _)) => crate::say!(
                "运行 gangwei check --fix，自动加到 {0}",
                "run `gangwei check --fix`, which adds it to {0}",
                visible(&file.path)
            ),
            None => crate::say!(
                "运行 gangwei check --fix，自动改好这一处",
                "run `gangwei check --fix`, which repairs it"
            ),
        };
        group = group.element(fix_level.message(repair.get(lang).to_owned()));
    }
    let renderer = if terminal.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer
        .decor_style(DecorStyle::Unicode)
        .term_width(terminal.width);
    out.push_str(&renderer.render(&[group]));
    out.push('\n');
    write_places(out, again, lang);
    out.push('\n');
}

/// The lines that a fault covers, and the bytes of the fault in them. Of a very long line, it returns only the part
/// near the fault.
fn surroundings(text: &str, span: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let limit = text.floor_char_boundary(span.start.saturating_sub(NEAR));
    let newline = text[limit..span.start].rfind('\n');
    let line = newline.map(|newline| limit + newline + 1);
    let from = text.floor_char_boundary(span.start.saturating_sub(CONTEXT_BEFORE));
    let limit = text.ceil_char_boundary((span.end + NEAR).min(text.len()));
    let to = text[span.end..limit]
        .find('\n')
        .map_or(limit, |newline| span.end + newline);
    if let Some(first) = line.or((span.start <= NEAR).then_some(0)) {
        (
            Cow::Borrowed(&text[first..to]),
            span.start - first..span.end - first,
        )
    } else {
        let shift = |byte: usize| byte - from + CUT.len();
        let shown = format!("{CUT}{}", &text[from..to]);
        (Cow::Owned(shown), shift(span.start)..shift(span.end))
    }
}

fn write_places(out: &mut String, again: &[LocatedDiagnostic], lang: Lang) {
    if again.is_empty() {
        return;
    }
    let places: Vec<String> = again
        .iter()
        .take(MOST_PLACES)
        .map(|(other, start)| place_name(other, *start))
        .collect();
    let more = again.len().saturating_sub(MOST_PLACES);
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

fn place_name(diagnostic: &Diagnostic, start: Option<Position>) -> String {
    let file = visible(diagnostic.file());
    match start {
        Some(start) => format!("{file}:{}:{}", start.line, start.column),
        None => file.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;

    fn printed(diagnostic: Diagnostic, lang: Lang) -> String {
        let terminal = Terminal {
            lang,
            colour: false,
            width: 100,
        };
        render_text(&[diagnostic], terminal)
    }

    #[test]
    fn the_caret_is_under_wide_characters_and_the_repair_comes_last() {
        let file = file("content/jobs/a.md", "一\n本岗位限男性\n");
        let found = finding(&file, 0, "限男");
        let span = found.place.as_ref().map(|place| place.span);
        let zh = printed(found.clone().fix(span.unwrap_or_default(), ""), Lang::Zh);
        assert_eq!(
            zh,
            "错误[gender-limit]: “限男”：性别限制
  ╭▸ content/jobs/a.md:2:4
  │
2 │ 本岗位限男性
  │       ━━━━
  │
  ├ 依据: 法律禁止（cn）
  ├ 怎么办: 删去性别
  ╰ 也可以: 运行 gangwei check --fix，自动改好这一处

"
        );
        let en = printed(found, Lang::En);
        assert!(en.contains("├ why: the law forbids it (cn)\n  ╰ help: delete the sex\n"));
    }

    #[test]
    fn names_and_words_write_no_commands_and_no_sequences_for_the_terminal() {
        let path = "content/e\u{1b}]0;pwn\u{7}\n::error::PWN\n.md";
        let text = "一\nid: \u{9b}31m \u{202e}\u{2028}限男 ##[error]x\n";
        let words = "q\n::error::PWN2\u{9b}";
        let message = || crate::say!("{words}", "{words}");
        let file = file(path, text);
        let mut found = finding(&file, 0, "限男").label(message()).help(message());
        (found.message, found.reason) = (message(), Some(message()));
        let again = found.clone();
        let nowhere = Diagnostic::error("x", message()).in_path(path);
        let mut all = vec![found, again, nowhere];
        all[1].place = all[0].place.clone().map(|place| crate::text::SourceSpan {
            span: crate::text::Span::new(0, 3),
            ..place
        });
        // Escape sequences for colours are the program's own.
        let own = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("pattern");
        for colour in [false, true] {
            let terminal = Terminal {
                lang: Lang::Zh,
                colour,
                width: 200,
            };
            let mut printed = render_text(&all, terminal);
            if colour {
                printed = own.replace_all(&printed, "").into_owned();
            }
            for line in printed.lines() {
                assert!(!line.trim_start().starts_with("::"), "{printed}");
                assert!(
                    !line.contains(super::super::visible::needs_escape),
                    "{printed:?}"
                );
                assert!(!line.contains("##["), "{printed}");
            }
            assert!(printed.contains(":2:12\n"), "{printed}");
            assert!(printed.contains("\\n::error::PWN\\n.md"), "{printed}");
        }
    }

    #[test]
    fn a_very_long_line_is_shown_near_the_fault_with_its_real_column() {
        use unicode_width::UnicodeWidthStr;
        let long = format!("一\n{}限男{}\n", "字".repeat(2000), "字".repeat(2000));
        let file = file("a.md", &long);
        let printed = printed(finding(&file, 0, "限男"), Lang::Zh);
        assert!(printed.contains("a.md:2:2001\n"), "{printed}");
        assert!(printed.contains("2 │ …字字"), "{printed}");
        assert!(printed.contains("字限男字"), "{printed}");
        let lines: Vec<&str> = printed.lines().collect();
        let shown = lines.iter().position(|line| line.contains("限男字"));
        let shown = shown.expect("the line");
        let caret = lines[shown + 1].find('━').map(|at| &lines[shown + 1][..at]);
        let words = lines[shown].find("限男").map(|at| &lines[shown][..at]);
        assert_eq!(caret.map(str::width), words.map(str::width), "{printed}");
        assert!(printed.len() < 2000, "{} bytes", printed.len());
    }

    #[test]
    fn a_fault_at_either_end_of_a_text_is_shown_whole() {
        for text in ["限男", "\n限男", "限男\n", "一\n限男\n二"] {
            let file = file("a.md", text);
            let printed = printed(finding(&file, 0, "限男"), Lang::Zh);
            assert!(printed.contains("│ 限男\n"), "{printed}");
        }
    }
}
