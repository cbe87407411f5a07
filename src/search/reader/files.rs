//! The files of an index as a reader sees them. Enters: a way to get bytes. Leaves: lists, texts, columns, each read
//! once and checked. A file that is missing, cut or of another build is `Stale`, never an empty answer.

use crate::search::cards::{self, Card};
use crate::search::columns::{self, FacetColumn, RangeColumn};
use crate::search::head::{self, FORMAT, Head, PART};
use crate::search::key::Key;
use crate::search::lexicon::{self, Entry};
use crate::search::long_list;
use crate::search::packed::List;
use crate::search::shards::{self, Found};
use crate::search::state::{self, Days, State};
use crate::search::synonyms::{self, Synonyms};
use crate::search::texts::{self, Unit};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The files on the server are not those of one build, or one is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the search index has just changed or is incomplete")]
pub struct Stale;

/// A way to get the bytes of a path below `search/`.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// One build of an index, as far as it has been read.
pub struct Files<'a> {
    fetch: Fetch<'a>,
    /// The head.
    pub head: Head,
    /// Groups, continued slots and closed documents.
    pub state: State,
    /// By slot: whether it continues a document, whether its document is closed.
    pub flags: Vec<Flags>,
    lists: RefCell<BTreeMap<Key, Rc<List>>>,
    raw: RefCell<BTreeMap<String, Rc<Vec<u8>>>>,
    texts: RefCell<BTreeMap<u32, Rc<Vec<Unit>>>>,
}

/// What a slot is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    /// Not the first unit of its document.
    pub continued: bool,
    /// The first unit of a closed document.
    pub closed: bool,
    /// The first unit of a posting.
    pub posting: bool,
}

impl<'a> Files<'a> {
    /// Reads head and state.
    pub fn open(fetch: Fetch<'a>) -> Result<Self, Stale> {
        let bytes = fetch(head::PATH).ok_or(Stale)?;
        let head: Head = serde_json::from_slice(&bytes).map_err(|_| Stale)?;
        let is_sound = head.format == FORMAT
            && head.shards.is_power_of_two()
            && head.block.is_power_of_two()
            && head.period.is_power_of_two();
        if !is_sound {
            return Err(Stale);
        }
        let mut files = Files {
            fetch,
            head,
            state: State::default(),
            flags: Vec::new(),
            lists: RefCell::default(),
            raw: RefCell::default(),
            texts: RefCell::default(),
        };
        files.state = state::decode_state(&files.single("state")?).ok_or(Stale)?;
        files.flags = vec![Flags::default(); files.head.slots as usize];
        for slot in &files.state.continued {
            files.flags.get_mut(*slot as usize).ok_or(Stale)?.continued = true;
        }
        for slot in &files.state.closed {
            files.flags.get_mut(*slot as usize).ok_or(Stale)?.closed = true;
        }
        for slot in &files.state.postings {
            files.flags.get_mut(*slot as usize).ok_or(Stale)?.posting = true;
        }
        Ok(files)
    }

    /// A file by its name and tag, checked.
    fn tagged(&self, name: &str, tag: u32) -> Result<Rc<Vec<u8>>, Stale> {
        let path = head::tagged(name, tag);
        if let Some(bytes) = self.raw.borrow().get(&path) {
            return Ok(Rc::clone(bytes));
        }
        let bytes = (self.fetch)(&path)
            .filter(|bytes| head::is_intact(bytes, tag))
            .ok_or(Stale)?;
        let bytes = Rc::new(bytes);
        self.raw.borrow_mut().insert(path, Rc::clone(&bytes));
        Ok(bytes)
    }

    /// A file that the head names.
    pub fn single(&self, name: &str) -> Result<Rc<Vec<u8>>, Stale> {
        self.tagged(name, *self.head.files.get(name).ok_or(Stale)?)
    }

    /// The postings of a term; empty when no document has it.
    pub fn list(&self, key: Key) -> Result<Rc<List>, Stale> {
        if let Some(list) = self.lists.borrow().get(&key) {
            return Ok(Rc::clone(list));
        }
        let (shard, rest) = shards::place(key, self.head.shards);
        let part = shard / PART;
        let tag = *self.head.parts.get(part as usize).ok_or(Stale)?;
        let tags = self.tagged(&head::part(part), tag)?;
        let tag = head::tag_at(&tags, (shard % PART) as usize).ok_or(Stale)?;
        let bytes = self.tagged(&head::shard(shard), tag)?;
        let list = match shards::find(&bytes, rest, self.head.scale).ok_or(Stale)? {
            Found::Nothing => List::default(),
            Found::Here(list) => list,
            Found::Alone(count, tag) => {
                let bytes = self.tagged(&head::list(shard, rest), tag)?;
                long_list::decode(&bytes, count).ok_or(Stale)?
            }
        };
        if list
            .slots
            .last()
            .is_some_and(|slot| *slot >= self.head.slots)
        {
            return Err(Stale);
        }
        let list = Rc::new(list);
        self.lists.borrow_mut().insert(key, Rc::clone(&list));
        Ok(list)
    }

    /// The unit at a slot.
    pub fn unit(&self, slot: u32) -> Result<Unit, Stale> {
        let block = slot / self.head.block;
        let known = self.texts.borrow().get(&block).map(Rc::clone);
        let units = if let Some(units) = known {
            units
        } else {
            let bytes = (self.fetch)(&head::text(block)).ok_or(Stale)?;
            let units = Rc::new(texts::decode(&bytes).ok_or(Stale)?);
            self.texts.borrow_mut().insert(block, Rc::clone(&units));
            units
        };
        units
            .iter()
            .find(|unit| unit.slot == slot)
            .cloned()
            .ok_or(Stale)
    }

    /// The card of a document by its first slot.
    pub fn card(&self, slot: u32) -> Result<Card, Stale> {
        let number = slot / cards::SLOTS;
        let tag = head::tag_at(&self.single("tags/cards")?, number as usize).ok_or(Stale)?;
        let cards = cards::decode(&self.tagged(&head::cards(number), tag)?).ok_or(Stale)?;
        cards.into_iter().find(|card| card.0 == slot).ok_or(Stale)
    }

    /// The days of all documents.
    pub fn days(&self) -> Result<Days, Stale> {
        state::decode_days(&self.single("days")?, self.head.slots, self.head.period).ok_or(Stale)
    }

    /// A facet's column.
    pub fn facet(&self, facet: &str) -> Result<FacetColumn, Stale> {
        let bytes = self.single(&format!("columns/{facet}"))?;
        columns::decode_facet(&bytes, self.head.documents as usize).ok_or(Stale)
    }

    /// A range's column.
    pub fn range(&self, name: &str) -> Result<RangeColumn, Stale> {
        let bytes = self.single(&format!("columns/{name}"))?;
        columns::decode_range(&bytes, self.head.documents as usize).ok_or(Stale)
    }

    /// The words of the lexicon whose reading begins with two letters, one of each syllable.
    pub fn lexicon(&self, key: &str) -> Result<Vec<Entry>, Stale> {
        let tags = lexicon::decode_tags(&self.single("tags/lexicon")?).ok_or(Stale)?;
        match tags.get(key) {
            Some(tag) => {
                lexicon::decode(&self.tagged(&format!("lexicon/{key}"), *tag)?).ok_or(Stale)
            }
            None => Ok(Vec::new()),
        }
    }

    /// Latin words, the most frequent first.
    pub fn latin_words(&self) -> Result<Vec<(String, u32)>, Stale> {
        lexicon::decode_latin(&self.single("latin")?).ok_or(Stale)
    }

    /// Groups of words that mean the same.
    pub fn synonyms(&self) -> Result<Synonyms, Stale> {
        synonyms::decode(&self.single("synonyms")?).ok_or(Stale)
    }
}
