//! `gangwei verify URL`: checks whether a schedule still rebuilds a published portal. Nobody else would notice that the
//! schedule has stopped.

use super::terminal::{Ending, error_line, print_line};
use crate::diagnostic::{Lang, Text, chain_words};
use crate::net::{Fetched, fetch_portal};
use crate::outputs::Choices;
use crate::publish::Online;
use crate::say;
use anyhow::{Result, bail};
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use std::path::Path;

/// The time for which a portal may still show the old state of a document, since schedules run late.
const GRACE: SignedDuration = SignedDuration::from_hours(2);

/// Reads `26h`, `90m` or `2d`.
pub(super) fn parse_age(text: &str) -> Result<SignedDuration> {
    let span = text.trim().parse::<Span>().ok();
    let age = span.and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    match age.filter(SignedDuration::is_positive) {
        Some(age) => Ok(age),
        None => bail!(say!(
            "--max-age {text}：写成 26h（小时）、90m（分钟）或 2d（天）",
            "--max-age {text}: write 26h (hours), 90m (minutes) or 2d (days)"
        )),
    }
}

/// Checks a portal. A portal that the program cannot reach has a fault.
pub(super) fn run(place: &str, max_age: Option<SignedDuration>, lang: Lang) -> Result<Ending> {
    let online = match fetch_portal(place, Path::new("")) {
        Ok(Fetched::Portal(online, _)) => online,
        Ok(Fetched::Nothing) => {
            let text = say!(
                "{place} 上没有门户：manifest.json 和 build.json 都没有。",
                "There is no portal at {place}: manifest.json and build.json are both missing."
            );
            error_line(text.get(lang));
            return Ok(Ending::Faults);
        }
        Err(error) => {
            error_line(chain_words(&error).get(lang));
            return Ok(Ending::Faults);
        }
    };
    let count = online.manifest.files.len();
    let text = say!(
        "清单里有 {count} 个文件。",
        "The manifest lists {count} files."
    );
    print_line(text.get(lang));
    judge(&online, max_age, lang)
}

/// Prints the age of the last build, and the faults.
pub(super) fn judge(
    online: &Online,
    max_age: Option<SignedDuration>,
    lang: Lang,
) -> Result<Ending> {
    let found = faults(&online.build, max_age, super::machine::now());
    let Some((age, faults)) = found else {
        bail!(Online::unreadable(&online.place));
    };
    print_line(age.get(lang));
    for fault in &faults {
        error_line(fault.get(lang));
    }
    Ok(if faults.is_empty() {
        Ending::Done
    } else {
        Ending::Faults
    })
}

/// The message for the age, and the faults; `None` if a time in `build.json` is missing or unreadable.
fn faults(
    build: &Choices,
    max_age: Option<SignedDuration>,
    now: Timestamp,
) -> Option<(Text, Vec<Text>)> {
    let (built_at, next_change) = (build.moment()?, build.turn().ok()?);
    let age = now.duration_since(built_at);
    let (hours, minutes) = (age.as_hours(), age.as_mins() % 60);
    let as_of = &build.as_of;
    let report = if age.is_negative() {
        say!("上次生成：{as_of}。", "Last build: {as_of}.")
    } else {
        say!(
            "上次生成：{as_of}，{hours} 小时 {minutes} 分钟以前。",
            "Last build: {as_of}, {hours} h {minutes} min ago."
        )
    };
    let mut faults = Vec::new();
    if age < SignedDuration::from_hours(-24) {
        faults.push(say!(
            "上次生成的日期在将来：这里或生成门户的机器时间不对。",
            "The last build has a date in the future: the clock of this machine, or of the machine that built the portal, is wrong."
        ));
    }
    if let Some(max_age) = max_age.filter(|max_age| age > *max_age) {
        let max_age = max_age.as_hours();
        faults.push(say!(
            "太久没有重新生成（最多 {max_age} 小时）：已截止的岗位可能还开着。看看定时任务是不是停了；GitHub 会停掉 60 天没有动静的仓库的计划。",
            "The last build is too old (the limit is {max_age} h): closed postings may still look open. Check whether the schedule has stopped; GitHub disables schedules in repositories without activity for 60 days."
        ));
    }
    if next_change.is_some_and(|next_change| now.duration_since(next_change) > GRACE) {
        let next_change = build.next_change.as_deref().unwrap_or_default();
        faults.push(say!(
            "有内容在 {next_change} 到了时间，门户还没有重新生成。运行一次发布，再看看每小时的计划。",
            "A document changed its state at {next_change}, but the portal was not rebuilt. Publish once, then check the hourly schedule."
        ));
    }
    Some((report, faults))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_and_other_texts_are_not() {
        for (text, minutes) in [("26h", 1560), ("90m", 90), ("2d", 2880), ("1d 2h", 1560)] {
            assert_eq!(parse_age(text).expect(text).as_mins(), minutes, "{text}");
        }
        for text in ["", "26", "-3h", "0h", "a day", "1 month"] {
            assert!(parse_age(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_old_build_and_a_missed_change_are_reported() {
        let build = |next: &str| {
            let text = format!(r#"{{"as_of":"2026-12-01T00:05:00+08:00","next_change":{next}}}"#);
            Choices::parse(text.as_bytes()).expect("build.json")
        };
        let count = |next: &str, now: &str| {
            let max_age = Some(SignedDuration::from_hours(26));
            let now = now.parse().expect("time");
            faults(&build(next), max_age, now).expect("moment").1.len()
        };
        assert_eq!(count("null", "2026-12-01T20:00:00+08:00"), 0);
        assert_eq!(count("null", "2026-12-02T03:00:00+08:00"), 1);
        let noon = r#""2026-12-01T12:00:00+08:00""#;
        assert_eq!(count(noon, "2026-12-01T13:59:00+08:00"), 0);
        assert_eq!(count(noon, "2026-12-01T14:01:00+08:00"), 1);
        assert_eq!(count(noon, "2026-12-03T00:00:00+08:00"), 2);
        assert_eq!(count("null", "2026-11-20T00:00:00+08:00"), 1);
    }
}
