//! The facets of search, which narrow its results. Enters: a document and its declared fields. Leaves: the values that
//! the document has for them, and the names of facets. The order here is that of the search page and of its addresses.
//!
//! ```text
//! SEARCH_FACETS ──▶ FacetValue of a document ──▶ columns/ID of the index ──▶ counts in a browser
//!             └───▶ SearchFacetView ──▶ a box of the search page
//! ```

use super::Views;
use crate::fields::{DisplayValue, Field, Record, VocabularyName};
use crate::kinds::{Document, Job};
use crate::search::FacetValue;
use serde::Serialize;

/// Where the values of a facet come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FacetSource {
    /// The document's kind.
    Kind,
    /// The entries of a vocabulary that the document names, with those above them.
    Entries(VocabularyName),
    /// The field of a posting whose key is the facet's id: a choice, a text, or a list of them.
    Field,
}

/// A facet of search.
#[derive(Debug, Clone, Copy)]
pub struct SearchFacet {
    /// The id: in addresses, in the index, and for a field its key.
    pub id: &'static str,
    source: FacetSource,
}

/// All facets of search. One line makes a facet: `facet("contract_type", Source::Field)`.
pub const SEARCH_FACETS: [SearchFacet; 7] = [
    facet("kind", FacetSource::Kind),
    facet("recruitment", FacetSource::Field),
    facet("location", FacetSource::Entries(VocabularyName::Locations)),
    facet(
        "department",
        FacetSource::Entries(VocabularyName::Departments),
    ),
    facet("category", FacetSource::Entries(VocabularyName::Categories)),
    facet("unit", FacetSource::Entries(VocabularyName::Units)),
    facet("education", FacetSource::Field),
];

const fn facet(id: &'static str, source: FacetSource) -> SearchFacet {
    SearchFacet { id, source }
}

/// A facet as the search page shows it.
#[derive(Debug, Serialize)]
pub struct SearchFacetView {
    /// Its id.
    pub id: &'static str,
    /// Its name in the interface's language.
    pub title: String,
}

/// The facet whose values a vocabulary names.
pub fn facet_of(vocabulary: VocabularyName) -> Option<&'static SearchFacet> {
    SEARCH_FACETS
        .iter()
        .find(|facet| facet.source == FacetSource::Entries(vocabulary))
}

/// Whether a field of a posting is a facet.
pub fn is_facet(field: &Field) -> bool {
    SEARCH_FACETS
        .iter()
        .any(|facet| facet.source == FacetSource::Field && facet.id == field.key)
}

impl Views<'_> {
    /// The facets of search with their names.
    pub fn search_facets(&self) -> Vec<SearchFacetView> {
        let view = |facet: &SearchFacet| SearchFacetView {
            id: facet.id,
            title: self.facet_title(facet),
        };
        SEARCH_FACETS.iter().map(view).collect()
    }

    /// The name of a facet.
    pub fn facet_title(&self, facet: &SearchFacet) -> String {
        match facet.source {
            FacetSource::Kind => self.text("find.kind").to_owned(),
            FacetSource::Entries(vocabulary) => {
                let key = format!("facet.{}", vocabulary.folder());
                self.text(&key).to_owned()
            }
            FacetSource::Field => {
                let field = Job::FIELDS.iter().find(|field| field.key == facet.id);
                field.map_or_else(|| facet.id.to_owned(), |field| self.label("job", field))
            }
        }
    }

    /// The facet values of a document, sorted by facet. `fields` are the declared fields of a posting.
    pub fn facet_values(
        &self,
        document: &Document,
        fields: &[(&'static Field, DisplayValue)],
    ) -> Vec<FacetValue> {
        let mut values: Vec<FacetValue> = Vec::new();
        let mut add = |facet: &SearchFacet, id: &str, name: &str| {
            let is_same = |value: &FacetValue| value.facet == facet.id && *value.id == *id;
            if !values.iter().any(is_same) {
                values.push(FacetValue::new(facet.id, id, name));
            }
        };
        for facet in &SEARCH_FACETS {
            match facet.source {
                FacetSource::Kind => {
                    let kind = document.id.kind.name;
                    let name = self.texts.find(&format!("kind.{kind}"));
                    add(facet, kind, name.unwrap_or(kind));
                }
                FacetSource::Entries(vocabulary) => {
                    let known = self.site.vocabularies.get(vocabulary);
                    let entries = document.body.as_kind().entries();
                    let own = entries.iter().filter(|(of, _)| *of == vocabulary);
                    for (_, entry) in own {
                        for id in self.site.ids_with_parents(vocabulary, &entry.id) {
                            let name = known.entry(&id).map_or(&entry.name, |entry| &entry.name);
                            add(facet, &id, name);
                        }
                    }
                }
                FacetSource::Field => {
                    let own = fields.iter().filter(|(field, _)| field.key == facet.id);
                    let own = own.flat_map(|(field, value)| {
                        value.each().iter().map(move |value| (*field, value))
                    });
                    for (field, value) in own {
                        let name = self.words(field, value);
                        let id = match value {
                            DisplayValue::Choice(choice) => choice.id,
                            _ => &name,
                        };
                        if !name.is_empty() {
                            add(facet, id, &name);
                        }
                    }
                }
            }
        }
        values.sort_by_key(|value| value.facet);
        // The values of all documents are in memory together, so that spare capacity would add up.
        values.shrink_to_fit();
        values
    }
}
