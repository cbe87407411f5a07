//! Pinyin, the Latin spelling of Chinese that people type. Enters: a character, a word, or what somebody typed. Leaves:
//! readings, splits of the input into syllables, and whether the two fit. Never: tones, or a guess at a word's meaning.
//!
//! A reading is a list of syllables without tones, in small letters; ü is written v (lv, nve). Everything here is a pure
//! function of two embedded tables, `readings.txt` and `polyphones.txt`. `themes/default/js/search-pinyin.js` says the same in
//! the browser, and `tests/it/pinyin.rs` and `tests/browser/pinyin.test.mjs` hold both to the same cases.

mod browser;
mod input;
mod matching;
mod table;
mod words;

pub use browser::browser_table;
pub use input::{MAX_INPUT, MAX_SPLITS, Token, syllables};
pub use matching::{Tolerance, initials, matches};
pub use table::{readings, same_sound};
pub use words::{MAX_READINGS, MAX_WORD, listed_words, word_readings};
