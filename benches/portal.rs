//! Builds generated sites with the release binary and prints medians; the peer is a copy of the finished portal.

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

mod peers;
mod site;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const RUNS: usize = 5;
const PEER_RUNS: usize = 3;

/// Without arguments: sites of 1,000 and 10,000. `-- 100000` adds a size; `-- make DIR 10000` only writes a site;
/// `-- editions 3000` compares one edition with two.
fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "make") {
        let count = words
            .get(at + 2)
            .and_then(|count| count.parse().ok())
            .unwrap_or(1_000);
        return site::write_site(Path::new(&words[at + 1]), count);
    }
    if let Some(at) = words.iter().position(|word| word == "editions") {
        let count = words.get(at + 1).and_then(|count| count.parse().ok());
        return compare_editions(count.unwrap_or(3_000));
    }
    // `cargo test --benches` only asks whether it runs.
    let sizes: &[usize] = if std::env::args().any(|argument| argument == "--test") {
        &[50]
    } else {
        &[1_000, 10_000]
    };
    let extra = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok());
    for count in sizes.iter().copied().chain(extra) {
        measure(count);
    }
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let source = folder.path().join("site");
    site::write_site(&source, count);
    let (mut walls, mut cpus, mut copies, mut warms, mut checks, mut parses) = (
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
    );
    let (mut memory, mut outputs, mut bytes) = (0.0_f64, 0.0, 0.0);
    for run in 0..RUNS {
        let out = folder.path().join(format!("out-{run}"));
        let cold = build(&source, &out);
        walls.push(cold.wall_ms);
        cpus.push(cold.cpu_ms);
        checks.push(cold.check_ms);
        parses.push(cold.parse_ms);
        memory = memory.max(cold.peak_memory);
        (outputs, bytes) = (cold.outputs, cold.bytes);
        warms.push(build(&source, &out).wall_ms);
        let start = Instant::now();
        copy(&out, &folder.path().join(format!("copy-{run}")));
        copies.push(start.elapsed().as_secs_f64() * 1000.0);
        // Nothing is removed between runs: some file systems make new files slowly right after old ones went.
    }
    let (wall, cpu, copied, warm) = (
        median(&mut walls),
        median(&mut cpus),
        median(&mut copies),
        median(&mut warms),
    );
    println!(
        "{count:>7} postings: wall {wall:.0} ms, CPU {cpu:.0} ms, warm {warm:.0} ms ({:.2} of cold), peak {:.0} MB; {outputs} files, {:.0} MB; a copy takes {copied:.0} ms, the build {:.1} times that",
        warm / wall,
        memory / 1e6,
        bytes / 1e6,
        wall / copied
    );
    beside_peers(count, &source, folder.path(), wall);
    let (check, parse) = (median(&mut checks), median(&mut parses));
    println!(
        "{:>7} rules: CPU {check:.0} ms, {:.0} µs a posting, {:.1} times reading and parsing",
        "",
        check * 1000.0 / count as f64,
        check / parse
    );
}

/// Hugo on the same postings, and Pagefind on what it made, where `HUGO` and `PAGEFIND` name their programs.
fn beside_peers(count: usize, source: &Path, folder: &Path, wall: f64) {
    let Ok(hugo) = std::env::var("HUGO") else {
        return;
    };
    let site = folder.join("hugo");
    peers::write_hugo_site(source, &site);
    let mut times = Vec::new();
    let mut out = PathBuf::new();
    for run in 0..PEER_RUNS {
        out = folder.join(format!("hugo-{run}"));
        times.push(peers::run(
            &hugo,
            &[&"--quiet", &"--source", &site, &"--destination", &out],
        ));
    }
    let pages = peers::pages(&out);
    assert!(pages > count, "Hugo made {pages} pages");
    let hugo_wall = median(&mut times);
    println!(
        "{:>7} Hugo: wall {hugo_wall:.0} ms for {pages} pages without search and checks, {:.1} times the build",
        "",
        hugo_wall / wall
    );
    if let Ok(pagefind) = std::env::var("PAGEFIND") {
        let indexed = peers::run(&pagefind, &[&"--site", &out]);
        println!(
            "{:>7} Hugo and Pagefind: wall {:.0} ms, {:.1} times the build",
            "",
            hugo_wall + indexed,
            (hugo_wall + indexed) / wall
        );
    }
}

/// The same site with one more edition, in turns with the plain one.
fn compare_editions(count: usize) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for site in [&one, &two] {
        site::write_site(site, count);
    }
    let settings = std::fs::read_to_string(two.join("gangwei.yaml")).expect("settings");
    std::fs::write(
        two.join("gangwei.yaml"),
        format!("{settings}editions: [zh-Hant-TW]\n"),
    )
    .expect("settings");
    let (mut walls, mut cpus) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let plain = build(&one, &folder.path().join(format!("one-{run}")));
        let more = build(&two, &folder.path().join(format!("two-{run}")));
        walls.push(more.wall_ms / plain.wall_ms);
        cpus.push(more.cpu_ms / plain.cpu_ms);
    }
    println!(
        "{count} postings with one more edition: {:.2} times the wall time, {:.2} times the CPU time",
        median(&mut walls),
        median(&mut cpus)
    );
}

struct Figures {
    wall_ms: f64,
    cpu_ms: f64,
    check_ms: f64,
    parse_ms: f64,
    peak_memory: f64,
    outputs: f64,
    bytes: f64,
}

fn build(source: &Path, out: &Path) -> Figures {
    let output = Command::new(env!("CARGO_BIN_EXE_gangwei"))
        .args(["build", "--timings=json", "--lang", "en", "--out"])
        .args([out, source])
        .output()
        .expect("gangwei");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(text.lines().last().unwrap_or("")).expect("timings");
    let number = |key: &str| json[key].as_f64().unwrap_or(0.0);
    let stages = json["stages"].as_array().cloned().unwrap_or_default();
    let of = |names: &[&str]| -> f64 {
        let own = stages.iter().filter(|stage| {
            let name = stage["stage"].as_str().unwrap_or("");
            names.contains(&name)
        });
        own.filter_map(|stage| stage["cpu_ms"].as_f64()).sum()
    };
    Figures {
        check_ms: of(&["check"]),
        parse_ms: of(&["load", "parse"]),
        wall_ms: number("wall_ms"),
        cpu_ms: stages
            .iter()
            .filter_map(|stage| stage["cpu_ms"].as_f64())
            .sum(),
        peak_memory: number("peak_memory"),
        outputs: number("outputs"),
        bytes: number("bytes"),
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(from)
        .expect("folder")
        .filter_map(Result::ok)
    {
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("copy");
        }
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
