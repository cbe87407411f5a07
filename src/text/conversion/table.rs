//! A table of phrases. Enters: pairs of a phrase and its replacement. Leaves: a table that finds the longest phrase at
//! a place of a text. A lookup takes time bounded by the longest phrase, whatever the text.

#![expect(
    clippy::cast_possible_truncation,
    reason = "the tables are the program's own and far smaller than 2³² bytes"
)]

/// A phrase and its value as places in the table's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConversionEntry {
    pub key: (u32, u32),
    /// Equal to `key` when the phrase stays as it is.
    pub value: (u32, u32),
}

/// Phrases with their replacements. The first two characters of a phrase lead to it: a filter refuses most pairs, a
/// hash finds the few entries that begin with a pair, and among these the longest is found character by character.
#[derive(Debug, Default)]
pub(super) struct ConversionTable {
    pub(super) text: String,
    /// Sorted by key.
    pub(super) entries: Vec<ConversionEntry>,
    /// The third character of each entry, 0 without: most longer phrases are refused without reading them.
    thirds: Vec<u32>,
    /// For each entry whether it is an ordinary word; empty when none is.
    pub(super) words: Vec<bool>,
    /// For each block of 256 code points its page in `singles`; page 0 is empty.
    pages: Vec<u16>,
    /// The replacement of each code point of a page by itself: 0 for none, a code point, or from `TEXT` on an entry.
    singles: Vec<u32>,
    /// Ranges of the entries that share their first two characters.
    groups: Vec<(u32, u32)>,
    /// Finds a group by its pair: open addressing with linear probing, at most three quarters full. 0 is empty.
    slots: Vec<u64>,
    /// One bit for each pair of characters that may begin a phrase (a Bloom filter with one hash).
    filter: Vec<u64>,
    /// Whether some phrase begins with an ASCII character.
    pub(super) ascii: bool,
}

/// Blocks of 256 code points up to the end of Unicode.
const BLOCKS: usize = 0x1100;

/// First number in `ConversionTable::singles` that is an entry and no code point.
pub(super) const TEXT: u32 = 0x11_0000;

/// Bits of a slot that hold the number of a group; the others hold its pair of characters.
const GROUP_BITS: u32 = 22;

/// Bits of the filter for each pair: about four in a hundred foreign pairs pass.
const FILTER_BITS: usize = 16;

/// Two characters in one number.
pub(super) fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 21 | u64::from(second)
}

/// The replacement of the single character `key`, whose entry has this number.
fn single(key: &str, value: &str, number: u32) -> u32 {
    let mut chars = value.chars();
    match (chars.next(), chars.next()) {
        _ if key == value => 0,
        (Some(c), None) => c as u32,
        _ => TEXT + number,
    }
}

/// Spreads a number over all 64 bits (Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, 6.4).
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The code point that begins at a byte of UTF-8 text, and its number of bytes; 0 and 1 behind the end.
#[expect(
    clippy::inline_always,
    reason = "it is called for every character of every text"
)]
#[inline(always)]
pub(super) fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let low = |byte: u8| u32::from(byte & 0x3F);
    match bytes.get(at..).unwrap_or_default() {
        // Nearly every Han character, and so asked for first.
        [a @ 0xE0..0xF0, b, c, ..] => (u32::from(a & 0x0F) << 12 | low(*b) << 6 | low(*c), 3),
        rest => decode_rare(rest),
    }
}

/// The code point at the begin of a text, and its number of bytes, when it is not one of three bytes.
fn decode_rare(bytes: &[u8]) -> (u32, usize) {
    let low = |byte: u8| u32::from(byte & 0x3F);
    match *bytes {
        [a @ 0..0x80, ..] => (u32::from(a), 1),
        [a @ 0x80..0xE0, b, ..] => (u32::from(a & 0x1F) << 6 | low(b), 2),
        [a, b, c, d, ..] => {
            let high = u32::from(a & 0x07) << 18 | low(b) << 12;
            (high | low(c) << 6 | low(d), 4)
        }
        _ => (0, 1),
    }
}

impl ConversionTable {
    /// Makes a table; of two pairs with the same phrase the first counts, and phrases that are empty or hold NUL are
    /// left out. `words`, in ascending order, are ordinary words, to which a phrase that is not a word gives way.
    pub(super) fn new(pairs: &[(&str, &str)], words: &[&str]) -> ConversionTable {
        // 0 marks the end of a phrase.
        let is_usable = |(key, _): &&(&str, &str)| !key.is_empty() && !key.contains('\0');
        let mut sorted: Vec<&(&str, &str)> = pairs.iter().filter(is_usable).collect();
        // Stable, and linear on the long sorted runs that the data files are.
        sorted.sort_by_key(|(key, _)| *key);
        sorted.dedup_by_key(|(key, _)| *key);
        let mut table = ConversionTable {
            pages: vec![0; BLOCKS],
            singles: vec![0; 256],
            ..ConversionTable::default()
        };
        let mut pairs: Vec<u64> = Vec::new();
        let mut words_left = words;
        for (key, value) in sorted {
            let mut chars = key.chars();
            let Some(first) = chars.next() else { continue };
            let number = table.push(key, value);
            table.ascii |= first.is_ascii();
            if !words.is_empty() {
                while words_left.first().is_some_and(|word| word < key) {
                    words_left = &words_left[1..];
                }
                table.words.push(words_left.first() == Some(key));
            }
            let second = chars.next();
            table.thirds.push(chars.next().map_or(0, u32::from));
            let Some(second) = second else {
                *table.place(first) = single(key, value, number);
                continue;
            };
            let pair = pair(first as u32, second as u32);
            if pairs.last() != Some(&pair) {
                pairs.push(pair);
                table.groups.push((number, number));
            }
            if let Some(group) = table.groups.last_mut() {
                group.1 = number + 1;
            }
        }
        table.index(&pairs);
        table
    }

    fn keep(&mut self, part: &str) -> (u32, u32) {
        let start = self.text.len() as u32;
        self.text.push_str(part);
        (start, self.text.len() as u32)
    }

    /// Adds an entry behind all smaller ones and gives its number.
    fn push(&mut self, key: &str, value: &str) -> u32 {
        let kept = self.keep(key);
        let value = if value == key { kept } else { self.keep(value) };
        self.entries.push(ConversionEntry { key: kept, value });
        self.entries.len() as u32 - 1
    }

    /// The place of a character in `singles`, made if there is none.
    fn place(&mut self, c: char) -> &mut u32 {
        let block = c as usize >> 8;
        if self.pages[block] == 0 {
            self.pages[block] = (self.singles.len() >> 8) as u16;
            self.singles.resize(self.singles.len() + 256, 0);
        }
        let place = ((self.pages[block] as usize) << 8) | (c as usize & 0xFF);
        &mut self.singles[place]
    }

    /// Makes the filter and the hash of the pairs, which are in the order of their groups.
    fn index(&mut self, pairs: &[u64]) {
        self.filter = vec![0; (pairs.len() * FILTER_BITS / 64 + 1).next_power_of_two()];
        self.slots = vec![0; (pairs.len() * 4 / 3 + 1).next_power_of_two()];
        for (number, pair) in pairs.iter().enumerate() {
            let (word, bit) = self.filter_place(*pair);
            self.filter[word] |= bit;
            let mut slot = self.slot(*pair);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = pair << GROUP_BITS | number as u64;
        }
    }

    /// The word of the filter that knows a pair, and its bit in it.
    fn filter_place(&self, pair: u64) -> (usize, u64) {
        let hash = spread(pair);
        let word = (hash >> 40) as usize & (self.filter.len() - 1);
        (word, 1 << (hash >> 34 & 63))
    }

    /// Where the search for a pair of characters begins.
    fn slot(&self, pair: u64) -> usize {
        (spread(pair) >> 32) as usize & (self.slots.len() - 1)
    }

    /// The entries that begin with a pair of characters.
    fn group(&self, pair: u64) -> (usize, usize) {
        let mut slot = self.slot(pair);
        loop {
            let content = self.slots[slot];
            if content == 0 {
                return (0, 0);
            }
            if content >> GROUP_BITS == pair {
                let (from, to) = self.groups[content as usize & ((1 << GROUP_BITS) - 1)];
                return (from as usize, to as usize);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// A part of the table's text.
    pub(super) fn part(&self, (start, end): (u32, u32)) -> &str {
        &self.text[start as usize..end as usize]
    }

    /// The longest entry of two characters and more that stands at a byte of the text, where two characters with
    /// their numbers of bytes stand, and whose end is accepted.
    #[expect(
        clippy::inline_always,
        reason = "it is called for every character of every text"
    )]
    #[inline(always)]
    pub(super) fn longest(
        &self,
        text: &str,
        start: usize,
        first: (u32, usize),
        second: (u32, usize),
        accept: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let pair = pair(first.0, second.0);
        let (word, bit) = self.filter_place(pair);
        match self.filter[word] & bit {
            0 => None,
            _ => self.longest_of(text, start, pair, first.1 + second.1, accept),
        }
    }

    /// The longest entry that begins with a pair of characters, which take `matched` bytes.
    fn longest_of(
        &self,
        text: &str,
        start: usize,
        pair: u64,
        mut matched: usize,
        accept: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let (low, high) = self.group(pair);
        let mut found = None;
        if low == high {
            return found;
        }
        let exact = usize::from(self.thirds[low] == 0);
        if exact == 1 && accept(start + matched) {
            found = Some(low);
        }
        let third = decode(text.as_bytes(), start + matched);
        let thirds = &self.thirds[low + exact..high];
        let from = thirds.partition_point(|c| *c < third.0);
        let count = thirds[from..].partition_point(|c| *c == third.0);
        let mut low = low + exact + from;
        let mut high = low + count;
        matched += third.1;
        // Every entry of `low..high` begins with the text matched so far; the one that is no longer stands first.
        while low < high {
            let key = self.entries[low].key;
            let length = (key.1 - key.0) as usize;
            if length == matched {
                if accept(start + length) {
                    found = Some(low);
                }
                low += 1;
                continue;
            }
            let Some(rest) = text.as_bytes().get(start + matched..) else {
                break;
            };
            if high - low == 1 {
                let whole = rest.starts_with(&self.part(key).as_bytes()[matched..]);
                return if whole && accept(start + length) {
                    Some(low)
                } else {
                    found
                };
            }
            if rest.is_empty() {
                break;
            }
            let next = decode(rest, 0);
            let at = |entry: &ConversionEntry| decode(self.part(entry.key).as_bytes(), matched).0;
            let range = &self.entries[low..high];
            let from = range.partition_point(|entry| at(entry) < next.0);
            let to = from + range[from..].partition_point(|entry| at(entry) == next.0);
            (low, high) = (low + from, low + to);
            matched += next.1;
        }
        found
    }

    /// The replacement of a code point by itself, as in `singles`.
    pub(super) fn single(&self, c: u32) -> u32 {
        let page = self.pages[c as usize >> 8] as usize;
        self.singles[(page << 8) | (c as usize & 0xFF)]
    }
}
