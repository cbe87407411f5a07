//! `build.json`: for which moment states were computed, when they change next, and what the command line chose, so
//! that the same portal can be made again. It names no document.

use super::file_output::{FileOutput, Scope, once};
use crate::site::{Revision, Site};
use crate::views::absolute;
use anyhow::Result;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The output `build.json`: the options of the build.
pub(super) const BUILD_INFO: FileOutput = FileOutput {
    name: "build.json",
    scope: Scope::Portal,
    content_type: "application/json; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: false,
    subjects: once,
    make: |making, _| build_info(making.views.site),
};

/// Builds `build.json`.
pub(super) fn build_info(site: &Site) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct BuildInfo {
        schema: u32,
        as_of: String,
        next_change: Option<String>,
        base_url: Option<String>,
        drafts: bool,
        portable: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        commit: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        committed: Option<String>,
    }
    let text = |time: jiff::Timestamp| {
        time.to_zoned(site.config.time_zone.clone())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    };
    let revision = site.revision.as_ref();
    absolute::json_bytes(&BuildInfo {
        schema: 1,
        as_of: text(site.now),
        next_change: site.next_change.map(|(time, _)| text(time)),
        base_url: site.config.has_origin.then(|| site.config.base_url.text()),
        drafts: site.drafts,
        portable: site.config.base_url.is_portable(),
        commit: revision.map(|revision| revision.commit.clone()),
        committed: revision.map(|revision| text(revision.committed)),
    })
}

/// The options of a build that `build.json` records.
#[derive(Debug, Clone, Deserialize)]
pub struct Choices {
    /// The moment that states were computed for.
    pub as_of: String,
    /// The next moment at which a page changes state.
    #[serde(default)]
    pub next_change: Option<String>,
    /// The portal's URL, where it has one.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    #[serde(default)]
    pub drafts: bool,
    /// Whether links are made for a folder.
    #[serde(default)]
    pub portable: bool,
    /// The commit that the content was read from, where the build states it.
    #[serde(default)]
    pub commit: Option<String>,
    /// When that commit was made.
    #[serde(default)]
    pub committed: Option<String>,
}

impl Choices {
    /// Reads `build.json`; `None` where the bytes are not such a file.
    pub fn parse(bytes: &[u8]) -> Option<Choices> {
        serde_json::from_slice(bytes).ok()
    }

    /// The moment that states were computed for; nothing where it cannot be read.
    pub fn moment(&self) -> Option<Timestamp> {
        self.as_of.parse().ok()
    }

    /// The next moment at which a page changes state; an error where it is stated and cannot be read.
    pub fn turn(&self) -> Result<Option<Timestamp>, jiff::Error> {
        self.next_change.as_deref().map(str::parse).transpose()
    }

    /// The commit, where both its parts can be read.
    pub fn revision(&self) -> Option<Revision> {
        Some(Revision {
            commit: self.commit.clone()?,
            committed: self.committed.as_deref()?.parse().ok()?,
        })
    }
}
