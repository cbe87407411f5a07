//! Pinyin, the Latin spelling of Chinese that people type. Enters: a character or a word. Leaves: its readings, and the
//! table of readings for the browser. Never: tones, or a guess at a word's meaning.
//!
//! A reading is a list of syllables without tones, in small letters; ü is written v (lv, nve). Everything here is a pure
//! function of two embedded tables, `readings.txt` and `polyphones.txt`. `themes/default/js/search-pinyin.js` cuts
//! what somebody typed into syllables and fits them to readings; `tests/it/search/pinyin_input.rs` is its oracle.

mod browser;
mod latin_id;
mod table;
mod words;

pub use browser::browser_table;
pub use latin_id::latin_id;
pub use table::{all_syllables, readings, same_sound};
pub use words::{MAX_READINGS, MAX_WORD, initials, listed_words, word_readings};
