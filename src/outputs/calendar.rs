//! Calendars after RFC 5545: one for every posting and campaign with dates, one for every list that recruits.
//! Enters: the site. Leaves: bytes that depend on the content alone. Neither the clock nor chance may reach them: the
//! library would put both into any component without a stamp and an identifier.

use crate::fields::{Day, Moment};
use crate::kinds::{Document, Step};
use crate::site::{List, Site, State, has_calendar};
use crate::views::{Views, absolute, list_title};
use chrono::TimeDelta;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Parameter, Property};
use std::collections::{BTreeMap, BTreeSet};

/// The most postings and campaigns of a list's calendar, the soonest closing first: clients refuse files of megabytes.
const MEMBERS: usize = 200;

/// What a calendar without a host is named by; the name can belong to nobody (RFC 2606).
const NO_HOST: &str = "portal.invalid";

/// The calendar of one posting or campaign: opening, deadline and dated steps.
pub fn document_calendar(views: &Views, index: usize) -> Vec<u8> {
    let document = &views.site.documents[index].document;
    let mut calendar = begin(&document.shared.title);
    let dates = Dates::of(views, index);
    dates.window(&mut calendar);
    dates.steps(&mut calendar);
    calendar.to_string().into_bytes()
}

/// The calendar of a list: openings and deadlines of its members, and every step once: what a campaign's postings have
/// from it stands under the campaign.
pub fn list_calendar(views: &Views, list: &List) -> Vec<u8> {
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
    calendar.to_string().into_bytes()
}

/// The listed campaign from which a posting has its steps.
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

fn begin(title: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    let title = plain(title);
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Gangwei//Gangwei//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    // The library escapes what it knows to be text. `NAME` (RFC 7986) it does not know, so its sort is named.
    calendar.append_property(text_property("NAME", &title));
    calendar.append_property(Property::new("X-WR-CALNAME", &title));
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
        let placed = &views.site.documents[index];
        let shared = &placed.document.shared;
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
            document: &placed.document,
            withdrawn: placed.state == State::Withdrawn,
            url: absolute::absolute(views, &views.document_url(&placed.document)),
            host: base.host().unwrap_or(NO_HOST).to_owned(),
            stamp: updated.or(published).map(|day| utc(day.start(zone))),
            sequence: u32::try_from(between).unwrap_or(0),
        }
    }

    /// When applications open and close.
    fn window(&self, calendar: &mut Calendar) {
        let window = self.document.body.as_kind().window();
        for (name, moment) in [("opens", window.opens), ("closes", window.closes)] {
            if let Some(moment) = moment {
                let words = self.words(&format!("calendar.{name}"), "");
                calendar.push(self.event(name, &words, moment));
            }
        }
    }

    fn steps(&self, calendar: &mut Calendar) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for step in self.document.body.as_kind().steps() {
            let Some(date) = &step.date else { continue };
            // The name, and not the place in the list, so that a step put in before it changes no other's identifier.
            let id = crate::fields::word_id(&step.name);
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            let name = match *count {
                1 => format!("step-{id}"),
                again => format!("step-{id}-{again}"),
            };
            let words = self.words("calendar.step", &step.name);
            let mut event = self.event(&name, &words, &Moment::Day(date.value));
            if let Some(place) = &step.place {
                event.location(&plain(place));
            }
            calendar.push(event);
        }
    }

    fn words(&self, key: &str, step: &str) -> String {
        let values = [
            ("title", self.document.shared.title.as_str()),
            ("step", step),
        ];
        plain(&self.views.texts.fill(key, &values))
    }

    fn event(&self, name: &str, words: &str, moment: &Moment) -> Event {
        let id = &self.document.id;
        let uid = format!("{}-{}-{name}@{}", id.kind.name, id.id, self.host);
        let zone = &self.views.site.config.time_zone;
        // The standard demands a stamp; a document without any date of its own takes the event's.
        let stamp = match &self.stamp {
            Some(stamp) => stamp.clone(),
            None => utc(moment.start(zone)),
        };
        let mut event = Event::with_uid(&uid);
        event
            .add_property("DTSTAMP", &stamp)
            .sequence(self.sequence)
            .summary(words)
            .description(&self.url)
            .url(&self.url);
        let before = match moment {
            Moment::Day(day) => {
                event.append_property(date_property("DTSTART", *day));
                if let Ok(next) = day.0.tomorrow() {
                    event.append_property(date_property("DTEND", Day(next)));
                }
                // A whole day does not make one busy.
                event.add_property("TRANSP", "TRANSPARENT");
                // Nine in the morning of the day before.
                TimeDelta::hours(-15)
            }
            Moment::Exact(time, _) => {
                event.add_property("DTSTART", utc(*time));
                TimeDelta::hours(-24)
            }
        };
        match self.withdrawn {
            true => {
                event.status(EventStatus::Cancelled);
            }
            false => {
                event.status(EventStatus::Confirmed);
                let mut alarm = Alarm::display(words, before);
                alarm.add_property("UID", format!("alarm-{uid}"));
                alarm.add_property("DTSTAMP", &stamp);
                event.alarm(alarm);
            }
        }
        event.done()
    }
}

fn date_property(key: &str, day: Day) -> Property {
    let value = day.0.strftime("%Y%m%d").to_string();
    Property::new(key, value)
        .append_parameter(Parameter::new("VALUE", "DATE"))
        .done()
}

fn text_property(key: &str, text: &str) -> Property {
    Property::new(key, text)
        .append_parameter(Parameter::new("VALUE", "TEXT"))
        .done()
}

/// A moment in the standard's notation for UTC.
fn utc(time: jiff::Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// One line without control characters, which the format has no way to write.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}
