//! Faults as data. Enters: the faults that a stage found in the content. Leaves: a sorted list that a renderer prints.
//! A fault of the program itself (an unreadable disk, a bad flag) is an `anyhow::Error`, never a `Diagnostic`.
//!
//! ```text
//! say!(zh, en) ──> Text
//! Text + code + Severity + SourceSpan ──> Diagnostic { label, help, reason, fix: Fix }
//! Diagnostic ──push──> Sink ──into_sorted──> Vec<Diagnostic>
//!                                              ├─ render_text    for people
//!                                              ├─ render_json    for programs
//!                                              ├─ render_github, render_gitlab
//!                                              └─ render_sarif, with the FaultPage of each code
//! Vec<Diagnostic> ──> ContentFaults    the same as an error, where `Result` carries it
//! ```

mod content_faults;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod page;
mod positions;
mod program_fault;
mod sarif;
mod secrets;
mod system;
mod text;
mod visible;

pub use content_faults::ContentFaults;
pub use github::render_github;
pub use gitlab::render_gitlab;
pub use json::render_json;
pub use page::FaultPage;
pub use program_fault::ProgramFault;
pub use sarif::render_sarif;
pub use system::{chain_words, system_words};
pub use text::{Terminal, render_text};
pub use visible::{visible, visible_text};

use crate::text::{SourceFile, SourceSpan, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The language of messages and interface texts on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// One text in both languages of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// The Chinese wording.
    pub zh: String,
    /// The English wording.
    pub en: String,
}

impl Text {
    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Formats one text in Chinese and English at once, so that neither can be forgotten.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $($args:tt)*)?) => {
        $crate::diagnostic::Text { zh: format!($zh $(, $($args)*)?), en: format!($en $(, $($args)*)?) }
    };
}

/// How severe a fault is, the least severe first: an error stops the build, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing, never blocking.
    Note,
    /// The site is published; `--strict` makes it an error.
    Warning,
    /// The site is not published.
    Error,
}

impl Severity {
    /// The name in JSON: `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A repair: the text that replaces some bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The bytes replaced.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// One fault: the message, the place, and the repair.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The fault's name, English, stable: `unknown-department`.
    pub code: Cow<'static, str>,
    /// How severe it is.
    pub severity: Severity,
    /// The message, in the author's words.
    pub message: Text,
    /// The text under the caret: usually the nearest right value.
    pub label: Option<Text>,
    /// The next step.
    pub help: Option<Text>,
    /// Why it is a fault: an article of law, or the reason in one line.
    pub reason: Option<Text>,
    /// The one right repair, where there is exactly one.
    pub fix: Option<Fix>,
    /// The repair of another file, where nothing is to be changed at the place itself: a new entry of a vocabulary.
    pub fix_elsewhere: Option<(Arc<SourceFile>, Fix)>,
    /// Whether the bytes meant must not be printed: the number of a person, a password.
    pub is_secret: bool,
    /// The place, where the fault has one inside a text.
    pub place: Option<SourceSpan>,
    /// The file or folder meant where there is no text to point into.
    pub path: Option<String>,
}

impl Diagnostic {
    /// An error with a code and a message; the builder methods add the rest.
    pub fn error(code: impl Into<Cow<'static, str>>, message: Text) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message,
            label: None,
            help: None,
            reason: None,
            fix: None,
            fix_elsewhere: None,
            is_secret: false,
            place: None,
            path: None,
        }
    }

    /// A warning with a code and a message.
    pub fn warning(code: impl Into<Cow<'static, str>>, message: Text) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// A note with a code and a message.
    pub fn note(code: impl Into<Cow<'static, str>>, message: Text) -> Diagnostic {
        Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::error(code, message)
        }
    }

    /// Points at bytes of a file.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: Span) -> Diagnostic {
        self.place = Some(SourceSpan {
            span: file.clamp(span),
            file: file.clone(),
        });
        self
    }

    /// Names a file or folder without a place inside it.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<String>) -> Diagnostic {
        self.path = Some(path.into());
        self
    }

    /// Adds the text under the caret.
    #[must_use]
    pub fn label(mut self, label: Text) -> Diagnostic {
        self.label = Some(label);
        self
    }

    /// Adds the next step.
    #[must_use]
    pub fn help(mut self, help: Text) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// The path of the file meant, empty for a fault of the whole site.
    pub fn file(&self) -> &str {
        match (&self.place, &self.path) {
            (Some(place), _) => &place.file.path,
            (None, Some(path)) => path,
            (None, None) => "",
        }
    }

    /// The texts beside the message: the nearest right value, the next step, the reason.
    pub fn advice(&self, lang: Lang) -> Vec<&str> {
        [&self.label, &self.help, &self.reason]
            .into_iter()
            .flatten()
            .map(|text| text.get(lang))
            .collect()
    }

    /// Adds the one right repair.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a repair of another file.
    #[must_use]
    pub fn fix_in(mut self, file: &Arc<SourceFile>, fix: Fix) -> Diagnostic {
        self.fix_elsewhere = Some((file.clone(), fix));
        self
    }

    /// The key by which faults are sorted: file, place, code, words.
    pub(crate) fn sort_key(&self) -> (&str, Span, &str, &Text) {
        let span = self
            .place
            .as_ref()
            .map(|place| place.span)
            .unwrap_or_default();
        (self.file(), span, &self.code, &self.message)
    }
}

/// Joins texts into one line of sentences, each with a mark at its end.
fn sentences(parts: &[&str], lang: Lang) -> String {
    let mut line = String::new();
    for part in parts.iter().map(|part| part.trim()) {
        if lang == Lang::En && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
        if !part.ends_with(['。', '？', '！', '.', '?', '!']) {
            line.push_str(match lang {
                Lang::Zh => "。",
                Lang::En => ".",
            });
        }
    }
    line
}

/// Collects faults; each worker has its own, merged afterwards.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// How often the nearest right value was looked for, by file.
    advised: BTreeMap<String, usize>,
}

/// How many faults of one file are told the nearest right value. Whoever reads that many needs another kind of help, and
/// looking for it is what costs most.
pub const MOST_ADVICE: usize = 20;

impl Sink {
    /// Takes one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let texts = [
            Some(&diagnostic.message),
            diagnostic.label.as_ref(),
            diagnostic.help.as_ref(),
        ];
        let lengths = texts
            .into_iter()
            .flatten()
            .map(|text| text.zh.len() + text.en.len());
        crate::text::work::count(lengths.sum());
        self.diagnostics.push(diagnostic);
    }

    /// Whether the nearest right value is looked for once more in a file.
    pub fn may_advise(&mut self, path: &str) -> bool {
        let Some(count) = self.advised.get_mut(path) else {
            self.advised.insert(path.to_owned(), 1);
            return true;
        };
        *count += 1;
        *count <= MOST_ADVICE
    }

    /// Takes all faults of another sink.
    pub fn absorb(&mut self, other: Sink) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Whether anything stops the build; `strict` counts warnings too.
    pub fn blocks(&self, strict: bool) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| match diagnostic.severity {
                Severity::Error => true,
                Severity::Warning => strict,
                Severity::Note => false,
            })
    }

    /// The faults as `into_sorted` gives them.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        self.clone().into_sorted()
    }

    /// The faults by file, place and code, without repetitions.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics
            .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.diagnostics
            .dedup_by(|a, b| a.sort_key() == b.sort_key());
        self.diagnostics
    }
}

/// Findings for the tests of the formats.
#[cfg(test)]
mod sample {
    use super::*;

    /// A file with a text.
    pub(crate) fn file(path: &str, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }

    /// A finding at the words' occurrence of that number, from 0.
    pub(crate) fn finding(file: &Arc<SourceFile>, occurrence: usize, words: &str) -> Diagnostic {
        let at = file.text.match_indices(words).nth(occurrence);
        let at = at.map_or(0, |(index, _)| index);
        let message = Text {
            zh: format!("“{words}”：性别限制"),
            en: format!("`{words}`: a limit by sex"),
        };
        let mut finding =
            Diagnostic::error("gender-limit", message).at(file, Span::new(at, at + words.len()));
        finding.help = Some(Text {
            zh: "删去性别".to_owned(),
            en: "delete the sex".to_owned(),
        });
        finding.reason = Some(Text {
            zh: "法律禁止（cn）".to_owned(),
            en: "the law forbids it (cn)".to_owned(),
        });
        finding
    }
}
