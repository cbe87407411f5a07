//! A text as a fault of the program. Enters: a `Text`, and what caused it. Leaves: an `anyhow::Error`, which the command
//! line prints in its own language.

use super::{Lang, Text};
use std::error::Error;
use std::fmt;

/// A fault of the program in both languages. A `Text` itself cannot be formatted: in a message it would put one language
/// into the other.
#[derive(Debug)]
pub struct ProgramFault {
    text: Text,
    cause: Option<anyhow::Error>,
}

impl ProgramFault {
    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        self.text.get(lang)
    }
}

impl fmt::Display for ProgramFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text.en)
    }
}

impl Error for ProgramFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause
            .as_ref()
            .map(|cause| cause.as_ref() as &(dyn Error + 'static))
    }
}

impl From<Text> for anyhow::Error {
    fn from(text: Text) -> anyhow::Error {
        anyhow::Error::new(ProgramFault { text, cause: None })
    }
}

impl Text {
    /// A fault of the program with what caused it. A context of `anyhow` would lose the other language.
    pub fn because(self, cause: impl Into<anyhow::Error>) -> anyhow::Error {
        anyhow::Error::new(ProgramFault {
            text: self,
            cause: Some(cause.into()),
        })
    }
}
