//! Typed letters, cut into syllables: the oracle of `js/search-pinyin.js`. Enters: Latin letters. Leaves: the likeliest
//! ways to cut them.
//! Never: more work than a bound set by [`MAX_INPUT`] and [`MAX_SPLITS`], whatever was typed.

use gangwei::text::fold_char;
use gangwei::text::pinyin::all_syllables;

/// The most characters that are cut, separators included; longer input gives nothing.
pub const MAX_INPUT: usize = 64;

/// The most ways to cut that are given.
pub const MAX_SPLITS: usize = 8;

/// The longest syllables (zhuang) have six letters.
const LONGEST: usize = 6;

/// One piece of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// A whole syllable: `feng`.
    Full(&'static str),
    /// The beginning of a syllable that was not typed in full: its first letter, or zh, ch and sh; at the end of the input any
    /// beginning, as `gua` of `guan`. A letter or digit that begins no syllable is a token of its own.
    Initial(&'static str),
}

impl Token {
    /// The letters.
    pub fn text(&self) -> &'static str {
        match self {
            Token::Full(text) | Token::Initial(text) => text,
        }
    }

    /// How unlikely the piece is beside others: whole syllables before beginnings, these before letters that begin none.
    fn cost(&self) -> usize {
        match self {
            Token::Full(_) => 1,
            Token::Initial(text) if text.starts_with(['i', 'u', 'v']) || is_digit(text) => 6,
            Token::Initial(text) if text.len() > 2 || (text.len() == 2 && !text.ends_with('h')) => {
                3
            }
            Token::Initial(_) => 4,
        }
    }
}

fn is_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// One way to cut what follows a place: its cost, its first piece, and where it goes on: the place and which way there.
#[derive(Clone, Copy)]
struct InputSplit {
    cost: usize,
    first: Token,
    next: (usize, usize),
}

/// All ways to cut an input into syllables, beginnings of syllables, or both, the likeliest first, at most [`MAX_SPLITS`]:
/// `xian` gives xian, xi an and others, `fengxgl` feng x g l.
///
/// Case and full width do not matter, ü is v, and `lue` and `nue` are lve and nve. An apostrophe or a blank ends a syllable.
/// Any other sign, and more than [`MAX_INPUT`] characters, give nothing. The pieces with the lowest sum of costs win; of equals
/// the one with the longer first piece.
pub fn syllables(input: &str) -> Vec<Vec<Token>> {
    let Some(letters) = letters(input) else {
        return Vec::new();
    };
    // The ways to cut the rest after each place. A rest that is empty is cut in one way, without a piece.
    let mut ways: Vec<Vec<InputSplit>> = vec![Vec::new(); letters.len() + 1];
    for place in (0..letters.len()).rev() {
        if letters[place] == b' ' {
            continue;
        }
        let mut found = Vec::new();
        for length in (1..=LONGEST).rev() {
            let Some(piece) = letters.get(place..place + length) else {
                continue;
            };
            let next = after_blanks(&letters, place + length);
            for first in tokens(piece, place + length == letters.len()) {
                if next == letters.len() {
                    found.push(InputSplit {
                        cost: first.cost(),
                        first,
                        next: (next, 0),
                    });
                }
                let rest = ways[next].iter().enumerate();
                found.extend(rest.map(|(index, way)| InputSplit {
                    cost: first.cost() + way.cost,
                    first,
                    next: (next, index),
                }));
            }
        }
        found.sort_by_key(|way| way.cost);
        found.truncate(MAX_SPLITS);
        ways[place] = found;
    }
    let start = after_blanks(&letters, 0);
    (0..ways[start].len())
        .map(|index| {
            let mut tokens = Vec::new();
            let (mut place, mut index) = (start, index);
            while let Some(way) = ways[place].get(index) {
                tokens.push(way.first);
                (place, index) = way.next;
            }
            tokens
        })
        .collect()
}

/// The letters in small ASCII, separators as blanks; `None` where something else or too much was typed.
fn letters(input: &str) -> Option<Vec<u8>> {
    let mut letters = Vec::with_capacity(MAX_INPUT);
    for c in input.chars() {
        if letters.len() == MAX_INPUT {
            return None;
        }
        letters.push(match fold_char(c) {
            c if c.is_ascii_alphanumeric() => c as u8,
            'ü' | 'Ü' => b'v',
            '\'' | '’' | ' ' => b' ',
            _ => return None,
        });
    }
    // Separators at the end end nothing: the last syllable may still grow.
    let end = letters.iter().rposition(|letter| *letter != b' ')?;
    letters.truncate(end + 1);
    Some(letters)
}

fn after_blanks(letters: &[u8], place: usize) -> usize {
    let blanks = letters[place..]
        .iter()
        .take_while(|letter| **letter == b' ');
    place + blanks.count()
}

/// Letters and digits that stand for themselves.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// The letter or digit as text that lives as long as the program.
fn plain(c: char) -> Option<&'static str> {
    let at = PLAIN.find(c)?;
    PLAIN.get(at..at + 1)
}

/// What a piece of the input can be.
fn tokens(piece: &[u8], at_end: bool) -> impl Iterator<Item = Token> {
    let text = std::str::from_utf8(piece).unwrap_or("");
    let written = match text {
        "lue" => "lve",
        "nue" => "nve",
        _ => text,
    };
    // A single letter is a beginning even where it is a syllable: `a` begins an.
    let full = (written.len() > 1)
        .then(|| all_syllables().binary_search(&written).ok())
        .flatten();
    let begins = match text {
        "zh" | "ch" | "sh" => true,
        _ => at_end && text.len() > 1 && full.is_none(),
    };
    let initial = match text.chars().next() {
        Some(c) if text.len() == 1 => plain(c),
        _ if begins => beginning(text),
        _ => None,
    };
    let full = full.map(|index| Token::Full(all_syllables()[index]));
    full.into_iter().chain(initial.map(Token::Initial))
}

/// The letters as the beginning of some syllable.
fn beginning(text: &str) -> Option<&'static str> {
    let syllables = all_syllables();
    let from = syllables.partition_point(|syllable| *syllable < text);
    syllables.get(from)?.strip_prefix(text)?;
    syllables[from].get(..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(input: &str) -> Vec<String> {
        let written = |token: &Token| match token {
            Token::Full(text) => (*text).to_owned(),
            Token::Initial(text) => format!("{text}-"),
        };
        syllables(input)
            .iter()
            .map(|split| split.iter().map(written).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn whole_syllables_come_first_and_the_longer_first_piece_wins() {
        assert_eq!(cut("xian")[..2], ["xian", "xi an"]);
        assert_eq!(cut("fangan")[..2], ["fang an", "fan gan"]);
        assert_eq!(cut("fengxianguanli")[0], "feng xian guan li");
    }

    #[test]
    fn beginnings_mix_with_syllables() {
        assert_eq!(cut("fxgl"), ["f- x- g- l-"]);
        assert_eq!(cut("fengxgl")[0], "feng x- g- l-");
        assert_eq!(cut("zhfz")[0], "zh- f- z-");
        assert_eq!(cut("aq"), ["a- q-"]);
        assert_eq!(cut("itsj"), ["i- t- s- j-"]);
    }

    #[test]
    fn the_last_syllable_may_be_begun() {
        assert_eq!(cut("fengxianguanl")[0], "feng xian guan l-");
        assert_eq!(cut("guanlizho")[0], "guan li zho-");
        assert!(!cut("zhoguan").iter().any(|split| split.contains("zho-")));
    }

    #[test]
    fn separators_cut() {
        assert_eq!(cut("xi'an")[0], "xi an");
        assert!(!cut("xi’an").contains(&"xian".to_owned()));
        assert_eq!(cut(" feng  xian ")[0], "feng xian");
    }

    #[test]
    fn u_with_dots_is_v_and_its_other_spellings_count() {
        for input in ["lüe", "LVE", "lue", "ｌüｅ"] {
            assert_eq!(cut(input)[0], "lve", "{input}");
        }
        assert_eq!(cut("nueji")[0], "nve ji");
    }

    #[test]
    fn too_much_or_something_else_gives_nothing() {
        for input in [
            "",
            "''",
            "风险",
            "feng!",
            &"a".repeat(MAX_INPUT + 1),
            &"'".repeat(10_000),
        ] {
            assert!(syllables(input).is_empty());
        }
        assert_eq!(syllables(&"xian".repeat(MAX_INPUT / 4)).len(), MAX_SPLITS);
    }
}
