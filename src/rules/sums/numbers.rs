//! Figures with their units. Enters: folded text. Leaves: exact values, each with the worth of its last written digit.
//! A figure that is about, at least, masked or half of a range says so; nothing is ever rounded.

use super::units::{HAN_COUNTERS, LOOSE_AFTER, LOOSE_BEFORE, SCALES, UNITS, Unit};
use std::ops::Range;

/// What one whole unit is in the stored integers: values are kept in millionths.
pub(super) const MICRO: i128 = 1_000_000;

/// One figure of a text.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Its bytes, unit included.
    pub range: Range<usize>,
    /// The end of its digits.
    pub digits_end: usize,
    /// Its value in millionths of the unit.
    pub value: i128,
    /// The worth of its last digit in millionths; 0 for what is counted one by one.
    pub ulp: i128,
    /// What 万 or 亿 multiplies it by.
    pub scale: i128,
    /// Its unit.
    pub unit: Unit,
    /// Whether it is about, at least, at most or part of a calculation.
    pub is_loose: bool,
}

impl Figure {
    /// Whether it can be a term of a sum of a unit.
    pub(crate) fn is(&self, unit: Unit) -> bool {
        self.unit == unit
    }

    /// Whether a unit is one that sums are made of.
    pub(crate) fn sums(&self) -> bool {
        matches!(self.unit, Unit::Money(_) | Unit::Count(_) | Unit::Percent)
    }
}

/// The figures of `text[range]`, in order.
pub(super) fn figures(text: &str, range: Range<usize>) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(c) = rest.chars().next() else { break };
        let figure = match c {
            '0'..='9' => read_figure(text, at, range.end),
            _ if han_digit(c).is_some() => read_han(text, at, range.end),
            _ => None,
        };
        match figure {
            Some(figure) => {
                at = figure.range.end;
                mark_range(text, found.last_mut(), &figure);
                let is_half = found
                    .last()
                    .is_some_and(|last| joins_range(&text[last.range.end..figure.range.start]));
                found.push(Figure {
                    is_loose: figure.is_loose || is_half,
                    ..figure
                });
            }
            None => at += c.len_utf8(),
        }
    }
    share_units(text, &mut found);
    found
}

/// Whether a text between two figures makes them the ends of a range.
pub(super) fn joins_range(between: &str) -> bool {
    matches!(
        between,
        "-" | "~" | "–" | "—" | "——" | "至" | "到" | "-~" | "～"
    )
}

fn mark_range(text: &str, before: Option<&mut Figure>, figure: &Figure) {
    if let Some(before) = before
        && joins_range(&text[before.range.end..figure.range.start])
    {
        before.is_loose = true;
    }
}

/// Gives figures without a unit the unit of their list: 12、15和18户.
fn share_units(text: &str, found: &mut [Figure]) {
    for index in (0..found.len().saturating_sub(1)).rev() {
        let (this, next) = (&found[index], &found[index + 1]);
        let between = &text[this.range.end..next.range.start];
        let is_list = matches!(between, "、" | "和" | "及" | "与");
        if is_list && this.unit == Unit::Bare && this.scale == 1 && next.sums() {
            let (scale, unit) = (next.scale, next.unit);
            let this = &mut found[index];
            this.unit = unit;
            this.scale = scale;
            this.value = this.value.saturating_mul(scale);
            // The digits before the unit was known counted as exact only without a fraction.
            let last = if this.ulp == 0 { MICRO } else { this.ulp };
            this.ulp = exactness(last.saturating_mul(scale), scale, this.ulp != 0, unit);
        }
    }
}

fn exactness(last_digit: i128, scale: i128, has_fraction: bool, unit: Unit) -> i128 {
    if scale == 1 && !has_fraction && unit != Unit::Percent {
        0
    } else {
        last_digit
    }
}

fn read_figure(text: &str, at: usize, end: usize) -> Option<Figure> {
    let (digits, has_fraction) = number_length(&text[at..end]);
    let digits_end = at + digits;
    let (value, last) = parse_number(&text[at..digits_end]).unwrap_or((0, 0));
    let is_unreadable = last == 0;
    let mut cursor = digits_end;
    let mut is_loose = is_unreadable;
    for word in ["余", "多", "几", "来"] {
        if text[cursor..end].starts_with(word) {
            cursor += word.len();
            is_loose = true;
        }
    }
    let (scale, cursor) = read_scale(text, cursor, end);
    let (unit, cursor) = match read_unit(&text[cursor..end]) {
        Some((unit, length)) => (unit, cursor + length),
        None if scale > 1 => (Unit::Money("元"), cursor),
        None => (bare_unit(&text[cursor..end]), cursor),
    };
    let before = text[..at].chars().next_back();
    let is_attached = before.is_some_and(|c| c.is_ascii_alphabetic() || "._#/$¥@第:".contains(c))
        && !(before == Some(':') && text[..at - 1].ends_with(|c: char| !c.is_ascii_digit()));
    let joins_latin = text[cursor..end].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_negative = before.is_some_and(|c| "-+=*×÷−–—~".contains(c));
    let is_spaced = before == Some(' ') || text[cursor..end].starts_with(' ');
    let unit = if is_attached || (unit == Unit::Bare && joins_latin) {
        Unit::Other
    } else {
        unit
    };
    is_loose |=
        is_negative || (is_spaced && unit != Unit::Bare) || is_loose_around(text, at, cursor, end);
    let scaled = value.checked_mul(scale)?;
    Some(Figure {
        range: at..cursor,
        digits_end,
        value: scaled,
        ulp: exactness(last.saturating_mul(scale), scale, has_fraction, unit),
        scale,
        unit,
        is_loose,
    })
}

fn is_loose_around(text: &str, start: usize, end: usize, limit: usize) -> bool {
    let before = &text[..start];
    let after = &text[end..limit];
    LOOSE_BEFORE.iter().any(|word| before.ends_with(word))
        || LOOSE_AFTER.iter().any(|word| after.starts_with(word))
}

fn read_scale(text: &str, at: usize, end: usize) -> (i128, usize) {
    let rest = &text[at..end];
    let named = SCALES.iter().find(|(word, _)| rest.starts_with(word));
    named.map_or((1, at), |(word, scale)| (*scale, at + word.len()))
}

fn read_unit(rest: &str) -> Option<(Unit, usize)> {
    let known = UNITS.iter().find(|(word, _)| rest.starts_with(word));
    known.map(|(word, unit)| (*unit, word.len()))
}

/// What a number before an unknown word is: a term of a list before a separator, something else before anything else.
fn bare_unit(rest: &str) -> Unit {
    match rest.chars().next() {
        None => Unit::Bare,
        Some(c) if ",、;:。()\n和及与|".contains(c) => Unit::Bare,
        Some(_) => Unit::Other,
    }
}

/// The bytes of a number at the beginning of a text and whether it has a fraction: 2,685.9 and 2685。9万.
pub(super) fn number_length(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut length = digits(0);
    if (1..=3).contains(&length) {
        while bytes.get(length) == Some(&b',') && digits(length + 1) == 3 {
            length += 4;
        }
    }
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        return (length + 1 + digits(length + 1), true);
    }
    if let Some(fraction) = stop_fraction(&text[length..]) {
        return (length + "。".len() + fraction, true);
    }
    (length, false)
}

/// The digits after a full stop that stands for a decimal point, where what follows leaves no doubt: 。9万元, 。01%.
pub(super) fn stop_fraction(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('。')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(digits..)?;
    let measures = ["%", "‰", "万", "亿", "元", "美元", "个百分点", "倍"];
    let is_sure = (1..=4).contains(&digits) && measures.iter().any(|word| after.starts_with(word));
    is_sure.then_some(digits)
}

/// A number in millionths and the worth of its last digit; `None` where it is longer than any bank's figure.
fn parse_number(written: &str) -> Option<(i128, i128)> {
    let plain: String = written
        .chars()
        .filter(|c| *c != ',')
        .map(|c| if c == '。' { '.' } else { c })
        .collect();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > 12 || fraction.len() > 6 {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let last = 10_i128.pow(6 - u32::try_from(fraction.len()).ok()?);
    let fraction: i128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    Some((whole * MICRO + fraction * last, last))
}

/// The value of a Chinese digit or tens, hundreds, thousands sign.
fn han_digit(c: char) -> Option<(i128, bool)> {
    let digit = "零一二三四五六七八九".chars().position(|known| known == c);
    match (digit, c) {
        (Some(digit), _) => Some((digit as i128, false)),
        (None, '两') => Some((2, false)),
        (None, '十') => Some((10, true)),
        (None, '百') => Some((100, true)),
        (None, '千') => Some((1000, true)),
        _ => None,
    }
}

/// A Chinese numeral right before a counter, where it can be nothing else: 二十三人, 五名.
fn read_han(text: &str, at: usize, end: usize) -> Option<Figure> {
    let is_bound = |c: char| "第几数每这那某任同统之其唯逐单专头上下半整万亿".contains(c);
    if text[..at].ends_with(|c: char| is_bound(c) || han_digit(c).is_some()) {
        return None;
    }
    let (mut total, mut digit, mut length) = (0_i128, None, 0);
    for c in text[at..end].chars().take(8) {
        let Some((value, is_power)) = han_digit(c) else {
            break;
        };
        match (is_power, digit) {
            (true, _) => {
                total += digit.take().unwrap_or(1) * value;
            }
            // 三五人 is about four; 一〇 and the like are no numerals of a count.
            (false, Some(known)) if known != 0 => return None,
            (false, _) => digit = Some(value),
        }
        length += c.len_utf8();
    }
    let unit_start = at + length;
    let rest = &text[unit_start..end];
    if !HAN_COUNTERS.iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    let (unit, unit_length) = read_unit(rest)?;
    let unit_end = unit_start + unit_length;
    Some(Figure {
        range: at..unit_end,
        digits_end: unit_start,
        value: (total + digit.unwrap_or(0)) * MICRO,
        ulp: 0,
        scale: 1,
        unit,
        is_loose: is_loose_around(text, at, unit_end, end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sums::arithmetic::show;

    fn read(text: &str) -> Vec<(String, Unit, bool)> {
        figures(text, 0..text.len())
            .into_iter()
            .map(|figure| (show(figure.value, 1), figure.unit, figure.is_loose))
            .collect()
    }

    #[test]
    fn separators_scales_and_decimal_stops_are_read() {
        let yuan = Unit::Money("元");
        assert_eq!(
            read("出账3,700笔,利润2685。9万元,余额223.9亿"),
            [
                ("3,700".to_owned(), Unit::Count("笔"), false),
                ("26,859,000".to_owned(), yuan, false),
                ("22,390,000,000".to_owned(), yuan, false),
            ]
        );
    }

    #[test]
    fn a_full_stop_before_a_new_sentence_is_no_point() {
        let text = "编号为35。2026年开始";
        let found = figures(text, 0..text.len());
        assert_eq!(found[0].value, 35 * MICRO);
    }

    #[test]
    fn approximate_figures_and_ranges_are_loose() {
        for text in ["约30人", "30余户", "30人以上", "10-30人", "超过30万元"] {
            assert!(read(text).iter().all(|(_, _, loose)| *loose), "{text}");
        }
        assert!(!read("共30人")[0].2);
    }

    #[test]
    fn dates_ordinals_and_codes_count_nothing() {
        for text in ["2026年", "第3名", "cet-4", "v2.1版", "35岁"] {
            let found = read(text);
            assert!(
                found
                    .iter()
                    .all(|(_, unit, loose)| *unit == Unit::Other || *unit == Unit::Bare || *loose),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn chinese_numerals_are_read_before_counters_only() {
        assert_eq!(read("柜员二十三人")[0].0, "23");
        assert_eq!(read("共一百二十名")[0].0, "120");
        assert!(read("同一家").is_empty());
        assert!(read("三五人").is_empty());
        assert!(read("一是二是").is_empty());
    }

    #[test]
    fn a_list_shares_the_unit_at_its_end() {
        let found = read("分别为12、15和18户");
        assert!(found.iter().all(|(_, unit, _)| *unit == Unit::Count("户")));
    }
}
