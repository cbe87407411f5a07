//! Where a document stands on a given moment: scheduled, announced, open, closing soon, closed, archived, withdrawn.
//! Enters: dates, the site's zone, and the moment as an input. Nothing here reads a clock.

use crate::config::Config;
use crate::document::Document;
use crate::{choice, kinds::Window};
use jiff::{SignedDuration, Timestamp};

choice! {
    /// Where a document stands.
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

/// The state at a moment, and the next moment at which it changes.
pub fn state_at(
    document: &Document,
    now: Timestamp,
    config: &Config,
) -> (State, Option<Timestamp>) {
    let zone = &config.time_zone;
    let days = |count: u32| SignedDuration::from_hours(24 * i64::from(count));
    if let Some(published) = &document.shared.published {
        let start = published.value.start(zone);
        if now < start {
            return (State::Scheduled, Some(start));
        }
    }
    let Window { opens, closes } = document.body.as_kind().window();
    let mut changes = Vec::new();
    if let Some(withdrawn) = &document.shared.withdrawn {
        let start = withdrawn.value.start(zone);
        if now >= start {
            return (State::Withdrawn, None);
        }
        changes.push((start, State::Withdrawn));
    }
    if let Some(opens) = opens {
        changes.push((opens.start(zone), State::Open));
    }
    if let Some(closes) = closes {
        let end = closes.end(zone);
        changes.push((
            end.saturating_sub(days(config.soon_days)).unwrap_or(end),
            State::Soon,
        ));
        changes.push((end, State::Closed));
        changes.push((
            end.saturating_add(days(config.archive_days)).unwrap_or(end),
            State::Archived,
        ));
    }
    changes.sort();
    let first = match opens {
        Some(_) => State::Announced,
        None => State::Open,
    };
    let opening = opens.map(|opens| opens.start(zone));
    let state = changes
        .iter()
        .take_while(|(time, _)| *time <= now)
        // Closing soon says nothing before applications open.
        .filter(|(_, state)| {
            !(*state == State::Soon && opening.is_some_and(|opening| now < opening))
        })
        .last()
        .map_or(first, |(_, state)| *state);
    let state = match (state, opening, closes) {
        // A window shorter than the soon days opens as closing soon.
        (State::Open, Some(_), Some(closes))
            if closes
                .end(zone)
                .saturating_sub(days(config.soon_days))
                .is_ok_and(|soon| soon <= now)
                && now < closes.end(zone) =>
        {
            State::Soon
        }
        (state, _, _) => state,
    };
    let next = changes
        .iter()
        .map(|(time, _)| *time)
        .find(|time| *time > now);
    (state, next)
}
