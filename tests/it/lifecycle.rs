//! Where a document stands on a moment, row by row: dates and a moment in, the state and the next turn out. No site is
//! built; that pages, lists and feeds follow is held by `life.rs`.

use gangwei::diagnostic::{Lang, Sink, Terminal, render_text};
use gangwei::fields::Vocabularies;
use gangwei::kinds::{Config, Document, KINDS, read_document};
use gangwei::site::State::{self, Announced, Archived, Closed, Open, Scheduled, Soon, Withdrawn};
use gangwei::site::{Transitions, replacements, state_at, superseded, transitions};
use gangwei::text::SourceFile;
use jiff::Timestamp;
use std::sync::Arc;

fn config(zone: &str) -> Config {
    let text = format!(
        "title: 门户\norganization: {{name: 甲银行}}\nbase_url: https://a.example/\ntime_zone: {zone}\nlifecycle: {{soon_days: 7, archive_days: 30}}\n"
    );
    let path = "gangwei.yaml".to_owned();
    let file = Arc::new(SourceFile { path, text });
    Config::parse(&file, None, &mut Sink::default()).expect("settings")
}

fn document(kind: &str, front: &str) -> Document {
    let kind = KINDS.iter().find(|known| known.name == kind).expect("kind");
    let source = Arc::new(SourceFile {
        path: format!("content/{}/a.md", kind.folder),
        text: format!("---\n{front}---\n"),
    });
    let mut sink = Sink::default();
    let language = config("Asia/Shanghai").language;
    let document = read_document(&source, kind, &Vocabularies::default(), language, &mut sink);
    let faults = sink.into_sorted();
    let terminal = Terminal {
        lang: Lang::En,
        colour: false,
        width: 100,
    };
    assert!(faults.is_empty(), "{}", render_text(&faults, terminal));
    document.expect("a document")
}

/// The fields of a document that have a value.
fn front(fields: &[(&str, &str)]) -> String {
    let written = fields.iter().filter(|(_, value)| !value.is_empty());
    let lines = written.map(|(key, value)| format!("{key}: {value}\n"));
    lines.fold("title: 甲\n".to_owned(), |all, line| all + &line)
}

/// A day's beginning or a clock time in the settings' zone; an empty text is none.
fn moment(text: &str, config: &Config) -> Option<Timestamp> {
    let text = match text.len() {
        0 => return None,
        10 => format!("{text}T00:00"),
        _ => text.to_owned(),
    };
    let civil: jiff::civil::DateTime = text.parse().expect("a clock time");
    let zoned = civil.to_zoned(config.time_zone.clone()).expect("a moment");
    Some(zoned.timestamp())
}

/// Dates of a posting, and on which moment it stands where and turns next.
struct Row {
    published: &'static str,
    opens: &'static str,
    closes: &'static str,
    withdrawn: &'static str,
    now: &'static str,
    state: State,
    next: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Without dates it is open for ever.
    Row { published: "", opens: "", closes: "", withdrawn: "", now: "2026-11-21", state: Open, next: "" },
    // All dates, at both sides of every turn: the last day counts whole, the seven days before its end are soon, and
    // thirty days after its end it is archived.
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-10-31T23:59", state: Scheduled, next: "2026-11-01" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-11-01", state: Announced, next: "2026-12-01" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-11-30T23:59", state: Announced, next: "2026-12-01" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-12-01", state: Open, next: "2026-12-25" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-12-24T23:59", state: Open, next: "2026-12-25" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-12-25", state: Soon, next: "2027-01-01" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2026-12-31T23:59", state: Soon, next: "2027-01-01" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2027-01-01", state: Closed, next: "2027-01-31" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2027-01-30T23:59", state: Closed, next: "2027-01-31" },
    Row { published: "2026-11-01", opens: "2026-12-01", closes: "2026-12-31", withdrawn: "", now: "2027-01-31", state: Archived, next: "" },
    // One end of the window alone.
    Row { published: "", opens: "2026-12-01", closes: "", withdrawn: "", now: "2026-11-30T23:59", state: Announced, next: "2026-12-01" },
    Row { published: "", opens: "2026-12-01", closes: "", withdrawn: "", now: "2026-12-01", state: Open, next: "" },
    Row { published: "", opens: "", closes: "2026-12-31", withdrawn: "", now: "2026-11-21", state: Open, next: "2026-12-25" },
    // An exact time is not the end of its day, and the seven days before it are seven days.
    Row { published: "", opens: "2026-12-01T09:30+08:00", closes: "2026-12-31T18:00+08:00", withdrawn: "", now: "2026-12-01T09:29", state: Announced, next: "2026-12-01T09:30" },
    Row { published: "", opens: "2026-12-01T09:30+08:00", closes: "2026-12-31T18:00+08:00", withdrawn: "", now: "2026-12-01T09:30", state: Open, next: "2026-12-24T18:00" },
    Row { published: "", opens: "2026-12-01T09:30+08:00", closes: "2026-12-31T18:00+08:00", withdrawn: "", now: "2026-12-31T17:59", state: Soon, next: "2026-12-31T18:00" },
    Row { published: "", opens: "2026-12-01T09:30+08:00", closes: "2026-12-31T18:00+08:00", withdrawn: "", now: "2026-12-31T18:00", state: Closed, next: "2027-01-30T18:00" },
    // A window shorter than the soon days: nothing closes soon before it opens, and it opens as closing soon.
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-11-26T23:59", state: Announced, next: "2026-11-27" },
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-11-27", state: Announced, next: "2026-12-01" },
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-11-30T23:59", state: Announced, next: "2026-12-01" },
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-12-01", state: Soon, next: "2026-12-04" },
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-12-03T23:59", state: Soon, next: "2026-12-04" },
    Row { published: "", opens: "2026-12-01", closes: "2026-12-03", withdrawn: "", now: "2026-12-04", state: Closed, next: "2027-01-03" },
    // Opening and closing soon in one moment.
    Row { published: "", opens: "2026-12-01", closes: "2026-12-07", withdrawn: "", now: "2026-12-01", state: Soon, next: "2026-12-08" },
    // Withdrawn is the last word, from the day it says; but what is not published yet is not withdrawn either.
    Row { published: "", opens: "", closes: "2026-12-31", withdrawn: "2026-12-10", now: "2026-12-09T23:59", state: Open, next: "2026-12-10" },
    Row { published: "", opens: "", closes: "2026-12-31", withdrawn: "2026-12-10", now: "2026-12-10", state: Withdrawn, next: "" },
    Row { published: "", opens: "", closes: "2026-12-31", withdrawn: "2026-12-10", now: "2027-06-30", state: Withdrawn, next: "" },
    Row { published: "", opens: "", closes: "2026-12-31", withdrawn: "2027-01-10", now: "2027-01-01", state: Closed, next: "2027-01-10" },
    Row { published: "2026-11-01", opens: "", closes: "", withdrawn: "2026-10-01", now: "2026-10-15", state: Scheduled, next: "2026-11-01" },
    Row { published: "2026-11-01", opens: "", closes: "", withdrawn: "2026-10-01", now: "2026-11-01", state: Withdrawn, next: "" },
];

#[test]
fn a_posting_stands_where_its_dates_say() {
    let config = config("Asia/Shanghai");
    for row in ROWS {
        let front = front(&[
            ("published", row.published),
            ("opens", row.opens),
            ("closes", row.closes),
            ("withdrawn", row.withdrawn),
        ]);
        let now = moment(row.now, &config).expect("now");
        let stands = state_at(&document("job", &front), now, &config, None);
        let expected = (row.state, moment(row.next, &config));
        assert_eq!(stands, expected, "{front}on {}", row.now);
    }
}

#[test]
fn a_product_and_a_policy_turn_by_their_validity_and_by_what_takes_their_place() {
    let config = config("Asia/Shanghai");
    let product = |from, to| document("product", &front(&[("valid_from", from), ("valid_to", to)]));
    let policy = |effective| {
        let policy = format!("{{effective: {effective}}}");
        document("article", &front(&[("policy", &policy)]))
    };
    let offered = || product("2026-12-01", "2026-12-31");
    for (document, superseded, now, state, next) in [
        (offered(), "", "2026-11-30", Announced, "2026-12-01"),
        (offered(), "", "2026-12-01", Open, "2026-12-25"),
        (offered(), "", "2026-12-31T23:59", Soon, "2027-01-01"),
        (offered(), "", "2027-01-01", Closed, "2027-01-31"),
        (product("", ""), "", "2026-12-01", Open, ""),
        (
            policy("2026-12-01"),
            "",
            "2026-11-30",
            Announced,
            "2026-12-01",
        ),
        (policy("2026-12-01"), "", "2027-12-01", Open, ""),
        // The earlier of its own end and its successor's beginning.
        (
            offered(),
            "2026-12-15",
            "2026-12-07T23:59",
            Open,
            "2026-12-08",
        ),
        (offered(), "2026-12-15", "2026-12-08", Soon, "2026-12-15"),
        (offered(), "2026-12-15", "2026-12-15", Closed, "2027-01-14"),
        (offered(), "2027-02-01", "2027-01-01", Closed, "2027-01-31"),
        (
            policy("2026-12-01"),
            "2027-02-01",
            "2027-01-01",
            Open,
            "2027-01-25",
        ),
        (
            policy("2026-12-01"),
            "2027-02-01",
            "2027-02-01",
            Closed,
            "2027-03-03",
        ),
    ] {
        let superseded = moment(superseded, &config);
        let at = moment(now, &config).expect("now");
        let stands = state_at(&document, at, &config, superseded);
        let text = &document.source.text;
        assert_eq!(stands, (state, moment(next, &config)), "{text}on {now}");
    }
}

#[test]
fn days_are_those_of_the_calendar_where_the_clocks_change() {
    // On the first of November New York's clocks go back: the seven days before the end have 169 hours.
    let config = config("America/New_York");
    let dates = [("opens", "2026-10-01"), ("closes", "2026-11-05")];
    let posting = document("job", &front(&dates));
    let expected = Transitions {
        open: moment("2026-10-01", &config),
        soon: moment("2026-10-30", &config),
        end: moment("2026-11-06", &config),
    };
    assert_eq!(transitions(&posting, &config, None), expected);
    let earlier = moment("2026-11-04T12:00", &config);
    let expected = Transitions {
        soon: moment("2026-10-28T12:00", &config),
        end: earlier,
        ..expected
    };
    assert_eq!(transitions(&posting, &config, earlier), expected);
}

/// A policy with a title, a number, and the names of those whose place it takes.
fn policy(title: &str, number: &str, replaced: &[&str]) -> Document {
    let replaced: Vec<String> = replaced.iter().map(|name| format!("'{name}'")).collect();
    let replaced = replaced.join(", ");
    let front =
        format!("title: {title}\npolicy: {{number: '{number}', supersedes: [{replaced}]}}\n");
    document("article", &front)
}

#[test]
fn a_policy_takes_the_place_of_those_it_names_once_and_never_its_own() {
    let old = || policy("考勤办法（2024年版）", "望银发〔2024〕3号", &[]);
    let plain = || document("article", "title: 考勤研究\n");
    for (what, documents, pairs) in [
        (
            "by title",
            vec![old(), policy("新", "1", &["考勤办法（2024年版）"])],
            vec![(1, 0)],
        ),
        (
            "by number",
            vec![old(), policy("新", "1", &["望银发〔2024〕3号"])],
            vec![(1, 0)],
        ),
        (
            "in marks",
            vec![old(), policy("新", "1", &["《考勤办法（2024年版）》"])],
            vec![(1, 0)],
        ),
        (
            "twice",
            vec![
                old(),
                policy("新", "1", &["考勤办法（2024年版）", "考勤办法（2024年版）"]),
            ],
            vec![(1, 0)],
        ),
        (
            "by both",
            vec![
                old(),
                policy("新", "1", &["《考勤办法（2024年版）》(望银发〔2024〕3号)"]),
            ],
            vec![(1, 0)],
        ),
        ("itself by title", vec![policy("新", "1", &["新"])], vec![]),
        (
            "itself by number",
            vec![policy("新", "甲1号", &["甲1号"])],
            vec![],
        ),
        (
            "itself and another",
            vec![old(), policy("新", "1", &["新", "望银发〔2024〕3号"])],
            vec![(1, 0)],
        ),
        ("nothing", vec![old(), policy("新", "1", &[])], vec![]),
        (
            "what is not there",
            vec![old(), policy("新", "1", &["休假办法"])],
            vec![],
        ),
        (
            "what is no policy",
            vec![plain(), policy("新", "1", &["考勤研究"])],
            vec![],
        ),
        (
            "one by two",
            vec![
                policy("甲", "1", &["望银发〔2024〕3号"]),
                old(),
                policy("乙", "2", &["望银发〔2024〕3号"]),
            ],
            vec![(0, 1), (2, 1)],
        ),
        (
            "two by one",
            vec![
                policy("甲", "1", &[]),
                policy("乙", "2", &[]),
                policy("丙", "3", &["乙", "甲"]),
            ],
            vec![(2, 1), (2, 0)],
        ),
    ] {
        assert_eq!(replacements(documents.iter()), pairs, "{what}");
    }
}

#[test]
fn what_takes_a_place_does_so_from_its_first_day_unless_it_is_withdrawn() {
    let config = config("Asia/Shanghai");
    let newer = |published: &str, effective: &str, withdrawn: &str| {
        let policy = if effective.is_empty() {
            "{supersedes: [旧]}".to_owned()
        } else {
            format!("{{supersedes: [旧], effective: {effective}}}")
        };
        let dates = [("published", published), ("withdrawn", withdrawn)];
        let front = front(&[&dates[..], &[("policy", &policy)]].concat());
        document("article", &front)
    };
    let now = moment("2026-11-21", &config).expect("now");
    for (newer, from) in [
        // Published and in force: the later of the two.
        (vec![newer("2026-11-01", "2026-12-01", "")], "2026-12-01"),
        (vec![newer("2026-12-15", "2026-12-01", "")], "2026-12-15"),
        (vec![newer("2026-11-01", "", "")], "2026-11-01"),
        (vec![newer("", "2026-12-01", "")], "2026-12-01"),
        // What is withdrawn takes no place; what will be still does.
        (vec![newer("2026-11-01", "", "2026-11-20")], ""),
        (vec![newer("2026-11-01", "", "2026-11-21")], ""),
        (vec![newer("2026-11-01", "", "2026-11-22")], "2026-11-01"),
        // The first of several; one that is withdrawn leaves it to the other.
        (
            vec![newer("2026-12-05", "", ""), newer("2026-12-03", "", "")],
            "2026-12-03",
        ),
        (
            vec![newer("2026-12-03", "", ""), newer("2026-12-05", "", "")],
            "2026-12-03",
        ),
        (
            vec![
                newer("2026-12-03", "", "2026-11-20"),
                newer("2026-12-05", "", ""),
            ],
            "2026-12-05",
        ),
        (vec![], ""),
    ] {
        let old = document("article", "title: 旧\npolicy: {effective: 2024-01-01}\n");
        let documents: Vec<Arc<Document>> = [old].into_iter().chain(newer).map(Arc::new).collect();
        let found = superseded(&documents, now, &config.time_zone);
        let expected = moment(from, &config).map(|from| (0, from));
        let texts: Vec<&str> = documents
            .iter()
            .map(|one| one.source.text.as_str())
            .collect();
        assert_eq!(found, expected.into_iter().collect(), "{}", texts.concat());
    }
    // Without any day it always did.
    let documents = [
        document("article", "title: 旧\npolicy: {effective: 2024-01-01}\n"),
        newer("", "", ""),
    ];
    let found = superseded(&documents.map(Arc::new), now, &config.time_zone);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, Timestamp::MIN)]);
}
