//! What a line begins with: a number of any kind, a bullet, brackets. Enters: the words of a line. Leaves: the mark, its
//! number and its bytes. Whether it makes a heading or an item is decided elsewhere, over all lines.

use super::characters::{is_blank, is_bullet, is_emoji, is_emoji_tail, is_symbol_letter};
use crate::text::is_han;

/// The kind of a mark, the higher ones first: under a 第一章 stands 一、, under that （一）, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A heading style of a word processor.
    Style(u8),
    /// Number signs of markdown.
    Hash(u8),
    /// 第一篇, 第二部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 壹、
    FormalHan,
    /// Ⅰ. or IV.
    Roman,
    /// A heading without a number.
    Free(u8),
    /// 第一条
    Article,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// `1.`
    Digit,
    /// 1、
    DigitComma,
    /// `1.1`
    Decimal(u8),
    /// `1)`
    DigitParen,
    /// （1）
    DigitBracket,
    /// ①
    Circled,
    /// A list of a word processor.
    Word(u32, u8),
    /// A. or （A）
    Letter,
    /// a)
    SmallLetter,
    /// [1]
    Reference,
    /// A hyphen, an asterisk or a plus sign with a blank.
    Dash(char),
    /// A drawn mark.
    Bullet(char),
    /// A picture.
    Emoji,
}

impl Class {
    /// Whether its numbers are kept by the list that an item stands in.
    pub(super) fn is_numeric(self) -> bool {
        matches!(
            self,
            Class::FormalHan
                | Class::Roman
                | Class::Han
                | Class::HanBracket
                | Class::Digit
                | Class::DigitComma
                | Class::DigitParen
                | Class::DigitBracket
                | Class::Circled
        )
    }

    /// Whether it is a bullet without a number.
    pub(super) fn is_bullet(self) -> bool {
        matches!(self, Class::Dash(_) | Class::Bullet(_) | Class::Emoji)
    }

    /// Its place in an array of what is expected of each numbered kind.
    pub(super) fn slot(self) -> Option<usize> {
        Some(match self {
            Class::FormalHan => 0,
            Class::Roman => 1,
            Class::Han => 2,
            Class::HanBracket => 3,
            Class::Digit => 4,
            Class::DigitComma => 5,
            Class::DigitParen => 6,
            Class::DigitBracket => 7,
            Class::Circled => 8,
            Class::Letter => 9,
            _ => return None,
        })
    }
}

/// How many slots there are.
pub(super) const SLOTS: usize = 10;

/// A mark at the beginning of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its kind.
    pub(super) class: Class,
    /// The number that it says.
    pub(super) number: Option<u32>,
    /// Its bytes, the blanks behind it included.
    pub(super) length: usize,
}

/// The mark that words begin with; there are words behind it.
pub(super) fn mark(words: &str) -> Option<Mark> {
    let first = words.chars().next()?;
    let mark = match first {
        '第' => ordinal(words),
        '(' | '（' | '〔' | '﹙' => bracketed(words),
        '[' | '［' => reference(words),
        '0'..='9' | '０'..='９' => digits(words),
        '\u{2460}'..='\u{249B}' | '\u{24EA}' | '\u{2776}'..='\u{2793}' => circled(words, first),
        'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ' => roman_sign(words, first),
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' => letter(words, first),
        '-' | '*' | '+' => dash(words, first),
        '#' => hashes(words),
        _ if is_han(first) => han(words),
        _ if is_bullet(first) => bullet(words, first),
        _ if is_emoji(first) => emoji(words),
        _ => symbol(words, first),
    }?;
    let rest = &words[mark.length..];
    rest.contains(|c: char| c.is_alphanumeric() || c == '_' || c == '《' || c == '“')
        .then_some(mark)
}

/// A mark whose blanks behind it are counted in.
#[expect(clippy::unnecessary_wraps, reason = "every kind of mark ends with it")]
fn found(class: Class, number: Option<u32>, words: &str, length: usize) -> Option<Mark> {
    let rest = &words[length..];
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    Some(Mark {
        class,
        number,
        length: length + blanks,
    })
}

/// The value of Chinese digits and of those of contracts, up to 99, with their bytes.
pub(super) fn han_number(words: &str) -> Option<(u32, usize, bool)> {
    let (mut total, mut unit, mut length, mut formal) = (0u32, 0u32, 0, false);
    let (mut seen, mut tens) = (0, false);
    for c in words.chars() {
        let digit = match c {
            '〇' | '零' => 0,
            '一' | '壹' => 1,
            '二' | '贰' | '貳' | '两' => 2,
            '三' | '叁' | '參' | '叄' => 3,
            '四' | '肆' => 4,
            '五' | '伍' => 5,
            '六' | '陆' | '陸' => 6,
            '七' | '柒' => 7,
            '八' | '捌' => 8,
            '九' | '玖' => 9,
            '十' | '拾' => {
                if tens {
                    return None;
                }
                tens = true;
                total += unit.max(1) * 10;
                unit = 0;
                length += c.len_utf8();
                seen += 1;
                formal |= c == '拾';
                continue;
            }
            '百' => {
                total += unit.max(1) * 100;
                unit = 0;
                length += c.len_utf8();
                seen += 1;
                continue;
            }
            _ => break,
        };
        formal |= "壹贰貳叁參叄肆伍陆陸柒捌玖".contains(c);
        unit = digit;
        seen += 1;
        length += c.len_utf8();
        if seen > 7 {
            return None;
        }
    }
    (seen > 0).then_some((total + unit, length, formal))
}

/// The value of up to four digits, full-width or not, with their bytes.
pub(super) fn digit_number(words: &str) -> Option<(u32, usize)> {
    let (mut value, mut length, mut count) = (0u32, 0, 0);
    for c in words.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            _ => break,
        };
        count += 1;
        if count > 4 {
            return None;
        }
        value = value * 10 + digit;
        length += c.len_utf8();
    }
    (count > 0).then_some((value, length))
}

/// 第一章, 第3节, 第二部分.
fn ordinal(words: &str) -> Option<Mark> {
    let inner = &words['第'.len_utf8()..];
    let lead = inner.len() - inner.trim_start_matches(is_blank).len();
    let inner_words = &inner[lead..];
    let (number, digits) = match han_number(inner_words) {
        Some((number, length, _)) => (number, length),
        None => digit_number(inner_words)?,
    };
    let rest = inner_words[digits..].trim_start_matches(is_blank);
    let (class, unit) = [
        ("部分", Class::Part),
        ("篇", Class::Part),
        ("编", Class::Part),
        ("編", Class::Part),
        ("章", Class::Chapter),
        ("节", Class::Section),
        ("節", Class::Section),
        ("条", Class::Article),
        ("條", Class::Article),
    ]
    .into_iter()
    .find_map(|(unit, class)| rest.starts_with(unit).then_some((class, unit)))?;
    let mut length = words.len() - rest.len() + unit.len();
    let next = words[length..].chars().next()?;
    match next {
        ':' | '：' | '、' | '.' | '．' => length += next.len_utf8(),
        // 第一章节, 第二部分的 and the like run on in a sentence.
        _ if is_blank(next) || class == Class::Chapter || class == Class::Section => {}
        '的' | '是' | '和' | '与' | '至' | '到' | '规' | '所' | '，' | '。' | '第' | '款' =>
        {
            return None;
        }
        _ => {}
    }
    found(class, Some(number), words, length)
}

/// （一）, (1), （A）.
fn bracketed(words: &str) -> Option<Mark> {
    let open = words.chars().next()?.len_utf8();
    let inner = &words[open..];
    let lead = inner.len() - inner.trim_start_matches(is_blank).len();
    let inner = &inner[lead..];
    let (class, number, length) = if let Some((number, length)) = digit_number(inner) {
        (Class::DigitBracket, Some(number), length)
    } else if let Some((number, length, _)) = han_number(inner) {
        (Class::HanBracket, Some(number), length)
    } else {
        let c = inner.chars().next().filter(char::is_ascii_alphabetic)?;
        let class = if c.is_ascii_uppercase() {
            Class::Letter
        } else {
            Class::SmallLetter
        };
        (class, letter_number(c), 1)
    };
    let rest = inner[length..].trim_start_matches(is_blank);
    let close = rest
        .chars()
        .next()
        .filter(|c| matches!(c, ')' | '）' | '〕' | '﹚'))?;
    let mut end = words.len() - rest.len() + close.len_utf8();
    let behind = &words[end..];
    // （一）、 is written too.
    if let Some(sign) = behind
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '.' | '．'))
    {
        end += sign.len_utf8();
    }
    found(class, number.filter(|&number| number > 0), words, end)
}

/// [1] of a bibliography.
fn reference(words: &str) -> Option<Mark> {
    let open = words.chars().next()?.len_utf8();
    let (number, length) = digit_number(&words[open..])?;
    let close = words[open + length..]
        .chars()
        .next()
        .filter(|c| matches!(c, ']' | '］'))?;
    found(
        Class::Reference,
        Some(number),
        words,
        open + length + close.len_utf8(),
    )
}

/// 1、 `1.` `1)` `1.1`.
fn digits(words: &str) -> Option<Mark> {
    let (number, length) = digit_number(words)?;
    let rest = &words[length..];
    // A keycap: a digit in a box.
    let boxed = rest.trim_start_matches('\u{FE0F}');
    if let Some(behind) = boxed.strip_prefix('\u{20E3}') {
        return found(
            Class::Circled,
            Some(number),
            words,
            words.len() - behind.len(),
        );
    }
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    let sign = rest[blanks..].chars().next()?;
    let end = length + blanks + sign.len_utf8();
    let next = words[end..].chars().next()?;
    if number > 999 || (blanks > 0 && sign != '、') {
        return None;
    }
    match sign {
        '、' => found(Class::DigitComma, Some(number), words, end),
        '.' | '．' if next.is_ascii_digit() || ('０'..='９').contains(&next) => {
            decimal(words, length)
        }
        '.' | '．' | '。' if !(sign == '。' && next == '。') => {
            found(Class::Digit, Some(number), words, end)
        }
        ')' | '）' => found(Class::DigitParen, Some(number), words, end),
        _ => None,
    }
}

/// `1.1 范围`, `2.3.1、口径`: a blank or a sign behind the last number, or Han at once.
fn decimal(words: &str, first: usize) -> Option<Mark> {
    let (mut at, mut depth, mut last) = (first, 1, 0);
    while let Some(sign) = words[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '．'))
    {
        let behind = &words[at + sign.len_utf8()..];
        let Some((number, length)) = digit_number(behind) else {
            break;
        };
        if length > 2 {
            return None;
        }
        at += sign.len_utf8() + length;
        depth += 1;
        last = number;
    }
    let next = words[at..].chars().next()?;
    let units = "万亿元年月日号倍个人名户点分米千百股岁家项类级以至到或折美港成多余度厘";
    match next {
        '、' | '.' | '．' => at += next.len_utf8(),
        _ if is_blank(next) => {}
        _ if is_han(next) && !units.contains(next) => {}
        _ => return None,
    }
    (depth <= 5).then(|| found(Class::Decimal(depth), Some(last), words, at))?
}

fn circled(words: &str, first: char) -> Option<Mark> {
    let code = first as u32;
    let (class, number) = match code {
        0x2460..=0x2473 => (Class::Circled, code - 0x2460 + 1),
        0x2474..=0x2487 => (Class::DigitBracket, code - 0x2474 + 1),
        0x2488..=0x249B => (Class::Digit, code - 0x2488 + 1),
        0x2776..=0x277F => (Class::Circled, code - 0x2776 + 1),
        0x2780..=0x2789 => (Class::Circled, code - 0x2780 + 1),
        0x278A..=0x2793 => (Class::Circled, code - 0x278A + 1),
        _ => return None,
    };
    let mut length = first.len_utf8();
    if let Some(sign) = words[length..]
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '.' | '．'))
    {
        length += sign.len_utf8();
    }
    found(class, Some(number), words, length)
}

fn roman_sign(words: &str, first: char) -> Option<Mark> {
    let base = if first < 'ⅰ' { 'Ⅰ' } else { 'ⅰ' };
    let length = first.len_utf8();
    let sign = words[length..].chars().next()?;
    let end = match sign {
        '、' | '.' | '．' | ')' | '）' => length + sign.len_utf8(),
        _ if is_blank(sign) => length,
        _ => return None,
    };
    found(
        Class::Roman,
        Some(first as u32 - base as u32 + 1),
        words,
        end,
    )
}

/// A. and a) and IV.; a letter before a tab that shows a mark in a font of symbols.
fn letter(words: &str, first: char) -> Option<Mark> {
    let letters = words.bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = letters.max(first.len_utf8());
    let sign = words[length..].chars().next()?;
    let end = length + sign.len_utf8();
    if letters == 1 && sign == '\t' && is_symbol_letter(first) {
        return found(Class::Bullet(first), None, words, length);
    }
    let is_sign = matches!(sign, '、' | '.' | '．' | ')' | '）' | '：' | ':');
    let next = words[end..].chars().next()?;
    if letters > 1 || matches!(first, 'I' | 'V' | 'X') {
        let number = roman(&words[..letters])?;
        let parted = matches!(sign, '、' | '．') || is_blank(next);
        if matches!(sign, '、' | '.' | '．') && parted {
            return found(Class::Roman, Some(number), words, end);
        }
        if letters > 1 {
            return None;
        }
    }
    // `e.g.` and `C:\` are no marks.
    if !is_sign
        || (sign == '.' && next.is_ascii_alphanumeric())
        || (matches!(sign, ':' | '：') && (next == '\\' || next == '/'))
    {
        return None;
    }
    let class = if first.is_ascii_lowercase() {
        Class::SmallLetter
    } else {
        Class::Letter
    };
    found(class, letter_number(first), words, end)
}

fn letter_number(c: char) -> Option<u32> {
    match c {
        'A'..='Z' => Some(c as u32 - 'A' as u32 + 1),
        'a'..='z' => Some(c as u32 - 'a' as u32 + 1),
        'Ａ'..='Ｚ' => Some(c as u32 - 'Ａ' as u32 + 1),
        _ => None,
    }
}

/// The value of a Roman number up to XXXIX, written as it should be.
fn roman(letters: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let ones = letters.trim_start_matches('X');
    let tens = letters.len() - ones.len();
    // IX begins with no ten.
    let one = ONES.iter().position(|&one| one == ones)?;
    let value = u32::try_from(tens * 10 + one).ok()?;
    (tens <= 3 && value > 0).then_some(value)
}

/// 一、 and 壹、; `一.` is written too.
fn han(words: &str) -> Option<Mark> {
    let (number, length, formal) = han_number(words)?;
    let rest = &words[length..];
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    let sign = rest[blanks..].chars().next()?;
    let end = length + blanks + sign.len_utf8();
    let class = if formal { Class::FormalHan } else { Class::Han };
    if number == 0 || number > 99 {
        return None;
    }
    match sign {
        '、' | '.' | '．' => found(class, Some(number), words, end),
        '：' | ':' if blanks == 0 && number < 20 && length <= 6 => None,
        // 一 总则: a wide blank in place of the sign.
        _ if blanks > 0 && rest.starts_with(['\u{3000}', '\t']) => {
            found(class, Some(number), words, length)
        }
        _ => None,
    }
}

/// A hyphen, an asterisk or a plus sign: a blank stands behind it, or letters behind a hyphen.
fn dash(words: &str, first: char) -> Option<Mark> {
    let next = words[1..].chars().next()?;
    if words.ends_with(first) {
        // Ornaments on both sides: - 完 -
        return None;
    }
    let glued = first == '-' && (is_han(next) || matches!(next, '《' | '“'));
    (is_blank(next) || glued).then(|| found(Class::Dash(first), None, words, 1))?
}

fn hashes(words: &str) -> Option<Mark> {
    let count = words.bytes().take_while(|&byte| byte == b'#').count();
    let next = words[count..].chars().next()?;
    let level = u8::try_from(count).ok().filter(|level| *level <= 6)?;
    // One sign is also how topics are written: `#校招#`.
    let glued = count > 1 && (is_han(next) || next == '【');
    (is_blank(next) || glued).then(|| found(Class::Hash(level), None, words, count))?
}

fn bullet(words: &str, first: char) -> Option<Mark> {
    let length = first.len_utf8();
    let next = words[length..].chars().next()?;
    // — also stands between words and before a source; two of them are a dash.
    if words.ends_with(first) {
        return None;
    }
    let plain = !matches!(first, '—' | '–' | '－' | '→' | '⇒')
        || (next != first && !next.is_ascii_digit() && next != '>');
    let tail = words[length..].len() - words[length..].trim_start_matches(is_emoji_tail).len();
    plain.then(|| found(Class::Bullet(first), None, words, length + tail))?
}

fn emoji(words: &str) -> Option<Mark> {
    let rest = words.trim_start_matches(|c| is_emoji(c) || is_emoji_tail(c));
    found(Class::Emoji, None, words, words.len() - rest.len())
}

fn symbol(words: &str, first: char) -> Option<Mark> {
    // A keycap such as 1️⃣ begins with a digit and is read there; Ø, ü and § show marks in fonts of symbols.
    let length = first.len_utf8();
    let tab = words[length..].starts_with('\t') && is_symbol_letter(first);
    tab.then(|| found(Class::Bullet(first), None, words, length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<(Class, Option<u32>, &str)> {
        mark(words).map(|mark| (mark.class, mark.number, &words[mark.length..]))
    }

    #[test]
    fn marks_are_read_with_their_numbers() {
        for (words, class, number, rest) in [
            ("一、总则", Class::Han, Some(1), "总则"),
            ("二十三、附则", Class::Han, Some(23), "附则"),
            ("壹、緣起", Class::FormalHan, Some(1), "緣起"),
            ("（十二）其他", Class::HanBracket, Some(12), "其他"),
            ("( 3 ) 其他", Class::DigitBracket, Some(3), "其他"),
            ("1、甲", Class::DigitComma, Some(1), "甲"),
            ("１．甲", Class::Digit, Some(1), "甲"),
            ("1.甲", Class::Digit, Some(1), "甲"),
            ("2) 乙", Class::DigitParen, Some(2), "乙"),
            ("2.1 范围", Class::Decimal(2), Some(1), "范围"),
            ("2.3.4口径", Class::Decimal(3), Some(4), "口径"),
            ("③丙", Class::Circled, Some(3), "丙"),
            ("⑵乙", Class::DigitBracket, Some(2), "乙"),
            ("第三章 授信", Class::Chapter, Some(3), "授信"),
            ("第十一条　本办法", Class::Article, Some(11), "本办法"),
            ("第2篇：总结", Class::Part, Some(2), "总结"),
            ("A．甲", Class::Letter, Some(1), "甲"),
            ("b) 乙", Class::SmallLetter, Some(2), "乙"),
            ("IV. Scope", Class::Roman, Some(4), "Scope"),
            ("Ⅱ、范围", Class::Roman, Some(2), "范围"),
            ("●　电脑", Class::Bullet('●'), None, "电脑"),
            ("\u{F0B7}\t电脑", Class::Bullet('\u{F0B7}'), None, "电脑"),
            ("l\t电脑", Class::Bullet('l'), None, "电脑"),
            ("✅ 电脑", Class::Emoji, None, "电脑"),
            ("🔹电脑", Class::Emoji, None, "电脑"),
            ("- 电脑", Class::Dash('-'), None, "电脑"),
            ("## 电脑", Class::Hash(2), None, "电脑"),
            ("[3]甲", Class::Reference, Some(3), "甲"),
        ] {
            assert_eq!(read(words), Some((class, number, rest)), "{words}");
        }
    }

    #[test]
    fn numbers_of_sentences_are_no_marks() {
        for words in [
            "2.5万元起步",
            "1.2倍",
            "2026.12.31截止",
            "2026年12月31日",
            "12345、甲",
            "一是抓合规",
            "一：甲",
            "十分重要",
            "第一时间答复",
            "第三条规定的情形",
            "-5℃",
            "——摘自行报",
            "e.g. banks",
            "Python",
            "C:\\work",
            "l 电脑",
            "3",
            "（见附件）",
            "*重要*",
            "#校招#",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
