//! What search knows of a document, and what leaves for the folder `search/`. Plain data; nothing is decided here.

/// Code units that a unit holds at most, unless one paragraph alone is longer.
pub(super) const UNIT_LENGTH: usize = 1_600;

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
    /// The body's sections in order; those of a short document may come later, with its batch.
    pub sections: Vec<SearchSection>,
    /// Bytes of the texts of sections that come later, or a few more.
    pub late_bytes: usize,
    /// What the document stands under, sorted by facet.
    pub facets: Vec<FacetValue>,
    /// What its row in a list says besides department and places, such as the pay.
    pub shown: Vec<String>,
    /// Its language, where that is not the edition's.
    pub language: Option<&'static str>,
    /// The day of publishing, in days since 1970-01-01.
    pub published: Option<i32>,
    /// The last day for applications, in days since 1970-01-01.
    pub closes: Option<i32>,
    /// The salary from and to, in yuan a month.
    pub salary: Option<(u32, u32)>,
    /// Whether the document is closed or archived.
    pub closed: bool,
}

impl SearchDocument {
    /// Whether it is a posting, which most people search for.
    pub fn is_posting(&self) -> bool {
        self.kind == "job"
    }

    /// Whether a document with that many bytes of text is a single unit, so that its place is known without the text.
    pub fn is_short(text_bytes: usize) -> bool {
        text_bytes / 3 <= UNIT_LENGTH
    }

    /// What the document stands under in a facet.
    pub fn values(&self, facet: &str) -> &[FacetValue] {
        let start = self.facets.partition_point(|value| value.facet < facet);
        let values = &self.facets[start..];
        &values[..values.partition_point(|value| value.facet == facet)]
    }
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The facet.
    pub facet: &'static str,
    /// The value's id.
    pub id: Box<str>,
    /// The value's name.
    pub name: Box<str>,
}

impl FacetValue {
    /// A value of a facet by id and name.
    pub fn new(facet: &'static str, id: &str, name: &str) -> FacetValue {
        FacetValue {
            facet,
            id: id.into(),
            name: name.into(),
        }
    }
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
    /// The ids of the facets that have a column. `closes` and `salary` are the columns of ranges.
    pub facets: Vec<&'static str>,
}

/// One file below `search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchFile {
    /// The path below `search/`.
    pub path: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}
