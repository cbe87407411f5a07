//! Dates, pay, numbers and years of work in the words of the interface.

use super::DateView;
use crate::fields::{ChoiceValue, Day, Experience, Headcount, Money, PayRange, PayUnit, Salary};
use crate::text::group_thousands;
use crate::views::texts::Texts;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A day in words.
pub(super) fn day(day: Day, texts: &Texts) -> String {
    let number = |value: i16| Some(value.to_string());
    crate::views::texts::fill(texts.get("date.day"), |name| match name {
        "year" => number(day.0.year()),
        "month" => number(day.0.month().into()),
        "day" => number(day.0.day().into()),
        "month_name" => Some(
            texts
                .get(&format!("date.months.{}", day.0.month()))
                .to_owned(),
        ),
        _ => None,
    })
}

/// An exact time in the site's zone.
pub(super) fn exact(time: Timestamp, zone: &TimeZone, texts: &Texts) -> DateView {
    let zoned = time.to_zoned(zone.clone());
    DateView {
        iso: zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        text: format!(
            "{} {}",
            day(Day(zoned.date()), texts),
            zoned.strftime("%H:%M")
        ),
    }
}

/// How many are wanted.
pub(super) fn headcount(headcount: &Headcount, texts: &Texts) -> String {
    let people = |count: u32| texts.fill("headcount.number", &[("n", &count.to_string())]);
    match headcount {
        Headcount::Several => texts.get("headcount.several").to_owned(),
        Headcount::Number(number) => people(*number),
        Headcount::ByPlace(places) => {
            let parts: Vec<String> = places
                .iter()
                .map(|(place, number)| {
                    texts.fill(
                        "headcount.at",
                        &[("place", place), ("n", &number.to_string())],
                    )
                })
                .collect();
            parts.join(texts.get("comma"))
        }
    }
}

/// Years of work.
pub(super) fn experience(experience: &Experience, texts: &Texts) -> String {
    if experience.stretches.is_empty() {
        return texts.get("experience.none").to_owned();
    }
    let parts: Vec<String> = experience
        .stretches
        .iter()
        .map(|stretch| {
            let time = match (stretch.months / 12, stretch.months % 12) {
                (years, 0) => texts.fill("experience.years", &[("n", &years.to_string())]),
                (0, months) => texts.fill("experience.months", &[("n", &months.to_string())]),
                (years, 6) => texts.fill("experience.years_and_half", &[("n", &years.to_string())]),
                _ => texts.fill("experience.months", &[("n", &stretch.months.to_string())]),
            };
            let key = match (stretch.within, &stretch.field) {
                (false, None) => "experience.plain",
                (false, Some(_)) => "experience.in",
                (true, None) => "experience.within",
                (true, Some(_)) => "experience.within_in",
            };
            texts.fill(
                key,
                &[
                    ("time", &time),
                    ("field", stretch.field.as_deref().unwrap_or("")),
                ],
            )
        })
        .collect();
    parts.join(texts.get("clause"))
}

/// Pay.
pub fn salary(salary: &Salary, texts: &Texts) -> String {
    match &salary.range {
        None => texts.get("salary.negotiable").to_owned(),
        Some(range) => pay_range(range, texts),
    }
}

/// An amount with its cents: two figures in English, as many as it needs in Chinese.
fn decimal(units: u64, cents: u64, texts: &Texts) -> String {
    let units = group_thousands(&units.to_string());
    match (cents, cents % 10) {
        (0, _) => units,
        (_, 0) if texts.language.is_chinese() => format!("{units}.{}", cents / 10),
        _ => format!("{units}.{cents:02}"),
    }
}

fn pay_range(range: &PayRange, texts: &Texts) -> String {
    // 万 is how a Chinese reader counts a year's pay.
    let thousands = |amount: Money| amount.whole().filter(|units| units.is_multiple_of(1_000));
    let in_wan = (texts.language.is_chinese() && range.unit == PayUnit::Year)
        .then(|| thousands(range.min).zip(thousands(range.max)))
        .flatten()
        .is_some_and(|(_, max)| max >= 10_000);
    let amount = |amount: Money| {
        let (units, cents) = amount.parts();
        match (in_wan, units / 10_000, units % 10_000 / 1_000) {
            (true, wan, 0) => wan.to_string(),
            (true, wan, thousands) => format!("{wan}.{thousands}"),
            (false, ..) => decimal(units, cents, texts),
        }
    };
    let amounts = if range.min == range.max {
        amount(range.min)
    } else {
        format!("{}–{}", amount(range.min), amount(range.max))
    };
    let scale = if in_wan { texts.get("salary.wan") } else { "" };
    let unit = texts.get(&format!("pay_unit.{}", range.unit.id()));
    let key = match texts.find(&format!("salary.in.{}", range.currency)) {
        Some(_) => format!("salary.in.{}", range.currency),
        None => "salary.in.other".to_owned(),
    };
    let mut text = texts.fill(
        &key,
        &[
            ("amount", &amounts),
            ("scale", scale),
            ("unit", unit),
            ("currency", &range.currency),
        ],
    );
    if let Some(months) = range.months {
        text.push_str(&texts.fill("salary.months", &[("n", &months.to_string())]));
    }
    text
}
