//! Faults: a whole tiny site in one text, and under it what the author is told, in Chinese and English.
//! `GANGWEI_BLESS=1 cargo test --test faults` rewrites the expected parts.

mod site_text;

use site_text::{blessing, parts, run, write_site};
use std::fmt::Write;
use std::path::PathBuf;

fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("faults")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_fault_is_told_at_its_place_in_both_languages() {
    let cases = cases();
    assert!(cases.len() >= 12, "the cases are gone");
    let mut wrong = Vec::new();
    for path in cases {
        let text = std::fs::read_to_string(&path).expect("case");
        let temporary = tempfile::tempdir().expect("temporary folder");
        let site = temporary.path().join("site");
        let own = write_site(&site, &text);
        let mut told = Vec::new();
        for lang in ["zh", "en"] {
            let ran = run(
                &site,
                &temporary.path().join("out"),
                &["--lang", lang, "--as-of", "2026-11-21"],
            );
            assert_eq!(
                ran.status.code(),
                Some(1),
                "{}: {}",
                path.display(),
                String::from_utf8_lossy(&ran.stderr)
            );
            assert!(
                !temporary.path().join("out").exists(),
                "{}: a faulty site was published",
                path.display()
            );
            told.push((
                format!("expected.{lang}"),
                String::from_utf8_lossy(&ran.stderr).into_owned(),
            ));
        }
        if blessing() {
            let mut rewritten = String::new();
            for (name, content) in parts(&text)
                .into_iter()
                .filter(|(name, _)| !name.starts_with("expected."))
                .chain(told)
            {
                write!(rewritten, "-- {name} --\n{content}").expect("string");
            }
            std::fs::write(&path, rewritten).expect("case");
            continue;
        }
        for (name, text) in told {
            if own.get(&name) != Some(&text) {
                wrong.push(format!("{} {name}:\n{text}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
