//! What a rule found, before it is weighed.

use crate::diagnostic::{Fix, Severity, Text};
use crate::text::Span;

/// One finding of one rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The bytes of the source meant.
    pub span: Span,
    /// What is wrong, with the place's own words, never a whole secret.
    pub message: Text,
    /// The one right repair, where there is one.
    pub fix: Option<Fix>,
    /// The highest severity that it can have, whatever the rule says.
    pub at_most: Severity,
    /// What the document does not state yet, where that is all that is wrong: an unfinished draft says so once.
    pub lacks: Option<Text>,
}

impl Finding {
    /// A finding at bytes of the source.
    pub fn new(span: Span, message: Text) -> Finding {
        Finding {
            span,
            message,
            fix: None,
            at_most: Severity::Error,
            lacks: None,
        }
    }

    /// A finding that says no more than its rule's title.
    pub fn titled(span: Span) -> Finding {
        Finding::new(span, Text::default())
    }

    /// The same, where only something is not stated yet.
    #[must_use]
    pub fn lacking(self, zh: &str, en: &str) -> Finding {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        Finding {
            lacks: Some(Text { zh, en }),
            ..self
        }
    }

    /// The same, a warning at most.
    #[must_use]
    pub fn lesser(self) -> Finding {
        Finding {
            at_most: Severity::Warning,
            ..self
        }
    }

    /// The same, worth a note only.
    #[must_use]
    pub fn doubtful(self) -> Finding {
        Finding {
            at_most: Severity::Note,
            ..self
        }
    }
}
