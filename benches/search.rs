//! Builds search indexes of generated postings on one thread and prints sizes and processor times; then, where there is
//! Node, `benches/search.mjs` asks questions with the reader that browsers run and prints what share of its documents have the
//! words before the text check, bytes and times of queries, with Pagefind beside it where `PAGEFIND` names its program.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_wrap,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench stands outside the program: it makes sites, runs programs, looks at the clock and prints"
)]

#[path = "../tests/it/search/bank_names.rs"]
mod bank_names;
#[path = "../tests/it/search/generator.rs"]
mod generator;

use gangwei::pages::theme::default_script;
use gangwei::search::fold::fold_units;
use gangwei::search::{BatchPart, Gathered, Plan, SearchDocument, SearchFile, SearchSettings};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Without arguments: 1,000 and 10,000 postings. `-- 100000` adds a size, `--only 100000` measures one alone.
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if arguments.iter().any(|argument| argument == "--test") {
        // `cargo test --benches` only asks whether it runs.
        sizes = vec![50];
    } else if !arguments.iter().any(|argument| argument == "--only") {
        sizes.splice(0..0, [1_000, 10_000]);
    }
    for count in sizes {
        measure(count);
    }
}

/// Postings of about 750 characters: two generated ones make one.
fn postings(count: usize) -> Vec<SearchDocument> {
    let mut all = generator::documents(2 * count, None);
    let second = all.split_off(count);
    for (document, other) in all.iter_mut().zip(second) {
        for (section, other) in document.sections.iter_mut().zip(other.sections) {
            section.text.push_str(&other.text);
        }
    }
    all
}

fn measure(count: usize) {
    let documents = postings(count);
    let texts = documents
        .iter()
        .flat_map(|document| &document.sections)
        .map(|section| &section.text);
    let characters: usize = texts.map(|text| text.chars().count()).sum();
    println!("{count} postings of {} characters", characters / count);
    let settings = SearchSettings::default();
    let (wall, cpu) = (Instant::now(), cpu_ms());
    let mut plan = Plan::new(documents.clone(), &settings);
    let batches = plan.batches();
    let laid_out = cpu_ms() - cpu;
    let parts: Vec<BatchPart> = batches
        .into_iter()
        .map(|batch| {
            plan.take_apart(batch, |_| Vec::new())
                .expect("a part of the index")
        })
        .collect();
    let taken_apart = cpu_ms() - cpu - laid_out;
    let gathered = Gathered::new(plan, parts);
    let mut sums: BTreeMap<String, (usize, usize, f64)> = BTreeMap::new();
    let tasks = gathered.tasks();
    let (mut files, mut tags): (Vec<SearchFile>, Vec<u32>) = (Vec::new(), Vec::new());
    for task in &tasks {
        let start = Instant::now();
        let mut encoded = gathered.encode(task).expect("a file of the index");
        let name = format!("{task:?}")
            .split('(')
            .next()
            .unwrap_or("")
            .to_owned();
        let sum = sums.entry(name).or_default();
        sum.0 += encoded.files.len();
        sum.1 += encoded
            .files
            .iter()
            .map(|file| file.bytes.len())
            .sum::<usize>();
        sum.2 += start.elapsed().as_secs_f64() * 1000.0;
        files.append(&mut encoded.files);
        tags.push(encoded.tag);
    }
    files.extend(
        gathered
            .finish(&tasks, &tags)
            .expect("the head of the index"),
    );
    println!(
        "  {:.0} ms of processor time, {:.0} ms in all: layout {laid_out:.0}, terms and texts {taken_apart:.0} (ms), {:.1} MB, {} files",
        cpu_ms() - cpu,
        wall.elapsed().as_secs_f64() * 1000.0,
        files.iter().map(|file| file.bytes.len()).sum::<usize>() as f64 / 1e6,
        files.len()
    );
    for (name, (files, bytes, ms)) in sums {
        println!("    {name:<10} {files:>6} files {bytes:>9} bytes {ms:>7.1} ms");
    }
    ask(&documents, &files);
}

/// For runs of three, four and six characters, how many documents have them: a scan knows.
fn holders(documents: &[SearchDocument]) -> Vec<(String, usize)> {
    let fold = |text: &str| String::from_utf16_lossy(&fold_units(text));
    let texts: Vec<String> = documents
        .iter()
        .map(|document| {
            let sections = document
                .sections
                .iter()
                .flat_map(|section| [fold(&section.heading), fold(&section.text)]);
            [fold(&document.title), document.words.join("\n")]
                .into_iter()
                .chain(sections)
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let runs = [3, 4, 6]
        .into_iter()
        .flat_map(|length| runs(documents, length, 60));
    let count = |run: &str| texts.iter().filter(|text| text.contains(run)).count();
    runs.map(|run| (run.clone(), count(&run))).collect()
}

/// Runs of Han characters out of titles and texts.
fn runs(documents: &[SearchDocument], length: usize, count: usize) -> Vec<String> {
    let mut numbers = generator::Numbers(99);
    let mut queries = Vec::new();
    while queries.len() < count {
        let document = &documents[numbers.below(documents.len())];
        let text = if queries.len() % 2 == 0 {
            &document.title
        } else {
            &document.sections[0].text
        };
        let characters: Vec<char> = text.chars().collect();
        let start = numbers.below(characters.len());
        let run: String = characters[start..].iter().take(length).collect();
        if run.chars().count() == length && run.chars().all(gangwei::text::is_han) {
            queries.push(run);
        }
    }
    queries
}

/// Processor time of this process in milliseconds.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Writes the index and questions into a folder and lets Node ask them.
fn ask(documents: &[SearchDocument], files: &[SearchFile]) {
    let folder = tempfile::tempdir().expect("temporary folder");
    for file in files {
        write(&folder.path().join("search").join(&file.path), &file.bytes);
    }
    let queries = runs(documents, 4, 100);
    write(
        &folder.path().join("queries.json"),
        &serde_json::to_vec(&queries).expect("JSON"),
    );
    write(
        &folder.path().join("holders.json"),
        &serde_json::to_vec(&holders(documents)).expect("JSON"),
    );
    let pages: Vec<_> = documents
        .iter()
        .map(|document| {
            let text: Vec<&str> = document
                .sections
                .iter()
                .flat_map(|section| [section.heading.as_str(), &section.text])
                .collect();
            (&document.url, &document.title, text.join("\n"))
        })
        .collect();
    write(
        &folder.path().join("pages.json"),
        &serde_json::to_vec(&pages).expect("JSON"),
    );
    for name in ["search.js", "search-pinyin.js"] {
        let script = default_script(name).expect("script");
        write(&folder.path().join(name), script.as_bytes());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/search.mjs");
    match Command::new("node").arg(script).arg(folder.path()).status() {
        Ok(status) => assert!(status.success(), "the questions failed"),
        Err(error) => println!("  no Node, no questions: {error}"),
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
    std::fs::write(path, bytes).expect("file");
}
