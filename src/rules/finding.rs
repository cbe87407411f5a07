//! What a rule found, before it is weighed.

use crate::diagnostic::{Fix, Text};
use crate::source::Span;

/// One finding of one rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The bytes of the source meant.
    pub span: Span,
    /// What is wrong, with the place's own words, never a whole secret.
    pub message: Text,
    /// The one right repair, where there is one.
    pub fix: Option<Fix>,
    /// Whether it is worth a note only, whatever the rule weighs.
    pub is_doubtful: bool,
}

impl Finding {
    /// A finding at bytes of the source.
    pub fn new(span: Span, message: Text) -> Finding {
        Finding {
            span,
            message,
            fix: None,
            is_doubtful: false,
        }
    }

    /// The same, worth a note only.
    pub fn doubtful(self) -> Finding {
        Finding {
            is_doubtful: true,
            ..self
        }
    }
}
