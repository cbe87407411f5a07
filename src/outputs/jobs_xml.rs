//! `jobs.xml`: open postings in the XML form that job search engines read (source, publisher, job with CDATA fields).
//! Enters: the site. Leaves: well-formed XML whatever a posting holds; its dates are the content's, never the clock's.

use super::absolute;
use crate::document::Document;
use crate::fields::Day;
use crate::kinds::Job;
use crate::view::Views;
use crate::vocabulary::VocabularyName;
use std::io::{Result, Write};

/// Writes `jobs.xml`, one posting at a time.
pub fn write_jobs_xml(views: &Views, file: &mut dyn Write) -> Result<()> {
    let site = views.site;
    let members = site
        .list_at("jobs")
        .map_or(&[][..], |index| &site.lists[index].documents);
    let open: Vec<(usize, &Document, &Job)> = members
        .iter()
        .filter(|&&index| site.documents[index].state.is_open())
        .filter_map(|&index| {
            let document = site.documents[index].document.as_ref();
            Some((index, document, document.body.job()?))
        })
        .collect();
    let mut out = String::new();
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<source>\n");
    element(&mut out, "publisher", &site.config.organization.name);
    element(
        &mut out,
        "publisherurl",
        &absolute(views, &views.link("index.html")),
    );
    let newest = open
        .iter()
        .filter_map(|(_, document, _)| changed(document))
        .max();
    if let Some(newest) = newest {
        element(&mut out, "lastBuildDate", &mail_date(views, newest));
    }
    for (index, document, job) in open {
        out.push_str("<job>\n");
        write_job(&mut out, views, index, document, job);
        out.push_str("</job>\n");
        file.write_all(out.as_bytes())?;
        out.clear();
    }
    out.push_str("</source>\n");
    file.write_all(out.as_bytes())
}

fn write_job(out: &mut String, views: &Views, index: usize, document: &Document, job: &Job) {
    let config = &views.site.config;
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
    field(
        "description",
        &super::absolute_links(views, &views.body_html(index)),
    );
    if let Some(salary) = &job.salary {
        field("salary", &views.salary(salary));
    }
    if let Some(education) = job.education {
        field("education", &views.word("education", education).name);
    }
    if let Some(employment) = job.employment {
        field("jobtype", &views.word("employment", employment).name);
    }
    if let Some(category) = &job.category {
        field("category", &category.0.name);
    }
    if let Some(experience) = &job.experience {
        field("experience", &views.experience(experience));
    }
    if let Some(closes) = &job.closes {
        field("expirationdate", &views.moment(&closes.value).iso);
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
