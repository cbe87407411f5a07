//! Declarations of outputs that are not pages: the path, the type, and how the output is made. From the declaration
//! follow its addresses, its rendering, the type that the preview answers with, and what a review makes of it.

use super::previous_jobs::PreviousJobs;
use crate::site::Site;
use crate::views::{View, Views};
use anyhow::Result;

/// The subject that an output is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The portal, once; it lies beside the source edition.
    Portal,
    /// Each edition.
    Edition,
    /// A list; it lies beside the list's first page.
    List,
    /// A document; it lies beside its page.
    Document,
}

/// The declaration of an output.
#[derive(Debug)]
pub struct FileOutput {
    /// Its name in its folder; `*` is replaced by the number of its subject.
    pub name: &'static str,
    /// The subject that it is made for.
    pub scope: Scope,
    /// The content type that a server sends.
    pub content_type: &'static str,
    /// The template that makes it, if any.
    pub template: Option<&'static str>,
    /// Whether a review names it when it changes: a server obeys it.
    pub is_reviewed: bool,
    /// Whether it is written for other programs, so that pages of other sites may read it (`open_files.rs`).
    pub is_for_programs: bool,
    /// The lists or documents that have one, by their places; for the portal and an edition one number for each file.
    pub subjects: fn(&Site, &Extras) -> Vec<usize>,
    /// Its bytes, for one subject.
    pub make: fn(&Making, usize) -> Result<Vec<u8>>,
}

/// The parts of an edition that do not follow from its documents alone.
#[derive(Debug, Default)]
pub struct Extras {
    /// Paths of the theme's files.
    pub assets: Vec<String>,
    /// Documents that have a poster.
    pub posters: Vec<usize>,
    /// Whether the changes since an earlier output are asked for.
    pub has_changes: bool,
}

/// Fills in a template, by its name, with one named value.
pub(crate) type Fill<'f> = dyn Fn(&str, &'static str, View) -> Result<Vec<u8>> + 'f;

/// The input of an output.
pub struct Making<'m> {
    /// The site and its texts.
    pub views: Views<'m>,
    /// Paths of the theme's files.
    pub assets: &'m [String],
    /// The postings of an earlier output, where the changes since then are asked for.
    pub previous: Option<&'m PreviousJobs>,
    /// Fills in a template with one named value.
    pub fill: &'m Fill<'m>,
}

/// The only subject of an output that exists once.
pub(super) fn once(_site: &Site, _extras: &Extras) -> Vec<usize> {
    vec![0]
}
