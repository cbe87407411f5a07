//! What must not happen where, as far as clippy cannot say it: see ARCHITECTURE.md.

use gangwei::kinds::KINDS;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every file of a folder whose name ends so, with its path below the folder and its text.
fn files_below(folder: &str, extension: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder)
            .expect("folder")
            .filter_map(Result::ok)
        {
            if entry.path().is_dir() {
                walk(&entry.path(), files);
            } else {
                files.push(entry.path());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("source");
            let name = path
                .strip_prefix(&root)
                .expect("root")
                .to_string_lossy()
                .replace('\\', "/");
            (name, text)
        })
        .collect()
}

/// Every source file with its path below `src/` and its text, without comment lines.
fn sources() -> Vec<(String, String)> {
    let mut files = files_below("src", "rs");
    for (_, text) in &mut files {
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        *text = code.join("\n");
    }
    files
}

/// Only files under one of `allowed` may hold one of `words`.
fn only_in(words: &[&str], allowed: &[&str]) {
    let mut seen = false;
    for (name, code) in sources() {
        for word in words.iter().filter(|word| code.contains(**word)) {
            let here = allowed.iter().any(|place| name.starts_with(place));
            assert!(
                here,
                "src/{name} holds {word}, which belongs to {allowed:?}"
            );
            seen = true;
        }
    }
    assert!(
        seen,
        "nothing holds {words:?}: the rule has lost its subject"
    );
}

#[test]
fn only_markdown_knows_the_markdown_library() {
    only_in(&["pulldown_cmark", "ammonia"], &["markdown/"]);
}

#[test]
fn only_pages_and_their_values_know_the_template_engine() {
    only_in(&["tera::"], &["pages/", "views/value.rs"]);
}

#[test]
fn only_yaml_knows_the_yaml_library() {
    only_in(&["serde_yaml"], &["yaml/"]);
}

#[test]
fn only_one_module_each_knows_encodings_and_collation_data() {
    // The index keeps its texts in GB 18030, which takes two bytes where UTF-8 takes three.
    only_in(&["encoding_rs"], &["files/encoding.rs", "search/"]);
    only_in(&["icu_collator", "icu_locale_core"], &["text/collation.rs"]);
}

#[test]
fn only_the_network_knows_the_client_and_only_one_file_asks() {
    only_in(
        &["ureq::", "rustls::", "rustls_native_certs"],
        &["net/client.rs"],
    );
    only_in(&["to_socket_addrs", "TcpStream"], &["net/", "serve/"]);
    only_in(
        &["try_links", "fetch_portal", "fetch_build_info"],
        &[
            "net/",
            "cli/published.rs",
            "cli/due.rs",
            "cli/watch.rs",
            "cli/links.rs",
        ],
    );
}

#[test]
fn only_posters_know_fonts_pictures_and_codes() {
    only_in(
        &["ttf_parser", "tiny_skia", "fast_qr", "unicode_linebreak"],
        &["posters/"],
    );
}

#[test]
fn only_the_pipeline_works_in_parallel() {
    // The command line makes the pool that `--threads` asks for; the preview answers on its own threads.
    only_in(&["rayon", "par_iter"], &["pipeline/", "cli/build.rs"]);
}

#[test]
fn kinds_know_no_addresses_and_no_threads() {
    let mut kinds = sources();
    kinds.retain(|(name, _)| name.starts_with("kinds/"));
    assert!(kinds.len() > KINDS.len(), "the kinds are gone");
    for (name, code) in kinds {
        for word in ["addresses::", "index.html", "rayon", "thread"] {
            assert!(!code.contains(word), "src/{name} holds {word}");
        }
    }
}

#[test]
fn no_text_in_two_languages_is_hidden_in_a_context() {
    // The command line finds a text given with `because`; in the context of `anyhow` only its English words are left.
    for (name, code) in sources() {
        let code: String = code.split_whitespace().collect();
        for word in ["context(say!", "context(||say!"] {
            assert!(!code.contains(word), "src/{name} holds {word}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    for (folder, extension, comment) in [
        ("src", "rs", "//!"),
        ("themes/default/js", "js", "// "),
        ("themes/default/css", "css", "/* "),
    ] {
        let files = files_below(folder, extension);
        assert!(files.len() > 20, "{folder} has lost its files");
        for (name, text) in files {
            assert!(text.starts_with(comment), "{folder}/{name} has no header");
            let lines = text.lines().count();
            assert!(lines <= 800, "{folder}/{name} has {lines} lines");
        }
    }
}

#[test]
fn parts_of_one_script_declare_a_name_once() {
    // They share one scope, where the later of two functions of one name would silently take the place of the other.
    let mut declared = BTreeMap::new();
    for (name, text) in files_below("themes/default/js", "js") {
        let Some((script, _)) = name.split_once('/') else {
            continue;
        };
        for line in text.lines() {
            let line = line.strip_prefix("async ").unwrap_or(line);
            let word = ["function ", "class ", "const ", "let "]
                .iter()
                .find_map(|keyword| line.strip_prefix(keyword));
            let Some(word) = word.and_then(|rest| rest.split(['(', ' ', ';', '=']).next()) else {
                continue;
            };
            let before = declared.insert((script.to_owned(), word.to_owned()), name.clone());
            assert_eq!(before, None, "{name} declares {word} again");
        }
    }
    assert!(declared.len() > 100, "the parts are gone");
}

#[test]
fn only_few_modules_may_do_what_clippy_forbids() {
    // Files, clock, environment, other programs, hash maps: where a module says that it may, that is its business.
    let mut may = BTreeSet::new();
    for (name, code) in sources() {
        let code: String = code.split_whitespace().collect();
        if code.contains("clippy::disallowed_") {
            may.insert(name);
        }
    }
    let known = [
        "cli/commits.rs",
        "cli/formats.rs",
        "cli/interrupt.rs",
        "cli/machine.rs",
        "files/load.rs",
        "main.rs",
        "markdown/sanitise.rs",
        "pipeline/timings.rs",
        "publish/durable.rs",
        "publish/files.rs",
        "publish/interrupt.rs",
        "publish/links.rs",
        "publish/mod.rs",
        "publish/pieces.rs",
    ];
    assert_eq!(may, known.map(str::to_owned).into());
}

/// Words between backticks of a text that look like paths of this repository.
fn named_paths(text: &str) -> Vec<String> {
    let words = text.split('`').skip(1).step_by(2);
    let endings = [
        ".rs", ".js", ".mjs", ".sh", ".md", ".txt", ".yaml", ".yml", ".html", ".toml", ".json", "/",
    ];
    let is_path = |word: &&str| {
        !word.contains(|c: char| c.is_whitespace() || "<>*{}=:…$".contains(c) || !c.is_ascii())
            && !word.starts_with(['/', '-', '.', '#'])
            && endings.iter().any(|ending| word.ends_with(ending))
    };
    words.filter(is_path).map(str::to_owned).collect()
}

#[test]
fn every_path_that_developers_are_told_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = ["ARCHITECTURE.md", "CONTRIBUTING.md", "benches/README.md"];
    let mut count = 0;
    for document in documents {
        let text = std::fs::read_to_string(root.join(document)).expect(document);
        for path in named_paths(&text) {
            // Sources and parts of the theme are named from their own folder.
            let folders = ["", "src", "themes/default", "tests", "benches"];
            let found = folders
                .iter()
                .any(|folder| root.join(folder).join(&path).exists());
            // Outputs of a portal and files of a site are named beside them.
            let elsewhere = [
                "jobs.json",
                "mod.rs",
                "build.json",
                "manifest.json",
                "changes.json",
                "content/",
                "site.txt",
                "paths.txt",
                "expected/",
                "static/",
            ];
            assert!(
                found || elsewhere.contains(&path.as_str()),
                "{document} names {path}"
            );
            count += 1;
        }
    }
    assert!(count > 60, "the paths are gone");
}
