//! Files that pages of other sites may read: the bank's own front page, a mini program, a job board. Enters: the site and
//! the declarations of its outputs. Leaves: which groups of files are open. A group that names an internal document is
//! closed, since whoever is inside the bank opens pages from outside as well.
//!
//! ```text
//! FILES with `is_for_programs`, Board::ALL ──▶ Group of a file ──▶ OpenFiles ──▶ headers.rs, the preview
//! ```

use super::calendar::DOCUMENT_CALENDAR;
use super::{FILES, Scope, declared};
use crate::kinds::Visibility;
use crate::site::{Board, Site, board_postings, has_calendar, in_edition};

/// The header that opens a file.
pub const ORIGIN: (&str, &str) = ("Access-Control-Allow-Origin", "*");

/// The name of a calendar, beside a document or a list.
pub(super) const CALENDAR: &str = DOCUMENT_CALENDAR.name;

/// Files that are open or closed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// In the folder of an edition: they name its postings.
    Postings,
    /// Calendars, beside documents and lists.
    Calendars,
    /// Feeds of lists.
    Lists,
}

/// Which groups pages of other sites may read.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenFiles {
    /// Files that name an edition's postings.
    pub postings: bool,
    /// Calendars.
    pub calendars: bool,
    /// Feeds of lists.
    pub lists: bool,
}

impl OpenFiles {
    /// The open groups of a site.
    pub(super) fn of(site: &Site) -> OpenFiles {
        OpenFiles {
            postings: is_group_open(Group::Postings, site),
            calendars: is_group_open(Group::Calendars, site),
            lists: is_group_open(Group::Lists, site),
        }
    }
}

/// Whether no file of a group names an internal document.
fn is_group_open(group: Group, site: &Site) -> bool {
    let is_internal = |index: usize| {
        let document = &site.documents[index].document;
        document.visibility() == Visibility::Internal
    };
    match group {
        Group::Postings => !board_postings(site).any(|(index, _)| is_internal(index)),
        Group::Calendars => !(0..site.documents.len())
            .filter(|&index| has_calendar(site, index))
            .any(is_internal),
        Group::Lists => !site
            .lists
            .iter()
            .filter(|list| list.has_feed())
            .any(|list| list.documents.iter().any(|&index| is_internal(index))),
    }
}

/// Whether pages of other sites may read the file at a path.
pub fn is_open(path: &str, site: &Site) -> bool {
    group_of(path).is_some_and(|group| is_group_open(group, site))
}

/// The group of the file at a path; `None` where it is not written for other programs.
fn group_of(path: &str) -> Option<Group> {
    let own = in_edition(path);
    if Board::ALL.iter().any(|board| board.file() == own) {
        return Some(Group::Postings);
    }
    let file = declared(path).filter(|file| file.is_for_programs)?;
    Some(match file.scope {
        Scope::Portal | Scope::Edition => Group::Postings,
        Scope::List | Scope::Document if file.name == CALENDAR => Group::Calendars,
        Scope::List | Scope::Document => Group::Lists,
    })
}

/// The names of the files in an edition's folder that name its postings, sorted.
pub(super) fn posting_files() -> Vec<&'static str> {
    let boards = Board::ALL.map(Board::file);
    let is_own = |scope| matches!(scope, Scope::Portal | Scope::Edition);
    let mut names: Vec<&str> = declared_files(is_own).chain(boards).collect();
    names.sort_unstable();
    names
}

/// The names of the feeds beside a list, sorted.
pub(super) fn list_files() -> Vec<&'static str> {
    let mut names: Vec<&str> = declared_files(|scope| scope == Scope::List)
        .filter(|name| *name != CALENDAR)
        .collect();
    names.sort_unstable();
    names
}

/// The names of declared files for other programs, by their scope.
fn declared_files(is_own: impl Fn(Scope) -> bool) -> impl Iterator<Item = &'static str> {
    let files = FILES
        .iter()
        .filter(move |file| file.is_for_programs && is_own(file.scope));
    files.map(|file| file.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_follow_from_the_declarations() {
        let postings = [
            "changes.json",
            "feed.json",
            "feed.xml",
            "jobs.json",
            "jobs.xml",
        ];
        assert_eq!(posting_files(), postings);
        assert_eq!(list_files(), ["feed.json", "feed.xml"]);
        assert_eq!(CALENDAR, "calendar.ics");
    }

    #[test]
    fn a_file_belongs_to_the_group_of_its_documents() {
        for (path, group) in [
            ("jobs.json", Some(Group::Postings)),
            ("zh-hant-tw/feed.xml", Some(Group::Postings)),
            ("jobs/feed.json", Some(Group::Lists)),
            ("jobs/a/calendar.ics", Some(Group::Calendars)),
            ("sitemap.xml", None),
            ("build.json", None),
            ("jobs/jobs.json", None),
            ("index.html", None),
        ] {
            assert_eq!(group_of(path), group, "{path}");
        }
    }
}
