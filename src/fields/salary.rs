//! Pay in the notations that postings use: `15000-25000元/月`, `15-25K·13薪`, `20-30万元/年`, `NT$40,000/月`, `面议`,
//! or a map. Amounts are kept in whole units of the currency.

use super::{FieldType, FieldValue, Reader, read_record};
use crate::front_matter::{Node, Value};
use crate::script::fold;
use crate::{choice, record, say};

choice! {
    /// What a pay is counted by.
    PayUnit {
        Month = "month", "月";
        Year = "year", "年";
        Day = "day", "日";
        Hour = "hour", "小时";
    }
}

/// A pay, or the word that it is to be agreed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Salary {
    /// The range; `None` where the posting says 面议.
    pub range: Option<PayRange>,
}

/// A pay from least to most.
#[derive(Debug, Clone, PartialEq)]
pub struct PayRange {
    /// Least, in whole units of the currency.
    pub min: u64,
    /// Most.
    pub max: u64,
    /// What it is counted by.
    pub unit: PayUnit,
    /// ISO 4217 code.
    pub currency: String,
    /// Pays in a year, where stated: 13 in `13薪`.
    pub months: Option<u32>,
}

/// An amount in whole units of the currency.
#[derive(Debug, Clone, Copy, Default)]
pub struct Amount(u64);

impl FieldValue for Amount {
    const TYPE: FieldType = FieldType::Integer;
    fn read(node: &Node, reader: &mut Reader) -> Option<Amount> {
        let text = reader.scalar(node)?;
        let amount = fold(text).parse().ok().and_then(|value| whole(value, 1));
        if amount.is_none() {
            unreadable(text, node, reader);
        }
        amount.map(Amount)
    }
}

record! {
    /// A pay written as a map.
    SalaryMap {
        min: Option<Amount> = "min", "最低", Required, "最低金额", "least amount", "15000";
        max: Option<Amount> = "max", "最高", Optional, "最高金额", "most", "25000";
        unit: PayUnit = "unit", "单位", Optional, "月、年、日或小时", "month, year, day or hour", "月";
        currency: Option<String> = "currency", "币种", Optional, "币种代码", "currency code", "CNY";
        months: Option<u32> = "months", "薪数", Optional, "一年发几个月", "pays in a year", "13";
    }
}

impl FieldValue for Salary {
    const TYPE: FieldType = FieldType::Either(&[
        FieldType::Notation("salary"),
        <SalaryMap as FieldValue>::TYPE,
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Salary> {
        if matches!(node.value, Value::Map(_)) {
            let map: SalaryMap = read_record(node, reader)?;
            let min = map.min?.0;
            let max = map.max.map_or(min, |max| max.0);
            let range = PayRange {
                min,
                max,
                unit: map.unit,
                currency: map.currency.unwrap_or_else(|| "CNY".to_owned()),
                months: map.months,
            };
            return checked(range, node, reader);
        }
        let text = reader.scalar(node)?;
        if ["面议", "薪资面议", "面谈", "negotiable"].contains(&fold(text).as_str()) {
            return Some(Salary { range: None });
        }
        match parse_range(text) {
            Some(range) => checked(range, node, reader),
            None => {
                unreadable(text, node, reader);
                None
            }
        }
    }
}

fn unreadable(text: &str, node: &Node, reader: &mut Reader) {
    reader.error(
        "bad-salary",
        node.span,
        say!("薪酬“{text}”读不懂", "the pay `{text}` cannot be read"),
        Some(say!(
            "写成 15000-25000元/月、15-25K·13薪、20-30万元/年 或 面议；金额是整数",
            "write it like 15000-25000元/月, 15-25K·13薪, 20-30万元/年, HK$30,000-40,000/月 or 面议, in whole units"
        )),
    );
}

/// An amount in whole units of the currency; nothing where that would change what was written.
fn whole(value: f64, scale: u64) -> Option<u64> {
    let amount = value * scale as f64;
    let rounded = amount.round();
    let is_whole = (amount - rounded).abs() < 1e-3;
    (is_whole && (0.0..MOST).contains(&rounded)).then_some(rounded as u64)
}

/// What no pay reaches.
const MOST: f64 = 1e12;

fn checked(range: PayRange, node: &Node, reader: &mut Reader) -> Option<Salary> {
    if range.min <= range.max {
        return Some(Salary { range: Some(range) });
    }
    reader.error(
        "bad-salary",
        node.span,
        say!(
            "薪酬的下限比上限高",
            "the pay's lower end is above its upper end"
        ),
        Some(say!("把小的数写在前面", "put the smaller number first")),
    );
    None
}

/// Currency marks, longest first, so that `NT$` is not read as `$`.
const CURRENCIES: &[(&str, &str)] = &[
    ("新台币", "TWD"),
    ("新臺幣", "TWD"),
    ("nt$", "TWD"),
    ("twd", "TWD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("美元", "USD"),
    ("人民币", "CNY"),
    ("cny", "CNY"),
    ("rmb", "CNY"),
    ("¥", "CNY"),
];

/// Words before an amount that say what it is for.
const NAMED_UNITS: &[(&str, PayUnit)] = &[
    ("月薪", PayUnit::Month),
    ("年薪", PayUnit::Year),
    ("日薪", PayUnit::Day),
    ("时薪", PayUnit::Hour),
];

fn parse_range(text: &str) -> Option<PayRange> {
    let mut rest = fold(text).replace([' ', ','], "");
    let mut currency = "CNY";
    for (mark, code) in CURRENCIES {
        if rest.contains(mark) {
            rest = rest.replace(mark, "");
            currency = code;
            break;
        }
    }
    let (months, rest) = take_months(&rest);
    let (amounts, unit) = match rest.split_once(['/', '每']) {
        Some((amounts, unit)) => (amounts.to_owned(), parse_unit(unit)?),
        None => {
            let named = NAMED_UNITS
                .iter()
                .find_map(|(name, unit)| Some((rest.strip_prefix(name)?.to_owned(), *unit)));
            named.unwrap_or((rest, PayUnit::Month))
        }
    };
    let mut ends = amounts
        .split(['-', '~', '–', '—', '至', '到', '～'])
        .filter(|end| !end.is_empty());
    let (low, high) = (ends.next()?, ends.next());
    if ends.next().is_some() {
        return None;
    }
    let (max, max_scale) = parse_amount(high.unwrap_or(low))?;
    let (min, min_scale) = parse_amount(low)?;
    // `15-25K` and `20-30万元` state the scale once, at the end.
    let scale = if min_scale == 1 { max_scale } else { min_scale };
    Some(PayRange {
        min: whole(min, scale)?,
        max: whole(max, max_scale)?,
        unit,
        currency: currency.to_owned(),
        months,
    })
}

/// Takes `·13薪` off the end.
fn take_months(text: &str) -> (Option<u32>, String) {
    if let Some(before) = text.strip_suffix('薪') {
        let digits: String = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        let digits: String = digits.chars().rev().collect();
        if let Ok(months) = digits.parse() {
            let rest = before[..before.len() - digits.len()]
                .trim_end_matches(['·', '*', '×', 'x', '・', '•']);
            return (Some(months), rest.to_owned());
        }
    }
    (None, text.to_owned())
}

fn parse_unit(text: &str) -> Option<PayUnit> {
    match text {
        "月" | "month" | "mo" => Some(PayUnit::Month),
        "年" | "year" | "yr" => Some(PayUnit::Year),
        "日" | "天" | "day" => Some(PayUnit::Day),
        "小时" | "时" | "hour" | "hr" => Some(PayUnit::Hour),
        _ => None,
    }
}

fn parse_amount(text: &str) -> Option<(f64, u64)> {
    let text = ["起", "以上", "左右", "元"]
        .iter()
        .fold(text, |text, end| text.trim_end_matches(end));
    let (digits, scale) = match text.chars().last()? {
        'k' | '千' => (&text[..text.len() - text.chars().last()?.len_utf8()], 1_000),
        '万' | 'w' => (
            &text[..text.len() - text.chars().last()?.len_utf8()],
            10_000,
        ),
        _ => (text, 1),
    };
    Some((digits.parse().ok()?, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> (u64, u64, &'static str, String, Option<u32>) {
        let range = parse_range(text).unwrap_or_else(|| panic!("{text}"));
        use crate::fields::ChoiceValue;
        (
            range.min,
            range.max,
            range.unit.id(),
            range.currency,
            range.months,
        )
    }

    #[test]
    fn the_usual_wordings_are_read() {
        assert_eq!(
            range("15000-25000元/月"),
            (15000, 25000, "month", "CNY".into(), None)
        );
        assert_eq!(
            range("15-25K·13薪"),
            (15000, 25000, "month", "CNY".into(), Some(13))
        );
        assert_eq!(
            range("20-30万元/年"),
            (200000, 300000, "year", "CNY".into(), None)
        );
        assert_eq!(
            range("1.2万－1.8万元／月"),
            (12000, 18000, "month", "CNY".into(), None)
        );
        assert_eq!(
            range("NT$45,000~60,000/月"),
            (45000, 60000, "month", "TWD".into(), None)
        );
        assert_eq!(
            range("HK$28,000-38,000/月"),
            (28000, 38000, "month", "HKD".into(), None)
        );
        assert_eq!(range("200元/天"), (200, 200, "day", "CNY".into(), None));
        assert_eq!(
            range("年薪20万元起"),
            (200000, 200000, "year", "CNY".into(), None)
        );
        assert_eq!(range("日薪200元"), (200, 200, "day", "CNY".into(), None));
        assert_eq!(range("时薪35元"), (35, 35, "hour", "CNY".into(), None));
        assert!(parse_range("优厚").is_none());
        assert!(parse_range("1-2-3万").is_none());
        assert_eq!(range("1.28万-1.5万元/月").0, 12800);
        for text in [
            "15000.5元/月",
            "999999999万元/年",
            "infK",
            "nan元/月",
            "1.23456K",
        ] {
            assert!(parse_range(text).is_none(), "{text}");
        }
    }
}
