//! Chinese script facts: folding of script, width and case; measures; order. Enters and leaves: text; nothing is looked
//! up elsewhere.
//!
//! ```text
//! bytes ──files::decode──> SourceFile { path, text }
//!                            ├─ Span (bytes) ──position()──> Position (line, column)
//!                            └─ SourceSpan = file + Span, the place that a Diagnostic names
//!
//! &str ──fold──> folded &str               compares across scripts, widths and cases
//! &str ──conversion::Converter──> String   writes it in another Language; Ambiguity = what it had to guess
//! two &str ──redline::edit_text──> Vec<Chunk { edit: Edit, .. }>
//! BaseUrl ──link──> href of an output; in a portable portal ──relativise──> relative href
//! ```

pub mod accent;
mod collation;
mod language;
pub mod markup;
mod measure;
pub mod redline;
mod source;
mod summary;
pub mod url;
pub mod work;

pub use collation::Order;
pub use language::Language;
pub use measure::{Length, group_thousands, round_count};
pub use source::{Position, SourceFile, SourceSpan, Span};
pub use summary::cut_summary;

pub mod conversion;
pub mod pinyin;

use std::sync::OnceLock;

/// Pairs of a Traditional and its Simplified character, one pair a line, made from the OpenCC project's
/// tables (Apache-2.0); `tests/it/fold_table.rs` rebuilds and compares it.
const TABLE: &str = include_str!("traditional_to_simplified.txt");

fn table() -> &'static [(char, char)] {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut pairs: Vec<(char, char)> = TABLE
            .lines()
            .filter_map(|line| {
                let mut chars = line.chars();
                Some((chars.next()?, chars.next()?))
            })
            .collect();
        pairs.sort_unstable();
        pairs
    })
}

/// Folds one character: full width to half width, upper to lower case, Traditional to Simplified.
/// One character always gives one character, so that offsets stay true.
pub fn fold_char(c: char) -> char {
    Folding::new().fold(c)
}

/// Folds many characters: the table is asked for once.
#[derive(Debug, Clone, Copy)]
pub struct Folding(&'static [char]);

impl Folding {
    /// Ready to fold.
    #[expect(clippy::new_without_default, reason = "nothing about it is a default")]
    pub fn new() -> Folding {
        Folding(by_code())
    }

    /// Folds one character, as `fold_char` does.
    #[inline]
    pub fn fold(self, c: char) -> char {
        match c {
            '\u{0}'..='\u{2E7F}' => c.to_ascii_lowercase(),
            '\u{2E80}'..='\u{FFFF}' => self.0[(c as u32 - FIRST_CODE) as usize],
            _ => fold_pair(c),
        }
    }
}

/// The first code of the table below.
const FIRST_CODE: u32 = 0x2E80;

/// The folded form of each character of the basic plane. Looking it up is most of the work of folding a text.
fn by_code() -> &'static [char] {
    static CODES: OnceLock<Vec<char>> = OnceLock::new();
    CODES.get_or_init(|| {
        (FIRST_CODE..=0xFFFF)
            .map(|code| char::from_u32(code).map_or('\u{FFFD}', fold_wide))
            .collect()
    })
}

fn fold_wide(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            let half = char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
            half.to_ascii_lowercase()
        }
        _ => fold_pair(c),
    }
}

fn fold_pair(c: char) -> char {
    match table().binary_search_by_key(&c, |pair| pair.0) {
        Ok(index) => table()[index].1,
        Err(_) => c,
    }
}

/// Every character that folds to this one, itself first, and the full-width form of an ASCII one.
pub fn variants(c: char) -> Vec<char> {
    let traditional = table()
        .iter()
        .filter(|(_, simplified)| *simplified == c)
        .map(|(traditional, _)| *traditional);
    std::iter::once(c).chain(traditional).collect()
}

/// Folds a text character by character, without the spaces around it.
pub fn fold(text: &str) -> String {
    text.trim().chars().map(fold_char).collect()
}

/// Whether a character is a Han character (ideographs, their extensions, 〇 and 々).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇' | '々')
}

/// Whether a character has no width: it is there for programs and not for readers.
pub fn has_no_width(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

/// Cells that a text takes on a terminal; a Han character takes two.
pub fn display_width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_script_width_and_case_one_to_one() {
        assert_eq!(fold(" 部門Ａb："), "部门ab:");
        assert_eq!(fold("資訊科技部"), "资讯科技部");
        for c in "薪資，Ｘ〇龍".chars() {
            assert_eq!(fold_char(fold_char(c)), fold_char(c));
        }
        assert_eq!(
            fold("Ａ\u{3000}～！Ｚz@Z[É\u{2E7F}𠮷"),
            "a ~!zz@z[É\u{2E7F}𠮷"
        );
    }
}
