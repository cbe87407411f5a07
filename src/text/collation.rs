//! Order of titles and names. Enters: a language and texts. Leaves: keys that sort bytewise: by pinyin in Simplified
//! Chinese, by strokes in Traditional, Latin first in English. The machine's locale never has a say.

use super::{fold_char, is_han};
use crate::text::Language;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Words whose characters are read otherwise than alone, one a line: the word, the same with characters of the right
/// sound, the readings of those. Pinyin order goes character by character and knows no words.
const POLYPHONES: &str = include_str!("polyphones.txt");

/// The order of one language. Unicode's collation data (CLDR) are compiled in; numbers go by their value.
#[derive(Debug)]
pub struct Order {
    collator: Option<CollatorBorrowed<'static>>,
    by_sound: bool,
    latin_first: bool,
}

impl Order {
    /// The order that lists of an interface language have.
    ///
    /// Simplified Chinese goes by pinyin, Han before Latin; Traditional by stroke count, the default of CLDR; English
    /// by the alphabet, with names that begin in Chinese behind it, by pinyin.
    pub fn of(language: Language) -> &'static Order {
        static PINYIN: OnceLock<Order> = OnceLock::new();
        static STROKE: OnceLock<Order> = OnceLock::new();
        static ENGLISH: OnceLock<Order> = OnceLock::new();
        match language {
            Language::Hans => PINYIN.get_or_init(|| Order {
                collator: collator(locale!("zh-u-co-pinyin")),
                by_sound: true,
                latin_first: false,
            }),
            Language::Hant | Language::HantTw | Language::HantHk => STROKE.get_or_init(|| Order {
                collator: collator(locale!("zh-u-co-stroke")),
                by_sound: false,
                latin_first: false,
            }),
            Language::En => ENGLISH.get_or_init(|| Order {
                collator: collator(locale!("zh-u-co-pinyin")),
                by_sound: true,
                latin_first: true,
            }),
        }
    }

    /// A key of a text: the bytes of keys compare in the order of the texts. Worth keeping where a list is sorted.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let text = text.trim();
        let mut key = Vec::with_capacity(text.len() + 8);
        if self.latin_first {
            let first = text.chars().find(|c| c.is_alphanumeric());
            key.push(u8::from(first.is_some_and(is_han)));
        }
        let sounded = if self.by_sound {
            with_sounds(text)
        } else {
            Cow::Borrowed(text)
        };
        match &self.collator {
            Some(collator) => {
                // Writing into memory cannot fail.
                let Ok(()) = collator.write_sort_key_to(&sounded, &mut key);
            }
            None => key.extend_from_slice(sounded.as_bytes()),
        }
        key
    }
}

/// A collator from compiled data. A language without any sorts by code points; a test shows that none is.
fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok()
}

/// The words of the table with their substitutes, sorted; a longer word comes after its prefix.
fn polyphones() -> &'static [(&'static str, &'static str)] {
    static WORDS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: Vec<(&str, &str)> = POLYPHONES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut parts = line.split(' ');
                Some((parts.next()?, parts.next()?))
            })
            .filter(|(word, _)| !word.is_empty())
            .collect();
        words.sort_unstable();
        words
    })
}

/// Replaces each word of the table by characters of the right sound; Traditional spelling counts too. The longest
/// word wins, and the next one may begin in its last character: 银行行长, 分行长.
fn with_sounds(text: &str) -> Cow<'_, str> {
    let words = polyphones();
    let folded: Vec<char> = text.chars().map(fold_char).collect();
    let mut sounds: Option<Vec<char>> = None;
    for at in 0..folded.len() {
        let Some(substitute) = longest_word(words, &folded[at..]) else {
            continue;
        };
        let sounds = sounds.get_or_insert_with(|| text.chars().collect());
        for ((place, substitute), own) in (at..).zip(substitute.1.chars()).zip(substitute.0.chars())
        {
            if substitute != own {
                sounds[place] = substitute;
            }
        }
    }
    sounds.map_or(Cow::Borrowed(text), |sounds| {
        Cow::Owned(sounds.into_iter().collect())
    })
}

/// The longest word of the table that a text begins with.
fn longest_word<'w>(
    words: &'w [(&'static str, &'static str)],
    text: &[char],
) -> Option<&'w (&'static str, &'static str)> {
    let first = *text.first()?;
    let start = words.partition_point(|(word, _)| word.chars().next() < Some(first));
    words[start..]
        .iter()
        .take_while(|(word, _)| word.starts_with(first))
        .filter(|(word, _)| {
            let mut rest = text.iter();
            word.chars().all(|c| rest.next() == Some(&c))
        })
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by_cached_key(|text| Order::of(language).sort_key(text));
        texts
    }

    /// The first character of each letter in pinyin order.
    const LETTERS: &str = "a吖b八c嚓d耷e婀f发g旮h铪j丌k咔l垃m妈n拿o噢p趴q七r蚺s仨t他w挖x夕y丫z匝";

    /// The letter under which the order files a text.
    fn letter(text: &str) -> char {
        let order = Order::of(Language::Hans);
        let key = order.sort_key(text);
        let letters: Vec<char> = LETTERS.chars().collect();
        letters
            .chunks(2)
            .take_while(|pair| order.sort_key(&pair[1].to_string()) <= key)
            .map(|pair| pair[0])
            .last()
            .unwrap_or('?')
    }

    #[test]
    fn every_language_has_collation_data_and_an_order_is_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        for language in Language::ALL {
            let order = Order::of(language);
            assert!(order.collator.is_some(), "{}", language.tag());
            shared(order);
        }
    }

    #[test]
    fn simplified_goes_by_pinyin_as_words_are_read() {
        for (text, expected) in [
            ("重庆", 'c'),
            ("重慶", 'c'),
            ("厦门分行", 'x'),
            ("长沙", 'c'),
            ("长春", 'c'),
            ("行长", 'h'),
            ("會計主管", 'k'),
            ("会计", 'k'),
            ("会员", 'h'),
            ("调研", 'd'),
            ("调整", 't'),
            ("行政", 'x'),
            ("重要", 'z'),
            ("六安", 'l'),
            ("都江堰", 'd'),
            ("处长", 'c'),
            ("长子", 'z'),
        ] {
            assert_eq!(letter(text), expected, "{text}");
        }
        let cities = vec![
            "重庆", "长春", "厦门", "北京", "长沙", "西安", "上海", "成都", "中山", "杭州",
        ];
        assert_eq!(
            sorted(Language::Hans, cities),
            [
                "北京", "长春", "长沙", "成都", "重庆", "杭州", "上海", "西安", "厦门", "中山"
            ]
        );
        // 银行行长 holds two words, 分行长 two that share a character.
        assert_eq!(with_sounds("银行行长"), "银航航长");
        assert_eq!(with_sounds("分行长期"), "分航常期");
        assert!(matches!(with_sounds("客户经理"), Cow::Borrowed(_)));
    }

    #[test]
    fn traditional_goes_by_strokes_and_english_by_the_alphabet() {
        // 王 4, 丁 2, 李 7, 陳 11, 林 8 strokes.
        for language in [Language::Hant, Language::HantTw, Language::HantHk] {
            assert_eq!(
                sorted(language, vec!["陳", "林", "李", "王", "丁"]),
                ["丁", "王", "李", "林", "陳"]
            );
        }
        assert_eq!(
            sorted(
                Language::En,
                vec![
                    "重庆", "Zhuhai", "北京", "Beijing", "élan", "Foshan", "10", "9"
                ]
            ),
            [
                "9", "10", "Beijing", "élan", "Foshan", "Zhuhai", "北京", "重庆"
            ]
        );
    }

    #[test]
    fn numbers_go_by_value_and_equal_texts_have_equal_keys() {
        let order = Order::of(Language::Hans);
        assert!(order.sort_key("第9章") < order.sort_key("第10章"));
        assert_eq!(order.sort_key("柜员 "), order.sort_key("柜员"));
        assert_ne!(order.sort_key("柜员"), order.sort_key("櫃員"));
    }

    #[test]
    fn every_word_of_the_table_is_needed_and_sorts_under_its_reading() {
        let order = Order::of(Language::Hans);
        let lines: Vec<&str> = POLYPHONES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(lines.len(), polyphones().len());
        assert!(lines.len() > 150);
        for line in lines {
            let [word, substitute, readings @ ..] = &line.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let changed: Vec<(char, char)> = word
                .chars()
                .zip(substitute.chars())
                .filter(|(own, put)| own != put)
                .collect();
            assert_eq!(word.chars().count(), substitute.chars().count(), "{line}");
            assert_eq!(changed.len(), readings.len(), "{line}");
            for ((own, put), reading) in changed.iter().zip(readings) {
                assert_eq!(
                    letter(&put.to_string()),
                    reading.chars().next().unwrap_or(' '),
                    "{line}"
                );
                assert_ne!(
                    order.sort_key(&own.to_string()),
                    order.sort_key(&put.to_string()),
                    "{line}"
                );
            }
            assert!(
                word.chars().all(|c| fold_char(c) == c),
                "{line}: write it in Simplified"
            );
        }
        let mut words: Vec<&str> = polyphones().iter().map(|(word, _)| *word).collect();
        words.dedup();
        assert_eq!(words.len(), polyphones().len(), "a word stands twice");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for odd in ["行", "长", "银行", "\u{301}", "9"] {
            Order::of(Language::Hans).sort_key(&odd.repeat(100_000));
        }
    }
}
