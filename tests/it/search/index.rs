//! An index in memory, for tests: its files by path.

use gangwei::search::{
    Gathered, Plan, SearchDocument, SearchSection, SearchSettings, Task, build, build_reading,
    lexicon,
};
use std::collections::BTreeMap;

/// The facets of the documents that tests search.
pub const FACETS: [&str; 7] = [
    "kind",
    "unit",
    "department",
    "category",
    "location",
    "recruitment",
    "education",
];

fn with_facets(settings: &SearchSettings) -> SearchSettings {
    SearchSettings {
        facets: FACETS.to_vec(),
        ..settings.clone()
    }
}

/// The files of an index.
pub struct Index {
    /// Bytes by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Index {
    /// Builds an index.
    pub fn build(documents: &[SearchDocument], settings: &SearchSettings) -> Self {
        let settings = with_facets(settings);
        let files = build(documents, &settings).expect("an index");
        let count = files.len();
        let files: BTreeMap<String, Vec<u8>> = files
            .into_iter()
            .map(|file| (file.path, file.bytes))
            .collect();
        assert_eq!(files.len(), count, "two files have one path");
        Index { files }
    }

    /// The words of its lexicon.
    pub fn lexicon(&self) -> Vec<lexicon::LexiconEntry> {
        let files = self.files.iter();
        let files = files.filter(|(path, _)| path.starts_with("lexicon/"));
        let words = files.flat_map(|(_, bytes)| {
            let json = flate2::read::DeflateDecoder::new(bytes.as_slice());
            serde_json::from_reader::<_, Vec<lexicon::LexiconEntry>>(json).expect("words")
        });
        words.collect()
    }

    /// Builds the term shards of an index alone: paths and bytes.
    pub fn shards(documents: &[SearchDocument]) -> BTreeMap<String, Vec<u8>> {
        let settings = SearchSettings::default();
        let mut plan = Plan::new(documents.to_vec(), &settings);
        let batches = plan.batches().into_iter();
        let parts = batches.map(|batch| plan.take_apart(batch, |_| Vec::new()).expect("a part"));
        let parts = parts.collect();
        let gathered = Gathered::new(plan, parts);
        let tasks = gathered.tasks();
        let shards = tasks.iter().filter(|task| matches!(task, Task::Shard(_)));
        let files = shards.flat_map(|task| gathered.encode(task).expect("a file").files);
        files.map(|file| (file.path, file.bytes)).collect()
    }

    /// Builds an index of documents some of whose sections come with their batch.
    pub fn build_late(documents: Vec<SearchDocument>, texts: &[Vec<SearchSection>]) -> Self {
        let settings = with_facets(&SearchSettings::default());
        let files =
            build_reading(documents, &settings, |index| texts[index].clone()).expect("an index");
        let files = files.into_iter().map(|file| (file.path, file.bytes));
        Index {
            files: files.collect(),
        }
    }
}
