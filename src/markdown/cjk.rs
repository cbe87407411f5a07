//! Which characters count as Chinese for emphasis and line breaks. Enters: a character. Nothing is looked up elsewhere.
//! Ranges follow `ranges.md` of the CJK-friendly amendment (Unicode's East Asian Width W, F, H without emoji).

use crate::text::is_han;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Punctuation of East Asian Width "Ambiguous" that Chinese text uses as its own.
pub(super) fn is_ambiguous_punctuation(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '‖' | '―' | '–' | '‥' | '※'
    )
}

/// Chinese punctuation, the ambiguous kind included.
pub(super) fn is_cjk_punctuation(c: char) -> bool {
    match c {
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3020}'
        | '\u{3030}'
        | '\u{303D}'
        | '\u{30A0}'
        | '\u{30FB}'
        | '\u{FE10}'..='\u{FE19}'
        | '\u{FE30}'..='\u{FE6B}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}'
        | '\u{FFE0}'..='\u{FFE6}' => true,
        c => is_ambiguous_punctuation(c),
    }
}

/// A character of Chinese, Japanese or Korean text, punctuation included.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c)
        || is_cjk_punctuation(c)
        || matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303F}' | '\u{3041}'..='\u{33FF}'
            | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF60}'
            | '\u{1AFF0}'..='\u{1B2FF}' | '\u{FE00}'..='\u{FE0E}' | '\u{E0100}'..='\u{E01EF}')
}

/// A selector of the form of the character before it.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Punctuation as CommonMark 0.31 means it: Unicode's categories P and S.
pub(super) fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_punctuation(),
        '\u{4E00}'..='\u{9FFF}' => false,
        c => matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
        ),
    }
}

/// How a character behaves at a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakSide {
    /// Han, kana and their punctuation: no space belongs here.
    Tight,
    /// Quotes and dashes that Chinese and Latin share: the other side decides.
    Shared,
    /// Everything else, Latin, digits and Hangul included.
    Spaced,
}

/// How a character behaves at a line break. Full-width Latin letters are Latin.
pub(super) fn break_side(c: char) -> BreakSide {
    match c {
        c if is_ambiguous_punctuation(c) => BreakSide::Shared,
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => BreakSide::Spaced,
        '\u{FF10}'..='\u{FF19}' | '\u{FF66}'..='\u{FF9F}' => BreakSide::Tight,
        '\u{3130}'..='\u{318F}' | '\u{3200}'..='\u{321E}' | '\u{3260}'..='\u{327F}' => {
            BreakSide::Spaced
        }
        c if is_han(c) || is_cjk_punctuation(c) => BreakSide::Tight,
        '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{33FF}' => BreakSide::Tight,
        _ => BreakSide::Spaced,
    }
}
