//! Outputs that are not pages, one file each: feeds, calendars, sitemap, robots, jobs.json, jobs.xml, JSON-LD, llms.txt,
//! build.json, changes.json, headers for web servers.
//! JSON is always written by a serialiser, never by a template.

mod boards;
mod build_info;
mod calendar;
mod changes;
mod feed;
mod headers;
mod jobs;
mod jobs_xml;
mod json_ld;
mod llms;
mod sitemap;

pub use boards::{Board, board_postings};
pub use build_info::{Choices, build_info};
pub use calendar::{calendar_path, document_calendar, has_calendar, list_calendar};
pub use changes::{PreviousJobs, changes_json};
pub use feed::{feed_view, json_feed};
pub use headers::{HEADERS, POLICY, Server, server_headers, servers};
pub use json_ld::{breadcrumb_json_ld, json_ld, organization_json_ld};
pub use llms::llms;
pub use sitemap::{robots, sitemap, sitemap_part, sitemap_part_path, sitemap_parts};

use crate::document::Document;
use crate::view::Views;
use std::borrow::Cow;

/// The moment a document changed last, at the beginning of its day, with the site's offset; absent where it has no date.
fn changed_at(views: &Views, document: &Document) -> Option<String> {
    let day = document
        .shared
        .updated
        .as_ref()
        .or(document.shared.published.as_ref())?
        .value;
    Some(start_of_day(views, day))
}

fn start_of_day(views: &Views, day: crate::fields::Day) -> String {
    let zone = &views.site.config.time_zone;
    day.start(zone)
        .to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The absolute URL of a link, or the link where the site has no host.
fn absolute(views: &Views, link: &str) -> String {
    views.site.config.base_url.absolute(link)
}

/// The same markup with the portal's host in its addresses, for readers that do not know where it came from.
/// The markup is the writer's own: `<` stands only where a tag begins.
fn absolute_links<'a>(views: &Views, html: &'a str) -> Cow<'a, str> {
    // Most texts have no link of this kind, and finding that out is cheap.
    if !html.contains("=\"/") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    for (number, part) in html.split('<').enumerate() {
        if number > 0 {
            out.push('<');
        }
        let (tag, text) = part.split_at(part.find('>').unwrap_or(0));
        let address = [" href=\"/", " src=\"/"]
            .iter()
            .find_map(|name| tag.find(name).map(|at| at + name.len() - 1))
            .filter(|&at| !tag[at..].starts_with("//"));
        match address {
            Some(at) => {
                let end = tag[at..].find('"').map_or(tag.len(), |length| at + length);
                out.push_str(&tag[..at]);
                out.push_str(&absolute(views, &tag[at..end]));
                out.push_str(&tag[end..]);
            }
            None => out.push_str(tag),
        }
        out.push_str(text);
    }
    Cow::Owned(out)
}

/// JSON as bytes, with a line end.
fn json_bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A text as the content of an element in XML or HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
