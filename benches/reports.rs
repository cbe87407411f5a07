//! Compiling and filling reports. Prints medians of several runs, and the ratio to reading the same texts as markdown:
//! `cargo bench --bench reports`.

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

use gangwei::blanks::{Template, TypedValue, compile, read_value};
use gangwei::forms::{Filled, to_docx, to_markdown};
use gangwei::markdown::{Blanks, Profile, blocks, outline};
use std::hint::black_box;
use std::time::Instant;

const TEMPLATES: usize = 1_000;
const ROWS: usize = 500;
const RUNS: usize = 5;

fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/reports");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("reports")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("report"))
        .map(|text| text.splitn(3, "---\n").nth(2).unwrap_or("").to_owned())
        .filter(|text| !compile(text, &[]).blanks.is_empty())
        .collect();
    let profile = Profile::new(Blanks::All, true);
    let all = || texts.iter().cycle().take(TEMPLATES);
    let blanks: usize = all().map(|text| compile(text, &[]).blanks.len()).sum();
    let compiled = median(|| all().for_each(|text| drop(black_box(compile(text, &[])))));
    let outlined = median(|| all().for_each(|text| drop(black_box(outline(text, profile)))));
    println!(
        "compile {TEMPLATES} templates, {blanks} blanks: {compiled:.0} ms, {:.1} times their outline",
        compiled / outlined
    );

    let text = texts
        .iter()
        .max_by_key(|text| compile(text, &[]).blanks.len())
        .expect("a template");
    let template = compile(text, &[]);
    let typed = values(&template);
    let read = blocks(text, profile);
    let markdown = median(|| {
        for _ in 0..ROWS {
            let filled = Filled::new(&template, &typed);
            black_box(to_markdown(text, None, &template, &filled));
        }
    });
    let word = median(|| {
        for _ in 0..ROWS {
            let filled = Filled::new(&template, &typed);
            black_box(to_docx(&read, "报告", &template, &filled).expect("docx"));
        }
    });
    println!(
        "fill {ROWS} reports of {} blanks: markdown {markdown:.0} ms, Word {word:.0} ms",
        template.blanks.len()
    );
}

fn values(template: &Template) -> Vec<Option<TypedValue>> {
    let fields = template.fields.iter();
    fields
        .map(|field| match field.formula {
            Some(_) => None,
            None => ["2026", "12", "澄东", "2026-01-05"]
                .iter()
                .find_map(|text| {
                    read_value(text, field.blank_type, field.unit.as_deref())
                        .ok()
                        .flatten()
                }),
        })
        .collect()
}
