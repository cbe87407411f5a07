//! The readings for the browser. Enters: the table of characters. Leaves: the same for GB2312 as short text.
//! Never: bytes that differ between two runs.

use super::table::{readings, table};

/// The readings of the 6,763 characters of GB2312 as text for `themes/default/js/search-pinyin.js`, which decodes it:
/// 17 KB, 7 KB deflated.
///
/// Four lines, without a line break after the last:
/// 1. the syllables, sorted, with blanks between them;
/// 2. for each character in the order of GB2312 where its first reading stands in line 1, from 0 and in base 26 with the
///    digits a to z: the upper digit;
/// 3. the lower digits in the same way: alike digits stand together, so that they deflate well;
/// 4. each character that has more readings, then these, with commas between them.
///
/// Lines 2 and 3 do not name the characters, for every browser knows GB2312: the bytes B0A1 to F7FE in
/// `TextDecoder('gb2312')`, the second byte from A1, without the five unused places D7FA to D7FE.
pub fn browser_table() -> String {
    let characters = &table().gb2312;
    let mut syllables: Vec<&str> = characters
        .iter()
        .flat_map(|c| readings(*c).iter().copied())
        .collect();
    syllables.sort_unstable();
    syllables.dedup();
    let mut upper = String::with_capacity(characters.len());
    let mut lower = String::with_capacity(characters.len());
    let mut more = String::new();
    for c in characters {
        let (first, others) = readings(*c).split_first().unwrap_or((&"", &[]));
        let place = syllables.binary_search(first).unwrap_or(0);
        upper.push(digit(place / 26));
        lower.push(digit(place % 26));
        if !others.is_empty() {
            more.push(*c);
            more.push_str(&others.join(","));
        }
    }
    [syllables.join(" "), upper, lower, more].join("\n")
}

/// A number below 26 as a letter.
#[expect(clippy::cast_possible_truncation, reason = "the remainder is below 26")]
fn digit(number: usize) -> char {
    char::from(b'a' + (number % 26) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_reading_for_every_character_of_gb2312() {
        assert!(table().gb2312.iter().all(|c| !readings(*c).is_empty()));
        let text = browser_table();
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[0].split(' ').count() < 26 * 26);
        assert_eq!((lines[1].len(), lines[2].len()), (6763, 6763));
        assert!(lines[3].contains("长zhang") || lines[3].contains("长chang"));
        assert_eq!(text, browser_table());
    }
}
