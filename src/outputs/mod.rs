//! Outputs that are not pages, one file each: feeds, calendars, sitemap, robots, jobs.json, jobs.xml, llms.txt,
//! build.json, changes.json, headers for web servers.
//! JSON is always written by a serialiser, never by a template.

mod boards;
mod build_info;
mod calendar;
mod changes;
mod content_lines;
mod feed;
mod headers;
mod jobs;
mod jobs_xml;
mod llms;
pub mod search_index;
mod sitemap;

pub use build_info::{Choices, build_info};
pub use calendar::{document_calendar, list_calendar};
pub use changes::{PreviousJobs, changes_json};
pub use feed::{feed_view, json_feed};
pub use headers::{HEADERS, POLICY, server_headers};
pub use llms::llms;
pub use sitemap::{robots, sitemap, sitemap_part};
