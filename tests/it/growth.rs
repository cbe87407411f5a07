//! Budgets as ratios: ten times the documents take ten times the processor time and memory, not more. Absolute times
//! would say how fast a machine is; they are measured by the benches.
#![cfg(target_os = "linux")]

#[allow(dead_code)]
#[path = "../../benches/site.rs"]
mod site;

use crate::common::{self, SETTINGS, gangwei, temporary};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// How much more than ten times is still linear: lists and tables grow in steps, and machines are noisy.
const MARGIN: f64 = 1.3;
/// A disturbed measurement is taken again; the least of each counts.
const ATTEMPTS: usize = 3;

/// Processor milliseconds and peak bytes of a cold build.
fn measure(source: &Path, out: &Path) -> [f64; 2] {
    let mut command = gangwei();
    command.args([
        "build",
        "--timings=json",
        "--lang",
        "en",
        "--as-of",
        "2026-11-21",
    ]);
    // With one worker, so that no idle one adds memory or waits that count as work.
    command
        .args(["--threads", "1", "--out"])
        .args([out, source]);
    let ran = common::run(&mut command).expect(0);
    let json: Value =
        serde_json::from_str(ran.stderr.lines().last().expect("a line")).expect("timings");
    let stages = json["stages"].as_array().expect("stages");
    let cpu = stages.iter().filter_map(|stage| stage["cpu_ms"].as_f64());
    [cpu.sum(), json["peak_memory"].as_f64().expect("memory")]
}

#[test]
fn processor_time_and_memory_grow_with_the_documents_and_no_faster() {
    expect_linear([1, 200, 2_000], site::write_site);
}

/// Every article has links that could lead to a document that is not shown, and every other has a text for an edition.
/// Not pages: each names all others at its foot, so that a site of many is large by nature. So many that the documents
/// take more memory than what is loaded for any site at the start.
#[test]
fn links_hidden_documents_and_texts_for_editions_cost_no_more_by_the_hundred() {
    expect_linear([1_500, 2_500, 11_500], |folder, count| {
        let articles = folder.join("content/articles");
        fs::create_dir_all(&articles).expect("folder");
        let settings = format!("{SETTINGS}visibility: public\neditions: [zh-Hant-TW]\n");
        fs::write(folder.join("gangwei.yaml"), settings).expect("file");
        let write =
            |name: String, text: String| fs::write(articles.join(name), text).expect("file");
        for number in 0..count {
            let links = "[甲](https://b.example/) [乙](/jobs/) <c@d.example> ".repeat(5);
            write(
                format!("a{number}.md"),
                format!("---\ntitle: 甲{number}\n---\n{links}\n"),
            );
            write(
                format!("b{number}.md"),
                format!("---\ntitle: 乙{number}\nvisibility: internal\n---\n"),
            );
            write(
                format!("a{number}.zh-Hant-TW.md"),
                format!("---\ntitle: 丙{number}\n---\n"),
            );
        }
    });
}

/// Builds sites of three sizes, the last two a ten-fold apart.
fn expect_linear(sizes: [usize; 3], write: impl Fn(&Path, usize)) {
    let folder = temporary();
    for size in sizes {
        write(&folder.path().join(size.to_string()), size);
    }
    let mut least = [[f64::MAX; 2]; 3];
    for attempt in 1..=ATTEMPTS {
        for (at, size) in sizes.into_iter().enumerate() {
            let out = folder.path().join(format!("out-{size}-{attempt}"));
            let measured = measure(&folder.path().join(size.to_string()), &out);
            for (least, measured) in least[at].iter_mut().zip(measured) {
                *least = least.min(measured);
            }
        }
        // What one document takes too is no growth.
        let growth = [0, 1].map(|what| {
            let [none, few, many] = [0, 1, 2].map(|at: usize| least[at][what]);
            (many - none) / (few - none)
        });
        println!(
            "attempt {attempt}: ten times the documents take {growth:.1?} times time and memory"
        );
        if growth.iter().all(|growth| *growth <= 10.0 * MARGIN) {
            return;
        }
    }
    panic!("time or memory grow faster than the documents: {least:?}");
}
