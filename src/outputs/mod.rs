//! Outputs that are not pages, one file each: feeds, calendars, sitemap, robots, jobs.json, jobs.xml, llms.txt, build.json,
//! changes.json, headers for web servers. Each declares itself, and `FILES` lists them. JSON is always written by a
//! serialiser, never by a template.
//!
//! ```text
//! FileOutput { name, scope: Scope, content_type, subjects, make }   a declaration; FILES lists them all
//! Site + Extras ──addresses──> Vec<Address>
//!                                ├─ Address of a page          ──> pages/ renders it
//!                                └─ Address of a FileOutput    ──> make(Making, subject) ──> bytes
//! Site ──search_document──> SearchDocument ──> search/
//! ```

mod addresses;
mod boards;
mod build_info;
mod calendar;
mod changes;
mod content_lines;
mod feed;
mod file_output;
mod headers;
mod jobs;
mod jobs_xml;
mod llms;
mod media_types;
mod open_files;
mod previous_jobs;
pub mod search_index;
mod sitemap;

pub use addresses::{Address, addresses, declared};
pub use build_info::Choices;
pub use file_output::{Extras, FileOutput, Making, Scope};
pub use headers::{HEADERS, POLICY};
pub use media_types::media_type;
pub use open_files::{ORIGIN, is_open};
pub use previous_jobs::PreviousJobs;

/// Every declared output. The files for job boards are made posting by posting, in `boards`.
pub static FILES: &[FileOutput] = &[
    calendar::DOCUMENT_CALENDAR,
    calendar::LIST_CALENDAR,
    feed::LIST_ATOM_FEED,
    feed::LIST_JSON_FEED,
    feed::ATOM_FEED,
    feed::JSON_FEED,
    sitemap::SITEMAP,
    sitemap::SITEMAP_PART,
    llms::LLMS,
    sitemap::ROBOTS,
    build_info::BUILD_INFO,
    changes::CHANGES,
    headers::STATIC_HOST_HEADERS,
    headers::APACHE_HEADERS,
    headers::NGINX_HEADERS,
    headers::CADDY_HEADERS,
];
