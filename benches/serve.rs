//! The preview of a large generated site, asked over real connections: how long after the command the first page comes,
//! and how long after a file was written a page shows it. Every page asked for is checked, not only timed.

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

mod site;

use gangwei::pipeline::timings::Timings;
use gangwei::pipeline::{JudgingScope, Memory, Options, prepare_again};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 9;

/// Without arguments 1,000 and 10,000 postings; a number names another size.
fn main() {
    let given: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    // `cargo test --benches` only asks whether it runs.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let sizes = match (is_test, given.is_empty()) {
        (true, _) => vec![50],
        (false, true) => vec![1_000, 10_000],
        (false, false) => given,
    };
    for count in sizes {
        measure(count);
    }
}

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(site: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gangwei"))
            .args(["serve", "--port", "0", "--lang", "en"])
            .arg(site)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("gangwei");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("stdout"))
            .read_line(&mut line)
            .expect("a line");
        let after = line.split("http://").nth(1).expect("an address");
        let address = after.split('/').next().unwrap_or(after).to_owned();
        Server { child, address }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("connect");
        let limit = Some(Duration::from_mins(1));
        stream.set_read_timeout(limit).expect("timeout");
        let host = &self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("request");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.ask(path).read_to_end(&mut bytes).expect("answer");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Milliseconds from the writing of a file until a page holds the words; asked again when the preview says so, as
    /// the browser does.
    fn write_and_see(&self, file: &Path, text: &str, page: &str, words: &str) -> f64 {
        let mut events = BufReader::new(self.ask("/__gangwei/events"));
        let mut line = String::new();
        let mut next = |events: &mut BufReader<TcpStream>| loop {
            line.clear();
            assert!(events.read_line(&mut line).expect("an event") > 0);
            if line.starts_with("data:") {
                return;
            }
        };
        // The version as it is now comes at once.
        next(&mut events);
        let start = Instant::now();
        std::fs::write(file, text).expect("file");
        loop {
            next(&mut events);
            if self.get(page).contains(words) {
                return start.elapsed().as_secs_f64() * 1000.0;
            }
        }
    }

    /// Waits until what was read is also judged, so that nothing else runs.
    fn settle(&self) {
        let cpu = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
            stat.unwrap_or_default()
                .split_whitespace()
                .skip(13)
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        loop {
            let before = cpu();
            std::thread::sleep(Duration::from_millis(300));
            if before == cpu() {
                return;
            }
        }
    }
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let source = folder.path().join("site");
    site::write_site(&source, count);
    let mut firsts: Vec<f64> = (0..RUNS.min(5))
        .map(|_| {
            let start = Instant::now();
            let server = Server::start(&source);
            assert!(server.get("/").starts_with("HTTP/1.1 200"), "no first page");
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    println!(
        "{count:>7} postings: the first page {} ms after the command",
        spread(&mut firsts)
    );
    let server = Server::start(&source);
    server.settle();
    let name = format!("B-{:06}", count / 2);
    let file = source.join(format!("content/jobs/{name}.md"));
    let text = std::fs::read_to_string(&file).expect("posting");
    // The newest stands first on the lists of the home page and of its unit.
    let text = replace_line(&text, "发布日期: ", "2026-10-29");
    for (what, page) in [
        ("its own page", format!("/jobs/{name}/")),
        ("the home page", "/".to_owned()),
        ("the list of all", "/jobs/".to_owned()),
        ("jobs.json", "/jobs.json".to_owned()),
    ] {
        let mut times: Vec<f64> = (0..RUNS)
            .map(|run| {
                let title = format!("甲{}号{run}", page.len());
                let text = replace_line(&text, "标题: ", &title);
                let took = server.write_and_see(&file, &text, &page, &title);
                server.settle();
                took
            })
            .collect();
        println!(
            "{:>7} a saved posting on {what}: {} ms after the write",
            "",
            spread(&mut times)
        );
    }
    drop(server);
    print_stages(&source, &file, &text);
}

/// Where the time of a reading goes, in this process: the first one, and one after a saved file.
fn print_stages(source: &Path, file: &Path, text: &str) {
    let options = options(source);
    let mut memory = Memory::default();
    let once = |memory: &mut Memory| {
        let mut timings = Timings::start();
        let mut sink = gangwei::diagnostic::Sink::default();
        let portal = prepare_again(&options, memory, &mut sink, &mut timings);
        let portal = portal.expect("a reading").expect("settings");
        // Processor time, which other work on the machine disturbs less.
        let stages: BTreeMap<&str, f64> = timings
            .stages()
            .iter()
            .map(|stage| (stage.stage, stage.cpu_ms.unwrap_or_default()))
            .collect();
        (stages, portal)
    };
    println!(
        "{:>7} the first reading by stage, CPU ms: {:?}",
        "",
        once(&mut memory).0
    );
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for run in 0..RUNS {
        let text = replace_line(text, "标题: ", &format!("乙{run}"));
        std::fs::write(file, text).expect("file");
        memory.mark([file.canonicalize().expect("path")].into());
        for (stage, took) in once(&mut memory).0 {
            let least = best.entry(stage).or_insert(took);
            *least = least.min(took);
        }
    }
    println!(
        "{:>7} after a save by stage, CPU ms (best of {RUNS}): {best:?}",
        ""
    );
}

fn options(source: &Path) -> Options {
    Options {
        out: PathBuf::from("public"),
        drafts: true,
        scope: JudgingScope::Preview,
        ..Options::of(
            source.to_owned(),
            "2026-11-21T04:00:00Z".parse().expect("moment"),
        )
    }
}

fn replace_line(text: &str, key: &str, value: &str) -> String {
    text.lines()
        .map(|line| {
            if line.starts_with(key) {
                format!("{key}{value}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

fn spread(values: &mut [f64]) -> String {
    values.sort_by(f64::total_cmp);
    let at = |part: f64| values[((values.len() - 1) as f64 * part) as usize];
    format!("{:.0} (from {:.0} to {:.0})", at(0.5), at(0.0), at(1.0))
}
