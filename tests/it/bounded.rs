//! Work that grows with the text and no faster, for every kind of fault that a text can repeat. Steps are counted, not time:
//! comparisons of names, bytes that are looked at for a place, bytes that are said.

use crate::common::{SETTINGS, Site};
use gangwei::diagnostic::Sink;
use gangwei::pipeline::timings::Timings;
use gangwei::pipeline::{JudgingScope, Options, prepare, report_site};
use gangwei::text::work::counted;
use std::fmt::Write;

/// A document, or another file, with a fault as often as it is asked for.
type Repeat = fn(usize) -> (&'static str, String);

fn front(lines: impl Fn(usize) -> String, count: usize) -> String {
    let mut text = "---\n标题: 柜员\n发布日期: 2026-11-01\n工作地点: 上海\n".to_owned();
    for number in 0..count {
        writeln!(text, "{}", lines(number)).expect("text");
    }
    text + "---\n\n正文。\n"
}

fn body(line: impl Fn(usize) -> String, count: usize) -> String {
    let mut text = "---\n标题: 关于\n---\n\n".to_owned();
    for number in 0..count {
        writeln!(text, "{}\n", line(number)).expect("text");
    }
    text
}

const JOB: &str = "content/jobs/yb.md";
const PAGE: &str = "content/pages/yb.md";

/// Codes of faults, each with a text that repeats it.
const REPEATED: &[(&str, Repeat)] = &[
    ("unknown-key", |n| (JOB, front(|i| format!("k{i}: 1"), n))),
    ("unknown-key", |n| {
        (
            JOB,
            front(
                |i| format!("【报名截止】{}: 1", "！".repeat(i % 7 + i / 7)),
                n.min(60),
            ),
        )
    }),
    ("unknown-key", |n| {
        (JOB, front(|i| format!("报名截正{i}: 1"), n))
    }),
    ("forbidden", |n| (JOB, front(|i| format!("年龄{i}: 35"), n))),
    ("unknown-location", |n| {
        (
            JOB,
            front(
                |i| {
                    if i == 0 {
                        format!(
                            "地点: [{}]",
                            (0..n)
                                .map(|i| format!("上海{i}"))
                                .collect::<Vec<_>>()
                                .join(", ")
                        )
                    } else {
                        format!("# {i}")
                    }
                },
                n,
            ),
        )
    }),
    ("broken-link", |n| {
        (PAGE, body(|i| format!("[甲](none{i}.md)"), n))
    }),
    ("broken-link", |n| {
        (PAGE, body(|i| format!("[甲](/none{i}/)"), n))
    }),
    ("broken-anchor", |n| {
        (PAGE, body(|i| format!("## 标题{i}\n\n[甲](#标题x{i})"), n))
    }),
    ("unsafe-link", |n| {
        (PAGE, body(|i| format!("[甲](javascript:{i})"), n))
    }),
    ("foreign-picture", |n| {
        (
            PAGE,
            body(|i| format!("![甲](https://b.example/{i}.png)"), n),
        )
    }),
    ("address-with-user", |n| {
        (PAGE, body(|i| format!("[甲](https://a@b.example/{i})"), n))
    }),
    ("taken-id", |n| {
        (PAGE, body(|i| format!("## 甲 {{#gw-{i}}}"), n))
    }),
    ("html-left-out", |n| {
        (PAGE, body(|i| format!("<x{i}>甲</x{i}>"), n))
    }),
    ("repeated-anchor", |n| {
        (PAGE, body(|_| "## 甲 {#a}".to_owned(), n))
    }),
    ("active-attachment", |n| {
        (PAGE, body(|i| format!("[甲](yb.html?{i})"), n))
    }),
    ("bad-alias", |n| {
        (
            JOB,
            front(
                |i| {
                    if i == 0 {
                        format!(
                            "旧地址: [{}]",
                            (0..n)
                                .map(|i| format!("a:{i}"))
                                .collect::<Vec<_>>()
                                .join(", ")
                        )
                    } else {
                        format!("# {i}")
                    }
                },
                n,
            ),
        )
    }),
    ("other-marks", |n| {
        (PAGE, body(|i| format!("{i}、甲\n{i}、乙"), n))
    }),
    ("related", |n| {
        (
            PAGE,
            front(
                |i| {
                    if i == 0 {
                        format!(
                            "相关: [{}]",
                            (0..n)
                                .map(|i| format!("J-{i}"))
                                .collect::<Vec<_>>()
                                .join(", ")
                        )
                    } else {
                        format!("# {i}")
                    }
                },
                n,
            ),
        )
    }),
    ("vocabulary", |n| {
        (
            "content/locations.yaml",
            (0..n)
                .map(|i| format!("- {{编号: l{i}, 名称: 上海{i}, 上级: 北京{i}, 别的: 1}}\n"))
                .collect(),
        )
    }),
    ("settings", |n| {
        (
            "gangwei.yaml",
            SETTINGS.to_owned() + &(0..n).map(|i| format!("key{i}: 1\n")).collect::<String>(),
        )
    }),
    ("exam", |n| {
        (
            "content/exams/yb.md",
            body(|i| format!("{i}. 题目（ ）\nA. 甲\nB. 乙\n答案：C"), n),
        )
    }),
];

/// What a check of a site with one such file takes, on one thread.
fn steps(path: &str, text: &str) -> u64 {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    site.write(path, text);
    let options = Options {
        scope: JudgingScope::All,
        drafts: true,
        ..Options::of(
            site.path(),
            "2026-11-21T00:00:00Z".parse().expect("a moment"),
        )
    };
    let before = counted();
    let mut sink = Sink::default();
    let portal = prepare(&options, &mut sink, &mut Timings::start()).expect("a site");
    if let Some(portal) = &portal {
        report_site(portal, &mut sink);
    }
    let faults = sink.into_sorted();
    assert!(!faults.is_empty(), "{path} has no fault");
    gangwei::diagnostic::render_json(&faults, gangwei::diagnostic::Lang::Zh);
    counted() - before
}

#[test]
fn every_repeated_fault_costs_in_proportion() {
    // Work of other threads would not be counted.
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    let pool = alone.build().expect("one thread");
    pool.install(|| {
        let mut told = String::new();
        for (code, repeat) in REPEATED {
            let [few, more, most] = [200, 400, 800].map(|count| {
                let (path, text) = repeat(count);
                steps(path, &text)
            });
            // Twice the text takes twice the steps, and a constant.
            let (first, second) = (more.saturating_sub(few), most.saturating_sub(more));
            writeln!(told, "{code}: {few} {more} {most}").expect("text");
            assert!(
                second <= first * 5 / 2 + 20_000,
                "{code} grows faster than its text:\n{told}"
            );
        }
        println!("{told}");
    });
}

#[test]
fn a_front_matter_of_the_greatest_size_is_judged_at_once() {
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    alone.build().expect("one thread").install(|| {
        // 250 KB of unknown keys: a dozen million steps are a tenth of a second.
        let text = front(|i| format!("k{i}: 1"), 22_000);
        let taken = steps(JOB, &text);
        assert!(taken < 30_000_000, "{taken} steps");
    });
}

#[test]
fn names_of_any_length_are_not_compared() {
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    alone.build().expect("one thread").install(|| {
        let long = "岗".repeat(40_000);
        let site = Site::new([("gangwei.yaml", SETTINGS)]);
        site.write(
            "content/departments.yaml",
            format!("- {{编号: a, 名称: {long}甲}}\n- {{编号: b, 名称: {long}甲}}\n"),
        );
        site.write(
            JOB,
            format!("---\n标题: 柜员\n部门: {long}乙\n{long}: 1\n---\n"),
        );
        let before = counted();
        let mut sink = Sink::default();
        let options = Options::of(
            site.path(),
            "2026-11-21T00:00:00Z".parse().expect("a moment"),
        );
        prepare(&options, &mut sink, &mut Timings::start()).expect("a site");
        assert!(!sink.into_sorted().is_empty());
        let taken = counted() - before;
        assert!(taken < 20_000_000, "{taken} steps");
    });
}
