//! A whole site in one text: `-- path --` begins a file; some parts are the test's own (`-- flags --`, `-- command --`,
//! `-- expected.zh --`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Parts that belong to the test and are not written.
const OWN_PARTS: [&str; 4] = ["flags", "command", "expected.zh", "expected.en"];

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
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk(&entry.path(), &format!("{path}/"), files);
            } else {
                files.insert(path, fs::read(entry.path()).expect("file"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}
