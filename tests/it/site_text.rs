//! A whole site in one text: `-- path --` begins a file; parts whose name has no dot are the test's own
//! (`-- flags --`, `-- expected.zh --`).
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Parts that belong to the test and are not written.
const OWN_PARTS: [&str; 3] = ["flags", "expected.zh", "expected.en"];

/// Writes the files of a site's text into a folder; gives the test's own parts.
pub fn write_site(folder: &Path, text: &str) -> BTreeMap<String, String> {
    let mut own = BTreeMap::new();
    for (name, content) in parts(text) {
        if OWN_PARTS.contains(&name.as_str()) {
            own.insert(name, content);
            continue;
        }
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, content).expect("file");
    }
    own
}

/// The parts of a site's text, in order.
pub fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let name = line
            .trim_end()
            .strip_prefix("-- ")
            .and_then(|line| line.strip_suffix(" --"));
        match (name, parts.last_mut()) {
            (Some(name), _) => parts.push((name.to_owned(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => {}
        }
    }
    parts
}

/// Runs `gangwei build`.
pub fn run(site: &Path, out: &Path, flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gangwei"))
        .arg("build")
        .arg(site)
        .arg("--out")
        .arg(out)
        .args(flags)
        .env("COLUMNS", "100")
        .output()
        .expect("gangwei")
}

/// Every file below a folder, by its path with `/`.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
        {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => walk(&entry.path(), &format!("{path}/"), files),
                false => {
                    files.insert(path, fs::read(entry.path()).expect("file"));
                }
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}

/// Whether this run rewrites what is expected.
pub fn blessing() -> bool {
    std::env::var_os("GANGWEI_BLESS").is_some()
}

/// Compares outputs with a folder of expected ones, file by file; both must hold the same files.
pub fn expect_same(folder: &Path, outputs: &BTreeMap<String, String>) {
    if blessing() {
        let _ = fs::remove_dir_all(folder);
        for (path, text) in outputs {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("parent")).expect("folder");
            fs::write(path, text).expect("file");
        }
        return;
    }
    let expected = files_below(folder);
    let names: Vec<&String> = expected.keys().collect();
    let made: Vec<&String> = outputs.keys().collect();
    assert_eq!(names, made, "the portal has other files than expected");
    for (path, text) in outputs {
        let expected = String::from_utf8_lossy(&expected[path]);
        assert!(
            expected == *text,
            "{path} differs:\n{}",
            first_difference(&expected, text)
        );
    }
}

fn first_difference(expected: &str, made: &str) -> String {
    let pair = expected
        .lines()
        .zip(made.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    match pair {
        Some((line, (a, b))) => format!("line {}\nexpected: {a}\nmade:     {b}", line + 1),
        None => format!(
            "{} lines expected, {} made",
            expected.lines().count(),
            made.lines().count()
        ),
    }
}
