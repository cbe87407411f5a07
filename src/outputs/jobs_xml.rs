//! `jobs.xml`: open postings in the XML form that job search engines read (source, publisher, job with CDATA fields).
//! Enters: the site. Leaves: one job for each place of a posting, each with a reference of its own, in well-formed XML
//! whatever a posting holds; its dates are the content's, never the clock's.

use crate::fields::{Day, DisplayValue, EntryRef, Headcount, Record, VocabularyName};
use crate::kinds::{Document, Employment, Job};
use crate::site::board_postings;
use crate::views::absolute::{absolute, start_of_day};
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
        element(&mut out, "lastBuildDate", &start_of_day(views, newest));
    }
    out
}

/// One posting; nothing where it is not open.
pub(super) fn jobs_xml_entry(views: &Views, index: usize, job: &Job, body: &str) -> Vec<u8> {
    let mut out = String::new();
    if is_open(views, index) {
        let description = absolute::absolute_links(views, body);
        let places: Vec<Option<&EntryRef>> = match &job.locations[..] {
            [] => vec![None],
            places => places.iter().map(|place| Some(&place.0)).collect(),
        };
        out.reserve((description.len() + 1024) * places.len());
        for place in places {
            out.push_str("<job>\n");
            write_job(&mut out, views, index, job, place, &description);
            out.push_str("</job>\n");
        }
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
    "employment",
    "apply",
    "steps",
    "campaign",
    "grade",
    "exams",
    "products",
    "reports",
];

/// Names that job boards have for fields; another field is called by its key.
const NAMES: &[(&str, &str)] = &[("closes", "expirationdate")];

/// The word that job boards have for a nature of the work.
fn job_type(employment: Employment) -> &'static str {
    match employment {
        Employment::FullTime => "fulltime",
        Employment::PartTime => "parttime",
        Employment::Contract => "contract",
        Employment::Temporary => "temporary",
        Employment::Intern => "internship",
    }
}

/// What a job is called, for as long as the posting has the place; neither id holds a slash.
fn reference(id: &str, place: Option<&EntryRef>) -> String {
    place.map_or_else(|| id.to_owned(), |place| format!("{id}/{}", place.id))
}

/// One posting at one of its places.
fn write_job(
    out: &mut String,
    views: &Views,
    index: usize,
    job: &Job,
    place: Option<&EntryRef>,
    description: &str,
) {
    let config = &views.site.config;
    let document = &views.site.documents[index].document;
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            element(out, name, value);
        }
    };
    field("title", &document.shared.title);
    if let Some(published) = &document.shared.published {
        field("date", &start_of_day(views, published.value));
    }
    let id = &document.id.id;
    field("referencenumber", &reference(id, place));
    field("requisitionid", id);
    field("url", &absolute(views, &views.document_url(document)));
    let unit = job.unit.as_ref().map(|unit| unit.0.name.as_str());
    field("company", unit.unwrap_or(&config.organization.name));
    let known = views.site.vocabularies.get(VocabularyName::Locations);
    if let Some(place) = place {
        field("city", &place.name);
        if let Some(entry) = known.entry(&place.id) {
            field("state", entry.province.as_deref().unwrap_or(""));
            field("country", entry.country.as_deref().unwrap_or(""));
            field("postalcode", entry.postcode.as_deref().unwrap_or(""));
            field("streetaddress", entry.address.as_deref().unwrap_or(""));
        }
    }
    let types: Vec<&str> = job.employments().into_iter().map(job_type).collect();
    field("jobtype", &types.join(", "));
    field("description", description);
    for (declared, value) in job.display_fields() {
        let key = declared.key;
        if ELSEWHERE.contains(&key) {
            continue;
        }
        let name = NAMES.iter().find(|(own, _)| *own == key);
        let name = name.map_or_else(|| key.replace('_', ""), |(_, name)| (*name).to_owned());
        let value = match value {
            DisplayValue::Moment(moment) => views.moment(moment).iso,
            DisplayValue::Headcount(Headcount::ByPlace(numbers)) if place.is_some() => {
                let own = |word: &str| {
                    let entry = known.entry(word).map_or(word, |entry| entry.id.as_str());
                    place.is_some_and(|place| place.id == entry || place.name == word)
                };
                let own = numbers.iter().find(|(word, _)| own(word));
                own.map(|(_, number)| number.to_string())
                    .unwrap_or_default()
            }
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
