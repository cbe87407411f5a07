//! The readings for the browser. Enters: the table of characters. Leaves: the part of it for GB2312, as compact text.
//! Never: bytes that differ between two runs.

use super::table::{readings, table};

/// The readings of the 6,763 characters of GB2312, as text that `themes/default/js/search-pinyin.js` decodes. Its size
/// is 17 KB, deflated 7 KB.
///
/// Four lines, without a line break after the last:
/// 1. the syllables, sorted, separated by blanks;
/// 2. for each character in the order of GB2312, the upper digit of the index of its first reading in line 1. The index
///    starts at 0 and is written in base 26 with the digits a to z;
/// 3. the lower digits of the same indices. Upper and lower digits are apart because they then deflate well;
/// 4. each character that has more readings, followed by these readings, separated by commas.
///
/// Lines 2 and 3 do not contain the characters, since every browser can list GB2312: `TextDecoder('gb2312')` decodes
/// the bytes B0A1 to F7FE, whose second byte starts at A1. The five codes D7FA to D7FE are unused.
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
