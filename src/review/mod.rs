//! A review: what candidates will notice when one portal takes the place of another. Enters: two portals, each a list
//! of files with their hashes and a way to read one. Leaves: a `Review`, and its words as markdown.
//!
//! What is in a portal is not trusted: its texts must never act in the comment that they end up in.

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

use crate::files::Entry;
use crate::outputs::Choices;
use crate::text::url::BaseUrl;
use serde::Serialize;
use std::collections::BTreeMap;

/// Reads one of the files of a portal.
pub type ReadOutput<'a> = Box<dyn Fn(&str) -> anyhow::Result<Vec<u8>> + Send + Sync + 'a>;
/// Looks at one file for broken links; may be called from many workers at once.
pub type Look<'a> = dyn Fn(&str) -> anyhow::Result<Vec<Broken>> + Sync + 'a;
/// Looks at many files, in any order, and gives everything found. The caller decides how many work at it.
pub type LookAtAll = dyn Fn(&[&str], &Look) -> anyhow::Result<Vec<Broken>>;

/// One portal, published or made in memory.
pub struct Snapshot<'a> {
    /// What the user called it.
    pub name: String,
    /// Its files, without the manifest.
    pub files: BTreeMap<String, Entry>,
    /// Reads one of them.
    pub read: ReadOutput<'a>,
    /// What only its content tells; nothing for a published folder.
    pub source: Option<SourceNotes>,
}

/// What the content of a portal tells beyond its files.
#[derive(Debug, Clone, Default)]
pub struct SourceNotes {
    /// Titles of the documents that the portal leaves out because they are internal, by kind and id.
    pub internal: BTreeMap<String, String>,
    /// What a build finds fault with, in the order of the files.
    pub findings: Vec<Finding>,
    /// Errors among them: with any, nothing would be published.
    pub errors: usize,
}

/// A fault, as far as a comment tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The document's path.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The fault's code.
    pub code: String,
    /// What is wrong.
    pub message: String,
}

impl Snapshot<'_> {
    /// The bytes of a file; nothing where the portal has no such file. One that cannot be read is a fault: taken for a
    /// missing one it would make a change of it that nobody made.
    fn bytes(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let is_there = self.files.contains_key(path);
        is_there.then(|| (self.read)(path)).transpose()
    }

    /// The text of a file, read as `bytes` reads it.
    fn text(&self, path: &str) -> anyhow::Result<Option<String>> {
        let bytes = self.bytes(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// What the portal says of its own build; nothing where an earlier version of the program made it.
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
