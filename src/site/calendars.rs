//! The documents that have a calendar, and the paths of these calendars.

use super::lifecycle::State;
use super::model::Site;
use crate::kinds::Document;

/// Whether a document has a calendar of its own: a posting or campaign that states a day, until it is archived.
pub fn has_calendar(site: &Site, index: usize) -> bool {
    let resolved = &site.documents[index];
    let kind = resolved.document.body.as_kind();
    let window = kind.window();
    resolved.document.id.kind.applies
        && resolved.state != State::Archived
        && (window.closes.is_some()
            || window.opens.is_some()
            || kind.steps().iter().any(|step| step.date.is_some()))
}

/// The output path of a document's calendar, in its edition.
pub fn calendar_path(site: &Site, document: &Document) -> String {
    let page = site.document_path(&document.id);
    format!("{}calendar.ics", page.trim_end_matches("index.html"))
}
