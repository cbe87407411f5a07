//! The stage that indexes. Enters: an edition's site. Leaves: a `SearchDocument` for each document; `search/` makes
//! files of it. Scheduled documents, drafts and internal ones of a public build are not in the site; withdrawn ones
//! stay out.

use crate::fields::{ChoiceValue, Day, DisplayValue, Field, Record};
use crate::kinds::{Document, Education};
use crate::markdown::section_texts;
use crate::search::{SearchDocument, SearchFile, SearchSection, SearchSettings};
use crate::site::{ListKey, ResolvedDocument, Site, State};
use crate::text::{Language, fold};
use crate::views::texts::Texts;
use crate::views::{SEARCH_FACETS, Views, facet_of, is_facet, salary_text};
use anyhow::Result;
use std::collections::BTreeMap;

/// Whether search finds a document at all.
pub fn is_found(resolved: &ResolvedDocument) -> bool {
    resolved.state != State::Withdrawn
}

/// Makes the `SearchDocument` of one document. The sections of a short one are left out: `search_sections` makes them
/// when they are asked for.
pub fn search_document(site: &Site, texts: &Texts, resolved: &ResolvedDocument) -> SearchDocument {
    let document = &resolved.document;
    let views = Views::plain(site, texts);
    let fields = document
        .body
        .job()
        .map_or_else(Vec::new, Record::display_fields);
    let facets = views.facet_values(document, &fields);
    let window = document.body.as_kind().window();
    let zone = &site.config.time_zone;
    let path = site.document_path(&document.id);
    let text_bytes = document.markdown().len();
    let (sections, late_bytes) = if SearchDocument::is_short(text_bytes) {
        (Vec::new(), text_bytes)
    } else {
        (search_sections(document), 0)
    };
    let language = document.language(site.config.language);
    SearchDocument {
        url: path.trim_end_matches("index.html").to_owned(),
        title: document.shared.title.clone(),
        kind: document.id.kind.name,
        number: document.id.id.clone(),
        tags: document.shared.tags.clone(),
        words: facets
            .iter()
            .filter(|value| value.facet != "kind")
            .map(|value| value.name.to_string())
            .chain(document.shared.summary.clone())
            .chain(stated_words(&views, &fields))
            .collect(),
        sections,
        late_bytes,
        facets,
        published: document
            .shared
            .published
            .as_ref()
            .map(|day| days(day.value)),
        closes: window
            .closes
            .map(|closes| days(Day(last_moment(closes, zone).to_zoned(zone.clone()).date()))),
        salary: document.body.job().and_then(monthly_salary),
        closed: matches!(resolved.state, State::Closed | State::Archived),
        shown: document
            .body
            .job()
            .map_or_else(Vec::new, |job| row_texts(job, texts)),
        language: (language != site.config.language).then(|| language.tag()),
    }
}

/// The words of a posting's fields that no facet holds: majors, certificates, benefits. Days and addresses are
/// no words that anybody searches.
fn stated_words(views: &Views, fields: &[(&'static Field, DisplayValue)]) -> Vec<String> {
    let searched = fields.iter().filter(|(field, _)| {
        !matches!(field.key, "apply" | "steps" | "headcount") && !is_facet(field)
    });
    let values =
        searched.flat_map(|(field, value)| value.each().iter().map(move |value| (*field, value)));
    let words = values
        .filter(|(_, value)| matches!(value, DisplayValue::Text(_) | DisplayValue::Choice(_)));
    words
        .map(|(field, value)| views.words(field, value))
        .collect()
}

/// The texts of a posting's row besides department and places: the education and the pay.
fn row_texts(job: &crate::kinds::Job, texts: &Texts) -> Vec<String> {
    let education = job.education.map(|education| {
        let choice = Education::CHOICES[education.index()];
        let name = texts.find(&format!("education.{}", choice.id));
        name.unwrap_or(choice.zh).to_owned()
    });
    let pay = job.salary.as_ref().map(|salary| salary_text(salary, texts));
    education.into_iter().chain(pay).collect()
}

/// Words for one thing in the three places, a group a line, in Traditional characters.
const REGIONAL_WORDS: &str = include_str!("../search/regional_words.txt");

/// The site's own settings of search; its synonyms come before those that every site has.
pub fn search_settings(site: &Site) -> SearchSettings {
    let search = &site.config.search;
    SearchSettings {
        synonyms: search
            .synonyms
            .iter()
            .map(|group| group.0.clone())
            .chain(regional_words(site.config.language))
            .collect(),
        pronunciations: search.pronunciations.clone(),
        portable: site.config.base_url.is_portable(),
        facets: SEARCH_FACETS.iter().map(|facet| facet.id).collect(),
    }
}

/// The groups as an edition writes them.
fn regional_words(language: Language) -> impl Iterator<Item = Vec<String>> {
    let write = move |word: &str| match language {
        Language::Hant | Language::HantTw | Language::HantHk => word.trim().to_owned(),
        Language::Hans | Language::En => fold(word),
    };
    let lines = REGIONAL_WORDS.lines().filter(|line| !line.starts_with('#'));
    lines.map(move |line| line.split('|').map(write).collect())
}

/// The lists that the search box suggests: per facet its name, and the id, name, link and number of postings of each
/// value, the most postings first.
pub fn search_lists(site: &Site, texts: &Texts, settings: &SearchSettings) -> Result<SearchFile> {
    let mut lists: BTreeMap<&str, Vec<(&str, String, String, usize)>> = BTreeMap::new();
    let views = Views::plain(site, texts);
    for list in site.lists.iter().filter(|list| !list.documents.is_empty()) {
        let (facet, id, name) = match &list.key {
            ListKey::Entry(vocabulary, id) => {
                let Some(facet) = facet_of(*vocabulary) else {
                    continue;
                };
                (facet.id, id.as_str(), list.name.clone())
            }
            ListKey::Recruitment(value) => {
                let choice = value.choice();
                (
                    "recruitment",
                    choice.id,
                    views.word("recruitment", *value).name,
                )
            }
            _ => continue,
        };
        let link = list.page_path(1).trim_end_matches("index.html").to_owned();
        let values = lists.entry(facet).or_default();
        values.push((id, name, link, list.documents.len()));
    }
    let mut named = Vec::new();
    for facet in &SEARCH_FACETS {
        if let Some(mut values) = lists.remove(facet.id) {
            values.sort_by_key(|(id, _, _, count)| (std::cmp::Reverse(*count), *id));
            named.push((facet.id, views.facet_title(facet), values));
        }
    }
    named.sort_by_key(|(facet, ..)| *facet);
    Ok(settings.delivered(SearchFile {
        path: "lists.json".to_owned(),
        bytes: serde_json::to_vec(&named)?,
    }))
}

/// The last moment at which applications are taken.
fn last_moment(closes: &crate::fields::Moment, zone: &jiff::tz::TimeZone) -> jiff::Timestamp {
    closes
        .end(zone)
        .saturating_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(jiff::Timestamp::MIN)
}

/// Days since 1970-01-01.
fn days(day: Day) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    day.0.since(epoch).map_or(0, |span| span.get_days())
}

/// The sections of a document's body.
pub fn search_sections(document: &Document) -> Vec<SearchSection> {
    let mut texts = section_texts(document.markdown(), document.profile).into_iter();
    let mut sections = vec![SearchSection {
        text: texts.next().unwrap_or_default(),
        ..SearchSection::default()
    }];
    let headings = document.outline.headings.iter();
    sections.extend(headings.zip(texts).map(|(heading, text)| SearchSection {
        anchor: heading.id.clone(),
        heading: heading.text.clone(),
        text,
    }));
    sections.retain(|section| !section.text.is_empty() || !section.heading.is_empty());
    sections
}

/// The pay from and to, in yuan a month; other currencies are not compared.
fn monthly_salary(job: &crate::kinds::Job) -> Option<(u32, u32)> {
    let range = job.salary.as_ref()?.range.as_ref()?;
    if range.currency != "CNY" {
        return None;
    }
    let monthly = |amount: crate::fields::Money| -> Option<u32> {
        let (amount, _) = amount.parts();
        let amount = match range.unit {
            crate::fields::PayUnit::Month => amount,
            crate::fields::PayUnit::Year => amount / 12,
            crate::fields::PayUnit::Day | crate::fields::PayUnit::Hour => return None,
        };
        u32::try_from(amount).ok()
    };
    Some((monthly(range.min)?, monthly(range.max)?))
}
