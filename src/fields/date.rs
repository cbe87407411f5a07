//! Days and moments. A day counts in the site's time zone; a moment with an offset is exact.

use super::{FieldType, FieldValue, Reader};
use crate::diagnostic::Diagnostic;
use crate::front_matter::Node;
use crate::say;
use crate::script::fold_char;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Default for Day {
    fn default() -> Day {
        Day(Date::ZERO)
    }
}

impl Day {
    /// The day as `2026-11-21`.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// The moment the day begins in a zone.
    pub fn start(self, zone: &TimeZone) -> Timestamp {
        self.0
            .to_zoned(zone.clone())
            .map_or(Timestamp::MIN, |zoned| zoned.timestamp())
    }

    /// The moment the day ends in a zone: the next one's beginning.
    pub fn end(self, zone: &TimeZone) -> Timestamp {
        self.0
            .tomorrow()
            .map_or(Timestamp::MAX, |next| Day(next).start(zone))
    }
}

/// A whole day, or an exact time with the offset it was written with.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// The whole day counts.
    Day(Day),
    /// An exact time, and as written.
    Exact(Timestamp, String),
}

impl Default for Moment {
    fn default() -> Moment {
        Moment::Day(Day::default())
    }
}

impl Moment {
    /// The first moment meant.
    pub fn start(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Moment::Day(day) => day.start(zone),
            Moment::Exact(time, _) => *time,
        }
    }

    /// The moment after the last one meant: a day counts whole.
    pub fn end(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Moment::Day(day) => day.end(zone),
            Moment::Exact(time, _) => *time,
        }
    }

    /// The day it falls on in a zone.
    pub fn day(&self, zone: &TimeZone) -> Day {
        match self {
            Moment::Day(day) => *day,
            Moment::Exact(time, _) => Day(time.to_zoned(zone.clone()).date()),
        }
    }
}

impl FieldValue for Day {
    const TYPE: FieldType = FieldType::Date;
    fn read(node: &Node, reader: &mut Reader) -> Option<Day> {
        let text = reader.scalar(node)?;
        match parse_day(text) {
            Ok(day) => Some(day),
            Err(guess) => read_as_meant(node, text, guess, reader),
        }
    }
}

impl FieldValue for Moment {
    const TYPE: FieldType = FieldType::Moment;
    fn read(node: &Node, reader: &mut Reader) -> Option<Moment> {
        let text = reader.scalar(node)?;
        let guess = match parse_day(text) {
            Ok(day) => return Some(Moment::Day(day)),
            Err(guess) => guess,
        };
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(Moment::Exact(time, text.to_owned()));
        }
        if text
            .replace('T', " ")
            .parse::<jiff::civil::DateTime>()
            .is_ok()
        {
            reader.error(
                "time-without-offset",
                node.span,
                say!("时间“{text}”没有写时区", "the time `{text}` has no offset"),
                Some(say!(
                    "在后面加上时区，例如 {}+08:00；只写日期则整天有效",
                    "add the offset, for example {}+08:00; a bare date counts the whole day",
                    text.replace(' ', "T")
                )),
            );
            return None;
        }
        read_as_meant(node, text, guess, reader).map(Moment::Day)
    }
}

/// Reads `2026-11-21`; anything else gives the day that was probably meant.
fn parse_day(text: &str) -> Result<Day, Option<Day>> {
    let strict = text.len() == 10 && text.is_ascii();
    if strict && let Ok(date) = text.parse::<Date>() {
        return Ok(Day(date));
    }
    let folded: String = text.chars().map(fold_char).collect();
    let numbers: Vec<i32> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let only_a_date = folded
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || "年月日号-/.".contains(c));
    let guess = match numbers[..] {
        _ if !only_a_date => None,
        [year @ 1900..=2999, month @ 1..=12, day @ 1..=31] => {
            Date::new(year as i16, month as i8, day as i8).ok().map(Day)
        }
        _ => None,
    };
    Err(guess)
}

/// A day in another notation is read as it was meant, with a note; anything else is a fault.
fn read_as_meant(node: &Node, text: &str, guess: Option<Day>, reader: &mut Reader) -> Option<Day> {
    match guess {
        Some(day) => reader.sink.push(
            Diagnostic::note(
                "date-form",
                say!(
                    "日期写成了“{text}”，已当作 {0} 读",
                    "the date `{text}` was read as {0}",
                    day.iso()
                ),
            )
            .at(reader.file, node.span)
            .help(say!("写成 {}", "write {}", day.iso()))
            .fix(node.span, day.iso()),
        ),
        None => reader.error(
            "bad-date",
            node.span,
            say!("日期“{text}”读不懂", "`{text}` is not a date"),
            Some(say!(
                "日期写成 2026-11-21 的样子",
                "write a date like 2026-11-21"
            )),
        ),
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_slashed_dates_are_guessed_and_impossible_ones_are_not() {
        let day = Day(jiff::civil::date(2026, 11, 21));
        assert_eq!(parse_day("2026-11-21"), Ok(day));
        assert_eq!(parse_day("2026年11月21日"), Err(Some(day)));
        assert_eq!(parse_day("２０２６/11/21"), Err(Some(day)));
        assert_eq!(parse_day("2026-02-30"), Err(None));
    }

    #[test]
    fn a_day_ends_when_the_next_begins_in_its_zone() {
        let zone = jiff::tz::TimeZoneDatabase::bundled()
            .get("Asia/Shanghai")
            .unwrap();
        let end = Moment::Day(Day(jiff::civil::date(2026, 12, 4))).end(&zone);
        assert_eq!(end.to_string(), "2026-12-04T16:00:00Z");
    }
}
