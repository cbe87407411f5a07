//! The tasks of an index: its files but for the texts, each made without knowing of the others, so that the caller may
//! run them in parallel. Enters: the parts that the batches of a plan became. Leaves: the files.

use super::columns;
use super::deflate::{deflate, deflated_json};
use super::document::{SearchDocument, SearchFile};
use super::encoded::{Encoded, named};
use super::head::{self, FORMAT, Head, PART};
use super::packed::MOST_SLOTS;
use super::plan::{BatchPart, Plan};
use super::{cards, fold, lexicon, shards, state, synonyms};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, Result};

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// A term shard.
    Shard(u32),
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

/// A plan with all its batches taken apart.
pub struct Gathered<'a> {
    plan: Plan<'a>,
    parts: Vec<BatchPart>,
    /// Latin words and how many documents have them.
    latin: Vec<(String, u32)>,
    /// Of `lexicon::polyphones`, those that stand in a document.
    polyphones: BTreeSet<u16>,
}

impl<'a> Gathered<'a> {
    /// Gathers the parts of a plan, which stand beside its batches. The documents of the lexicon's sample have their sections again.
    pub fn new(mut plan: Plan<'a>, mut parts: Vec<BatchPart>) -> Self {
        let mut latin: BTreeMap<String, u32> = BTreeMap::new();
        let mut polyphones = BTreeSet::new();
        for part in &mut parts {
            for (word, count) in std::mem::take(&mut part.latin) {
                *latin.entry(word).or_default() += count;
            }
            polyphones.append(&mut part.polyphones);
            for (index, sections) in part.sampled.drain(..) {
                plan.documents[index].sections = sections;
            }
        }
        Gathered {
            plan,
            parts,
            latin: lexicon::rank_latin(latin),
            polyphones,
        }
    }

    /// The tasks, always in the same order.
    pub fn tasks(&self) -> Vec<Task> {
        // The longest comes first: it should not be the one that all others wait for.
        let mut tasks = vec![Task::Lexicon];
        tasks.extend((0..self.plan.sizes.shards).map(Task::Shard));
        tasks.extend((0..self.plan.layout.slots.div_ceil(cards::SLOTS)).map(Task::Cards));
        tasks.extend(self.plan.settings.facets.iter().copied().map(Task::Facet));
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
    pub fn encode(&self, task: &Task) -> Result<Encoded> {
        let mut encoded = match task {
            Task::Shard(shard) => self.encode_shard(*shard)?,
            Task::Cards(number) => {
                let range = number * cards::SLOTS..(number + 1) * cards::SLOTS;
                let from = self
                    .plan
                    .by_slot
                    .partition_point(|(slot, _)| *slot < range.start);
                let to = self
                    .plan
                    .by_slot
                    .partition_point(|(slot, _)| *slot < range.end);
                if from == to {
                    Encoded::default()
                } else {
                    let members = self.plan.by_slot[from..to].iter();
                    named(
                        &head::cards(*number),
                        cards::encode(
                            members.map(|(slot, index)| (*slot, &self.plan.documents[*index])),
                        )?,
                    )
                }
            }
            Task::Facet(facet) => {
                let values = self.in_order().map(|document| document.values(facet));
                named(&format!("columns/{facet}"), columns::encode_facet(values)?)
            }
            Task::Closes => {
                let days = self
                    .in_order()
                    .map(|document| document.closes.map(|day| (i64::from(day), i64::from(day))));
                named("columns/closes", columns::encode_range(days)?)
            }
            Task::Salary => {
                let pay = self.in_order().map(|document| {
                    document
                        .salary
                        .map(|(from, to)| (i64::from(from), i64::from(to)))
                });
                named("columns/salary", columns::encode_range(pay)?)
            }
            Task::State => named(
                "state",
                state::encode_state(
                    &self.plan.documents,
                    &self.plan.unit_counts,
                    &self.plan.layout,
                ),
            ),
            Task::Days => named(
                "days",
                state::encode_days(
                    &self.plan.documents,
                    &self.plan.layout,
                    self.plan.sizes.period,
                ),
            ),
            Task::Lexicon => lexicon::encode(
                &self.plan.documents,
                self.plan.settings,
                self.plan.sample,
                &self.polyphones,
            )?,
            Task::LatinWords => named("latin", deflated_json(&self.latin)?),
            Task::Synonyms => named("synonyms", synonyms::encode(&self.plan.settings.synonyms)?),
            Task::Fold => named("fold", deflate(&fold::encode_table())?),
            Task::Pinyin => named("pinyin", lexicon::encode_characters()?),
        };
        let files = encoded.files.into_iter();
        encoded.files = files
            .map(|file| self.plan.settings.delivered(file))
            .collect();
        Ok(encoded)
    }

    /// The files that hold the tags of the others, and the texts; `tags` stands beside `tasks`.
    pub fn finish(self, tasks: &[Task], tags: &[u32]) -> Result<Vec<SearchFile>> {
        if self.plan.layout.slots > MOST_SLOTS {
            return Err(Error::other("more documents than an index can hold"));
        }
        let mut head = Head {
            format: FORMAT,
            documents: u32::try_from(self.plan.documents.len()).map_err(Error::other)?,
            slots: self.plan.layout.slots,
            shards: self.plan.sizes.shards,
            block: self.plan.sizes.block,
            period: self.plan.sizes.period,
            scale: shards::scale(self.plan.layout.slots),
            ..Head::default()
        };
        let (mut terms, mut cards) = (Vec::new(), Vec::new());
        for (task, tag) in tasks.iter().zip(tags) {
            match task {
                Task::Shard(_) => terms.push(*tag),
                Task::Cards(_) => cards.push(*tag),
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
            bytes: serde_json::to_vec(&head)?,
        });
        let texts = self.parts.into_iter().flat_map(|part| part.files);
        let files = files.into_iter();
        let files = files.map(|file| self.plan.settings.delivered(file));
        Ok(files.chain(texts).collect())
    }

    fn in_order(&self) -> impl Iterator<Item = &SearchDocument> + Clone {
        self.plan
            .by_slot
            .iter()
            .map(|(_, index)| &self.plan.documents[*index])
    }

    fn encode_shard(&self, shard: u32) -> Result<Encoded> {
        let parts = self.parts.iter();
        let mut occurrences = parts
            .map(|part| part.occurrences(shard))
            .collect::<Vec<_>>()
            .concat();
        let made = shards::encode(&mut occurrences, shards::scale(self.plan.layout.slots))?;
        let mut encoded = named(&head::shard(shard), made.bytes);
        for (rest, bytes) in made.lists {
            encoded
                .files
                .append(&mut named(&head::list(shard, rest), bytes).files);
        }
        Ok(encoded)
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
        }
    }
}
