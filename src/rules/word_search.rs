//! Many words found in one pass over a text. Enters: words. Leaves: for a text, where each of them begins. Most characters
//! begin no word, and one look into a table says so; an automaton takes a step for every byte.

/// The characters of the basic plane; those beyond share the last place.
const CODES: usize = 0x10000;
/// How many bytes after its first character tell words apart before they are compared.
const KEY: usize = 3;

/// Words, to be found all at once.
#[derive(Debug)]
pub(super) struct WordSearch {
    /// For every first character the number of its group, from 1; 0 where no word begins with it.
    numbers: Box<[u16; CODES]>,
    groups: Vec<WordBucket>,
}

/// Words that begin alike.
#[derive(Debug, Default)]
struct WordBucket {
    /// What the last byte of a key may be, one bit for its last six bits: most texts go on as no word does.
    ends: u64,
    /// The keys of words that are long enough to have one, sorted, each with its word.
    long: Vec<([u8; KEY], SearchedWord)>,
    /// The other words.
    short: Vec<SearchedWord>,
}

#[derive(Debug)]
struct SearchedWord {
    bytes: Vec<u8>,
    number: usize,
}

impl WordSearch {
    /// Words are numbered in their order. `None` where one of them does not begin with a whole character.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a [u8]>) -> Option<WordSearch> {
        let numbers = vec![0; CODES].into_boxed_slice().try_into().ok()?;
        let mut search = WordSearch {
            numbers,
            groups: Vec::new(),
        };
        for (number, bytes) in words.enumerate() {
            let first = bytes.utf8_chunks().next()?.valid().chars().next()?;
            let group = &mut search.numbers[(first as usize).min(CODES - 1)];
            if *group == 0 {
                search.groups.push(WordBucket::default());
                *group = u16::try_from(search.groups.len()).ok()?;
            }
            let group = &mut search.groups[usize::from(*group) - 1];
            let key = bytes[first.len_utf8()..].first_chunk::<KEY>().copied();
            let bytes = bytes.to_vec();
            match key {
                Some(key) => {
                    group.ends |= bit(key);
                    group.long.push((key, SearchedWord { bytes, number }));
                }
                None => group.short.push(SearchedWord { bytes, number }),
            }
        }
        for group in &mut search.groups {
            group.long.sort_by_key(|(key, _)| *key);
        }
        Some(search)
    }

    /// Calls `found` with the number of a word and its first byte in a text, for every place of every word, in the
    /// places' order.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        for (at, c) in text.char_indices() {
            let number = self.numbers[(c as usize).min(CODES - 1)];
            if number != 0 {
                let (group, rest) = (
                    &self.groups[usize::from(number) - 1],
                    &text.as_bytes()[at..],
                );
                group.each(rest, c.len_utf8(), |word| found(word, at));
            }
        }
    }
}

impl WordBucket {
    /// The words with which a text begins, whose first character has so many bytes.
    fn each(&self, text: &[u8], length: usize, mut found: impl FnMut(usize)) {
        for word in &self.short {
            if text.starts_with(&word.bytes) {
                found(word.number);
            }
        }
        let Some(key) = text[length..].first_chunk::<KEY>() else {
            return;
        };
        if self.ends & bit(*key) == 0 {
            return;
        }
        let from = self.long.partition_point(|(known, _)| known < key);
        let alike = self.long[from..].iter();
        for (_, word) in alike.take_while(|(known, _)| known == key) {
            if text.starts_with(&word.bytes) {
                found(word.number);
            }
        }
    }
}

/// The bit of a key's last byte.
fn bit(key: [u8; KEY]) -> u64 {
    1 << (key[KEY - 1] & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        let search = WordSearch::new(words.iter().map(|word| word.as_bytes())).expect("words");
        let mut places = Vec::new();
        search.each(text, |word, at| places.push((word, at)));
        places.sort_unstable();
        places
    }

    #[test]
    fn every_place_of_every_word_is_found() {
        let words = [
            "男",
            "男性",
            "限男性",
            "限",
            "a",
            "ab",
            "abcd",
            "abce",
            "𠮷野",
            "𠮷",
            "￿",
        ];
        for text in [
            "限男性与限男男性",
            "abcdabceababab",
            "𠮷野𠮷",
            "𠀀限",
            "",
            "男",
            "￿",
            "其他的词句",
        ] {
            let mut expected = Vec::new();
            for (number, word) in words.iter().enumerate() {
                let at = text.char_indices().map(|(at, _)| at);
                let at = at.filter(|at| text[*at..].starts_with(word));
                expected.extend(at.map(|at| (number, at)));
            }
            assert_eq!(places(&words, text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_may_break_off_inside_a_character_but_not_inside_its_first() {
        let cut = &"限男".as_bytes()[..5];
        let search = WordSearch::new([cut].into_iter()).expect("a whole first character");
        let mut places = Vec::new();
        search.each("不限男限女", |_, at| places.push(at));
        // Both characters begin with the same two bytes or not; the words as bytes decide.
        let same = "女".as_bytes()[..2] == "男".as_bytes()[..2];
        assert_eq!(places.len(), if same { 2 } else { 1 });
        assert!(WordSearch::new([&"限".as_bytes()[..2]].into_iter()).is_none());
    }
}
