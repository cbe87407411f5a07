//! Calendars after RFC 5545: one for every posting and campaign with dates, one for every list that recruits.
//! Enters: the site. Leaves: bytes that depend on the content alone. Neither the clock nor chance affects
//! them.

use super::content_lines::Component;
use super::file_output::{FileOutput, Scope};
use crate::fields::{Day, Moment};
use crate::kinds::{Document, Step};
use crate::site::{List, Site, State, has_calendar};
use crate::views::{Views, absolute, list_title};
use std::collections::{BTreeMap, BTreeSet};

/// The calendar of a posting or campaign with dates.
pub(super) const DOCUMENT_CALENDAR: FileOutput = FileOutput {
    name: "calendar.ics",
    scope: Scope::Document,
    content_type: "text/calendar; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: true,
    subjects: |site, _| {
        let all = 0..site.documents.len();
        all.filter(|&index| has_calendar(site, index)).collect()
    },
    make: |making, index| Ok(document_calendar(&making.views, index)),
};

/// The calendar of a list of postings or campaigns.
pub(super) const LIST_CALENDAR: FileOutput = FileOutput {
    name: "calendar.ics",
    scope: Scope::List,
    content_type: "text/calendar; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: true,
    subjects: |site, _| {
        let all = 0..site.lists.len();
        all.filter(|&index| site.lists[index].has_calendar())
            .collect()
    },
    make: |making, index| {
        Ok(list_calendar(
            &making.views,
            &making.views.site.lists[index],
        ))
    },
};

/// The most postings and campaigns of a list's calendar, the soonest closing first: clients refuse files of megabytes.
const MEMBERS: usize = 200;

/// The host in the ids of a calendar without a host; nobody can own this name (RFC 2606).
const NO_HOST: &str = "portal.invalid";

/// The calendar of one posting or campaign: opening, deadline and dated steps.
pub(super) fn document_calendar(views: &Views, index: usize) -> Vec<u8> {
    let document = &views.site.documents[index].document;
    let mut calendar = begin(&document.shared.title);
    let dates = Dates::of(views, index);
    dates.window(&mut calendar);
    dates.steps(&mut calendar);
    calendar.to_bytes()
}

/// The calendar of a list: openings and deadlines of its members, and every step once: steps that postings inherit from
/// their campaign are listed under the campaign.
pub(super) fn list_calendar(views: &Views, list: &List) -> Vec<u8> {
    let site = views.site;
    let zone = &site.config.time_zone;
    let title = format!("{} - {}", list_title(views, list), site.config.title);
    let mut calendar = begin(&title);
    let mut members: Vec<usize> = list
        .documents
        .iter()
        .copied()
        .filter(|&index| has_calendar(site, index))
        .collect();
    members.sort_by_cached_key(|&index| {
        let closes = site.documents[index]
            .document
            .body
            .as_kind()
            .window()
            .closes;
        let end = closes.map_or(jiff::Timestamp::MAX, |closes| closes.end(zone));
        (end, index)
    });
    members.truncate(MEMBERS);
    let mut campaigns = BTreeSet::new();
    for &index in &members {
        let dates = Dates::of(views, index);
        dates.window(&mut calendar);
        match campaign_with_same_steps(site, index) {
            Some(campaign) => {
                campaigns.insert(campaign);
            }
            None => dates.steps(&mut calendar),
        }
    }
    for campaign in campaigns
        .into_iter()
        .filter(|campaign| !members.contains(campaign))
    {
        Dates::of(views, campaign).steps(&mut calendar);
    }
    calendar.to_bytes()
}

/// The listed campaign from which a posting inherits its steps.
fn campaign_with_same_steps(site: &Site, index: usize) -> Option<usize> {
    let job = site.documents[index].document.body.job()?;
    let (kind, campaign) = job.campaign.as_ref()?.target();
    let found = site
        .find(kind, &campaign.id)
        .filter(|&found| site.is_listed(found))?;
    let known = &site.documents[found].document.body.campaign()?.steps;
    let key = |step: &Step| (step.name.clone(), step.date.as_ref().map(|date| date.value));
    let same = known.len() == job.steps.len()
        && known.iter().zip(&job.steps).all(|(a, b)| key(a) == key(b));
    same.then_some(found)
}

fn begin(title: &str) -> Component {
    let mut calendar = Component::new("VCALENDAR");
    let title = plain(title);
    calendar.value("VERSION", "2.0");
    calendar.value("PRODID", "-//Gangwei//Gangwei//ZH");
    calendar.value("CALSCALE", "GREGORIAN");
    calendar.value("METHOD", "PUBLISH");
    // RFC 7986 names a calendar with `NAME`; older readers know the other.
    calendar.text("NAME;VALUE=TEXT", &title);
    calendar.text("X-WR-CALNAME", &title);
    calendar
}

/// The dates of one document, and what all its events share.
struct Dates<'a> {
    views: &'a Views<'a>,
    document: &'a Document,
    withdrawn: bool,
    url: String,
    host: String,
    stamp: Option<String>,
    sequence: u32,
}

impl<'a> Dates<'a> {
    fn of(views: &'a Views<'a>, index: usize) -> Dates<'a> {
        let resolved = &views.site.documents[index];
        let shared = &resolved.document.shared;
        let published = shared.published.as_ref().map(|day| day.value);
        let updated = shared.updated.as_ref().map(|day| day.value);
        let between = published.zip(updated).map_or(0, |(published, updated)| {
            published
                .0
                .until(updated.0)
                .map_or(0, |span| span.get_days())
        });
        let zone = &views.site.config.time_zone;
        let base = &views.site.config.base_url;
        Dates {
            views,
            document: &resolved.document,
            withdrawn: resolved.state == State::Withdrawn,
            url: absolute::absolute(views, &views.document_url(&resolved.document)),
            host: base.host().unwrap_or(NO_HOST).to_owned(),
            stamp: updated.or(published).map(|day| utc(day.start(zone))),
            sequence: u32::try_from(between).unwrap_or(0),
        }
    }

    /// When applications open and close.
    fn window(&self, calendar: &mut Component) {
        let window = self.document.body.as_kind().window();
        for (name, moment) in [("opens", window.opens), ("closes", window.closes)] {
            if let Some(moment) = moment {
                let words = self.words(&format!("calendar.{name}"), "");
                calendar.push(self.event(name, &words, moment, None));
            }
        }
    }

    fn steps(&self, calendar: &mut Component) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for step in self.document.body.as_kind().steps() {
            let Some(date) = &step.date else { continue };
            // The identifier holds the name and not the place in the list, so that an inserted step changes no other
            // identifier.
            let id = crate::fields::word_id(&step.name);
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            let name = match *count {
                1 => format!("step-{id}"),
                again => format!("step-{id}-{again}"),
            };
            let words = self.words("calendar.step", &step.name);
            let place = step.place.as_deref();
            calendar.push(self.event(&name, &words, &Moment::Day(date.value), place));
        }
    }

    fn words(&self, key: &str, step: &str) -> String {
        let values = [
            ("title", self.document.shared.title.as_str()),
            ("step", step),
        ];
        plain(&self.views.texts.fill(key, &values))
    }

    /// An event; its properties are sorted by name.
    fn event(&self, name: &str, words: &str, moment: &Moment, place: Option<&str>) -> Component {
        let id = &self.document.id;
        let uid = format!("{}-{}-{name}@{}", id.kind.name, id.id, self.host);
        let zone = &self.views.site.config.time_zone;
        // The standard demands a stamp; a document without any date of its own takes the event's.
        let stamp = match &self.stamp {
            Some(stamp) => stamp.clone(),
            None => utc(moment.start(zone)),
        };
        let mut event = Component::new("VEVENT");
        event.text("DESCRIPTION", &self.url);
        if let Moment::Day(day) = moment
            && let Ok(next) = day.0.tomorrow()
        {
            event.value("DTEND;VALUE=DATE", &date(Day(next)));
        }
        event.value("DTSTAMP", &stamp);
        match moment {
            Moment::Day(day) => event.value("DTSTART;VALUE=DATE", &date(*day)),
            Moment::Exact(time, _) => event.value("DTSTART", &utc(*time)),
        }
        if let Some(place) = place {
            event.text("LOCATION", &plain(place));
        }
        event.value("SEQUENCE", &self.sequence.to_string());
        let status = if self.withdrawn {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        event.value("STATUS", status);
        event.text("SUMMARY", words);
        if let Moment::Day(_) = moment {
            // A whole day does not make one busy.
            event.value("TRANSP", "TRANSPARENT");
        }
        event.text("UID", &uid);
        event.value("URL", &self.url);
        if !self.withdrawn {
            let mut alarm = Component::new("VALARM");
            alarm.value("ACTION", "DISPLAY");
            alarm.text("DESCRIPTION", words);
            alarm.value("DTSTAMP", &stamp);
            alarm.value("TRIGGER", before(moment));
            alarm.text("UID", &format!("alarm-{uid}"));
            event.push(alarm);
        }
        event
    }
}

/// How long before an event its reader is reminded: nine in the morning of the day before, or a day before the moment.
fn before(moment: &Moment) -> &'static str {
    match moment {
        Moment::Day(_) => "-PT54000S",
        Moment::Exact(..) => "-PT86400S",
    }
}

/// A day in the standard's notation.
fn date(day: Day) -> String {
    day.0.strftime("%Y%m%d").to_string()
}

/// A moment in the standard's notation for UTC.
fn utc(time: jiff::Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// One line without control characters, which the format has no way to write.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}
