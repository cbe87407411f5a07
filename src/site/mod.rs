//! Facts that follow from all documents together: links, states, lists, addresses, editions.
//!
//! ```text
//! Vec<Document> + Inputs (Config, Vocabularies, files, now)
//!   ── Inheritance::fill ──> Document with the fields of its campaign
//!   ── link ──> Site { documents: Vec<ResolvedDocument>, lists: Vec<List>, redirects, attachments, .. }
//!        ResolvedDocument = Document + State + references both ways
//!        State            = what Transitions (open, soon, end) say at `now`
//!        List             = ListKey + the documents in it
//!   ── find_target ──> LinkTarget    what a link of a body leads to
//!   ── site_in_edition (Converters, Override) ──> a Site for each further edition
//! ```

mod aliases;
mod attachment;
mod boards;
mod bodies;
mod broken;
mod calendars;
mod edition;
mod indexed;
mod inheritance;
mod known;
mod lifecycle;
mod link;
mod list;
mod lists;
mod model;
mod paths;
mod references;
mod revision;
mod servers;
mod targets;

pub use attachment::attachment_endings;
pub use boards::{Board, board_postings};
pub use bodies::link_bodies;
pub use calendars::{calendar_path, has_calendar};
pub use edition::{
    Converters, Override, convert_config, convert_document, lay_over, override_path,
    report_ambiguities, site_in_edition, unused_override,
};
pub use indexed::{
    IndexedPage, MAX_SITEMAP_PAGES, indexed_pages, sitemap_part_path, sitemap_parts,
};
pub use inheritance::{Inheritance, is_visible};
pub use lifecycle::{State, Transitions, replacements, state_at, superseded, transitions};
pub use link::{Inputs, link};
pub use list::{List, ListKey, ROWS_PER_PAGE};
pub use lists::sort_documents;
pub use model::{ResolvedDocument, Site};
pub use paths::{
    attachment_path, document_folder, in_edition, is_document_page, is_search_data, static_path,
};
pub use revision::Revision;
pub use servers::{Server, servers};
pub use targets::{LinkTarget, find_picture, find_target, linked_path};
