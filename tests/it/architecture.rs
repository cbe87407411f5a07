//! What must not happen where: the absences that ARCHITECTURE.md names, read off the source.

use gangwei::kinds::KINDS;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file of a folder whose name ends so, with its path below the folder and its text.
fn files_below(folder: &str, extension: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder)
            .expect("folder")
            .filter_map(Result::ok)
        {
            match entry.path().is_dir() {
                true => walk(&entry.path(), files),
                false => files.push(entry.path()),
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
fn only_render_knows_the_template_engine() {
    only_in(&["tera::"], &["pages/", "views/value.rs"]);
}

#[test]
fn only_front_matter_knows_the_yaml_library() {
    only_in(&["serde_yaml"], &["yaml/"]);
}

#[test]
fn only_one_module_each_knows_encodings_and_collation_data() {
    // The index keeps its texts in GB 18030, which takes two bytes where UTF-8 takes three.
    only_in(&["encoding_rs"], &["files/encoding.rs", "search/"]);
    only_in(&["icu_collator", "icu_locale_core"], &["text/collation.rs"]);
}

#[test]
fn only_posters_know_fonts_pictures_and_codes() {
    only_in(
        &["ttf_parser", "tiny_skia", "fast_qr", "unicode_linebreak"],
        &["posters/"],
    );
    only_in(&["load_system_fonts"], &["files/load.rs"]);
}

#[test]
fn only_load_and_write_touch_files() {
    // The stopwatch reads its own process's memory.
    only_in(
        &["std::fs", "fs::read", "fs::write", "File::"],
        &["files/load.rs", "publish/", "pipeline/timings.rs"],
    );
}

#[test]
fn only_the_command_line_reads_clock_and_environment() {
    only_in(
        &["::now()", "std::env", "env::var"],
        &["cli/", "main.rs", "pipeline/timings.rs"],
    );
}

#[test]
fn only_the_comparison_of_commits_runs_a_command() {
    only_in(
        &["process::Command", "process::{Command"],
        &["cli/commits.rs"],
    );
}

#[test]
fn only_the_pipeline_works_in_parallel() {
    // The command line makes the pool that `--threads` asks for; the preview answers on its own threads.
    only_in(&["rayon", "par_iter"], &["pipeline/", "cli/build.rs"]);
}

#[test]
fn no_order_of_a_hash_map_can_reach_an_output() {
    // The sanitiser's builder takes sets of names; it is only asked whether a name is in one.
    only_in(&["HashMap", "HashSet"], &["markdown/sanitise.rs"]);
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
fn nothing_panics_on_input() {
    for (name, code) in sources() {
        let code = code.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "unreachable!(",
            "todo!(",
            "unimplemented!(",
        ] {
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
            assert!(lines <= 520, "{folder}/{name} has {lines} lines");
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
