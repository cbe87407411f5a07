//! Proofs of a published folder: against its manifest, and against the content it was made of.

use crate::common::{self, Ran, Site, gangwei, outputs, run};
use std::fs;
use std::path::Path;

fn page(id: &str) -> (String, String) {
    (
        format!("content/articles/{id}.md"),
        format!("---\ntitle: 题{id}\npublished: 2026-01-05\n---\n正文{id}\n"),
    )
}

fn site() -> Site {
    let pages = (0..10).map(|number| page(&format!("a{number}")));
    let settings = ("gangwei.yaml".to_owned(), common::SETTINGS.to_owned());
    Site::new([settings].into_iter().chain(pages))
}

fn built() -> Site {
    let site = site();
    site.build(&[]).expect(0);
    site
}

fn verify(folder: &Path, flags: &[&str]) -> Ran {
    run(gangwei()
        .arg("verify")
        .arg(folder)
        .args(["--lang", "en"])
        .args(flags))
}

fn rebuild(site: &Site) -> Ran {
    let path = site.path().display().to_string();
    verify(&site.out(), &["--rebuild", &path])
}

#[test]
fn an_untouched_folder_is_proved() {
    let site = built();
    let ran = verify(&site.out(), &[]).expect(0);
    let count = outputs(&site.out()).len() - 1;
    assert!(
        ran.stdout.contains(&format!("All {count} files")),
        "{}",
        ran.stdout
    );
}

#[test]
fn missing_changed_and_extra_files_are_each_named() {
    let site = built();
    fs::remove_file(site.out().join("articles/a1/index.html")).expect("file");
    // The same length: only the hash tells.
    let path = site.out().join("articles/a2/index.html");
    let text = fs::read_to_string(&path).expect("page");
    fs::write(&path, text.replace("正文a2", "正文b2")).expect("page");
    fs::write(site.out().join(".hidden.html"), "theirs").expect("file");
    let ran = verify(&site.out(), &[]).expect(1);
    let part = |from: &str| {
        ran.stdout
            .split(from)
            .nth(1)
            .unwrap_or("")
            .lines()
            .nth(1)
            .unwrap_or("")
            .trim()
            .to_owned()
    };
    assert_eq!(
        part("1 files are missing"),
        "articles/a1/index.html",
        "{}",
        ran.stdout
    );
    assert_eq!(part("1 files were changed"), "articles/a2/index.html");
    assert_eq!(part("1 files were not published"), ".hidden.html");
    // The way forward that the message names.
    fs::remove_file(site.out().join(".hidden.html")).expect("file");
    let again = site.build(&[]).expect(0);
    assert!(
        again.stderr.contains("articles/a2/index.html"),
        "{}",
        again.stderr
    );
    assert!(!again.stderr.contains("articles/a1"), "{}", again.stderr);
    verify(&site.out(), &[]).expect(0);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_files_place_is_no_file() {
    let site = built();
    let path = site.out().join("articles/a1/index.html");
    let copy = site.around().join("copy.html");
    fs::rename(&path, &copy).expect("move");
    std::os::unix::fs::symlink(&copy, &path).expect("link");
    let ran = verify(&site.out(), &[]).expect(1);
    assert!(
        ran.stdout.contains("articles/a1/index.html"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_interrupted_publish_is_told_with_the_way_forward() {
    let site = built();
    fs::create_dir_all(site.out().join(".gangwei")).expect("folder");
    fs::write(
        site.out().join(".gangwei/journal.json"),
        r#"{"moves":[],"removals":[]}"#,
    )
    .expect("journal");
    let ran = verify(&site.out(), &[]).expect(1);
    assert!(
        ran.stdout.contains("interrupted") && ran.stdout.contains("gangwei build"),
        "{}",
        ran.stdout
    );
    let again = site.build(&[]).expect(0);
    assert!(again.stderr.contains("interrupted"), "{}", again.stderr);
    verify(&site.out(), &[]).expect(0);
    assert!(!site.build(&[]).expect(0).stderr.contains("interrupted"));
}

#[test]
fn a_folder_without_a_manifest_or_with_a_tampered_one_is_refused() {
    let site = built();
    let manifest = site.out().join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("manifest");
    let whole: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let first = |text: &str| text.replacen("\"404.html\"", "\"../404.html\"", 1);
    let hash = whole["files"]["404.html"]["hash"].as_str().expect("hash");
    let cases = [
        (first(&text), "tampered"),
        (text.replacen("\"404.html\"", "\"index.html\"", 1), "twice"),
        (text.replacen(hash, "00", 1), "checksum"),
        (
            text.replacen("\"schema\":1", "\"schema\":9", 1),
            "another version",
        ),
        ("{}".to_owned(), "not a manifest"),
        ("\u{0}".repeat(100), "not a manifest"),
        ("[".repeat(200_000), "not a manifest"),
    ];
    for (tampered, word) in cases {
        fs::write(&manifest, &tampered).expect("manifest");
        let ran = verify(&site.out(), &[]).expect(2);
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
        // A build never follows such a manifest either.
        let around = outputs(site.around());
        let built = site.build(&[]).expect(2);
        assert!(built.stderr.contains(word), "{word}: {}", built.stderr);
        assert_eq!(
            around,
            outputs(site.around()),
            "{word}: a refused build changed something"
        );
    }
    fs::remove_file(&manifest).expect("manifest");
    assert!(
        verify(&site.out(), &[])
            .expect(2)
            .stderr
            .contains("did not publish")
    );
    verify(&site.around().join("nowhere"), &[]).expect(2);
}

#[test]
fn a_tampered_journal_moves_and_removes_nothing() {
    let site = built();
    fs::write(site.around().join("precious.txt"), "kept").expect("file");
    for journal in [
        r#"{"moves":[],"removals":["../precious.txt"]}"#,
        r#"{"moves":["../precious.txt"],"removals":[]}"#,
        "half",
    ] {
        fs::create_dir_all(site.out().join(".gangwei")).expect("folder");
        fs::write(site.out().join(".gangwei/journal.json"), journal).expect("journal");
        let ran = site.build(&[]).expect(2);
        assert!(ran.stderr.contains("journal"), "{}", ran.stderr);
        assert_eq!(
            fs::read_to_string(site.around().join("precious.txt")).expect("kept"),
            "kept"
        );
    }
}

#[test]
fn a_rebuild_from_the_same_content_is_the_same_whatever_the_options() {
    let site = site();
    for flags in [
        &[][..],
        &["--base-url", "https://b.example/hr/"],
        &["--portable", "--drafts"],
        &["--as-of", "2026-12-01T09:30:00+08:00"],
    ] {
        let _ = fs::remove_dir_all(site.out());
        site.build(flags).expect(0);
        let ran = rebuild(&site).expect(0);
        assert!(
            ran.stdout.contains("Made again"),
            "{flags:?}: {}",
            ran.stdout
        );
    }
}

#[test]
fn a_rebuild_names_what_differs_although_the_manifest_fits() {
    let site = built();
    site.write(
        "content/articles/a3.md",
        page("a3").1.replace("正文", "别的"),
    );
    verify(&site.out(), &[]).expect(0);
    let ran = rebuild(&site).expect(1);
    assert!(
        ran.stdout.contains("articles/a3/index.html"),
        "{}",
        ran.stdout
    );
    assert!(
        !ran.stdout.contains("articles/a4/index.html"),
        "{}",
        ran.stdout
    );
    site.write("content/articles/bad.md", "---\ntitle: [\n---\n");
    assert!(rebuild(&site).expect(1).stdout.contains("faults"));
}

#[test]
fn removing_many_pages_needs_a_word() {
    let site = built();
    let before = outputs(&site.out());
    for number in 0..3 {
        site.remove(&format!("content/articles/a{number}.md"));
    }
    let ran = site.build(&[]).expect(1);
    assert!(
        ran.stderr.contains("many-removals") && ran.stderr.contains("3 of 10"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        before,
        outputs(&site.out()),
        "a refused publish changed the target"
    );
    site.write(
        "gangwei.yaml",
        format!("{}publish: {{max_removals: 30}}\n", common::SETTINGS),
    );
    site.build(&[]).expect(0);
    for number in 3..9 {
        site.remove(&format!("content/articles/a{number}.md"));
    }
    site.build(&[]).expect(1);
    site.build(&["--allow-removals"]).expect(0);
    verify(&site.out(), &[]).expect(0);
}

#[test]
fn a_page_alone_and_a_fifth_of_all_may_go_without_a_word() {
    let site = built();
    site.remove("content/articles/a0.md");
    site.remove("content/articles/a1.md");
    site.build(&[]).expect(0);
}
