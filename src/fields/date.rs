//! Days and moments. A day counts in the site's time zone; a moment with an offset is exact.

use super::{DisplayValue, FieldType, FieldValue, Reader};
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::{fold, fold_char, has_no_width};
use crate::yaml::Node;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

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

    /// The moment at which it ends: the end of the day, or the exact time.
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
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Day(*self)
    }
    const TYPE: FieldType = FieldType::Date;
    fn read(node: &Node, reader: &mut Reader) -> Option<Day> {
        let text = visible(node, reader)?;
        match parse_day(&text) {
            Ok(day) => Some(day),
            Err(meant) => read_as_meant(node, &text, &meant, reader),
        }
    }
}

impl FieldValue for Moment {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Moment(self)
    }
    const TYPE: FieldType = FieldType::Moment;
    fn read(node: &Node, reader: &mut Reader) -> Option<Moment> {
        let text = visible(node, reader)?;
        let meant = match parse_day(&text) {
            Ok(day) => return Some(Moment::Day(day)),
            Err(meant) => meant,
        };
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(Moment::Exact(time, text));
        }
        let written = text.replace(' ', "T");
        let help = match meant {
            _ if written.parse::<DateTime>().is_ok() => say!(
                "在后面加上时区，例如 {written}+08:00；只写日期则整天有效",
                "add the offset, for example {written}+08:00; a bare date counts the whole day"
            ),
            Meant::Time { day, time } => {
                let (day, time) = (day.iso(), time.to_string());
                let time = time.strip_suffix(":00").unwrap_or(&time);
                say!(
                    "写成 {time}+08:00，最后是时区；只写日期 {day} 则整天有效",
                    "write {time}+08:00, with the offset at its end; the bare date {day} counts the whole day"
                )
            }
            Meant::Unknown => {
                let is_open = ["招满", "长期", "额满"]
                    .iter()
                    .any(|word| fold(&text).contains(word));
                let help = if is_open {
                    say!(
                        "招满即止的，把这一行改成“复核日期: 2026-12-31”的样子，到那天再看要不要继续招；正文里写明招满即止",
                        "for a posting that is open until filled, write `review_by: 2026-12-31` instead, a day on which it is looked at again, and say so in the text"
                    )
                } else {
                    say!(
                        "日期写成 2026-11-21 的样子；要写到几点，写成 2026-11-21T18:00+08:00",
                        "write a date like 2026-11-21, or with a time like 2026-11-21T18:00+08:00"
                    )
                };
                let message = say!("日期“{text}”读不懂", "`{text}` is not a date");
                reader.error("bad-date", node.span, message, Some(help));
                return None;
            }
            meant => return read_as_meant(node, &text, &meant, reader).map(Moment::Day),
        };
        reader.error(
            "time-without-offset",
            node.span,
            say!("时间“{text}”没有写时区", "the time `{text}` has no offset"),
            Some(help),
        );
        None
    }
}

/// The text of a value without characters that nobody sees; if a right date remains, the invisible character is
/// reported.
fn visible(node: &Node, reader: &mut Reader) -> Option<String> {
    let text = reader.scalar(node)?;
    let Some(hidden) = text.chars().find(|&c| has_no_width(c)) else {
        return Some(text.to_owned());
    };
    let clean = text.replace(has_no_width, "");
    let clean = clean.trim().to_owned();
    if parse_day(&clean).is_ok() || clean.parse::<Timestamp>().is_ok() {
        let code = hidden as u32;
        let note = Diagnostic::note(
            "date-form",
            say!(
                "日期里有看不见的字符（U+{code:04X}），已当作 {clean} 读",
                "the date holds a character without width, U+{code:04X}, and was read as {clean}"
            ),
        );
        reader.sink.push(
            note.at(reader.file, node.span)
                .help(say!(
                    "删去这一处，重新输入 {clean}",
                    "delete it and type {clean} again"
                ))
                .fix(node.span, clean.clone()),
        );
    }
    Some(clean)
}

/// The date that a text in another form probably means.
#[derive(Debug, Clone, PartialEq)]
enum Meant {
    /// A day in another notation.
    Day(Day),
    /// A time of a day without an offset, in the right form, and the day.
    Time { day: Day, time: DateTime },
    /// A month that no year has.
    NoMonth(i64),
    /// A day that a month does not have: the first of that month, and the day.
    NoDay(Day, i64),
    /// The value has no form that can be recognised.
    Unknown,
}

/// Reads `2026-11-21`; for any other form, the error is the date that was probably meant.
fn parse_day(text: &str) -> Result<Day, Meant> {
    let strict = text.len() == 10 && text.is_ascii();
    if strict && let Ok(date) = text.parse::<Date>() {
        return Ok(Day(date));
    }
    Err(read_meant(text).unwrap_or(Meant::Unknown))
}

fn read_meant(text: &str) -> Option<Meant> {
    let folded: String = text.chars().map(fold_char).collect();
    let is_afternoon = folded.contains("下午");
    let folded = folded.replace("上午", " ").replace("下午", " ");
    let has_only = |signs: &str| {
        folded
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || signs.contains(c))
    };
    let numbers: Vec<i64> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let (&[year @ 1900..=2999, month, day], times) = numbers.split_first_chunk::<3>()? else {
        return None;
    };
    if !has_only("年月日号-/.:t时点分秒") {
        return None;
    }
    if !(1..=12).contains(&month) {
        return Some(Meant::NoMonth(month));
    }
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    let first = Date::new(year, month, 1).ok()?;
    if !(1..=i64::from(first.days_in_month())).contains(&day) {
        return Some(Meant::NoDay(Day(first), day));
    }
    let date = first.checked_add((day - 1).days()).ok()?;
    let (hour, minute, second) = match *times {
        [] if has_only("年月日号-/.") => return Some(Meant::Day(Day(date))),
        _ if !folded.contains([':', '时', '点']) => return None,
        [hour] => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    if hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0) {
        return None;
    }
    let hour = if is_afternoon && hour < 12 {
        hour + 12
    } else {
        hour
    };
    // 24:00 is when the next day begins.
    let seconds = hour * 3600 + minute * 60 + second;
    let time = date.at(0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
    Some(Meant::Time {
        day: Day(date),
        time,
    })
}

/// A day in another notation is read as it was meant, with a note; anything else is a fault.
fn read_as_meant(node: &Node, text: &str, meant: &Meant, reader: &mut Reader) -> Option<Day> {
    let (message, help) = match meant {
        Meant::Day(day) => {
            reader.sink.push(
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
            );
            return Some(*day);
        }
        Meant::Time { day, .. } => (
            say!(
                "这里只写日期，“{text}”还写了时间",
                "only a date belongs here; `{text}` has a time as well"
            ),
            say!("写成 {}", "write {}", day.iso()),
        ),
        Meant::NoMonth(month) => (
            say!(
                "日期“{text}”不存在：没有{month}月",
                "there is no date `{text}`: no month has the number {month}"
            ),
            say!(
                "先写年，再写月和日，例如 2026-11-21",
                "write the year, the month and the day, like 2026-11-21"
            ),
        ),
        Meant::NoDay(first, day) => {
            let (year, month) = (first.0.year(), first.0.month());
            (
                say!(
                    "日期“{text}”不存在：{year}年{month}月没有{day}日",
                    "there is no date `{text}`: its month has no day {day}"
                ),
                say!(
                    "{year}年{month}月的最后一天是 {0}",
                    "the last day of that month is {0}",
                    Day(first.0.last_of_month()).iso()
                ),
            )
        }
        Meant::Unknown => (
            say!("日期“{text}”读不懂", "`{text}` is not a date"),
            say!("日期写成 2026-11-21 的样子", "write a date like 2026-11-21"),
        ),
    };
    reader.error("bad-date", node.span, message, Some(help));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_slashed_dates_are_guessed_and_impossible_ones_are_not() {
        let day = Day(jiff::civil::date(2026, 11, 21));
        assert_eq!(parse_day("2026-11-21"), Ok(day));
        assert_eq!(parse_day("2026年11月21日"), Err(Meant::Day(day)));
        assert_eq!(parse_day("２０２６/11/21"), Err(Meant::Day(day)));
        let february = Day(jiff::civil::date(2027, 2, 1));
        assert_eq!(parse_day("2027-02-29"), Err(Meant::NoDay(february, 29)));
        assert_eq!(parse_day("2027年2月0日"), Err(Meant::NoDay(february, 0)));
        assert_eq!(parse_day("2026年13月1日"), Err(Meant::NoMonth(13)));
        for text in [
            "2026年12月",
            "招满为止",
            "2026-11-21起",
            "26-11-21",
            "2026-11-21-25",
            "",
        ] {
            assert_eq!(parse_day(text), Err(Meant::Unknown), "{text}");
        }
    }

    #[test]
    fn a_time_without_its_offset_is_reported_in_the_right_form() {
        for (text, written) in [
            ("2027年1月31日18:00", "2027-01-31T18:00:00"),
            ("2027-01-31 18：00", "2027-01-31T18:00:00"),
            ("2027年1月31日18时", "2027-01-31T18:00:00"),
            ("2027年1月31日下午6点30分", "2027-01-31T18:30:00"),
            ("2027-01-31 24:00", "2027-02-01T00:00:00"),
        ] {
            let Err(Meant::Time { day, time }) = parse_day(text) else {
                panic!("{text} is no time");
            };
            assert_eq!(time.to_string(), written, "{text}");
            assert_eq!(day.iso(), "2027-01-31");
        }
        assert_eq!(parse_day("2027-01-31 25:00"), Err(Meant::Unknown));
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
