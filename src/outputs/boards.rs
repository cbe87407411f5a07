//! The files for job boards, `jobs.json` and `jobs.xml`. They hold every posting and are the largest outputs, so they are
//! made in pieces: the beginning, one entry for each posting, the end.

use super::jobs::{jobs_json_before, jobs_json_entry};
use super::jobs_xml::{jobs_xml_before, jobs_xml_entry};
use crate::kinds::Job;
use crate::site::{Board, board_postings};
use crate::views::Views;
use anyhow::Result;

impl Board {
    /// The beginning of the file, before the entries.
    pub fn before(self, views: &Views) -> String {
        match self {
            Board::Json => jobs_json_before(views),
            Board::Xml => jobs_xml_before(views),
        }
    }

    /// The entry of a posting with its body as HTML, and what parts it from the one before; empty where the file leaves it
    /// out. `place` counts the entries from 0.
    pub fn entry(
        self,
        views: &Views,
        place: usize,
        index: usize,
        job: &Job,
        body: &str,
    ) -> Result<Vec<u8>> {
        match self {
            Board::Json => jobs_json_entry(views, place, index, job, body),
            Board::Xml => Ok(jobs_xml_entry(views, index, job, body)),
        }
    }

    /// The end of the file, after the entries.
    pub fn after(self) -> &'static str {
        match self {
            Board::Json => "\n]}\n",
            Board::Xml => "</source>\n",
        }
    }

    /// The whole file.
    pub fn whole(self, views: &Views) -> Result<Vec<u8>> {
        let mut bytes = self.before(views).into_bytes();
        for (place, (index, job)) in board_postings(views.site).enumerate() {
            bytes.extend(self.entry(views, place, index, job, &views.body_html(index))?);
        }
        bytes.extend_from_slice(self.after().as_bytes());
        Ok(bytes)
    }
}
