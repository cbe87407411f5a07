//! Filters, counts and order. Enters: documents with scores and what is asked for. Leaves: those that pass, counted by
//! facet, in the order asked for.

#![expect(clippy::cast_possible_wrap, reason = "days stay far below 2³¹")]

use super::evaluate::Documents;
use super::files::{Files, Stale};
use crate::search::columns::{FACETS, FacetColumn, RangeColumn};
use crate::search::texts::Facts;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// From and to, both included.
pub type Bounds = (Option<i64>, Option<i64>);

/// What documents must be, all at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// By facet the ids of which one must be there.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Days of publishing.
    pub published: Option<Bounds>,
    /// Last days for applications.
    pub closes: Option<Bounds>,
    /// Salaries, in yuan a month, of which the document's must overlap.
    pub salary: Option<Bounds>,
}

/// An order of results; open documents always come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By score.
    #[default]
    Relevance,
    /// By the day of publishing, newest first.
    New,
    /// By the last day for applications, soonest first.
    Closing,
}

/// By facet the ids, names and numbers of documents, the most frequent first.
pub type Counts = BTreeMap<String, Vec<(String, String, u32)>>;

impl Filters {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.facets.values().all(Vec::is_empty)
            && self.published.is_none()
            && self.closes.is_none()
            && self.salary.is_none()
    }

    /// Whether a document passes by its own account.
    pub fn pass(&self, facts: &Facts) -> bool {
        let day = |day: Option<i32>| day.map(|day| (i64::from(day), i64::from(day)));
        let pay = facts
            .salary
            .map(|(from, to)| (i64::from(from), i64::from(to)));
        self.facets
            .iter()
            .filter(|(_, ids)| !ids.is_empty())
            .all(|(facet, ids)| {
                let own = facts.facets.get(facet).map_or(&[][..], Vec::as_slice);
                ids.iter().any(|id| own.contains(id))
            })
            && overlaps(self.published, day(facts.published))
            && overlaps(self.closes, day(facts.closes))
            && overlaps(self.salary, pay)
    }
}

fn overlaps(bounds: Option<Bounds>, range: Option<(i64, i64)>) -> bool {
    match (bounds, range) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((low, high)), Some((from, to))) => {
            low.is_none_or(|low| to >= low) && high.is_none_or(|high| from <= high)
        }
    }
}

/// Days and columns, as far as they are needed.
pub struct Table {
    first: Vec<u32>,
    offsets: Vec<u32>,
    facets: BTreeMap<&'static str, FacetColumn>,
    closes: Option<RangeColumn>,
    salary: Option<RangeColumn>,
}

impl Table {
    /// Loads what filters, counts and order need.
    pub fn load(files: &Files, filters: &Filters, sort: Sort, counts: bool) -> Result<Self, Stale> {
        let days = files.days()?;
        let mut facets = BTreeMap::new();
        for facet in FACETS {
            if counts || filters.facets.get(facet).is_some_and(|ids| !ids.is_empty()) {
                facets.insert(facet, files.facet(facet)?);
            }
        }
        let range = |wanted: bool, name: &str| {
            if wanted {
                files.range(name).map(Some)
            } else {
                Ok(None)
            }
        };
        Ok(Table {
            first: days.first,
            offsets: days.offset,
            facets,
            closes: range(filters.closes.is_some() || sort == Sort::Closing, "closes")?,
            salary: range(filters.salary.is_some(), "salary")?,
        })
    }

    /// All documents, without scores.
    pub fn all(&self) -> Documents {
        Documents {
            slots: self.first.clone(),
            scores: vec![0; self.first.len()],
        }
    }

    fn row(&self, slot: u32) -> Option<usize> {
        self.first.binary_search(&slot).ok()
    }

    /// The day of publishing of a document.
    pub fn day(&self, files: &Files, slot: u32) -> Option<i32> {
        let group = files
            .state
            .groups
            .partition_point(|group| group.base <= slot)
            .checked_sub(1)?;
        let period = files.state.groups[group].period?;
        let offset = self
            .row(slot)
            .and_then(|row| self.offsets.get(row))
            .copied()
            .unwrap_or(0);
        Some(
            period
                .wrapping_mul(files.head.period as i32)
                .wrapping_add(offset as i32),
        )
    }

    fn range(column: Option<&RangeColumn>, row: Option<usize>) -> Option<(i64, i64)> {
        let column = column?;
        let index = *column.rows.get(row?)? as usize;
        (index > 0)
            .then(|| column.ranges.get(index).copied())
            .flatten()
    }

    /// Splits documents by filters: those that pass, and the counts for each facet, where its own filter is left out.
    pub fn filter(
        &self,
        files: &Files,
        documents: &Documents,
        filters: &Filters,
        counts: bool,
    ) -> (Documents, Option<Counts>) {
        let mut passed = Documents::default();
        let wanted: Vec<(&FacetColumn, Vec<bool>, u32, &'static str)> = self
            .facets
            .iter()
            .map(|(facet, column)| {
                let ids = filters.facets.get(*facet).filter(|ids| !ids.is_empty());
                let set_passes = |set: &Vec<u32>| {
                    ids.is_none_or(|ids| {
                        set.iter()
                            .any(|value| ids.contains(&column.values[*value as usize].0))
                    })
                };
                (
                    column,
                    column.sets.iter().map(set_passes).collect(),
                    0,
                    *facet,
                )
            })
            .collect();
        let mut numbers: Vec<Vec<u32>> = wanted
            .iter()
            .map(|(column, ..)| vec![0; column.sets.len()])
            .collect();
        // A facet that no column knows lets nothing pass.
        let unknown = filters
            .facets
            .iter()
            .any(|(facet, ids)| !ids.is_empty() && !self.facets.contains_key(facet.as_str()));
        for (slot, score) in documents.slots.iter().zip(&documents.scores) {
            let row = self.row(*slot);
            let day = self
                .day(files, *slot)
                .map(|day| (i64::from(day), i64::from(day)));
            let in_ranges = !unknown
                && overlaps(filters.published, day)
                && overlaps(filters.closes, Self::range(self.closes.as_ref(), row))
                && overlaps(filters.salary, Self::range(self.salary.as_ref(), row));
            if !in_ranges {
                continue;
            }
            let set = |column: &FacetColumn| {
                row.and_then(|row| column.rows.get(row))
                    .copied()
                    .unwrap_or(0) as usize
            };
            let mut failed = wanted
                .iter()
                .enumerate()
                .filter(|(_, (column, passes, ..))| !passes[set(column)])
                .map(|(index, _)| index);
            let only = failed.next();
            if failed.next().is_some() {
                continue;
            }
            for (index, (column, ..)) in wanted.iter().enumerate() {
                if only.is_none_or(|only| only == index) {
                    numbers[index][set(column)] += 1;
                }
            }
            if only.is_none() {
                passed.slots.push(*slot);
                passed.scores.push(*score);
            }
        }
        let counts = counts.then(|| {
            let facets = wanted.iter().zip(&numbers);
            facets
                .map(|((column, _, _, facet), numbers)| {
                    ((*facet).to_owned(), count(column, numbers))
                })
                .collect()
        });
        (passed, counts)
    }

    /// Puts documents in order.
    pub fn rank(&self, files: &Files, documents: &Documents, sort: Sort) -> Vec<u32> {
        let mut ranked: Vec<_> = documents
            .slots
            .iter()
            .zip(&documents.scores)
            .map(|(slot, score)| {
                let closed = files.flags[*slot as usize].closed;
                let day = self.day(files, *slot).map_or(i64::MIN, i64::from);
                let closing = Self::range(self.closes.as_ref(), self.row(*slot))
                    .map_or(i64::MAX, |range| range.0);
                let (first, second, third) = match sort {
                    Sort::Relevance => (Reverse(i64::from(*score)), Reverse(day), Reverse(0)),
                    Sort::New => (Reverse(day), Reverse(i64::from(*score)), Reverse(0)),
                    Sort::Closing => (Reverse(-closing), Reverse(i64::from(*score)), Reverse(day)),
                };
                (closed, first, second, third, *slot)
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|key| key.4).collect()
    }
}

fn count(column: &FacetColumn, sets: &[u32]) -> Vec<(String, String, u32)> {
    let mut numbers = vec![0; column.values.len()];
    for (set, number) in column.sets.iter().zip(sets) {
        for value in set {
            numbers[*value as usize] += number;
        }
    }
    let mut counted: Vec<(String, String, u32)> = column
        .values
        .iter()
        .zip(numbers)
        .filter(|(_, number)| *number > 0)
        .map(|((id, name), number)| (id.clone(), name.clone(), number))
        .collect();
    // Values are sorted by id, and a stable sort keeps that among equals.
    counted.sort_by_key(|value| Reverse(value.2));
    counted
}
