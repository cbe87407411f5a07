//! Search: an index of plain files. What answers from them runs in the browser (`themes/default/js/search/`) and is written
//! there alone; `tests/it/search/` asks it and judges what it says by the plain texts. Enters: documents as `SearchDocument`.
//! Leaves: files below `search/`. Nothing here reads files, clocks or threads: `Plan` names batches and `Gathered` tasks
//! that know nothing of each other, and the caller runs them as it likes.
//!
//! # What is searched
//!
//! Texts are sequences of UTF-16 code units, folded unit by unit (`fold`), so that offsets stay true in every script.
//! A document is cut into **units** of up to about 1,600 code units at the borders of sections and, in long sections, at
//! the ends of sentences (`terms`). The terms of a unit are the pairs of adjacent Han units (kana, hangul and surrogates
//! count as Han), Latin words, the pairs across a change of script, single characters of titles and tags, and the record
//! number without its signs. Each has an **impact** (0 once in the text, 1 more often, 2 heading, tag or facet, 3 title,
//! 4 its beginning, 5 its end, 6 both) and a **signature**: of eight buckets of code units, those that follow the term.
//! A phrase ABCD is where AB, with the bucket of C, BC, with that of D, and CD are. That misses nothing and finds a little
//! too much; what is shown is checked against the text.
//!
//! # What holds a query
//!
//! A query is a row of clauses, 32 at most; a document must hold all of them, in any of its units, and none that is
//! negated. A clause is a choice of atoms. An atom is a row of words that stand side by side: a Latin word stands alone, Han
//! characters may be a part of a run; a single space may stand where the script changes, and up to three signs where signs
//! were typed. An atom of single characters is sought in title, number and tags, every other one in all texts; the number is
//! found without its signs too. Up to 16 terms of an atom are looked up, evenly spread. Words that mean the same are choices
//! of their clause, unless the word is quoted; so are up to five words that Latin letters stand for, where no document has
//! the letters themselves.
//!
//! # Where documents stand
//!
//! A unit stands in a **slot** (`layout`), the units of a document side by side. Slots are grouped by the period of the day
//! of publishing; inside a group the hash of the address decides. So a document that comes, goes or changes moves hardly any
//! other, and a term's list changes only with its own documents. No file depends on averages over all documents.
//!
//! # The files
//!
//! Numbers of more than one byte are little-endian unless said otherwise. A **tag** is 24 bits of a hash of a file's bytes
//! (`key::tag`); files named `name-tag.bin` never change, and a reader checks the tag. `head.json` and `text/` have fixed
//! names and must be asked for anew. Deflated means RFC 1951 without a header. Codes of bits are those of `bits`, the least
//! significant bit first.
//!
//! | file | content |
//! |---|---|
//! | `head.json` | format, numbers of documents, slots and shards, block, period, scale, and the tags of what follows (`head`) |
//! | `tags/terms-PP` | the tags of 256 term shards, three bytes each |
//! | `terms/SSSS` | a shard: the terms whose hash ends in its number |
//! | `lists/SSSS-RRRRRR` | a list of more than 4 KB, by its shard and the rest of its term's hash (`long_list`), deflated |
//! | `text/BB/BB.bin` | the units of a few slots (`texts`), with what a row shows: JSON in GB 18030, deflated, its tag behind it |
//! | `tags/cards`, `cards/NNN` | link, title and kind of the documents of 256 slots (`cards`): JSON, deflated |
//! | `state` | groups of slots, continued units, closed documents, postings (`state`) |
//! | `days` | the first slot of every document, and its day within the period |
//! | `columns/NAME` | for a facet or range, a dictionary and every document's row (`columns`), deflated |
//! | `synonyms` | groups of folded words, and how those are written that are not written so: JSON, deflated |
//! | `tags/lexicon`, `lexicon/KK` | words whose reading begins with two letters: `[word, reading, weight]` (`lexicon`): JSON, deflated |
//! | `latin` | Latin words and how many documents have them: JSON, deflated |
//! | `fold` | the table of Traditional characters (`fold::encode_table`), deflated |
//! | `pinyin` | the readings of characters (`text::pinyin::browser_table`), deflated |
//!
//! A **shard** is: the number of terms plus one (gamma), a parameter (5 bits), and for each term, ascending: the gap of the
//! rest of its hash (Rice with that parameter), the length of its list (gamma), from 1,024 occurrences on a bit whether the
//! list stands alone, and then its tag (24 bits) or, otherwise, the list. A **list** is, from 8 occurrences on, a bit whether a
//! usual signature follows (8 bits); for each occurrence the gap of its slot (Rice; the parameter follows from the length and
//! the head's `scale`), the impact (unary, six ones at most), a bit 0 where the signature is the usual one, and otherwise,
//! after a bit 1 if there is a usual one, the signature: 0 and the number of its only bucket (3 bits); or 1 and, for
//! impacts above 0, a bit whether all eight bits follow. Without them nothing follows the term.
//!
//! # Scores
//!
//! A term counts its rarity (sixteenths of bits: the logarithm of the number of documents plus one less that of the list's
//! length, 8 at least) times the weight of its impact: 4, 5, 10, 24, 26, 26, 28. A whole title adds 32 times the rarity of
//! all terms, a title's beginning 8 times; a following neighbour, which the next clause begins with, adds 8 times the rarity
//! of the last term. A choice that was not typed counts three quarters. A clause counts its best choice in the best unit, a
//! document the sum of its clauses, and a posting half as much again. Everything is a whole number, rounded down, so that
//! every browser agrees. Open documents come before closed ones, then the score decides, then the day, then the slot.
//!
//! # Types
//!
//! ```text
//! SearchDocument… + SearchSettings ──> Plan ──batches──> Batch
//! Batch ──take_apart──> BatchPart { files: SearchFile…, occurrences: packed Occurrence… }
//! Plan + BatchPart… ──> Gathered ──tasks──> Task ──encode──> Encoded
//! Gathered + the tags of all Encoded ──finish──> SearchFile…
//! ```

pub mod bits;
pub mod cards;
pub mod columns;
pub mod deflate;
pub mod discover;
pub mod document;
pub mod encoded;
pub mod fold;
mod gb18030;
pub mod head;
pub mod key;
pub mod layout;
pub mod lexicon;
pub mod long_list;
pub mod packed;
pub mod pieces;
pub mod plan;
mod portable;
pub mod shards;
pub mod state;
pub mod synonyms;
pub mod tasks;
pub mod terms;
pub mod texts;

pub use document::{FacetValue, SearchDocument, SearchFile, SearchSection, SearchSettings};
pub use encoded::Encoded;
pub use plan::{BatchPart, Plan};
pub use tasks::{Gathered, Task};
pub use terms::terms;

use std::io::Result;

/// Builds the whole index of documents with their sections on one thread; `Plan` is for callers that have more.
pub fn build(documents: &[SearchDocument], settings: &SearchSettings) -> Result<Vec<SearchFile>> {
    build_reading(documents.to_vec(), settings, |_| Vec::new())
}

/// The same; `read` makes the sections of those documents that come without, by their index.
pub fn build_reading(
    documents: Vec<SearchDocument>,
    settings: &SearchSettings,
    read: impl Fn(usize) -> Vec<SearchSection>,
) -> Result<Vec<SearchFile>> {
    let mut plan = Plan::new(documents, settings);
    let batches = plan.batches().into_iter();
    let parts = batches
        .map(|batch| plan.take_apart(batch, &read))
        .collect::<Result<_>>()?;
    let gathered = Gathered::new(plan, parts);
    let tasks = gathered.tasks();
    let mut files = Vec::new();
    let mut tags = Vec::new();
    for task in &tasks {
        let mut encoded = gathered.encode(task)?;
        files.append(&mut encoded.files);
        tags.push(encoded.tag);
    }
    files.extend(gathered.finish(&tasks, &tags)?);
    Ok(files)
}
