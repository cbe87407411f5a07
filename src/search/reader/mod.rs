//! The reader in Rust: it answers queries from the files of an index exactly as `themes/default/js/search/` does, part by
//! part, so that tests can compare the two. Enters: a way to get files, a query. Leaves: results that were checked against
//! the text. Where files are missing or do not fit together, it says so instead of answering.

#![expect(
    clippy::cast_possible_truncation,
    reason = "an index holds fewer than 2²⁶ documents"
)]

pub mod check;
pub mod evaluate;
pub mod files;
pub mod filter;
pub mod query;
pub mod spoken;
pub mod ways_out;

use check::{Folded, Mark, Quotation};
use evaluate::{Documents, Hits};
use files::{Fetch, Files, Stale};
use filter::{Counts, Filters, Sort, Table};
use query::{Atom, Clause, Query};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Up to this limit, results are checked against the text.
const CHECKED_LIMIT: usize = 50;
/// Up to this place, pages count checked results only.
const CHECKED_DEPTH: usize = 500;

/// What to answer besides the query.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What documents must be.
    pub filters: Filters,
    /// The order of results.
    pub sort: Sort,
    /// Whether closed documents are shown, after open ones.
    pub all: bool,
    /// How many results to return.
    pub limit: usize,
    /// How many to leave out first.
    pub offset: usize,
    /// Whether to count by facet.
    pub facets: bool,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The link below the edition's root, with an anchor where a section matched.
    pub url: String,
    /// The title as written.
    pub title: String,
    /// The kind.
    pub kind: String,
    /// A quotation; empty where nothing was checked.
    pub excerpt: Quotation,
    /// What of the title was found.
    pub title_marks: Vec<Mark>,
    /// Whether the document is closed.
    pub closed: bool,
    /// Per facet, the ids that the document stands under; besides them `shown`, what its row says, and `language`, where it
    /// is not the edition's. Empty where nothing was checked.
    pub facets: BTreeMap<String, Vec<String>>,
    /// The score.
    pub score: u32,
}

/// A way out, or a remark, for the person who searches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is. Remarks: `synonym` and `pinyin` (words were added), `cut` (the query is too long), `failed` (a part that
    /// nothing has), `together` (no document has all parts). Ways out, in this order: `closed` and `filters` (hidden
    /// documents have it), `sound`, `spelling`, `near`, `any`.
    pub kind: &'static str,
    /// The part of the query that it is about.
    pub text: String,
    /// The query to run instead; empty where there is none.
    pub query: String,
    /// Words that were added, or how the words are read.
    pub words: Vec<String>,
    /// Documents that the other query finds before the text check, where that is known.
    pub total: Option<u32>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Documents found.
    pub total: u32,
    /// Whether `total` is certain.
    pub exact: bool,
    /// The results asked for.
    pub results: Vec<Found>,
    /// Counts by facet, where asked for.
    pub facets: Option<Counts>,
    /// Remarks and ways out.
    pub suggestions: Vec<Suggestion>,
}

/// A reader of one index.
pub struct Reader<'a> {
    fetch: Fetch<'a>,
    files: RefCell<Option<Files<'a>>>,
}

impl<'a> Reader<'a> {
    /// A reader that has read nothing yet.
    pub fn new(fetch: Fetch<'a>) -> Self {
        Reader {
            fetch,
            files: RefCell::default(),
        }
    }

    /// Words for what was typed so far, when it can be pinyin: the likeliest first.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<String>, Stale> {
        let mut files = self.files.borrow_mut();
        let files = match files.as_mut() {
            Some(files) => files,
            None => files.insert(Files::open(self.fetch)?),
        };
        spoken::words(files, typed, limit)
    }

    /// Answers a query. Where the files changed meanwhile, it begins once more with a fresh head.
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, Stale> {
        self.attempt(query, options).or_else(|_| {
            *self.files.borrow_mut() = None;
            self.attempt(query, options)
        })
    }

    fn attempt(&self, query: &str, options: &Options) -> Result<Answer, Stale> {
        let mut files = self.files.borrow_mut();
        let files = match files.as_mut() {
            Some(files) => files,
            None => files.insert(Files::open(self.fetch)?),
        };
        answer(files, query, options)
    }
}

/// A clause with the units that seem to hold it.
struct Searched<'q> {
    clause: &'q Clause,
    hits: Vec<Hits>,
}

fn answer(files: &Files, text: &str, options: &Options) -> Result<Answer, Stale> {
    let mut query = query::parse(text);
    let mut answer = Answer::default();
    if query.clauses.is_empty() && !text.trim().is_empty() {
        answer.exact = true;
        return Ok(answer);
    }
    add_synonyms(files, &mut query, &mut answer)?;
    spoken::add_words(files, &mut query, &mut answer.suggestions)?;
    let searched = look_up(files, &query)?;
    let is_plain = options.filters.is_empty() && options.sort != Sort::Closing && !options.facets;
    let table = Table::load(
        files,
        &options.filters,
        options.sort,
        !is_plain && options.facets,
    )?;
    let candidates = combine(files, &searched, &table, options);

    let (mut passed, _) = table.filter(files, &candidates, &options.filters, false);
    let ranked = table.rank(files, &passed, options.sort);
    let is_checked = options.limit <= CHECKED_LIMIT;
    let mut dropped = Documents::default();
    let mut checked = 0;
    if is_checked {
        let is_deep = options.offset + options.limit > CHECKED_DEPTH;
        let start = if is_deep { options.offset } else { 0 };
        let wanted = options.offset + options.limit - start;
        let mut held = Vec::new();
        for slot in ranked.iter().skip(start) {
            // On deep pages what falls away is not replaced: the page would begin elsewhere each time.
            if held.len() == wanted || (is_deep && checked == wanted) {
                break;
            }
            checked += 1;
            match check_document(files, &searched, *slot, &options.filters)? {
                Some(found) => held.push((*slot, found)),
                None => dropped.slots.push(*slot),
            }
        }
        dropped.slots.sort_unstable();
        dropped.scores = vec![0; dropped.slots.len()];
        for (slot, found) in held.into_iter().skip(options.offset - start) {
            answer.results.push(show(files, &passed, slot, &found));
        }
    } else {
        for slot in ranked.iter().skip(options.offset).take(options.limit) {
            let (_, url, title, kind) = files.card(*slot)?;
            answer.results.push(Found {
                url,
                title,
                kind,
                excerpt: Quotation::default(),
                title_marks: Vec::new(),
                closed: files.flags[*slot as usize].closed,
                facets: BTreeMap::new(),
                score: score_of(&passed, *slot),
            });
        }
    }
    passed = evaluate::difference(&passed, &dropped);
    answer.total = passed.slots.len() as u32;
    let exact_clauses = searched
        .iter()
        .all(|searched| searched.clause.atoms.iter().all(Atom::is_exact));
    answer.exact = exact_clauses || (is_checked && checked == ranked.len());
    if options.facets {
        let rest = evaluate::difference(&candidates, &dropped);
        answer.facets = table.filter(files, &rest, &options.filters, true).1;
    }
    if query.is_cut {
        answer.suggestions.push(Suggestion {
            kind: "cut",
            ..Suggestion::default()
        });
    }
    if answer.total == 0 {
        ways_out::suggest(
            files,
            &query,
            &searched,
            &dropped,
            options,
            &mut answer.suggestions,
        )?;
    }
    Ok(answer)
}

/// Adds the words that mean the same as a typed one, and says so.
fn add_synonyms(files: &Files, query: &mut Query, answer: &mut Answer) -> Result<(), Stale> {
    let synonyms = files.synonyms()?;
    for index in 0..query.clauses.len() {
        let mut added: Vec<Atom> = Vec::new();
        let clause = &query.clauses[index];
        for (place, atom) in clause
            .atoms
            .iter()
            .enumerate()
            .filter(|(_, atom)| !atom.quoted && !clause.negated)
        {
            let own = String::from_utf16_lossy(&atom.units);
            let mut new = synonyms.of(&own);
            new.retain(|word| {
                let units: Vec<u16> = word.encode_utf16().collect();
                let mut known = clause.atoms.iter().chain(&added);
                !known.any(|atom| atom.units == units)
            });
            if new.is_empty() {
                continue;
            }
            let atoms = new
                .iter()
                .map(|word| query::atom(&word.encode_utf16().collect::<Vec<_>>(), false));
            added.extend(atoms.filter(|atom| !atom.items.is_empty()));
            answer.suggestions.push(Suggestion {
                kind: "synonym",
                text: atom.text.clone(),
                query: query::write(query, &|clause, other| {
                    ((clause, other) == (index, place)).then(|| format!("\"{}\"", atom.text))
                }),
                words: new.iter().map(|word| synonyms.shown(word)).collect(),
                total: None,
            });
        }
        query.clauses[index].atoms.append(&mut added);
    }
    Ok(())
}

fn look_up<'q>(files: &Files, query: &'q Query) -> Result<Vec<Searched<'q>>, Stale> {
    let mut all = Vec::new();
    for (index, clause) in query.clauses.iter().enumerate() {
        let next = query.clauses.get(index + 1).filter(|next| !next.negated);
        let follower = next.and_then(|next| next.atoms.first()).and_then(|atom| {
            let item = atom.items.first()?;
            atom.units.get(item.start).copied()
        });
        all.push(Searched {
            clause,
            hits: evaluate::clause_hits(files, clause, follower)?,
        });
    }
    Ok(all)
}

/// The documents that all clauses allow, closed ones only where asked for.
fn combine(files: &Files, searched: &[Searched], table: &Table, options: &Options) -> Documents {
    let mut all: Option<Documents> = None;
    for one in searched.iter().filter(|one| !one.clause.negated) {
        let documents = evaluate::documents(files, &one.hits);
        all = Some(match all {
            Some(before) => evaluate::intersection(&before, &documents),
            None => documents,
        });
    }
    let mut all = all.unwrap_or_else(|| table.all());
    for one in searched.iter().filter(|one| one.clause.negated) {
        for (atom, hits) in one.clause.atoms.iter().zip(&one.hits) {
            // What only seems to hold an excluded phrase is left to the text check.
            if atom.is_exact() || options.limit > CHECKED_LIMIT {
                all = evaluate::difference(
                    &all,
                    &evaluate::documents(files, std::slice::from_ref(hits)),
                );
            }
        }
    }
    for (slot, score) in all.slots.iter().zip(&mut all.scores) {
        *score = evaluate::weigh(*score, files.flags[*slot as usize].posting);
    }
    if !options.all {
        let is_open = |slot: &u32| !files.flags[*slot as usize].closed;
        let kept: Vec<(u32, u32)> = all
            .slots
            .into_iter()
            .zip(all.scores)
            .filter(|(slot, _)| is_open(slot))
            .collect();
        (all.slots, all.scores) = kept.into_iter().unzip();
    }
    all
}

/// The units of a document that hold something, in the order of their slots; `None` when the text check fails.
fn check_document<'q>(
    files: &Files,
    searched: &[Searched<'q>],
    first: u32,
    filters: &Filters,
) -> Result<Option<Checked<'q>>, Stale> {
    let mut units: Vec<(u32, Folded)> = Vec::new();
    let mut atoms: Vec<&Atom> = Vec::new();
    let mut in_head = true;
    for one in searched {
        let mut holds = false;
        for (atom, hits) in one.clause.atoms.iter().zip(&one.hits) {
            let from = hits.slots.partition_point(|slot| *slot < first);
            for slot in hits.slots[from..]
                .iter()
                .take_while(|slot| evaluate::first_slot(files, **slot) == first)
            {
                let place = if let Some(place) = units.iter().position(|unit| unit.0 == *slot) {
                    place
                } else {
                    units.push((*slot, Folded::new(files.unit(*slot)?)));
                    units.len() - 1
                };
                let unit = &units[place].1;
                if !filters.pass(&unit.unit.facts) || !unit.has_pairs(atom) {
                    return Err(Stale);
                }
                if unit.holds(atom) {
                    holds = true;
                    if !one.clause.negated && !atoms.contains(&atom) {
                        atoms.push(atom);
                    }
                }
            }
        }
        if holds == one.clause.negated {
            return Ok(None);
        }
        let head = units
            .iter()
            .any(|unit| one.clause.atoms.iter().any(|atom| unit.1.head_holds(atom)));
        in_head &= head || one.clause.negated;
    }
    if units.is_empty() {
        let unit = Folded::new(files.unit(first)?);
        if !filters.pass(&unit.unit.facts) {
            return Err(Stale);
        }
        units.push((first, unit));
    }
    units.sort_by_key(|unit| unit.0);
    let units = units.into_iter().map(|unit| unit.1).collect();
    Ok(Some(Checked {
        units,
        atoms,
        in_head,
    }))
}

/// A document that passed the text check.
struct Checked<'q> {
    units: Vec<Folded>,
    atoms: Vec<&'q Atom>,
    /// Whether title, number, tags and words hold all clauses.
    in_head: bool,
}

fn score_of(documents: &Documents, slot: u32) -> u32 {
    documents
        .slots
        .binary_search(&slot)
        .map_or(0, |at| documents.scores[at])
}

fn show(files: &Files, documents: &Documents, slot: u32, checked: &Checked) -> Found {
    // The piece that holds most, the first of equals.
    let mut best = (0, 0, 0);
    for (place, unit) in checked.units.iter().enumerate() {
        for piece in 0..unit.pieces() {
            let count = unit.piece_count(piece, &checked.atoms);
            if count > best.0 {
                best = (count, place, piece);
            }
        }
    }
    let unit = &checked.units[best.1];
    let anchor = unit
        .unit
        .pieces
        .get(best.2)
        .map_or("", |piece| piece.0.as_str());
    let mut url = unit.unit.url.clone();
    if best.0 > 0 && !checked.in_head && !anchor.is_empty() {
        url = format!("{url}#{anchor}");
    }
    Found {
        url,
        title: unit.unit.title.clone(),
        kind: unit.unit.kind.clone(),
        excerpt: unit.quote(best.2, &checked.atoms),
        title_marks: unit.title_marks(&checked.atoms),
        closed: files.flags[slot as usize].closed,
        facets: unit.unit.facts.facets.clone(),
        score: score_of(documents, slot),
    }
}
