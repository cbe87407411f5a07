//! What a disk does to a build: it fills up, and files change beneath it. Every file stays whole, and the next build
//! finishes the work.
#![cfg(unix)]

use crate::common::{self, Ran, SETTINGS, Site, assert_same, outputs, run};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

fn document(word: &str) -> String {
    let text = format!("{word}的正文。\n\n").repeat(40);
    format!("---\n标题: {word}岗位\n发布日期: 2026-01-05\n---\n{text}")
}

fn site(word: &str) -> Site {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    for number in 0..20 {
        site.write(&format!("content/jobs/J-{number}.md"), document(word));
    }
    site
}

/// Builds where no file may grow beyond a number of kilobytes. Writing more is an error as on a full disk, or with
/// `dies` the end of the process in the middle of a write.
fn build_within(site: &Site, kilobytes: u32, dies: bool, lang: &str) -> Command {
    let trap = if dies { "" } else { "trap '' XFSZ; " };
    let script = format!("{trap}ulimit -c 0; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let plain = site.command(&[]);
    let mut command = Command::new("bash");
    command.arg("-c").arg(script).arg(plain.get_program());
    let language = |word| if word == "en" { lang.as_ref() } else { word };
    command.args(plain.get_args().map(language)).arg0("bash");
    command
}

fn fresh(site: &Site) -> PathBuf {
    let fresh = site.around().join("fresh");
    let _ = fs::remove_dir_all(&fresh);
    let mut command = common::gangwei();
    command
        .arg("build")
        .arg(site.path())
        .arg("--out")
        .arg(&fresh);
    run(command.args(["--lang", "en", "--as-of", "2026-12-01"])).expect(0);
    fresh
}

#[test]
fn a_disk_that_fills_up_leaves_the_portal_as_it_was_and_says_so() {
    let site = site("旧");
    let before = site.outputs();
    for number in 0..20 {
        site.write(&format!("content/jobs/J-{number}.md"), document("新"));
    }
    // From pages that do not fit to only the longest file.
    let longest = before.values().map(Vec::len).max().expect("a file") / 1024;
    for kilobytes in [1, 4, 8, longest as u32 / 2] {
        let ran = Ran::of(
            &build_within(&site, kilobytes, false, "en")
                .output()
                .expect("bash"),
        );
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert_ne!(ran.code, Some(0), "{kilobytes} KB were enough");
        assert!(
            ran.stderr.contains("no room left") && ran.stderr.contains("build again"),
            "{}",
            ran.stderr
        );
        assert_same(&before, &outputs(&site.out()), "a full disk");
    }
    let chinese = build_within(&site, 4, false, "zh").output();
    let ran = Ran::of(&chinese.expect("bash"));
    let said = ran.stderr.contains("写不下了") && !ran.stderr.contains("no room left");
    assert!(said, "{}", ran.stderr);
    site.build(&[]).expect(0);
    assert_same(&outputs(&fresh(&site)), &outputs(&site.out()), "with room");
}

#[test]
fn a_build_that_a_full_disk_ends_is_done_by_the_next() {
    let site = site("旧");
    let mut before = site.outputs();
    for (round, kilobytes) in [1, 3, 6, 12].into_iter().enumerate() {
        for number in 0..20 {
            let word = format!("第{round}次");
            site.write(&format!("content/jobs/J-{number}.md"), document(&word));
        }
        let ended = build_within(&site, kilobytes, true, "en")
            .status()
            .expect("bash");
        assert!(!ended.success(), "{kilobytes} KB were enough");
        let after = outputs(&site.out());
        let missing: Vec<&String> = before
            .keys()
            .filter(|path| !after.contains_key(*path))
            .collect();
        assert!(missing.is_empty(), "missing: {missing:?}");
        before = site.outputs();
        assert_same(&outputs(&fresh(&site)), &before, "afterwards");
    }
}

#[test]
fn a_site_that_changes_while_it_is_built_gives_whole_files_and_then_the_right_ones() {
    let site = site("旧");
    site.write("static/a.txt", "甲".repeat(2_000));
    site.outputs();
    let ends = AtomicBool::new(false);
    let mut built = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !ends.load(Ordering::Relaxed) {
                round += 1;
                let word = ["新", "旧"][round % 2];
                for number in 0..20 {
                    site.write(&format!("content/jobs/J-{number}.md"), document(word));
                }
                site.write("content/jobs/J-now.md", document(word));
                site.write("static/a.txt", ["甲", "乙"][round % 2].repeat(2_000));
                site.write("static/b.txt", "乙");
                site.remove("content/jobs/J-now.md");
                site.remove("static/b.txt");
            }
        });
        for _ in 0..12 {
            let ran = site.build(&["--allow-removals"]);
            assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
            built += usize::from(ran.code == Some(0));
            for (path, bytes) in outputs(&site.out()) {
                if path.ends_with(".html") {
                    let page = String::from_utf8(bytes).expect("UTF-8");
                    assert!(page.trim_end().ends_with("</html>"), "{path} is cut");
                }
            }
        }
        ends.store(true, Ordering::Relaxed);
    });
    println!("{built} of 12 builds were published");
    site.build(&["--allow-removals"]).expect(0);
    assert_same(&outputs(&fresh(&site)), &outputs(&site.out()), "at rest");
}
