//! The files for job boards, `jobs.json` and `jobs.xml`: their paths, and the postings they hold.

use super::Site;
use crate::kinds::Job;

/// A file for job boards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Board {
    /// `jobs.json`.
    Json,
    /// `jobs.xml`.
    Xml,
}

impl Board {
    /// Both files.
    pub const ALL: [Board; 2] = [Board::Json, Board::Xml];

    /// Its path in the edition.
    pub fn file(self) -> &'static str {
        match self {
            Board::Json => "jobs.json",
            Board::Xml => "jobs.xml",
        }
    }
}

/// The postings that the files hold, in their order.
pub fn board_postings(site: &Site) -> impl Iterator<Item = (usize, &Job)> {
    let members = site
        .list_at("jobs")
        .map_or(&[][..], |index| &site.lists[index].documents);
    let posting = |index: usize| Some((index, site.documents[index].document.body.job()?));
    members.iter().filter_map(move |index| posting(*index))
}
