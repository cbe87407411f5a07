//! Runs that are told to stop, locks, and reports that would take the place of something else.

use crate::common::{self, SETTINGS, Site};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

fn large_site() -> Site {
    let settings = ("gangwei.yaml".to_owned(), SETTINGS.to_owned());
    let page = |number| {
        (
            format!("content/pages/a{number}.md"),
            format!("---\ntitle: 甲{number}\n---\n正文\n"),
        )
    };
    Site::new([settings].into_iter().chain((0..400).map(page)))
}

#[test]
fn a_stopped_build_leaves_the_target_as_it_was_and_says_so() {
    let site = large_site();
    site.build(&[]).expect(0);
    let mut stopped = 0;
    for (turn, signal) in [Signal::INT, Signal::TERM]
        .into_iter()
        .cycle()
        .take(12)
        .enumerate()
    {
        site.write(
            "content/pages/a1.md",
            format!("---\ntitle: 乙{turn}\n---\n"),
        );
        site.write(
            "gangwei.yaml",
            format!("{SETTINGS}footer: [{{title: 丙{turn}, url: /a2/}}]\n"),
        );
        let mut child = site
            .command(&[])
            .stderr(Stdio::piped())
            .spawn()
            .expect("a build");
        // Wherever the run is by then, one of two things must hold.
        let work = site.out().join(".gangwei");
        for _ in 0..2000 {
            if work.exists() {
                break;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a number")).expect("a process");
        let _ = kill_process(pid, signal);
        let mut told = String::new();
        child
            .stderr
            .take()
            .expect("pipe")
            .read_to_string(&mut told)
            .expect("text");
        let code = child.wait().expect("an end").code();
        assert!(!work.exists(), "{turn}: the working folder stays: {told}");
        match code {
            Some(130) => {
                stopped += 1;
                assert!(
                    told.contains("已停止") || told.contains("Stopped"),
                    "{told}"
                );
            }
            Some(0) => {}
            other => panic!("{turn}: {other:?}: {told}"),
        }
        common::run(common::gangwei().arg("verify").arg(site.out())).expect(0);
        site.build(&[]).expect(0);
    }
    assert!(stopped > 0, "no run was stopped in time");
}

#[test]
fn a_target_that_a_stopped_run_made_goes_with_it() {
    let site = large_site();
    let mut child = site
        .command(&[])
        .stderr(Stdio::piped())
        .spawn()
        .expect("a build");
    while !site.out().join(".gangwei").exists() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a number")).expect("a process");
    let _ = kill_process(pid, Signal::INT);
    let ended = child.wait().expect("an end").code();
    assert!(!site.out().join(".gangwei").exists());
    if ended == Some(130) {
        assert!(!site.out().exists(), "an empty target stays");
    }
}

#[test]
fn a_report_takes_the_place_of_nothing_but_a_report() {
    let site = Site::new([
        ("gangwei.yaml", SETTINGS),
        ("content/pages/a.md", "---\ntitle: 甲\n---\n"),
    ]);
    let check = |path: &str, more: &[&str]| {
        let mut command = common::gangwei();
        command
            .args(["check", "--lang", "en", "--report", path])
            .args(more)
            .arg(".")
            .current_dir(site.path());
        common::run(&mut command)
    };
    let page = fs::read(site.path().join("content/pages/a.md")).expect("page");
    for path in [
        "content/pages/a.md",
        "content/new.html",
        "gangwei.yaml",
        "static/x.html",
        "./content/../content/pages/a.md",
    ] {
        for more in [&[][..], &["--force"]] {
            if let Some(folder) = site.path().join(path).parent() {
                fs::create_dir_all(folder).expect("folder");
            }
            let told = check(path, more).expect(2).stderr;
            assert!(told.contains("not written into content"), "{path}: {told}");
        }
    }
    assert_eq!(
        fs::read(site.path().join("content/pages/a.md")).expect("page"),
        page
    );
    site.write("notes.txt", "mine");
    let told = check("notes.txt", &[]).expect(2).stderr;
    assert!(
        told.contains("notes.txt") && told.contains("--force"),
        "{told}"
    );
    assert_eq!(
        fs::read(site.path().join("notes.txt")).expect("file"),
        b"mine"
    );
    check("report.html", &[]).expect(0);
    check("report.html", &[]).expect(0);
    check("notes.txt", &["--force"]).expect(0);
    let report = fs::read_to_string(site.path().join("notes.txt")).expect("report");
    assert!(report.contains("gangwei check --report"));
}

#[test]
fn what_the_system_says_is_said_in_chinese() {
    let site = large_site();
    site.build(&[]).expect(0);
    // A file where a folder must be: the tests may run as a user whom no permission stops.
    let _ = fs::remove_dir_all(site.out().join(".gangwei"));
    fs::write(site.out().join(".gangwei"), "x").expect("file");
    let mut command = site.command(&[]);
    let told = common::run(command.args(["--lang", "zh"])).expect(2).stderr;
    assert!(
        !told.contains("os error") && !told.contains("exists"),
        "{told}"
    );
    let mut command = common::gangwei();
    command.args(["check", "--lang", "zh", "/no/such/site"]);
    let told = common::run(&mut command).expect(2).stderr;
    assert!(
        told.contains("没有这个文件或文件夹") && !told.contains("os error"),
        "{told}"
    );
}
