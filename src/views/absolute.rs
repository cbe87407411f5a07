//! Absolute values, in a page and in every file for other programs: addresses with the portal's host, moments with the
//! site's offset, and JSON as bytes.

use super::Views;
use crate::fields::Day;
use crate::kinds::Document;
use anyhow::Result;
use std::borrow::Cow;

/// The moment of the last change of a document, at the beginning of its day, with the site's offset; absent where it
/// has no date.
pub fn changed_at(views: &Views, document: &Document) -> Option<String> {
    let day = document
        .shared
        .updated
        .as_ref()
        .or(document.shared.published.as_ref())?
        .value;
    Some(start_of_day(views, day))
}

/// The beginning of a day in the site's zone, with its offset.
pub fn start_of_day(views: &Views, day: Day) -> String {
    let zone = &views.site.config.time_zone;
    day.start(zone)
        .to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The absolute URL of a link, or the link where the site has no host.
pub fn absolute(views: &Views, link: &str) -> String {
    views.site.config.base_url.absolute(link)
}

/// The same markup with the portal's host in its addresses, for readers that do not know where it came from.
/// The program wrote the markup itself, so that every `<` begins a tag.
pub fn absolute_links<'a>(views: &Views, html: &'a str) -> Cow<'a, str> {
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
pub fn json_bytes<T: serde::Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
