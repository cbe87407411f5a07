//! The readings of words. Enters: a word. Leaves: the readings that people would type for it, most likely first.
//! Never: more than four readings, or a reading of only a part of the word.

use std::sync::OnceLock;

use super::table::readings;
use crate::text::fold_char;

/// Words whose reading does not follow from their single characters. The head of the file explains its format.
const TEXT: &str = include_str!("polyphones.txt");

/// The most readings that a word gets.
pub const MAX_READINGS: usize = 4;

/// The most characters that a word may have to get readings: nobody types longer ones without a pause.
pub const MAX_WORD: usize = 32;

/// Letters and digits. In the readings of a word, each of them is a syllable.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// A word of the list with its readings.
pub(super) struct PolyphoneReadings {
    pub(super) word: &'static str,
    pub(super) readings: Vec<Vec<&'static str>>,
}

pub(super) fn polyphones() -> &'static [PolyphoneReadings] {
    static WORDS: OnceLock<Vec<PolyphoneReadings>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: Vec<PolyphoneReadings> = TEXT
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (word, readings) = line.split_once(' ')?;
                let readings = readings
                    .split('|')
                    .map(|reading| reading.split_whitespace().collect())
                    .collect();
                Some(PolyphoneReadings { word, readings })
            })
            .collect();
        words.sort_by_key(|entry| entry.word);
        words
    })
}

/// The words of two characters and more whose readings are listed by hand.
pub fn listed_words() -> impl Iterator<Item = &'static str> {
    let words = polyphones().iter().map(|entry| entry.word);
    words.filter(|word| word.chars().nth(1).is_some())
}

/// The letter or digit as text that lives as long as the program.
fn plain(c: char) -> Option<&'static str> {
    let at = PLAIN.find(c)?;
    PLAIN.get(at..at + 1)
}

/// One way to read the rest of a word. The last syllable comes first, since the rest grows at its front.
#[derive(Clone)]
struct WordReading {
    /// The distance of the chosen readings from the likeliest ones.
    penalty: usize,
    reversed: Vec<&'static str>,
}

/// The ways to read the rest of a word after a place.
struct Rest {
    /// The number of characters that no listed word covers.
    loose: usize,
    ways: Vec<WordReading>,
}

/// The readings of a word that a reader would type, most likely first, at most [`MAX_READINGS`].
///
/// Words of the list of polyphones win over single characters: only those ways to cut the word count that leave the
/// fewest characters uncovered. Readings with fewer rare readings of single characters come first.
/// Letters and digits count as syllables of their own (IT审计: i t shen ji); blanks and signs have no sound. A word with a
/// character of unknown reading, or of more than [`MAX_WORD`] characters, has no reading.
pub fn word_readings(word: &str) -> Vec<Vec<&'static str>> {
    let mut text = String::with_capacity(word.len());
    for (count, c) in word.chars().enumerate() {
        if count == MAX_WORD {
            return Vec::new();
        }
        text.push(fold_char(c));
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // The rest after each place, from the end of the word to its beginning.
    let mut rests = vec![Rest {
        loose: 0,
        ways: vec![WordReading {
            penalty: 0,
            reversed: Vec::new(),
        }],
    }];
    for (place, &at) in starts.iter().enumerate().rev() {
        let mut best = Rest {
            loose: usize::MAX,
            ways: Vec::new(),
        };
        for entry in listed_at(&text[at..]) {
            let length = entry.word.chars().count();
            let after = &rests[starts.len() - place - length];
            best.offer(after, 0, entry.readings.iter().map(Vec::as_slice));
        }
        if let Some(c) = text[at..].chars().next() {
            let after = &rests[starts.len() - place - 1];
            if let Some(letter) = plain(c) {
                best.offer(after, 0, std::iter::once(&[letter][..]));
            } else if c.is_alphanumeric() {
                best.offer(after, 1, readings(c).iter().map(std::slice::from_ref));
            } else {
                best.offer(after, 0, std::iter::once(&[][..]));
            }
        }
        rests.push(best);
    }
    let ways = rests.pop().map(|rest| rest.ways).unwrap_or_default();
    ways.into_iter()
        .map(|way| way.reversed.into_iter().rev().collect::<Vec<_>>())
        .filter(|reading| !reading.is_empty())
        .collect()
}

/// The listed words at the beginning of a text, longest first.
fn listed_at(text: &str) -> impl Iterator<Item = &'static PolyphoneReadings> {
    let words = polyphones();
    let first = text.chars().next().map_or(0, char::len_utf8);
    let head = &text[..first];
    let from = words.partition_point(|entry| entry.word < head);
    let family = words[from..]
        .iter()
        .take_while(|entry| entry.word.starts_with(head))
        .count();
    let found = words[from..from + family].iter().rev();
    // If one word is a prefix of another, the longer one sorts later.
    found.filter(|entry| text.starts_with(entry.word))
}

impl Rest {
    /// Adds the ways that begin with one of `readings`, the likeliest first, and go on with `after`.
    fn offer<'a>(
        &mut self,
        after: &Rest,
        loose: usize,
        readings: impl Iterator<Item = &'a [&'static str]>,
    ) {
        let loose = after.loose.saturating_add(loose);
        if after.ways.is_empty() || loose > self.loose {
            return;
        }
        if loose < self.loose {
            self.ways.clear();
            self.loose = loose;
        }
        for (rank, reading) in readings.enumerate() {
            for way in &after.ways {
                let penalty = way.penalty + rank;
                // Ways with the same penalty keep the order in which they are offered.
                let place = self.ways.partition_point(|other| other.penalty <= penalty);
                if place >= MAX_READINGS {
                    break;
                }
                let mut reversed = Vec::with_capacity(way.reversed.len() + reading.len());
                reversed.extend_from_slice(&way.reversed);
                reversed.extend(reading.iter().rev());
                if self.ways[..place]
                    .iter()
                    .any(|other| other.reversed == reversed)
                {
                    continue;
                }
                self.ways.retain(|other| other.reversed != reversed);
                self.ways.insert(place, WordReading { penalty, reversed });
                self.ways.truncate(MAX_READINGS);
            }
        }
    }
}

/// The first letters of a reading, the key to look words up by: zh counts as z. 支行行长 gives `zhhz`.
pub fn initials(reading: &[&str]) -> String {
    reading
        .iter()
        .filter_map(|syllable| syllable.chars().next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(word: &str) -> Vec<String> {
        word_readings(word)
            .iter()
            .map(|reading| reading.join(" "))
            .collect()
    }

    #[test]
    fn listed_words_win_wherever_they_occur_in_a_word() {
        assert_eq!(spelled("总行"), ["zong hang"]);
        assert_eq!(spelled("支行行长"), ["zhi hang hang zhang"]);
        assert_eq!(
            spelled("總行會計部"),
            ["zong hang kuai ji bu", "zong hang hui ji bu"]
        );
        assert_eq!(spelled("调研"), ["diao yan", "tiao yan"]);
    }

    #[test]
    fn two_cuts_of_a_word_both_count() {
        assert_eq!(
            spelled("其他行政"),
            ["qi ta hang zheng", "qi ta xing zheng"]
        );
    }

    #[test]
    fn characters_combine_with_the_fewest_rare_readings_first() {
        assert_eq!(
            spelled("乐长"),
            ["le zhang", "le chang", "yue zhang", "yue chang"]
        );
        assert_eq!(spelled("风险"), ["feng xian"]);
        assert_eq!(word_readings("乐长乐长行").len(), MAX_READINGS);
    }

    #[test]
    fn letters_and_digits_are_syllables_and_signs_are_silent() {
        assert_eq!(spelled("ＩＴ审计"), ["i t shen ji"]);
        assert_eq!(spelled("2026校招"), ["2 0 2 6 xiao zhao"]);
        assert_eq!(spelled("财务（总行）"), ["cai wu zong hang"]);
    }

    #[test]
    fn a_word_that_cannot_be_spelled_has_no_reading() {
        for word in [
            "",
            "（）",
            "\u{2A700}员",
            "データ",
            &"行".repeat(MAX_WORD + 1),
        ] {
            assert!(word_readings(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn every_listed_word_has_a_syllable_for_each_character() {
        for entry in polyphones() {
            assert!(!entry.readings.is_empty() && entry.readings.len() <= MAX_READINGS);
            for reading in &entry.readings {
                assert_eq!(reading.len(), entry.word.chars().count(), "{}", entry.word);
            }
        }
    }

    #[test]
    fn the_key_takes_first_letters() {
        assert_eq!(initials(&["zhi", "hang", "hang", "zhang"]), "zhhz");
    }
}
