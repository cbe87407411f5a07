//! How a body is read: which blanks it has, and whether the Chinese profile is on.

use super::Blanks;
use pulldown_cmark::Options;

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Which blanks the text has.
    pub blanks: Blanks,
    /// Whether emphasis beside Chinese punctuation works, and line breaks between Han text vanish.
    pub chinese: bool,
    /// Whether bare web and mail addresses become links.
    pub autolinks: bool,
    /// Whether the marks of `-{…}-`, which keep a word as it is in every edition, are taken out.
    pub protection: bool,
    /// Whether the extensions beyond CommonMark are on: tables, footnotes and the like.
    pub extensions: bool,
}

impl Profile {
    /// The profile of a document's body.
    pub const fn new(blanks: Blanks, chinese: bool) -> Profile {
        Profile {
            blanks,
            chinese,
            autolinks: true,
            protection: true,
            extensions: true,
        }
    }

    /// The Chinese profile over bare CommonMark, without links and extensions of its own.
    pub const fn standard() -> Profile {
        Profile {
            blanks: Blanks::None,
            chinese: true,
            autolinks: false,
            protection: false,
            extensions: false,
        }
    }

    /// The extensions in use, each by name: wikilinks, mathematics and smart quotes would change Chinese text.
    pub(super) fn options(self) -> Options {
        if self.extensions {
            Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST
        } else {
            Options::empty()
        }
    }
}
