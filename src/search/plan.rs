//! The plan of an index: every document has its slots, every posting its shard. Enters: documents and their terms.
//! Leaves: tasks that know nothing of each other, so that the caller may run them in parallel, and the files they make.

use super::cards;
use super::columns::{self, FACETS};
use super::document::{SearchDocument, SearchFile, SearchSettings};
use super::fold;
use super::head::{self, FORMAT, Head, PART};
use super::key::tag;
use super::layout::{Layout, Sizes, lay_out, sizes};
use super::lexicon;
use super::shards::{self, Packed};
use super::state;
use super::synonyms;
use super::terms::{DocumentTerms, UnitTerms};
use super::texts;
use std::ops::Range;

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// A term shard.
    Shard(u32),
    /// The text file of the units at these places in the order of slots.
    Text(Range<usize>),
    /// The cards of a range of slots.
    Cards(u32),
    /// A facet's column.
    Facet(&'static str),
    /// The column of closing days.
    Closes,
    /// The column of salaries.
    Salary,
    /// Groups, continued units, closed documents.
    State,
    /// The day of every document.
    Days,
    /// Words with their readings.
    Lexicon,
    /// Latin words.
    LatinWords,
    /// Groups of words that mean the same.
    Synonyms,
    /// Pairs of characters that fold.
    Fold,
    /// The readings of characters.
    Pinyin,
}

/// What a task makes.
#[derive(Debug, Clone, Default)]
pub struct Encoded {
    /// The files.
    pub files: Vec<SearchFile>,
    /// The tag of the file that others name; 0 when there is none.
    pub tag: u32,
}

/// The plan of an index.
pub struct Plan<'a> {
    documents: &'a [SearchDocument],
    settings: &'a SearchSettings,
    sizes: Sizes,
    layout: Layout,
    unit_counts: Vec<usize>,
    /// Slot, document, index of the unit, and the unit without its postings, by slot.
    units: Vec<(u32, usize, usize, UnitTerms)>,
    /// Documents by slot.
    by_slot: Vec<(u32, usize)>,
    /// Latin words and how many documents have them.
    latin: Vec<(String, u32)>,
    /// The polyphones that each document may have.
    polyphones: Vec<Vec<u16>>,
    postings: Vec<Packed>,
    /// Where each shard's postings begin; one more for the end.
    starts: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// Lays documents out and sorts their postings by shard. `terms` stands beside `documents`.
    pub fn new(
        documents: &'a [SearchDocument],
        terms: Vec<DocumentTerms>,
        settings: &'a SearchSettings,
    ) -> Self {
        let sizes = sizes(documents.len());
        let unit_counts: Vec<usize> = terms.iter().map(|terms| terms.units.len()).collect();
        let layout = lay_out(documents, &unit_counts, sizes);
        let mut by_slot: Vec<(u32, usize)> = layout.slot.iter().copied().zip(0..).collect();
        by_slot.sort_unstable();

        let latin = lexicon::count_latin(terms.iter().map(|terms| terms.latin.as_slice()));
        let mut starts = vec![0_usize; sizes.shards as usize + 1];
        for posting in terms
            .iter()
            .flat_map(|terms| &terms.units)
            .flat_map(|unit| &unit.postings)
        {
            starts[shards::place(posting.key, sizes.shards).0 as usize + 1] += 1;
        }
        for shard in 1..starts.len() {
            starts[shard] += starts[shard - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![0; starts.last().copied().unwrap_or(0)];
        let mut units = Vec::new();
        let mut polyphones = Vec::with_capacity(documents.len());
        for (document, terms) in terms.into_iter().enumerate() {
            polyphones.push(terms.polyphones);
            for (index, mut unit) in terms.units.into_iter().enumerate() {
                let slot = layout.slot[document] + index as u32;
                for posting in std::mem::take(&mut unit.postings) {
                    let (shard, rest) = shards::place(posting.key, sizes.shards);
                    let place = &mut next[shard as usize];
                    postings[*place] = shards::pack(rest, slot, posting.impact, posting.signature);
                    *place += 1;
                }
                units.push((slot, document, index, unit));
            }
        }
        units.sort_unstable_by_key(|unit| unit.0);
        Plan {
            documents,
            settings,
            sizes,
            layout,
            unit_counts,
            units,
            by_slot,
            latin,
            polyphones,
            postings,
            starts,
        }
    }

    /// The tasks, always in the same order.
    pub fn tasks(&self) -> Vec<Task> {
        // The longest comes first: it should not be the one that all others wait for.
        let mut tasks = vec![Task::Lexicon];
        tasks.extend((0..self.sizes.shards).map(Task::Shard));
        let mut start = 0;
        for block in self
            .units
            .chunk_by(|a, b| a.0 / self.sizes.block == b.0 / self.sizes.block)
        {
            tasks.push(Task::Text(start..start + block.len()));
            start += block.len();
        }
        tasks.extend((0..self.layout.slots.div_ceil(cards::SLOTS)).map(Task::Cards));
        tasks.extend(FACETS.map(Task::Facet));
        tasks.extend([
            Task::Closes,
            Task::Salary,
            Task::State,
            Task::Days,
            Task::LatinWords,
            Task::Synonyms,
            Task::Fold,
            Task::Pinyin,
        ]);
        tasks
    }

    /// Does a task.
    pub fn encode(&self, task: &Task) -> Encoded {
        let mut encoded = match task {
            Task::Shard(shard) => self.encode_shard(*shard),
            Task::Text(range) => self.encode_text(range.clone()),
            Task::Cards(number) => {
                let range = number * cards::SLOTS..(number + 1) * cards::SLOTS;
                let from = self
                    .by_slot
                    .partition_point(|(slot, _)| *slot < range.start);
                let to = self.by_slot.partition_point(|(slot, _)| *slot < range.end);
                match from == to {
                    true => Encoded::default(),
                    false => {
                        let members = self.by_slot[from..to].iter();
                        named(
                            &head::cards(*number),
                            cards::encode(
                                members.map(|(slot, index)| (*slot, &self.documents[*index])),
                            ),
                        )
                    }
                }
            }
            Task::Facet(facet) => {
                let documents = self.in_order();
                let values = documents
                    .map(|document| document.facets.get(facet).map_or(&[][..], Vec::as_slice));
                named(&format!("columns/{facet}"), columns::encode_facet(values))
            }
            Task::Closes => {
                let days = self
                    .in_order()
                    .map(|document| document.closes.map(|day| (i64::from(day), i64::from(day))));
                named("columns/closes", columns::encode_range(days))
            }
            Task::Salary => {
                let pay = self.in_order().map(|document| {
                    document
                        .salary
                        .map(|(from, to)| (i64::from(from), i64::from(to)))
                });
                named("columns/salary", columns::encode_range(pay))
            }
            Task::State => named(
                "state",
                state::encode_state(self.documents, &self.unit_counts, &self.layout),
            ),
            Task::Days => named(
                "days",
                state::encode_days(self.documents, &self.layout, self.sizes.period),
            ),
            Task::Lexicon => lexicon::encode(self.documents, self.settings, &self.polyphones),
            Task::LatinWords => named("latin", texts::deflate(&texts::json(&self.latin))),
            Task::Synonyms => named("synonyms", synonyms::encode(&self.settings.synonyms)),
            Task::Fold => named("fold", texts::deflate(&fold::encode_table())),
            Task::Pinyin => named("pinyin", lexicon::encode_characters()),
        };
        let files = encoded.files.into_iter();
        encoded.files = files.map(|file| self.settings.delivered(file)).collect();
        encoded
    }

    /// The files that hold the tags of the others; `tags` stands beside `tasks`.
    pub fn finish(&self, tasks: &[Task], tags: &[u32]) -> Vec<SearchFile> {
        let mut head = Head {
            format: FORMAT,
            documents: self.documents.len() as u32,
            slots: self.layout.slots,
            shards: self.sizes.shards,
            block: self.sizes.block,
            period: self.sizes.period,
            scale: shards::scale(self.layout.slots),
            ..Head::default()
        };
        let (mut terms, mut cards) = (Vec::new(), Vec::new());
        for (task, tag) in tasks.iter().zip(tags) {
            match task {
                Task::Shard(_) => terms.push(*tag),
                Task::Cards(_) => cards.push(*tag),
                Task::Text(_) => {}
                _ => {
                    head.files.insert(task.name(), *tag);
                }
            }
        }
        let mut files = Vec::new();
        for (part, tags) in (0..).zip(terms.chunks(PART as usize)) {
            let mut encoded = named(&head::part(part), head::encode_tags(tags.iter().copied()));
            head.parts.push(encoded.tag);
            files.append(&mut encoded.files);
        }
        let mut encoded = named("tags/cards", head::encode_tags(cards.into_iter()));
        head.files.insert("tags/cards".to_owned(), encoded.tag);
        files.append(&mut encoded.files);
        files.push(SearchFile {
            path: head::PATH.to_owned(),
            bytes: texts::json(&head),
        });
        let files = files.into_iter();
        files.map(|file| self.settings.delivered(file)).collect()
    }

    fn in_order(&self) -> impl Iterator<Item = &'a SearchDocument> + Clone + '_ {
        self.by_slot
            .iter()
            .map(|(_, index)| &self.documents[*index])
    }

    fn encode_shard(&self, shard: u32) -> Encoded {
        let range = self.starts[shard as usize]..self.starts[shard as usize + 1];
        let mut postings = self.postings[range].to_vec();
        let made = shards::encode(&mut postings, shards::scale(self.layout.slots));
        let mut encoded = named(&head::shard(shard), made.bytes);
        for (rest, bytes) in made.lists {
            encoded
                .files
                .append(&mut named(&head::list(shard, rest), bytes).files);
        }
        encoded
    }

    fn encode_text(&self, range: Range<usize>) -> Encoded {
        let units = &self.units[range];
        let block = units.first().map_or(0, |unit| unit.0 / self.sizes.block);
        let sources: Vec<texts::Source> = units
            .iter()
            .map(|(slot, document, index, terms)| texts::Source {
                slot: *slot,
                document: &self.documents[*document],
                terms,
                is_first: *index == 0,
            })
            .collect();
        Encoded {
            files: vec![SearchFile {
                path: head::text(block),
                bytes: texts::encode(&sources),
            }],
            tag: 0,
        }
    }
}

impl Task {
    /// The name of the task's file, without its tag.
    fn name(&self) -> String {
        match self {
            Task::Facet(facet) => format!("columns/{facet}"),
            Task::Closes => "columns/closes".to_owned(),
            Task::Salary => "columns/salary".to_owned(),
            Task::State => "state".to_owned(),
            Task::Days => "days".to_owned(),
            Task::Lexicon => "tags/lexicon".to_owned(),
            Task::LatinWords => "latin".to_owned(),
            Task::Synonyms => "synonyms".to_owned(),
            Task::Fold => "fold".to_owned(),
            Task::Pinyin => "pinyin".to_owned(),
            Task::Shard(shard) => head::shard(*shard),
            Task::Cards(number) => head::cards(*number),
            Task::Text(range) => format!("text-{}", range.start),
        }
    }
}

/// A file named after its content.
pub fn named(name: &str, bytes: Vec<u8>) -> Encoded {
    let tag = tag(&bytes);
    Encoded {
        files: vec![SearchFile {
            path: head::tagged(name, tag),
            bytes,
        }],
        tag,
    }
}
