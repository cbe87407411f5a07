//! Markdown. Enters: a body's text. Leaves: an outline for the other stages, and HTML for pages.
//! This is the only module that knows the markdown library. The text itself is never changed.
//!
//! ```text
//! text of a body + Profile (which extensions are on)
//!   └─ mask ──> Masked (a copy with noncharacters) ──pulldown-cmark──> Events (noncharacters taken out)
//!                 ├─ outline ──> Outline { headings: Heading…, links: Link…, typos: Typo… }
//!                 ├─ render  ──> HTML; each target goes through Links ──> Target; raw HTML through sanitise
//!                 ├─ blocks  ──> Block of Inline, for Word files
//!                 ├─ section_texts ──> texts, for search
//!                 └─ running_text, replace_running_text ──> Replaced, for editions in another script
//! ```

mod anchor;
mod autolink;
mod blocks;
mod cjk;
mod events;
mod html;
mod lines_apart;
mod links;
mod mask;
mod outline;
mod profile;
mod raw_depth;
mod running_text;
mod sanitise;
mod sections;
mod theme_ids;
mod typos;

pub use crate::blanks::{Blank, Blanks, find_blanks};
pub use blocks::{Block, Inline, Style, blocks};
pub use html::{render, render_inline, standard_html};
pub use lines_apart::TextKind;
pub use links::{Links, Target};
pub use outline::{Heading, Link, Outline, RawLoss, outline, report_outline};
pub use profile::Profile;
pub use running_text::{Replaced, replace_running_text, running_text};
pub use sections::section_texts;
pub use theme_ids::is_theme_id;
pub use typos::Typo;
