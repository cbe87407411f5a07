//! A review: the changes that candidates will notice when one portal replaces another. Enters: two portals, each a list
//! of files with their hashes and a way to read one. Leaves: a `Review`, and its words as markdown.
//!
//! The content of a portal is not trusted: its texts must have no effect in the comment that quotes them.
//!
//! ```text
//! Snapshot { files: FileDigest by path, read, source: SourceNotes }   old portal, new portal
//!   ├─ postings::compare  jobs.json ──> JobRecord ──> Posting, Changed of FieldChange
//!   ├─ pages::compare     other pages ──> PageSummary, Moved, Vanished
//!   ├─ links, targets     Broken, LinkChange
//!   ├─ sorts              other files ──> FileChange
//!   └─ size               Size
//!        └──review──> Review ──render_markdown──> a comment (each text of the content passes `inert`)
//! ```

mod compare;
mod facts;
mod inert;
mod links;
mod pages;
mod postings;
mod quotes;
mod size;
mod sorts;
mod targets;
mod words;

pub use compare::{Review, review};
pub use inert::inert;
pub use links::Broken;
pub use targets::outside_addresses;
pub use words::render_markdown;

use crate::files::FileDigest;
use crate::outputs::Choices;
use crate::text::url::BaseUrl;
use serde::Serialize;
use std::collections::BTreeMap;

/// Reads one of the files of a portal.
pub type ReadOutput<'a> = Box<dyn Fn(&str) -> anyhow::Result<Vec<u8>> + Send + Sync + 'a>;
/// Looks at one file for broken links; may be called from many workers at once.
pub type Look<'a> = dyn Fn(&str) -> anyhow::Result<Vec<Broken>> + Sync + 'a;
/// Looks at many files, in any order, and returns all broken links. The caller decides how many workers do it.
pub type LookAtAll = dyn Fn(&[&str], &Look) -> anyhow::Result<Vec<Broken>>;

/// One portal, published or made in memory.
pub struct Snapshot<'a> {
    /// The name that the user gave it.
    pub name: String,
    /// Its files, without the manifest.
    pub files: BTreeMap<String, FileDigest>,
    /// Reads one of them.
    pub read: ReadOutput<'a>,
    /// Facts that only its content shows; `None` for a published folder.
    pub source: Option<SourceNotes>,
}

/// Facts that the content of a portal shows and its files do not.
#[derive(Debug, Clone, Default)]
pub struct SourceNotes {
    /// Titles of the documents that the portal leaves out because they are internal, by kind and id.
    pub internal: BTreeMap<String, String>,
    /// The faults that a build reports, in the order of the files.
    pub findings: Vec<Finding>,
    /// Errors among them: with any, nothing would be published.
    pub errors: usize,
}

/// The parts of a fault that a comment shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The document's path.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The fault's code.
    pub code: String,
    /// The message.
    pub message: String,
}

impl Snapshot<'_> {
    /// The bytes of a file; `None` where the portal has no such file. A file that cannot be read is an error: taken for
    /// a missing one, it would appear as a change that nobody made.
    fn bytes(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let is_there = self.files.contains_key(path);
        is_there.then(|| (self.read)(path)).transpose()
    }

    /// The text of a file, read as `bytes` reads it.
    fn text(&self, path: &str) -> anyhow::Result<Option<String>> {
        let bytes = self.bytes(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The options that the portal was built with; `None` where an earlier version of the program made it.
    fn choices(&self) -> anyhow::Result<Option<Choices>> {
        let read = |bytes: Vec<u8>| {
            let choices = Choices::parse(&bytes);
            choices.ok_or_else(|| anyhow::anyhow!("{}: build.json", self.name))
        };
        self.bytes("build.json")?.map(read).transpose()
    }

    /// Where the portal lives.
    fn base(&self) -> anyhow::Result<BaseUrl> {
        let base = self.choices()?.and_then(|choices| choices.base_url);
        Ok(BaseUrl::parse(base.as_deref().unwrap_or("/")))
    }
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "Snapshot({}, {} files)", self.name, self.files.len())
    }
}
