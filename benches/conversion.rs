//! Converts this repository's content between scripts and prints how fast, beside the crate ferrous-opencc in the same
//! run: the time to make a converter, and megabytes of source a second on one core.

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

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gangwei::text::Language::{self, Hans, Hant, HantHk, HantTw};
use gangwei::text::conversion::Converter;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

/// All markdown files below a folder, in a fixed order.
fn read(folder: &Path, texts: &mut Vec<(std::path::PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            read(&path, texts);
        } else {
            texts.extend(std::fs::read_to_string(&path).ok().map(|text| (path, text)));
        }
    }
}

/// The shortest of several runs in seconds: what the machine does besides only makes a run longer.
fn shortest(runs: usize, mut run: impl FnMut()) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let (runs, slow_runs) = if is_test { (1, 1) } else { (200, 20) };
    let mut texts = Vec::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        &mut texts,
    );
    texts.sort();
    let content: String = texts.into_iter().map(|(_, text)| text).collect();
    let chinese: String = content.chars().filter(|c| !c.is_ascii()).collect();
    let chains: [(&str, Language, Language, BuiltinConfig); 4] = [
        ("s2tw", Hans, Hant, BuiltinConfig::S2tw),
        ("s2twp", Hans, HantTw, BuiltinConfig::S2twp),
        ("s2hk", Hans, HantHk, BuiltinConfig::S2hk),
        ("tw2sp", HantTw, Hans, BuiltinConfig::Tw2sp),
    ];
    println!(
        "{:6} {:>9} {:>24} {:>10} {:>10} {:>10} {:>6}",
        "chain", "make, ms", "text", "own", "as OpenCC", "ferrous", "ratio"
    );
    for (name, from, to, config) in chains {
        let make = shortest(5, || drop(black_box(Converter::new(from, to, &[]))));
        let (Some(own), Some(plain)) = (Converter::new(from, to, &[]), Converter::opencc(from, to))
        else {
            continue;
        };
        let ferrous = OpenCC::from_config(config).expect("OpenCC data");
        for (kind, text) in [
            ("content, half ASCII", &content),
            ("only Chinese", &chinese),
        ] {
            let megabytes = text.len() as f64 / 1e6;
            let own = megabytes / shortest(runs, || drop(black_box(own.convert(text))));
            let plain = megabytes / shortest(runs, || drop(black_box(plain.convert(text))));
            let ferrous =
                megabytes / shortest(slow_runs, || drop(black_box(ferrous.convert(text))));
            println!(
                "{name:6} {:9.1} {kind:>24} {own:5.0} MB/s {plain:5.0} MB/s {ferrous:5.1} MB/s {:5.1}x",
                make * 1e3,
                plain / ferrous,
            );
        }
    }
}
