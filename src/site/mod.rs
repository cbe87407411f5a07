//! What follows from all documents together: links, states, lists, addresses, editions.

mod addresses;
mod aliases;
mod attachment;
mod bodies;
mod broken;
mod edition;
mod known;
mod lifecycle;
mod link;
mod lists;
mod paths;
mod references;

pub use addresses::{Address, addresses};
pub use bodies::{
    LinkTarget, begins_with_host, find_target, has_safe_scheme, link_bodies, linked_path,
};
pub use edition::{
    Converters, Override, convert_config, convert_document, lay_over, override_path,
    report_ambiguities, unused_override,
};
pub use lifecycle::{State, Turns, replacements, state_at, superseded, turns};
pub use link::{Inheritance, Inputs, Placed, Site, is_shown, link};
pub use lists::{List, ListKey, ROWS_PER_PAGE, make_lists, rank_documents, sort_documents};
pub use paths::{
    attachment_path, document_folder, in_edition, is_document_page, is_search_data, static_path,
};
