//! What search knows of a document, and what leaves for the folder `search/`. Plain data; nothing is decided here.

use std::collections::BTreeMap;

/// A document as search sees it.
#[derive(Debug, Clone, Default)]
pub struct SearchDocument {
    /// The link below the edition's root, for example `jobs/J-1/`; no two documents share one.
    pub url: String,
    /// The title as written.
    pub title: String,
    /// The kind, for example `job`.
    pub kind: &'static str,
    /// The record number; may be empty.
    pub number: String,
    /// Tags, found by single characters too.
    pub tags: Vec<String>,
    /// Names of its facets and other words to find it by.
    pub words: Vec<String>,
    /// The body's sections in order.
    pub sections: Vec<SearchSection>,
    /// Per facet, the ids and names that the document stands under.
    pub facets: BTreeMap<&'static str, Vec<(String, String)>>,
    /// The day of publishing, in days since 1970-01-01.
    pub published: Option<i32>,
    /// The last day for applications, in days since 1970-01-01.
    pub closes: Option<i32>,
    /// The salary from and to, in yuan a month.
    pub salary: Option<(u32, u32)>,
    /// Whether the document is closed or archived.
    pub closed: bool,
}

/// A section of a body: what stands under one heading.
#[derive(Debug, Clone, Default)]
pub struct SearchSection {
    /// The heading's anchor; empty before the first heading.
    pub anchor: String,
    /// The heading's text.
    pub heading: String,
    /// The text below it, plain.
    pub text: String,
}

/// What a site decides about its search.
#[derive(Debug, Clone, Default)]
pub struct SearchSettings {
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Words with their pinyin, syllables apart: readings that the built-in ones lack.
    pub pronunciations: Vec<(String, String)>,
    /// Whether files are written as scripts, to be opened from a disk.
    pub portable: bool,
}

/// One file below `search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchFile {
    /// The path below `search/`.
    pub path: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}
