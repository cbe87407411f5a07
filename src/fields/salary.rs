//! Pay in the notations that postings use: `15000-25000元/月`, `15-25K·13薪`, `20-30万元/年`, `NT$40,000/月`, `面议`,
//! `28.5元/小时`, or a map.

use super::{DisplayValue, FieldType, FieldValue, Money, Reader, read_record};
use crate::text::fold;
use crate::yaml::{Node, Value};
use crate::{choice, record, say};

choice! {
    /// The period that a pay is counted by.
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
    /// Least.
    pub min: Money,
    /// Most.
    pub max: Money,
    /// The period that it is counted by.
    pub unit: PayUnit,
    /// ISO 4217 code.
    pub currency: String,
    /// Pays in a year, where stated: 13 in `13薪`.
    pub months: Option<u32>,
}

impl FieldValue for Money {
    fn display_value(&self) -> DisplayValue<'_> {
        let amount = match self.parts() {
            (whole, 0) => whole.to_string(),
            (whole, cents) => format!("{whole}.{cents:02}"),
        };
        DisplayValue::Text(amount.into())
    }
    const TYPE: FieldType = FieldType::Number;
    fn read(node: &Node, reader: &mut Reader) -> Option<Money> {
        let text = reader.scalar(node)?;
        let amount = Money::parse(&fold(text).replace(',', ""), 1);
        if amount.is_none() {
            unreadable(text, node, reader);
        }
        amount
    }
}

record! {
    /// A pay written as a map.
    SalaryMap {
        min: Option<Money> = "min", "最低", Required, "最低金额", "least amount", "15000";
        max: Option<Money> = "max", "最高", Optional, "最高金额", "most", "25000";
        unit: PayUnit = "unit", "单位", Optional, "月、年、日或小时", "month, year, day or hour", "月";
        currency: Option<String> = "currency", "币种", Optional, "币种代码", "currency code", "CNY";
        months: Option<u32> = "months", "薪数", Optional, "一年发几个月", "pays in a year", "13";
    }
}

impl FieldValue for Salary {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Salary(self)
    }
    const TYPE: FieldType = FieldType::Either(&[
        FieldType::Notation("salary"),
        <SalaryMap as FieldValue>::TYPE,
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Salary> {
        if matches!(node.value, Value::Map(_)) {
            let map: SalaryMap = read_record(node, reader)?;
            let min = map.min?;
            let max = map.max.unwrap_or(min);
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
            Some(range) if is_without_period(&range, text) => {
                reader.error(
                    "bad-salary",
                    node.span,
                    say!(
                        "薪酬“{text}”没有写是一个月的还是一年的",
                        "the pay `{text}` does not say whether it is for a month or a year"
                    ),
                    Some(say!(
                        "在最后写上“/年”或“/月”，例如 20-30万元/年",
                        "end it with `/年` or `/月`, for example 20-30万元/年"
                    )),
                );
                None
            }
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
            "写成 15000-25000元/月、15-25K·13薪、20-30万元/年、28.5元/小时 或 面议；最多精确到分，别的话写在正文里",
            "write it like 15000-25000元/月, 15-25K·13薪, 20-30万元/年, 28.5元/小时, HK$30,000-40,000/月 or 面议, to the cent at most; what else is to be said goes into the text"
        )),
    );
}

/// Whether an amount without a period is so large that it may be a year's pay; smaller ones are a month's.
fn is_without_period(range: &PayRange, text: &str) -> bool {
    const DOUBTFUL: u64 = 100_000;
    let says_month = || ["月", "mo"].iter().any(|word| fold(text).contains(word));
    range.unit == PayUnit::Month
        && range.currency == "CNY"
        && range.months.is_none()
        && range.max.parts().0 >= DOUBTFUL
        && !says_month()
}

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

/// Words before an amount that name the period that it is counted by.
const NAMED_UNITS: &[(&str, PayUnit)] = &[
    ("月薪", PayUnit::Month),
    ("年薪", PayUnit::Year),
    ("日薪", PayUnit::Day),
    ("时薪", PayUnit::Hour),
    ("每月", PayUnit::Month),
    ("每年", PayUnit::Year),
    ("每日", PayUnit::Day),
    ("每天", PayUnit::Day),
    ("每小时", PayUnit::Hour),
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
    let named = NAMED_UNITS
        .iter()
        .find_map(|(name, unit)| Some((rest.strip_prefix(name)?, *unit)));
    let (rest, named) = named.map_or((rest.as_str(), None), |(rest, unit)| (rest, Some(unit)));
    let (amounts, stated) = match rest.split_once(['/', '每']) {
        Some((amounts, unit)) => (amounts, Some(parse_unit(unit)?)),
        None => (rest, None),
    };
    let unit = named.or(stated).unwrap_or(PayUnit::Month);
    if stated.is_some_and(|stated| stated != unit) {
        return None;
    }
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
        min: Money::parse(min, scale)?,
        max: Money::parse(max, max_scale)?,
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

/// The figures of an amount, and their unit.
fn parse_amount(text: &str) -> Option<(&str, u64)> {
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
    Some((digits, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> (u64, u64, &'static str, String, Option<u32>) {
        use crate::fields::ChoiceValue;
        let units = |money: Money| money.whole().unwrap_or_else(|| panic!("{text}"));
        let range = parse_range(text).unwrap_or_else(|| panic!("{text}"));
        (
            units(range.min),
            units(range.max),
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
            (200_000, 300_000, "year", "CNY".into(), None)
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
            (200_000, 200_000, "year", "CNY".into(), None)
        );
        assert_eq!(range("日薪200元"), (200, 200, "day", "CNY".into(), None));
        assert_eq!(range("时薪35元"), (35, 35, "hour", "CNY".into(), None));
        assert!(parse_range("优厚").is_none());
        assert!(parse_range("1-2-3万").is_none());
        assert_eq!(range("1.28万-1.5万元/月").0, 12800);
        for text in [
            "28.555元/小时",
            "月薪8000元/年",
            "999999999万元/年",
            "infK",
            "nan元/月",
            "1.234567K",
        ] {
            assert!(parse_range(text).is_none(), "{text}");
        }
    }

    #[test]
    fn decimals_are_read_to_the_cent() {
        for (text, min, max, unit) in [
            ("28.5元/小时", 2_850, 2_850, PayUnit::Hour),
            ("26.50-30元/小时", 2_650, 3_000, PayUnit::Hour),
            ("每小时28.5元", 2_850, 2_850, PayUnit::Hour),
            ("月薪8000元/月", 800_000, 800_000, PayUnit::Month),
            ("HK$68.75/小时", 6_875, 6_875, PayUnit::Hour),
            ("180.5元/天", 18_050, 18_050, PayUnit::Day),
            ("0.8-1.2万元/月", 800_000, 1_200_000, PayUnit::Month),
            ("15000.5元/月", 1_500_050, 1_500_050, PayUnit::Month),
        ] {
            let range = parse_range(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (range.min.cents(), range.max.cents(), range.unit),
                (min, max, unit),
                "{text}"
            );
        }
    }
}
