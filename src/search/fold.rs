//! Folding for search, code unit by code unit, and the classes of code units. Enters: text. Leaves: UTF-16, as long as
//! the text's own UTF-16, so that an offset in one is an offset in the other.

use crate::text::fold_char;
use std::sync::OnceLock;

/// What a folded code unit is to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Space, punctuation, signs: stands between words.
    Other,
    /// A letter or digit of a script that writes words apart.
    Latin,
    /// A Han character, kana, hangul, or half of a character beyond the basic plane.
    Han,
}

/// One entry for every code unit, so that looking one up needs no check.
pub type Units<T> = Box<[T; 1 << 16]>;

struct FoldTable {
    folded: Units<u16>,
    classes: Units<Class>,
}

/// Makes a table.
pub fn of_every_unit<T: Copy>(of: impl Fn(u16) -> T) -> Units<T> {
    let mut all = Box::new([of(0); 1 << 16]);
    for (unit, value) in (0..=0xFFFF).zip(all.iter_mut()) {
        *value = of(unit);
    }
    all
}

fn table() -> &'static FoldTable {
    static TABLE: OnceLock<FoldTable> = OnceLock::new();
    TABLE.get_or_init(|| FoldTable {
        folded: of_every_unit(fold_once_more),
        classes: of_every_unit(class_of),
    })
}

/// Folds until nothing changes: one entry of the table leads to another.
fn fold_once_more(unit: u16) -> u16 {
    let Some(c) = char::from_u32(u32::from(unit)) else {
        return unit;
    };
    u16::try_from(u32::from(fold_char(fold_char(c)))).unwrap_or(unit)
}

fn class_of(unit: u16) -> Class {
    match unit {
        0x30..=0x39 | 0x61..=0x7A | 0xAA | 0xB5 | 0xBA | 0xC0..=0x1FFF
            if unit != 0xD7 && unit != 0xF7 =>
        {
            Class::Latin
        }
        0x3005..=0x3007
        | 0x3021..=0x3029
        | 0x3041..=0x3096
        | 0x309D..=0x30FA
        | 0x30FC..=0x318F
        | 0x31A0..=0x31BF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xAC00..=0xDFFF
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F => Class::Han,
        _ => Class::Other,
    }
}

/// Folds one code unit: width, case, Traditional to Simplified.
pub fn fold_unit(unit: u16) -> u16 {
    table().folded[usize::from(unit)]
}

/// The class of a folded code unit.
pub fn class(unit: u16) -> Class {
    table().classes[usize::from(unit)]
}

/// Hands on every code unit of a text's UTF-16. Nearly all characters are one, and `encode_utf16` is slower at those.
#[expect(
    clippy::inline_always,
    reason = "it is called for every character of every text"
)]
#[inline(always)]
fn each_unit(text: &str, mut take: impl FnMut(u16)) {
    for c in text.chars() {
        match u16::try_from(u32::from(c)) {
            Ok(unit) => take(unit),
            Err(_) => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .copied()
                .for_each(&mut take),
        }
    }
}

/// A text as folded code units.
pub fn fold_units(text: &str) -> Vec<u16> {
    let mut units = Vec::new();
    fold_into(text, &mut units);
    units
}

/// Puts a text's folded code units in the place of others.
pub fn fold_into(text: &str, units: &mut Vec<u16>) {
    let folded = &*table().folded;
    units.clear();
    // A byte makes one unit at most.
    units.resize(text.len(), 0);
    let mut length = 0;
    each_unit(text, |unit| {
        units[length] = folded[usize::from(unit)];
        length += 1;
    });
    units.truncate(length);
}

/// The borders between runs of one class in folded code units: the class and the end of each run.
pub fn runs(units: &[u16]) -> impl Iterator<Item = (Class, usize)> + '_ {
    let classes = &*table().classes;
    let mut start = 0;
    std::iter::from_fn(move || {
        let class = classes[usize::from(*units.get(start)?)];
        let rest = units[start..].iter();
        start += rest
            .take_while(|unit| classes[usize::from(**unit)] == class)
            .count();
        Some((class, start))
    })
}

/// The Traditional characters of texts with what they fold to, sorted, each once: what a reader that has no table
/// needs to fold these texts.
pub fn pairs<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let folded = &*table().folded;
    let mut found: Vec<u16> = Vec::new();
    let mut seen = [0_u64; 1 << 10];
    for text in texts {
        each_unit(text, |unit| {
            if unit >= 0x2E80 && folded[usize::from(unit)] != unit && needs_table(unit) {
                let (word, bit) = (&mut seen[usize::from(unit >> 6)], 1 << (unit & 63));
                if *word & bit == 0 {
                    *word |= bit;
                    found.push(unit);
                }
            }
        });
    }
    found.sort_unstable();
    pairs_text(&found)
}

/// The whole table for readers of queries in Traditional characters: how many pairs; the gaps between what they fold to,
/// in ascending order, one byte or 255 and two bytes; the high bytes of the Traditional ones; their low bytes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "code units are 16 bits, and so is how many of them there are"
)]
pub fn encode_table() -> Vec<u8> {
    let mut pairs: Vec<(u16, u16)> = (0x3400..=0xFFFF)
        .filter(|unit| needs_table(*unit))
        .map(|unit| (fold_unit(unit), unit))
        .collect();
    pairs.sort_unstable();
    let mut bytes = (pairs.len() as u16).to_be_bytes().to_vec();
    let mut before = 0;
    for (to, _) in &pairs {
        let gap = to - before;
        before = *to;
        if let Some(gap) = u8::try_from(gap).ok().filter(|gap| *gap < 255) {
            bytes.push(gap);
        } else {
            bytes.push(255);
            bytes.extend(gap.to_be_bytes());
        }
    }
    bytes.extend(pairs.iter().map(|(_, from)| from.to_be_bytes()[0]));
    bytes.extend(pairs.iter().map(|(_, from)| from.to_be_bytes()[1]));
    bytes
}

/// Whether `pairs` tells of a code unit: width and case are folded by rule, everything else by the table.
pub fn needs_table(unit: u16) -> bool {
    unit >= 0x2E80
        && !(0xFF01..=0xFF5E).contains(&unit)
        && fold_unit(unit) != unit
        && unit != 0x3000
}

fn pairs_text(units: &[u16]) -> String {
    let both: Vec<u16> = units
        .iter()
        .flat_map(|unit| [*unit, fold_unit(*unit)])
        .collect();
    String::from_utf16_lossy(&both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_lengths_and_is_final() {
        for text in ["資訊科技部 ＩＴ審計", "𠮷野家", "薴", "ＡＢＣ，１２"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let folded = fold_units(text);
            assert_eq!(folded.len(), units.len());
            assert!(
                folded.iter().all(|unit| fold_unit(*unit) == *unit),
                "{text}"
            );
        }
    }

    #[test]
    fn pairs_and_rules_together_fold_every_unit() {
        let all: Vec<u16> = (0..=0xFFFF)
            .filter_map(|unit| char::from_u32(unit).and_then(|_| u16::try_from(unit).ok()))
            .collect();
        let all = String::from_utf16_lossy(&all);
        let pairs: Vec<u16> = pairs([all.as_str()].into_iter()).encode_utf16().collect();
        for unit in 0..=0xFFFF_u16 {
            let by_rule = match unit {
                0x3000 => 0x20,
                0xFF01..=0xFF5E => {
                    let half = unit - 0xFEE0;
                    if (0x41..=0x5A).contains(&half) {
                        half + 32
                    } else {
                        half
                    }
                }
                0x41..=0x5A => unit + 32,
                _ => pairs
                    .chunks(2)
                    .find(|pair| pair[0] == unit)
                    .map_or(unit, |pair| pair[1]),
            };
            assert_eq!(by_rule, fold_unit(unit), "{unit:04x}");
        }
    }
}
