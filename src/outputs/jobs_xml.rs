//! `jobs.xml`: open postings in the XML form that job search engines read (source, publisher, job with CDATA fields).
//! Enters: the site. Leaves: well-formed XML whatever a posting holds; its dates are the content's, never the clock's.

use crate::fields::{Day, DisplayValue, Record, VocabularyName};
use crate::kinds::{Document, Job};
use crate::site::board_postings;
use crate::views::absolute::absolute;
use crate::views::{Views, absolute};

/// The beginning of the file, before the postings.
pub(super) fn jobs_xml_before(views: &Views) -> String {
    let site = views.site;
    let mut out = String::new();
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<source>\n");
    element(&mut out, "publisher", &site.config.organization.name);
    element(
        &mut out,
        "publisherurl",
        &absolute(views, &views.link("index.html")),
    );
    let open = board_postings(site).filter(|(index, _)| is_open(views, *index));
    let newest = open
        .filter_map(|(index, _)| changed(&site.documents[index].document))
        .max();
    if let Some(newest) = newest {
        element(&mut out, "lastBuildDate", &mail_date(views, newest));
    }
    out
}

/// One posting; nothing where it is not open.
pub(super) fn jobs_xml_entry(views: &Views, index: usize, job: &Job, body: &str) -> Vec<u8> {
    let mut out = String::new();
    if is_open(views, index) {
        out.reserve(body.len() + 1024);
        out.push_str("<job>\n");
        write_job(&mut out, views, index, job, body);
        out.push_str("</job>\n");
    }
    out.into_bytes()
}

fn is_open(views: &Views, index: usize) -> bool {
    views.site.documents[index].state.is_open()
}

/// Fields that an entry holds in a place of their own, or that no job board asks for.
const ELSEWHERE: &[&str] = &[
    "unit",
    "locations",
    "apply",
    "steps",
    "campaign",
    "grade",
    "exams",
    "products",
    "reports",
];

/// Names that job boards have for fields; any other field has its key as its name.
const NAMES: &[(&str, &str)] = &[("employment", "jobtype"), ("closes", "expirationdate")];

fn write_job(out: &mut String, views: &Views, index: usize, job: &Job, body: &str) {
    let config = &views.site.config;
    let document = &views.site.documents[index].document;
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            element(out, name, value);
        }
    };
    field("title", &document.shared.title);
    if let Some(published) = &document.shared.published {
        field("date", &mail_date(views, published.value));
    }
    field("referencenumber", &document.id.id);
    field("url", &absolute(views, &views.document_url(document)));
    let unit = job.unit.as_ref().map(|unit| unit.0.name.as_str());
    field("company", unit.unwrap_or(&config.organization.name));
    let places: Vec<&str> = job
        .locations
        .iter()
        .map(|place| place.0.name.as_str())
        .collect();
    field("city", &places.join(views.comma()));
    let known = views.site.vocabularies.get(VocabularyName::Locations);
    if let Some(place) = job
        .locations
        .first()
        .and_then(|place| known.entry(&place.0.id))
    {
        field("country", place.country.as_deref().unwrap_or(""));
        field("postalcode", place.postcode.as_deref().unwrap_or(""));
        field("streetaddress", place.address.as_deref().unwrap_or(""));
    }
    field("description", &absolute::absolute_links(views, body));
    for (declared, value) in job.display_fields() {
        let key = declared.key;
        if ELSEWHERE.contains(&key) {
            continue;
        }
        let name = NAMES.iter().find(|(own, _)| *own == key);
        let name = name.map_or_else(|| key.replace('_', ""), |(_, name)| (*name).to_owned());
        let value = match value {
            DisplayValue::Moment(moment) => views.moment(moment).iso,
            value => views.words(declared, &value),
        };
        field(&name, &value);
    }
}

fn changed(document: &Document) -> Option<Day> {
    let shared = &document.shared;
    shared
        .updated
        .as_ref()
        .or(shared.published.as_ref())
        .map(|day| day.value)
}

/// The beginning of a day as mail writes times (RFC 5322): `Sat, 21 Nov 2026 00:00:00 +0800`.
fn mail_date(views: &Views, day: Day) -> String {
    let zone = &views.site.config.time_zone;
    let zoned = day.start(zone).to_zoned(zone.clone());
    zoned.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// An element of one CDATA section; its end inside the text is written across two of them.
fn element(out: &mut String, name: &str, value: &str) {
    for part in ["<", name, "><![CDATA["] {
        out.push_str(part);
    }
    let mut rest = value;
    while let Some(at) = rest.find("]]>") {
        push_allowed(out, &rest[..at + 2]);
        out.push_str("]]><![CDATA[");
        rest = &rest[at + 2..];
    }
    push_allowed(out, rest);
    for part in ["]]></", name, ">\n"] {
        out.push_str(part);
    }
}

/// Copies what XML 1.0 allows (its production `Char`).
fn push_allowed(out: &mut String, text: &str) {
    let forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    for part in text.split(forbidden) {
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_cdata_section() {
        let mut out = String::new();
        element(&mut out, "title", "a]]><b>]]>\u{1}c");
        let parsed = roxmltree::Document::parse(&out).expect("well-formed");
        let text: String = parsed
            .root_element()
            .children()
            .filter_map(|node| node.text())
            .collect();
        assert_eq!(text, "a]]><b>]]>c");
    }
}
