//! What words look like by themselves: ornaments around them, a key with its value, a name before a colon. Enters: the
//! words of a line. Leaves: byte ranges, and yes or no. What the line is, is decided over the whole text.

use super::characters::is_blank;
use super::words::{Known, known};

/// Signs that stand on both sides of a heading.
const PAIRS: [(&str, &str); 8] = [
    ("【", "】"),
    ("〖", "〗"),
    ("**", "**"),
    ("◆", "◆"),
    ("★", "★"),
    ("■", "■"),
    ("●", "●"),
    ("==", "=="),
];

/// What a line ends with that introduces a list and names nothing.
const INTRODUCING: [&str; 14] = [
    "如下",
    "以下",
    "下列",
    "包括",
    "包含",
    "例如",
    "比如",
    "为",
    "是",
    "有",
    "如",
    "即",
    "follows",
    "including",
];

/// What a line begins with that addresses people.
const ADDRESSING: [&str; 8] = ["尊敬", "各位", "亲爱", "敬爱", "您好", "你好", "Dear", "致"];

/// The bytes of words without the ornaments of a heading: 【】, ** **, a colon at the end.
pub(super) fn without_ornaments(words: &str) -> (usize, usize) {
    let (mut from, mut to) = (0, words.len());
    let colon = |to: &mut usize| {
        let signs = |c: char| is_blank(c) || matches!(c, '：' | ':');
        *to = words[..*to].trim_end_matches(signs).len();
    };
    colon(&mut to);
    for _ in 0..3 {
        let Some((open, close)) = PAIRS.into_iter().find(|(open, close)| {
            let part = &words[from..to];
            part.len() > open.len() + close.len()
                && part.starts_with(open)
                && part.ends_with(close)
                && !part[open.len()..part.len() - close.len()].contains(open)
        }) else {
            break;
        };
        from += open.len();
        to -= close.len();
        let lead = words[from..to].len()
            - words[from..to]
                .trim_start_matches(|c| is_blank(c) || c == '=')
                .len();
        from += lead;
        to = from + words[from..to].trim_end_matches('=').len();
        colon(&mut to);
        to = to.max(from);
    }
    (from, to)
}

/// The key and the value of a label line, as bytes.
pub(super) fn label(words: &str) -> Option<((usize, usize), (usize, usize))> {
    if let Some(inner) = words.strip_prefix('【') {
        let length = inner
            .char_indices()
            .take(16)
            .find(|(_, c)| *c == '】')
            .map(|(at, _)| at)?;
        let start = '【'.len_utf8();
        let behind = &inner[length + '】'.len_utf8()..];
        let value = behind.trim_start_matches(|c| is_blank(c) || matches!(c, '：' | ':'));
        return (!value.is_empty()).then_some((
            (start, start + length),
            (words.len() - value.len(), words.len()),
        ));
    }
    let (at, sign) = words.char_indices().take(36).find(|(_, c)| {
        matches!(
            c,
            '：' | ':' | '，' | '。' | '；' | '、' | '！' | '？' | ','
        )
    })?;
    if !matches!(sign, '：' | ':') {
        return None;
    }
    let key = words[..at].trim_end_matches(is_blank);
    let behind = &words[at + sign.len_utf8()..];
    let value = behind.trim_start_matches(is_blank);
    if !key.starts_with(char::is_alphabetic) || behind.starts_with("//") {
        return None;
    }
    let known_key = matches!(known(key), Some(Known::Label | Known::Either));
    let letters = key.chars().count();
    let latin = key.is_ascii();
    let sentence = value.ends_with('。') && value.chars().count() > 30;
    let plausible = if latin {
        letters <= 24 && key.split_whitespace().count() <= 3 && sign == ':'
    } else {
        letters <= 12
    };
    // A key without its value is one only where it is known.
    let fits = if value.is_empty() {
        known(key) == Some(Known::Label)
    } else {
        known_key || (plausible && !sentence)
    };
    fits.then_some(((0, key.len()), (words.len() - value.len(), words.len())))
}

/// Whether a short line that ends in a colon names what stands below it.
pub(super) fn is_colon_heading(words: &str) -> bool {
    let Some(name) = words.strip_suffix(['：', ':']) else {
        return false;
    };
    let is_short = if name.is_ascii() {
        name.split_whitespace().count() <= 5
    } else {
        name.chars().count() <= 12
    };
    is_short
        && name.starts_with(char::is_alphanumeric)
        && !name.contains(['，', '、', ',', '；', '。', '！', '？', '：', ':'])
        && !INTRODUCING.iter().any(|end| name.ends_with(end))
        && !ADDRESSING.iter().any(|begin| name.starts_with(begin))
}
