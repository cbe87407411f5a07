//! Dates in an impossible order: applications that close before they open, an interview before the written test.
//! Enters: the sentences and steps of a text. Leaves: findings. The rule compares only complete dates of events that a
//! sentence names once.

use super::passages::{first_bytes, last_bytes, sentences_at};
use crate::kinds::{Body, Step};
use crate::rules::word_group::WordGroup;
use crate::rules::{Finding, Subject};
use crate::say;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A day or a month as written. A month has no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// The year, where written.
    pub year: Option<u16>,
    /// The month.
    pub month: u8,
    /// The day, where written.
    pub day: Option<u8>,
}

impl WrittenDate {
    /// Whether this date is certainly after another. Both need a year. In the same month, both need a day.
    pub(crate) fn is_after(self, other: WrittenDate) -> bool {
        let days = match (self.day, other.day) {
            (Some(this), Some(other)) => this > other,
            _ => false,
        };
        match (self.year, other.year) {
            (Some(this), Some(before)) if this != before => this > before,
            (Some(_), Some(_)) => self.month > other.month || (self.month == other.month && days),
            _ => false,
        }
    }
}

/// A date with a year, or a month and a day: 2026年9月1日, 2026-09-01, 9月1日.
pub(crate) static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?:(?P<y>(?:19|20)\d{2})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?|(?P<y2>(?:19|20)\d{2})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})";
    Regex::new(pattern).ok()
});

/// Reads a match of `DATE`; `None` where its month or day does not exist.
pub(crate) fn read_date(captures: &regex::Captures) -> Option<WrittenDate> {
    let number = |names: [&str; 2]| -> Option<u16> {
        let found = names.iter().find_map(|name| captures.name(name))?;
        found.as_str().parse().ok()
    };
    let month = u8::try_from(number(["m", "m2"])?).ok()?;
    let day = number(["d", "d2"]).and_then(|day| u8::try_from(day).ok());
    let is_date = (1..=12).contains(&month) && day.is_none_or(|day| (1..=31).contains(&day));
    is_date.then_some(WrittenDate {
        year: number(["y", "y2"]),
        month,
        day,
    })
}

/// The event that a date in a recruiting text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Opens,
    Closes,
    WrittenTest,
    Interview,
}

impl Event {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Event::Opens => ("报名开始", "applications open"),
            Event::Closes => ("报名截止", "applications close"),
            Event::WrittenTest => ("笔试", "the written test"),
            Event::Interview => ("面试", "the interview"),
        }
    }
}

/// Pairs of events; the first event of a pair must not be later than the second.
const ORDER: &[(Event, Event)] = &[
    (Event::Opens, Event::Closes),
    (Event::WrittenTest, Event::Interview),
    (Event::Opens, Event::WrittenTest),
    (Event::Opens, Event::Interview),
];

/// The number of bytes on each side of a date in which its event is searched.
const NEAR: usize = 90;

/// Words in whose sentence any order of dates is possible: other rounds, other years, changes.
const OTHER_ROUNDS: &[&str] = &[
    "补",
    "第二批",
    "第一批",
    "批次",
    "改为",
    "延",
    "推迟",
    "提前",
    "原定",
    "上一",
    "去年",
    "往年",
    "免笔试",
    "更正",
];

/// Dates in an impossible order.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let mut found = steps_out_of_order(subject);
    let Some(pattern) = DATE.as_ref() else {
        return found;
    };
    let text = &subject.text.text;
    // The rule reads only the body, since a date there belongs to an event that the body names.
    let places = subject.text.places(WordGroup::Dates);
    let first = places.partition_point(|place| *place < subject.text.body);
    for range in sentences_at(text, &places[first..]) {
        if range.start < subject.text.body {
            continue;
        }
        let sentence = &text[range.clone()];
        if OTHER_ROUNDS.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        found.extend(judge(subject, pattern, range));
    }
    found
}

fn judge(subject: &Subject, pattern: &Regex, range: Range<usize>) -> Option<Finding> {
    let sentence = &subject.text.text[range.clone()];
    let mut events: Vec<(Event, WrittenDate, Range<usize>)> = Vec::new();
    let mut before: Option<WrittenDate> = None;
    let mut cursor = 0;
    for captures in pattern.captures_iter(sentence) {
        let whole = captures.get(0)?;
        let label = last_bytes(&sentence[cursor..whole.start()], NEAR);
        let after = first_bytes(&sentence[whole.end()..], NEAR);
        cursor = whole.end();
        let Some(mut date) = read_date(&captures) else {
            continue;
        };
        // A date without a year has the year of the date before it in the sentence. Where that would go back by more than
        // half a year, as from December to January, it is in the next year.
        let is_written = date.year.is_some();
        if let (None, Some(before)) = (date.year, before) {
            let is_next = before.month > date.month.saturating_add(6);
            date.year = before
                .year
                .map(|year| year.saturating_add(u16::from(is_next)));
        }
        before = Some(date);
        let Some(event) = event_of(label, after) else {
            continue;
        };
        // Two dates of one event are a period or two rounds.
        if events.iter().any(|(known, ..)| *known == event) {
            return None;
        }
        if is_written || date.day.is_some() {
            events.push((event, date, whole.range()));
        }
    }
    let get = |event: Event| events.iter().find(|(known, ..)| *known == event);
    ORDER.iter().find_map(|(first, second)| {
        let (first, second) = (get(*first)?, get(*second)?);
        let span = |place: &Range<usize>| range.start + place.start..range.start + place.end;
        first.1.is_after(second.1).then(|| {
            let written = |place: &Range<usize>| subject.text.written(span(place));
            let at = subject.text.span(span(&second.2));
            Finding::new(
                at,
                message(first.0, written(&first.2), second.0, written(&second.2)),
            )
        })
    })
}

fn message(
    first: Event,
    first_day: &str,
    second: Event,
    second_day: &str,
) -> crate::diagnostic::Text {
    let ((a, a_en), (b, b_en)) = (first.names(), second.names());
    let mut message = say!(
        "{b}（{second_day}）早于{a}（{first_day}）",
        "{b} ({second_day}) before {a} ({first_day})"
    );
    message.en = format!("{b_en} ({second_day}) comes before {a_en} ({first_day})");
    message
}

/// The event of a date, from the words directly before and after it.
fn event_of(label: &str, after: &str) -> Option<Event> {
    let clause = label
        .rsplit([',', ';', '。', '\n', '('])
        .next()
        .unwrap_or(label);
    let next = after
        .split([',', ';', '。', '\n', ')', '、'])
        .next()
        .unwrap_or("");
    let applies = ["报名", "网申", "投递", "申请"]
        .iter()
        .any(|word| clause.contains(word));
    let tests = clause.contains("笔试");
    let interviews = clause.contains("面试");
    // The rule does not judge a range of dates, or a clause that names several events.
    if next.starts_with(['至', '到', '-', '~', '—', '–'])
        || (u8::from(applies) + u8::from(tests) + u8::from(interviews)) > 1
    {
        return None;
    }
    let closes = clause.contains("截止")
        || clause.contains("结束")
        || next.starts_with("截止")
        || next.starts_with('止')
        || next.starts_with("结束");
    let opens = clause.contains("开始")
        || clause.contains("启动")
        || ["起", "开始", "启动"]
            .iter()
            .any(|word| next.starts_with(word));
    match () {
        () if ["名单", "通知", "成绩", "公布", "报名"].iter().any(|word| {
            (tests || interviews) && (clause.contains(word) || next.contains(word))
        }) =>
        {
            None
        }
        () if closes
            && !opens
            && (applies || !tests && !interviews && is_about_applying(label)) =>
        {
            Some(Event::Closes)
        }
        () if applies && opens && !closes => Some(Event::Opens),
        () if tests && !opens && !closes => Some(Event::WrittenTest),
        () if interviews && !opens && !closes => Some(Event::Interview),
        () => None,
    }
}

/// Whether a clause continues the subject of the one before it, as in 报名9月20日开始,9月10日截止.
fn is_about_applying(label: &str) -> bool {
    label.starts_with("开始") || label.starts_with('起')
}

/// Reports an interview whose step has an earlier date than the written test.
fn steps_out_of_order(subject: &Subject) -> Vec<Finding> {
    let steps: &[Step] = match subject.document.map(|document| &document.body) {
        Some(Body::Job(job)) => &job.steps,
        Some(Body::Campaign(campaign)) => &campaign.steps,
        _ => &[],
    };
    let day = |word: &str| {
        let mut all = steps.iter().filter(|step| step.name.contains(word));
        let (first, second) = (all.next()?, all.next());
        first.date.as_ref().filter(|_| second.is_none())
    };
    let (Some(test), Some(interview)) = (
        day("笔试").or_else(|| day("筆試")),
        day("面试").or_else(|| day("面試")),
    ) else {
        return Vec::new();
    };
    if interview.value >= test.value {
        return Vec::new();
    }
    let days = (interview.value.0.to_string(), test.value.0.to_string());
    let message = message(Event::WrittenTest, &days.1, Event::Interview, &days.0);
    vec![Finding::new(interview.span, message)]
}
