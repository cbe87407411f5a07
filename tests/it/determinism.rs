//! The same site gives the same bytes: whatever the threads, the zone and the locale of the machine, and the order
//! in which the files came to the disk.

use crate::common::{self, SETTINGS, Site, assert_same, document, outputs, plain};
use gangwei::kinds::KINDS;
use std::collections::BTreeMap;
use std::path::Path;

/// The repository's own site.
fn portal(reversed: bool) -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<(String, Vec<u8>)> = outputs(&root.join("content"))
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), bytes))
        .collect();
    assert!(files.len() > 50, "the repository's content is gone");
    files.push((
        "gangwei.yaml".into(),
        std::fs::read(root.join("gangwei.yaml")).expect("gangwei.yaml"),
    ));
    if reversed {
        files.reverse();
    }
    Site::new(files)
}

/// A site with three documents of every kind and no vocabularies.
fn small(reversed: bool) -> Site {
    let mut files = vec![("gangwei.yaml".to_owned(), SETTINGS.to_owned())];
    for kind in KINDS {
        for variant in 0..3 {
            let text = document(
                kind,
                variant,
                "正文\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
                &mut |path, ty| match path {
                    path if path.ends_with(".aliases") || path == format!("{}.id", kind.name) => {
                        None
                    }
                    _ => plain(path, ty),
                },
            );
            files.push((format!("content/{}/n-{}.md", kind.folder, variant), text));
        }
    }
    if reversed {
        files.reverse();
    }
    Site::new(files)
}

fn built(site: &Site, flags: &[&str], environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut command = site.command(flags);
    command.envs(environment.iter().copied());
    common::run(&mut command).expect(0);
    let built = outputs(&site.out());
    std::fs::remove_dir_all(site.out()).expect("out");
    assert!(built.len() > 20, "only {} outputs", built.len());
    built
}

fn expect_same_bytes(make: fn(bool) -> Site) {
    let site = make(false);
    let first = built(&site, &["--threads", "1"], &[]);
    assert_same(
        &first,
        &built(&site, &["--threads", "8"], &[]),
        "with 8 threads",
    );
    for zone in ["America/New_York", "Asia/Kolkata"] {
        assert_same(&first, &built(&site, &[], &[("TZ", zone)]), zone);
    }
    for locale in ["C", "zh_CN.UTF-8", "en_US.UTF-8"] {
        assert_same(
            &first,
            &built(&site, &[], &[("LANG", locale), ("LC_ALL", locale)]),
            locale,
        );
    }
    assert_same(
        &first,
        &built(&make(true), &[], &[]),
        "with the files made in reverse in another folder",
    );
}

#[test]
fn the_repositorys_portal_has_the_same_bytes_everywhere() {
    expect_same_bytes(portal);
}

#[test]
fn a_site_of_every_kind_has_the_same_bytes_everywhere() {
    expect_same_bytes(small);
}

#[test]
fn another_day_gives_other_bytes() {
    // What makes the tests above able to fail.
    let site = small(false);
    let first = built(&site, &[], &[]);
    let later = built(&site, &["--as-of", "2028-01-01"], &[]);
    assert_ne!(first, later);
}

#[test]
fn the_language_of_messages_is_not_the_language_of_the_portal() {
    let site = small(false);
    let run = |lang: &str| {
        let mut command = common::gangwei();
        command
            .arg("build")
            .arg(site.path())
            .arg("--out")
            .arg(site.out())
            .args(["--as-of", "2026-12-01", "--lang", lang]);
        common::run(&mut command).expect(0);
        outputs(&site.out())
    };
    assert_same(&run("zh"), &run("en"), "--lang");
}
