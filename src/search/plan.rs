//! The plan of an index: every document has its slots, every occurrence its shard. Enters: documents. Leaves: batches of
//! neighbouring documents, which are taken apart without knowing of each other, so that the caller may do it in parallel
//! and no text waits longer than its batch; then the parts of all batches, as `tasks` encodes them.

use super::document::{SearchDocument, SearchFile, SearchSection, SearchSettings};
use super::layout::{Layout, Sizes, lay_out, sizes};
use super::packed::{self, Packed};
use super::pieces::{Piece, pack};
use super::terms::{Occurrence, terms};
use super::{head, lexicon, shards, texts};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Result;
use std::ops::Range;

/// Documents of a batch: enough that a shard's occurrences lie in few places, few enough that little waits.
const BATCH: usize = 512;

/// The plan of an index.
pub struct Plan<'a> {
    /// The documents; their sections leave with the batches.
    pub(super) documents: Vec<SearchDocument>,
    pub(super) settings: &'a SearchSettings,
    pub(super) sizes: Sizes,
    pub(super) layout: Layout,
    pub(super) unit_counts: Vec<usize>,
    /// Documents by slot.
    pub(super) by_slot: Vec<(u32, usize)>,
    pub(super) sample: lexicon::Share,
}

/// Documents that stand side by side, with their sections.
pub struct Batch {
    /// Their places in the order of slots.
    places: Range<usize>,
    sections: Vec<Vec<SearchSection>>,
}

/// The result of taking a batch apart.
#[derive(Default)]
pub struct BatchPart {
    /// Its text files.
    pub files: Vec<SearchFile>,
    /// Its occurrences by shard.
    occurrences: Vec<Packed>,
    /// Where each shard's occurrences begin; one more for the end.
    starts: Vec<u32>,
    /// Latin words and how many of its documents have them.
    pub(super) latin: BTreeMap<String, u32>,
    /// Of `lexicon::polyphones`, those that stand in its documents, by their index.
    pub(super) polyphones: BTreeSet<u16>,
    /// The documents whose texts the lexicon looks for words in, with their sections.
    pub(super) sampled: Vec<(usize, Vec<SearchSection>)>,
}

impl BatchPart {
    /// Its occurrences of a shard, in no particular order.
    pub(super) fn occurrences(&self, shard: u32) -> &[Packed] {
        let at = |shard: u32| self.starts[shard as usize] as usize;
        &self.occurrences[at(shard)..at(shard + 1)]
    }
}

/// A unit of a batch.
struct BatchUnit {
    slot: u32,
    /// The place of its document in the batch.
    place: usize,
    is_first: bool,
    pieces: Vec<Piece>,
}

impl<'a> Plan<'a> {
    /// Lays documents out.
    pub fn new(documents: Vec<SearchDocument>, settings: &'a SearchSettings) -> Self {
        let sizes = sizes(documents.len());
        let unit_counts: Vec<usize> = documents
            .iter()
            .map(|document| pack(&document.sections, usize::MAX).len())
            .collect();
        let layout = lay_out(&documents, &unit_counts, sizes);
        let mut by_slot: Vec<(u32, usize)> = layout.slot.iter().copied().zip(0..).collect();
        by_slot.sort_unstable();
        Plan {
            sample: lexicon::Share::of(&documents),
            documents,
            settings,
            sizes,
            layout,
            unit_counts,
            by_slot,
        }
    }

    /// The batches, in the order of slots. No text file belongs to two of them. They take the sections along.
    pub fn batches(&mut self) -> Vec<Batch> {
        let mut batches = Vec::new();
        let mut start = 0;
        while start < self.by_slot.len() {
            let mut end = (start + BATCH).min(self.by_slot.len());
            while end < self.by_slot.len() && self.shares_a_file(end) {
                end += 1;
            }
            let members = self.by_slot[start..end].iter();
            let taken =
                members.map(|(_, index)| std::mem::take(&mut self.documents[*index].sections));
            batches.push(Batch {
                places: start..end,
                sections: taken.collect(),
            });
            start = end;
        }
        batches
    }

    /// Whether the document at a place has a text file in common with the one before it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a document has fewer units than an index has slots"
    )]
    fn shares_a_file(&self, place: usize) -> bool {
        let (before, index) = self.by_slot[place - 1];
        let last = before + self.unit_counts[index] as u32 - 1;
        last / self.sizes.block == self.by_slot[place].0 / self.sizes.block
    }

    /// Takes the documents of a batch apart. `read` makes the sections of those that came without, by their index.
    pub fn take_apart(
        &self,
        mut batch: Batch,
        read: impl Fn(usize) -> Vec<SearchSection>,
    ) -> Result<BatchPart> {
        let mut part = BatchPart::default();
        let mut units = Vec::new();
        let mut occurrences = Vec::new();
        let members = self.by_slot[batch.places.clone()].iter();
        for (place, ((slot, index), sections)) in members.zip(&mut batch.sections).enumerate() {
            let document = &self.documents[*index];
            if sections.is_empty() {
                *sections = read(*index);
            }
            let terms = terms(document, sections, self.unit_counts[*index]);
            for word in terms.latin {
                *part.latin.entry(word).or_default() += 1;
            }
            lexicon::find_standing(document, sections, &terms.polyphones, &mut part.polyphones);
            for (number, unit) in (0..).zip(terms.units) {
                occurrences.push((slot + number, unit.occurrences));
                units.push(BatchUnit {
                    slot: slot + number,
                    place,
                    is_first: number == 0,
                    pieces: unit.pieces,
                });
            }
        }
        (part.occurrences, part.starts) = by_shard(occurrences, self.sizes.shards);
        part.files = units
            .chunk_by(|a, b| a.slot / self.sizes.block == b.slot / self.sizes.block)
            .map(|units| self.encode_text(&batch, units))
            .collect::<Result<_>>()?;
        let members = self.by_slot[batch.places].iter();
        let sampled = members
            .zip(batch.sections)
            .filter(|((_, index), _)| self.sample.takes(&self.documents[*index]));
        part.sampled = sampled
            .map(|((_, index), sections)| (*index, sections))
            .collect();
        Ok(part)
    }

    fn encode_text(&self, batch: &Batch, units: &[BatchUnit]) -> Result<SearchFile> {
        let block = units.first().map_or(0, |unit| unit.slot / self.sizes.block);
        let sources: Vec<texts::UnitSource> = units
            .iter()
            .map(|unit| texts::UnitSource {
                slot: unit.slot,
                document: &self.documents[self.by_slot[batch.places.start + unit.place].1],
                sections: &batch.sections[unit.place],
                pieces: &unit.pieces,
                is_first: unit.is_first,
            })
            .collect();
        Ok(self.settings.delivered(SearchFile {
            path: head::text(block),
            bytes: texts::encode(&sources)?,
        }))
    }
}

/// Occurrences with their slots, sorted by shard, and where each shard's begin; one more for the end.
fn by_shard(units: Vec<(u32, Vec<Occurrence>)>, shards: u32) -> (Vec<Packed>, Vec<u32>) {
    let mut starts = vec![0_u32; shards as usize + 1];
    for occurrence in units.iter().flat_map(|(_, occurrences)| occurrences) {
        starts[shards::place(occurrence.key, shards).0 as usize + 1] += 1;
    }
    for shard in 1..starts.len() {
        starts[shard] += starts[shard - 1];
    }
    let mut next = starts.clone();
    let mut sorted = vec![0; starts.last().map_or(0, |end| *end as usize)];
    for (slot, occurrences) in units {
        for occurrence in occurrences {
            let (shard, rest) = shards::place(occurrence.key, shards);
            let place = &mut next[shard as usize];
            sorted[*place as usize] =
                packed::pack(rest, slot, occurrence.impact, occurrence.signature);
            *place += 1;
        }
    }
    (sorted, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_file_belongs_to_two_batches() {
        let document = |index: usize| SearchDocument {
            url: format!("jobs/{index}/"),
            title: format!("岗位{index}"),
            published: i32::try_from(index / 100).ok(),
            ..SearchDocument::default()
        };
        let settings = SearchSettings::default();
        let mut plan = Plan::new((0..8_000).map(document).collect(), &settings);
        let batches = plan.batches();
        let sizes: Vec<usize> = batches.iter().map(|batch| batch.places.len()).collect();
        assert!(sizes.iter().any(|size| *size > BATCH), "{sizes:?}");
        let parts = batches
            .into_iter()
            .map(|batch| plan.take_apart(batch, |_| Vec::new()).expect("a part"));
        let files: Vec<SearchFile> = parts.flat_map(|part| part.files).collect();
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths.len(), files.len());
    }
}
