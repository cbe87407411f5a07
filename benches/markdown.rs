//! The Chinese profile beside plain parsing: 30 MB of Chinese text through both in one run, and each text doubled to
//! see that time grows with length and no faster, hostile texts included.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench stands outside the program: it makes sites, runs programs, looks at the clock and prints"
)]

use gangwei::markdown::{Profile, standard_html};
use pulldown_cmark::{Options, Parser, html};
use std::hint::black_box;
use std::time::Instant;

const RUNS: usize = 7;
const BYTES: usize = 30_000_000;

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let bytes = if std::env::args().any(|argument| argument == "--test") {
        30_000
    } else {
        BYTES
    };
    compare(bytes);
    println!("\nDoubling a text (about 2 is linear):");
    for (name, unit) in HOSTILE {
        let count = bytes / 60 / unit.len();
        let (small, large) = (unit.repeat(count), unit.repeat(count * 2));
        let once = median(|| profile(&small));
        let twice = median(|| profile(&large));
        println!("  {name:<28} {:>5.2}", twice / once);
    }
}

/// Texts that tempt a reader to look at the same bytes again and again.
const HOSTILE: &[(&str, &str)] = &[
    ("postings", POSTING),
    ("asterisks", "*"),
    ("asterisks between commas", "，*"),
    ("asterisks after ASCII marks", "!*"),
    ("tildes", "甲~"),
    ("underscores in an address", "_a"),
    ("addresses", "https://a.example/x*y "),
    ("mail signs", "a@"),
    ("brackets", "（[“"),
    ("line breaks and tags", "<b>\n"),
    ("one long line", "岗位职责"),
    ("backslashes", "\\"),
    ("private use and noncharacters", "\u{E000}\u{FFFF}*\u{FDD0}"),
];

/// A posting as an author writes it.
const POSTING: &str = "## 岗位职责\n\n\
    负责**对公客户**的拓展与维护，制定营销方案，完成年度任务；定期走访客户，\n\
    了解经营状况，做好贷前调查、贷中审查和贷后检查。\n\n\
    - **学历：**大学本科及以上，金融、经济、财会类专业优先；\n\
    - 两年以上银行同业经验，熟悉“存贷汇”业务，持有**《银行业专业资格证书》**；\n\
    - 月薪15000~25000元，另有奖金。\n\n\
    有意者请访问 https://apply.bank.example/jobs?id=1，或将简历发送至hr@bank.example。\n\n";

/// The demonstration's bodies, and postings that need the profile in every line.
fn compare(bytes: usize) {
    let mut bodies = Vec::new();
    for entry in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")) {
        let entry = entry.expect("content");
        if entry.path().extension().is_some_and(|name| name == "md") {
            let text = std::fs::read_to_string(entry.path()).expect("document");
            bodies.extend(text.splitn(3, "---\n").nth(2).map(str::to_owned));
        }
    }
    bodies.sort();
    report("the demonstration's bodies", &bodies, bytes);
    report("a posting dense with typos", &[POSTING.repeat(4)], bytes);
}

fn report(name: &str, documents: &[String], bytes: usize) {
    let rounds = bytes / documents.iter().map(String::len).sum::<usize>() + 1;
    let all = || (0..rounds).flat_map(|_| documents);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let (mut plain, mut profiled) = (Vec::new(), Vec::new());
    // The two take turns, so that a busy machine slows both.
    for _ in 0..RUNS {
        plain.push(seconds(|| {
            for text in all() {
                let mut out = String::with_capacity(text.len() * 3 / 2);
                html::push_html(&mut out, Parser::new_ext(text, options));
                black_box(out);
            }
        }));
        profiled.push(seconds(|| all().for_each(|text| profile(text))));
    }
    let ratios: Vec<f64> = plain.iter().zip(&profiled).map(|(a, b)| b / a).collect();
    println!(
        "{} MB of {name}: plain {:.0} ms, Chinese profile {:.0} ms, {:+.1} %",
        all().map(String::len).sum::<usize>() / 1_000_000,
        middle(plain) * 1e3,
        middle(profiled) * 1e3,
        (middle(ratios) - 1.0) * 100.0
    );
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn profile(text: &str) {
    let profile = Profile {
        autolinks: true,
        extensions: true,
        ..Profile::standard()
    };
    black_box(standard_html(text, profile));
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(work: impl Fn()) -> f64 {
    middle((0..3).map(|_| seconds(&work)).collect())
}
