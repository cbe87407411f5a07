//! Values that people type into a field. Enters: a typed text, and the type and unit of the field. Leaves: the value as
//! the report shows it and as formulas read it, or a fault. `report-values.js` does the same in a page, and a test
//! compares the two.

use super::BlankType;
use crate::diagnostic::Text;
use crate::say;
use crate::text::{fold, fold_char, group_thousands};
use jiff::civil::Date;

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedValue {
    /// The value as the report shows it, with separators between thousands.
    pub display: String,
    /// The value as formulas read it, in the field's unit; `None` for texts and dates.
    pub number: Option<f64>,
    /// The number of decimals in `display`.
    pub decimals: usize,
}

/// The largest number of decimals of a computed value.
const DECIMALS: usize = 2;

/// The number of basic units in a unit: 10,000 for 万元.
pub fn scale(unit: &str) -> f64 {
    match unit.chars().next().map(fold_char) {
        Some('千') => 1e3,
        Some('万') => 1e4,
        Some('亿') => 1e8,
        _ => 1.0,
    }
}

/// Reads a typed text. An empty text has no value.
pub fn read_value(
    text: &str,
    blank_type: BlankType,
    unit: Option<&str>,
) -> Result<Option<TypedValue>, Text> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let text_value = |display: String| TypedValue {
        display,
        number: None,
        decimals: 0,
    };
    match blank_type {
        BlankType::Text
        | BlankType::Branch
        | BlankType::Bank
        | BlankType::Person
        | BlankType::Customer => Ok(Some(text_value(
            text.split_whitespace().collect::<Vec<_>>().join(" "),
        ))),
        BlankType::Date => read_date(text).map(|display| Some(text_value(display))),
        _ => read_number(text, blank_type, unit).map(Some),
    }
}

fn read_date(text: &str) -> Result<String, Text> {
    let folded = fold(text);
    let parts: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let day = match parts[..] {
        [year, month, day] if year.len() == 4 => match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
            _ => None,
        },
        _ => None,
    };
    let day = day.ok_or_else(|| {
        say!(
            "“{text}”不是日期，写成 2026-11-16",
            "`{text}` is no date; write 2026-11-16"
        )
    })?;
    Ok(format!("{}年{}月{}日", day.year(), day.month(), day.day()))
}

fn read_number(text: &str, blank_type: BlankType, unit: Option<&str>) -> Result<TypedValue, Text> {
    let not_a_number = || say!("“{text}”不是数", "`{text}` is no number");
    let folded: String = fold(text)
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\''))
        .collect();
    let folded = folded.replace(['−', '—', '–'], "-");
    let folded = folded.strip_prefix('+').unwrap_or(&folded);
    let end = folded
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'))
        .unwrap_or(folded.len());
    let (digits, suffix) = folded.split_at(end);
    let typed: f64 = digits.parse().map_err(|_| not_a_number())?;
    let own = unit.unwrap_or("");
    let currency = |unit: &str| unit.trim_start_matches(['千', '万', '亿']).to_owned();
    // 3.2亿 in a field of 万元 is 32,000; 85% in a field of percent is 85; an amount in dollars is not one in yuan.
    let factor = match suffix {
        "" => 1.0,
        _ if suffix == own || is_own_suffix(suffix, blank_type) => 1.0,
        "千" | "万" | "亿" => scale(suffix) / scale(own),
        _ if blank_type == BlankType::Money && currency(suffix) == currency(own) => {
            scale(suffix) / scale(own)
        }
        _ => return Err(not_a_number()),
    };
    let number = typed * factor;
    if !number.is_finite() {
        return Err(not_a_number());
    }
    let decimals = digits
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let is_whole = number.fract() == 0.0;
    match blank_type {
        BlankType::Year if !is_whole || !(1900.0..=2199.0).contains(&number) => {
            return Err(say!(
                "“{text}”不是四位年份",
                "`{text}` is no year of four digits"
            ));
        }
        BlankType::Month if !is_whole || !(1.0..=12.0).contains(&number) => {
            return Err(say!(
                "月份是 1 到 12，这里是“{text}”",
                "a month is 1 to 12, not `{text}`"
            ));
        }
        BlankType::Integer if !is_whole => {
            return Err(say!(
                "这里要整数，不是“{text}”",
                "a whole number is needed, not `{text}`"
            ));
        }
        BlankType::Rank if !is_whole || number < 1.0 => {
            return Err(say!(
                "名次是从 1 起的整数，不是“{text}”",
                "a rank is a whole number from 1, not `{text}`"
            ));
        }
        _ => {}
    }
    #[expect(
        clippy::float_cmp,
        reason = "a factor that does not change the value is exactly 1"
    )]
    let is_as_typed = factor == 1.0;
    let (display, decimals) = match (blank_type, is_as_typed) {
        (BlankType::Year | BlankType::Month, _) => (format!("{number:.0}"), 0),
        (_, true) => (group(&format!("{number:.decimals$}")), decimals),
        (_, false) => show_computed(number),
    };
    Ok(TypedValue {
        display,
        number: Some(number),
        decimals,
    })
}

fn is_own_suffix(suffix: &str, blank_type: BlankType) -> bool {
    match blank_type {
        BlankType::Year => suffix == "年",
        BlankType::Month => suffix == "月",
        BlankType::Percent => matches!(suffix, "%" | "‰" | "个百分点"),
        BlankType::Rank => matches!(suffix, "名" | "位"),
        _ => false,
    }
}

/// Rounds half away from zero, as the program's JavaScript does: 2.5 becomes 3, and -2.5 becomes -3.
pub fn round(number: f64, decimals: usize) -> f64 {
    let power = 10_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let shifted = number.abs() * power;
    let rounded = (shifted * (1.0 + f64::EPSILON)).round() / power;
    rounded.copysign(number)
}

/// A computed value as a report shows it, with two decimals at most, and the number of its decimals.
pub fn show_computed(number: f64) -> (String, usize) {
    let text = format!("{:.1$}", round(number, DECIMALS), DECIMALS);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    (group(text), decimals)
}

/// Separates thousands: `48,600.50`.
fn group(text: &str) -> String {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = rest
        .split_once('.')
        .map_or((rest, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut out = format!("{sign}{}", group_thousands(whole));
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        text: &str,
        blank_type: BlankType,
        unit: &str,
    ) -> Result<Option<(String, Option<f64>)>, Text> {
        let unit = Some(unit).filter(|unit| !unit.is_empty());
        read_value(text, blank_type, unit)
            .map(|value| value.map(|value| (value.display, value.number)))
    }

    #[test]
    fn figures_are_read_as_people_type_them() {
        let money = |text| read(text, BlankType::Money, "万元").unwrap().unwrap();
        assert_eq!(money("48600"), ("48,600".to_owned(), Some(48600.0)));
        assert_eq!(
            money("１２，３４５．５０"),
            ("12,345.50".to_owned(), Some(12345.5))
        );
        assert_eq!(money("3.2亿"), ("32,000".to_owned(), Some(32000.0)));
        assert_eq!(money("3.2億元"), ("32,000".to_owned(), Some(32000.0)));
        assert_eq!(money("5000元"), ("0.5".to_owned(), Some(0.5)));
        assert_eq!(money("-120万元"), ("-120".to_owned(), Some(-120.0)));
        assert_eq!(
            read("85%", BlankType::Percent, "%").unwrap().unwrap().1,
            Some(85.0)
        );
        assert_eq!(
            read("2026年", BlankType::Year, "").unwrap().unwrap().0,
            "2026"
        );
        assert_eq!(
            read("2026/1/5", BlankType::Date, "").unwrap().unwrap().0,
            "2026年1月5日"
        );
        assert_eq!(read("  ", BlankType::Money, "万元"), Ok(None));
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused() {
        for (text, blank_type, unit) in [
            ("很多", BlankType::Money, "万元"),
            ("12户", BlankType::Money, "万元"),
            ("1.5", BlankType::Integer, "户"),
            ("13", BlankType::Month, ""),
            ("26", BlankType::Year, ""),
            ("0", BlankType::Rank, ""),
            ("2026-02-30", BlankType::Date, ""),
        ] {
            assert!(read(text, blank_type, unit).is_err(), "{text}");
        }
    }

    #[test]
    fn computed_values_are_rounded_half_away_from_zero() {
        assert_eq!(show_computed(16.319_444).0, "16.32");
        assert_eq!(show_computed(1.005).0, "1.01");
        assert_eq!(show_computed(-1.005).0, "-1.01");
        assert_eq!(show_computed(1_234_567.0).0, "1,234,567");
        assert_eq!(show_computed(-0.001).0, "0");
    }
}
