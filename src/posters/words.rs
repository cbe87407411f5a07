//! What a poster says. Enters: a posting of an edition. Leaves: words, ready to be laid out, in the edition's script.

use super::Posters;
use crate::kinds::Job;
use crate::site::State;
use crate::views::Views;
use serde::Serialize;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A fact with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// `报名截止`
    pub label: String,
    /// `2026年12月31日`
    pub value: String,
}

/// The words of a poster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PosterWords {
    /// Who employs.
    pub organization: String,
    /// The type of recruitment.
    pub kicker: String,
    /// The posting's title.
    pub title: String,
    /// Facts that take a whole line.
    pub wide: Vec<Fact>,
    /// Facts that stand two in a line.
    pub narrow: Vec<Fact>,
    /// What to do with the code.
    pub scan: String,
    /// What it leads to.
    pub scan_more: String,
    /// The anti-fraud notice.
    pub notice: String,
    /// The absolute address in the code.
    pub address: String,
}

/// The mark for what does not fit.
const ELLIPSIS: char = '…';

impl PosterWords {
    /// Every character that the poster may show.
    pub fn characters(&self) -> impl Iterator<Item = char> {
        let facts = self.wide.iter().chain(&self.narrow);
        [
            &self.organization,
            &self.kicker,
            &self.title,
            &self.scan,
            &self.scan_more,
            &self.notice,
        ]
        .into_iter()
        .chain(facts.flat_map(|fact| [&fact.label, &fact.value]))
        .map(String::as_str)
        .chain([host(&self.address)])
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .chain([ELLIPSIS, ' '])
    }

    /// The characters that are the same on every poster of an edition.
    pub fn shared_characters(&self) -> impl Iterator<Item = char> {
        [
            &self.organization,
            &self.scan,
            &self.scan_more,
            &self.notice,
        ]
        .into_iter()
        .flat_map(|text| text.chars())
    }

    /// The facts in one line, for those who cannot see the poster.
    pub fn description(&self) -> String {
        let facts = self.wide.iter().chain(&self.narrow);
        let facts = facts.map(|fact| format!("{} {}", fact.label, fact.value));
        std::iter::once(self.organization.clone())
            .chain(facts)
            .chain([self.address.clone()])
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

impl Posters {
    /// What the poster of a posting says; nothing for documents that take no applications, now or later.
    pub(super) fn words_of(views: &Views, index: usize) -> Option<PosterWords> {
        let resolved = &views.site.documents[index];
        let job = resolved.document.body.job()?;
        if !resolved.state.is_listed() {
            return None;
        }
        let config = &views.site.config;
        let unit = job.unit.as_ref().map(|unit| unit.0.name.clone());
        let address = views.document_url(&resolved.document);
        Some(PosterWords {
            organization: visible(&config.organization.name),
            kicker: visible(
                &[
                    job.recruitment
                        .map(|recruitment| views.word("recruitment", recruitment).name),
                    unit.filter(|unit| *unit != config.organization.name),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            ),
            title: visible(&resolved.document.shared.title),
            wide: wide_facts(views, job),
            narrow: narrow_facts(views, job, resolved.state, &resolved.document.id.id),
            scan: views.text("poster.scan").to_owned(),
            scan_more: views.text("poster.scan_more").to_owned(),
            notice: visible(config.notice.as_deref().unwrap_or_default()),
            address: config.base_url.absolute(&address),
        })
    }
}

fn fact(views: &Views, key: &str, value: &str) -> Fact {
    Fact {
        label: views.text(key).to_owned(),
        value: visible(value),
    }
}

/// A text without the marks that nobody sees and no font has: directions, joiners, variants of glyphs.
fn visible(text: &str) -> String {
    let is_variant = |c| matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    text.chars()
        .filter(|&c| c.general_category() != GeneralCategory::Format && !is_variant(c))
        .collect()
}

fn wide_facts(views: &Views, job: &Job) -> Vec<Fact> {
    let places: Vec<&str> = (job.locations.iter())
        .map(|place| place.0.name.as_str())
        .collect();
    if places.is_empty() {
        Vec::new()
    } else {
        vec![fact(views, "job.locations", &places.join(views.comma()))]
    }
}

fn narrow_facts(views: &Views, job: &Job, state: State, number: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(salary) = &job.salary {
        facts.push(fact(views, "job.salary", &views.salary(salary)));
    }
    if let Some(headcount) = &job.headcount {
        facts.push(fact(views, "job.headcount", &views.headcount(headcount)));
    }
    if let Some(opens) = job.opens.as_ref().filter(|_| state == State::Announced) {
        facts.push(fact(views, "job.opens", &views.moment(&opens.value).text));
    }
    match (&job.closes, &job.review_by) {
        (Some(closes), _) => {
            facts.push(fact(views, "job.closes", &views.moment(&closes.value).text));
        }
        (None, Some(_)) => {
            facts.push(fact(views, "job.closes", views.text("job.review_note")));
        }
        (None, None) => {}
    }
    facts.push(fact(views, "job.number", number));
    facts
}

/// The host of an address, which people know.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
