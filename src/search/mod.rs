//! Search: an index of plain files and the reader that answers from them.

pub mod bits;
pub mod cards;
pub mod columns;
pub mod discover;
pub mod document;
pub mod fold;
pub mod head;
pub mod key;
pub mod layout;
pub mod lexicon;
pub mod plan;
pub mod portable;
pub mod reader;
pub mod script;
pub mod shards;
pub mod state;
pub mod synonyms;
pub mod terms;
pub mod texts;

pub use document::{SearchDocument, SearchFile, SearchSection, SearchSettings};
pub use plan::{Encoded, Plan, Task};
pub use script::compact as compact_script;
pub use terms::{DocumentTerms, terms};

/// Builds the whole index on one thread; `Plan` is for callers that have more.
pub fn build(documents: &[SearchDocument], settings: &SearchSettings) -> Vec<SearchFile> {
    let terms = documents.iter().map(terms).collect();
    let plan = Plan::new(documents, terms, settings);
    let tasks = plan.tasks();
    let mut files = Vec::new();
    let mut tags = Vec::new();
    for task in &tasks {
        let mut encoded = plan.encode(task);
        files.append(&mut encoded.files);
        tags.push(encoded.tag);
    }
    files.extend(plan.finish(&tasks, &tags));
    files
}
