//! Markdown. Enters: a body's text. Leaves: an outline for the other stages, and HTML for pages.
//! This is the only module that knows the markdown library. The text itself is never changed.

mod anchor;
mod blanks;
mod html;
mod outline;
mod sanitise;

pub use blanks::{Blank, Blanks, find_blanks};
pub use html::{Links, Target, render, render_inline};
pub use outline::{Heading, Link, Outline, outline, report_outline};

use pulldown_cmark::Options;

/// The extensions in use, each by name: wikilinks, mathematics and smart quotes would change Chinese text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
