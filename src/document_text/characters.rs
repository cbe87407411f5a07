//! What single characters are to the reader: punctuation, bullets, emoji, hidden ones. Enters: a character. Leaves: yes
//! or no.

use crate::text::is_han;

/// Signs that are drawn before the items of a list.
const BULLETS: &str =
    "●○◎◉◆◇■□▪▫▲△▼▽►▶▷➢➤➔➜➡→⇒•·‧∙⁃・∘⦁◦✓✔√☑☐✗✘★☆✦✧✱✲✳✴✿❀❖❇※♦♥♠♣♢♤☞☛◼◻◾◽⬛⬜—–－╋❤✚✪✫✬✭✮✯";
/// Letters that show a drawn mark in a font of symbols, where a tab follows.
const SYMBOL_LETTERS: &str = "lnuqvpØü§o¨";

/// Whether a sign is a bullet wherever it stands at the beginning of a line.
pub(super) fn is_bullet(c: char) -> bool {
    !c.is_ascii() && (BULLETS.contains(c) || ('\u{F000}'..='\u{F0FF}').contains(&c))
}

/// Whether a letter stands for a bullet before a tab.
pub(super) fn is_symbol_letter(c: char) -> bool {
    SYMBOL_LETTERS.contains(c)
}

/// Whether a character is an emoji or another picture.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{231A}'..='\u{23FF}' | '\u{2B00}'..='\u{2BFF}')
}

/// Whether a character belongs to the emoji before it.
pub(super) fn is_emoji_tail(c: char) -> bool {
    matches!(
        c,
        '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}'
    )
}

/// Whether a character is blank: full-width and unbroken blanks count.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{3000}' | '\u{A0}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{1680}'
    )
}

/// Whether a sign ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '．' | '！' | '？' | '!' | '?' | '…' | '.')
}

/// Whether a sign parts sentences or parts of them: a number may begin behind it.
pub(super) fn parts(c: char) -> bool {
    matches!(
        c,
        '。' | '；'
            | ';'
            | '：'
            | ':'
            | '！'
            | '？'
            | '!'
            | '?'
            | '，'
            | ','
            | '.'
            | '．'
            | '”'
            | '》'
            | '）'
            | ')'
            | '】'
            | '…'
    )
}

/// Whether a character is Chinese: Han, or punctuation that only Chinese has.
pub(super) fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '，' | '。'
                | '、'
                | '；'
                | '：'
                | '？'
                | '！'
                | '（'
                | '）'
                | '《'
                | '》'
                | '“'
                | '”'
                | '「'
                | '」'
                | '【'
                | '】'
                | '『'
                | '』'
                | '‘'
                | '’'
        )
}

/// Whether a bracket or a quotation mark opens.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '《' | '“' | '‘' | '「' | '『' | '【' | '(' | '[' | '〈'
    )
}

/// Whether a character closes what was opened, or belongs to the words before it.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '）' | '》'
            | '”'
            | '’'
            | '」'
            | '』'
            | '】'
            | ')'
            | ']'
            | '〉'
            | '。'
            | '，'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | ','
            | ';'
            | '%'
            | '％'
    )
}

/// Columns of a character: two for a full-width one.
pub(super) fn columns(c: char) -> u32 {
    match c {
        ' '..='~' => 1,
        '\t' => 4,
        '\u{2E80}'..='\u{FFDC}' => 2,
        _ => u32::try_from(unicode_width::UnicodeWidthChar::width(c).unwrap_or(0)).unwrap_or(0),
    }
}
