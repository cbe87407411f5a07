//! The state of a document at a given moment: scheduled, announced, open, closing soon, closed, archived, withdrawn.
//! Products (on offer) and policies (in force) use the same states with other words.
//! Enters: dates, the site's zone, and the moment as an input. Nothing here reads a clock.

use crate::kinds::{Config, Document};
use crate::text::fold;
use crate::{choice, kinds::Window};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

choice! {
    /// The state of a document.
    State {
        Scheduled = "scheduled", "未发布";
        Announced = "announced", "即将开始报名";
        Open = "open", "报名中";
        Soon = "soon", "即将截止";
        Closed = "closed", "已截止";
        Archived = "archived", "已归档";
        Withdrawn = "withdrawn", "已撤回";
    }
}

impl State {
    /// Whether applications are taken.
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Soon)
    }

    /// Whether lists, feeds and the sitemap name it.
    pub fn is_listed(self) -> bool {
        matches!(self, State::Announced | State::Open | State::Soon)
    }
}

/// The replacements among some documents: pairs of the places of the newer and the older one, in the order written.
///
/// A document names the documents that it replaces by title or number, also as 《title》(number).
pub fn replacements<'a>(
    documents: impl Iterator<Item = &'a Document> + Clone,
) -> Vec<(usize, usize)> {
    let names = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let parts = folded.split(['《', '》', '(', ')']).map(str::trim);
        // A title may hold brackets of its own: 《考勤办法（2024年版）》.
        let titles = folded.split(['《', '》']).map(str::trim);
        let parts = parts.chain(titles).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (index, document) in documents.clone().enumerate() {
        let kind = document.body.as_kind();
        if kind.validity().is_some() {
            let number = kind.number().map(fold);
            for name in [Some(fold(&document.shared.title)), number]
                .into_iter()
                .flatten()
            {
                known.entry(name).or_insert(index);
            }
        }
    }
    let mut found = Vec::new();
    for (index, document) in documents.enumerate() {
        let mut seen = BTreeSet::new();
        for text in document.body.as_kind().supersedes() {
            for older in names(text).iter().filter_map(|name| known.get(name)) {
                if *older != index && seen.insert(*older) {
                    found.push((index, *older));
                }
            }
        }
    }
    found
}

/// When each of some documents is superseded by another, by its place. A withdrawn document supersedes nothing.
pub fn superseded(
    documents: &[Arc<Document>],
    now: Timestamp,
    zone: &TimeZone,
) -> BTreeMap<usize, Timestamp> {
    let mut found: BTreeMap<usize, Timestamp> = BTreeMap::new();
    for (newer, older) in replacements(documents.iter().map(Arc::as_ref)) {
        let (kind, shared) = (documents[newer].body.as_kind(), &documents[newer].shared);
        let withdrawn = shared.withdrawn.as_ref().map(|day| day.value.start(zone));
        if withdrawn.is_some_and(|withdrawn| withdrawn <= now) {
            continue;
        }
        let published = shared.published.as_ref().map(|day| day.value);
        let from = published.max(kind.validity().and_then(|validity| validity.from));
        let from = from.map_or(Timestamp::MIN, |day| day.start(zone));
        let moment = found.entry(older).or_insert(from);
        *moment = from.min(*moment);
    }
    found
}

/// The same clock time some calendar days later or earlier. A calendar day need not have 24 hours.
fn days_from(time: Timestamp, days: i64, zone: &TimeZone) -> Timestamp {
    // The largest span that the library holds is about 20,000 years.
    let span = jiff::Span::new().try_days(days).unwrap_or_default();
    time.to_zoned(zone.clone()).saturating_add(span).timestamp()
}

/// The moments at which a document's own dates change its state. A period that ends at noon has ended at noon.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Transitions {
    /// It opens.
    pub open: Option<Timestamp>,
    /// It begins to be closing soon.
    pub soon: Option<Timestamp>,
    /// It is closed.
    pub end: Option<Timestamp>,
}

/// The transitions of a document by its dates, or earlier where it is superseded earlier.
pub fn transitions(
    document: &Document,
    config: &Config,
    superseded: Option<Timestamp>,
) -> Transitions {
    let zone = &config.time_zone;
    let kind = document.body.as_kind();
    let (Window { opens, closes }, validity) = (kind.window(), kind.validity().unwrap_or_default());
    let open = opens.map(|opens| opens.start(zone));
    let open = open.or(validity.from.map(|day| day.start(zone)));
    let end = closes.map(|closes| closes.end(zone));
    let end = end.or(validity.to.map(|day| day.end(zone)));
    let end = match (end, superseded) {
        (Some(end), Some(other)) => Some(end.min(other)),
        (end, other) => end.or(other),
    };
    let soon = end.map(|end| days_from(end, -i64::from(config.soon_days), zone));
    Transitions { open, soon, end }
}

/// The state at a moment, and the next moment at which it changes. `superseded` is when another document takes this
/// one's place.
pub fn state_at(
    document: &Document,
    now: Timestamp,
    config: &Config,
    superseded: Option<Timestamp>,
) -> (State, Option<Timestamp>) {
    let zone = &config.time_zone;
    if let Some(published) = &document.shared.published {
        let start = published.value.start(zone);
        if now < start {
            return (State::Scheduled, Some(start));
        }
    }
    let Transitions {
        open: opening,
        soon,
        end: closing,
    } = transitions(document, config, superseded);
    let mut changes = Vec::new();
    if let Some(withdrawn) = &document.shared.withdrawn {
        let start = withdrawn.value.start(zone);
        if now >= start {
            return (State::Withdrawn, None);
        }
        changes.push((start, State::Withdrawn));
    }
    changes.extend(opening.map(|opening| (opening, State::Open)));
    changes.extend(soon.map(|soon| (soon, State::Soon)));
    if let Some(end) = closing {
        changes.push((end, State::Closed));
        let archived = days_from(end, i64::from(config.archive_days), zone);
        changes.push((archived, State::Archived));
    }
    changes.sort();
    let first = match opening {
        Some(_) => State::Announced,
        None => State::Open,
    };
    let state = changes
        .iter()
        .take_while(|(time, _)| *time <= now)
        // "Closing soon" does not apply before applications open.
        .filter(|(_, state)| {
            !(*state == State::Soon && opening.is_some_and(|opening| now < opening))
        })
        .last()
        .map_or(first, |(_, state)| *state);
    let state = match state {
        // A window shorter than the "closing soon" period is closing soon from the moment it opens.
        State::Open if soon.is_some_and(|soon| soon <= now) => State::Soon,
        state => state,
    };
    let next = changes
        .iter()
        .map(|(time, _)| *time)
        .find(|time| *time > now);
    (state, next)
}
