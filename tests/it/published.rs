//! `build --published`, `due` and `verify URL`: what is online decides, and whatever leaves a doubt publishes nothing.

use crate::common::{self, Ran, SETTINGS, Site, gangwei, git, outputs, run};
use crate::web_server::{Behaviour, WebServer, dead_url};
use serde_json::Value;
use std::fs;

const DAY: &str = "2026-12-01";

/// A site of postings that close on days of their own.
fn site() -> Site {
    let posting = |number: u32| {
        (
            format!("content/jobs/J-{number}.md"),
            format!(
                "---\ntitle: 柜员{number}\npublished: 2026-01-05\ncloses: 2027-0{number}-10\n---\n正文\n"
            ),
        )
    };
    let settings = ("gangwei.yaml".to_owned(), SETTINGS.to_owned());
    let site = Site::new([settings].into_iter().chain((1..=6).map(posting)));
    git(&site.path(), &["init", "-q", "-b", "main"]);
    commit(&site, "one");
    site
}

fn commit(site: &Site, message: &str) {
    git(&site.path(), &["add", "-A"]);
    git(
        &site.path(),
        &["commit", "-q", "--allow-empty", "-m", message],
    );
}

/// Publishes into the folder from which the server serves, as a deployment would: from a build beside it.
fn publish(site: &Site, place: &str, flags: &[&str]) -> Ran {
    let _ = fs::remove_dir_all(site.out());
    site.build(&[&["--published", place], flags].concat())
}

fn deploy(site: &Site) {
    let online = site.around().join("online");
    let _ = fs::remove_dir_all(&online);
    common::copy_folder(&site.out(), &online);
}

/// A site with its portal online.
fn online() -> (Site, WebServer) {
    let site = site();
    let folder = site.around().join("online");
    fs::create_dir(&folder).expect("folder");
    let server = WebServer::new(Behaviour::Folder(folder));
    let ran = publish(&site, &server.url(""), &[]).expect(0);
    assert!(ran.stderr.contains("first publish"), "{}", ran.stderr);
    deploy(&site);
    (site, server)
}

#[track_caller]
fn refused(site: &Site, place: &str, flags: &[&str], word: &str) {
    let ran = publish(site, place, flags);
    assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
    assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    assert!(!site.out().exists(), "something was published");
}

#[test]
fn a_first_and_a_second_publish_pass_and_state_their_commit() {
    let (site, server) = online();
    let ran = publish(&site, &server.url(""), &[]).expect(0);
    for word in ["first publish", "Note:"] {
        assert!(!ran.stderr.contains(word), "{}", ran.stderr);
    }
    let build: Value =
        serde_json::from_slice(&fs::read(site.out().join("build.json")).expect("file"))
            .expect("JSON");
    assert_eq!(
        build["commit"],
        git(&site.path(), &["rev-parse", "HEAD"]).as_str()
    );
    assert!(build["committed"].is_string() && build["as_of"].is_string());
    // The proof by a rebuild knows the commit too.
    let mut command = gangwei();
    command
        .arg("verify")
        .arg(site.out())
        .arg("--rebuild")
        .arg(site.path());
    run(&mut command).expect(0);
    // Without `--published` nothing of it is stated, so that a build depends on the content alone.
    site.build(&[]).expect(0);
    let text = fs::read_to_string(site.out().join("build.json")).expect("file");
    assert!(!text.contains("commit"), "{text}");
}

#[test]
fn a_folder_is_as_good_as_an_address_and_may_be_the_target_itself() {
    let site = site();
    let out = site.out().display().to_string();
    for first in [true, false] {
        let ran = site.build(&["--published", &out]).expect(0);
        assert_eq!(
            ran.stderr.contains("first publish"),
            first,
            "{}",
            ran.stderr
        );
    }
    refused_folder(&site, "no/such/folder");
    refused_folder(&site, "careers.example.com");
    refused_folder(&site, "");
}

fn refused_folder(site: &Site, place: &str) {
    site.build(&["--published", place]).expect(2);
}

#[test]
fn whatever_leaves_a_doubt_publishes_nothing() {
    let (site, server) = online();
    let url = server.url("");
    let folder = site.around().join("online");
    refused(&site, &dead_url(), &[], "cannot be reached");
    for (behaviour, word) in [
        (Behaviour::Status(500), "500"),
        (Behaviour::Status(503), "503"),
        (Behaviour::Status(429), "429"),
        (Behaviour::Status(401), "login"),
        (Behaviour::Status(403), "login"),
        (
            Behaviour::Redirect("https://login.example/?next={path}".to_owned()),
            "login.example",
        ),
        (Behaviour::Redirect("/users/sign_in".to_owned()), "login"),
        (Behaviour::Redirect("{path}".to_owned()), "cannot be read"),
        (Behaviour::Page, "page"),
        (Behaviour::Half(folder.clone()), "halfway"),
        (Behaviour::Silent, "cannot"),
        (
            Behaviour::At(folder.clone(), "Tue, 01 Dec 2020 00:00:00 GMT"),
            "clock",
        ),
    ] {
        server.behave(behaviour.clone());
        let ran = {
            let _ = fs::remove_dir_all(site.out());
            let mut command = gangwei();
            command
                .arg("build")
                .arg(site.path())
                .arg("--out")
                .arg(site.out());
            run(command.args(["--published", &url, "--lang", "en"]))
        };
        assert_eq!(ran.code, Some(2), "{behaviour:?}: {ran:?}");
        let reached = word == "cannot" || ran.stderr.contains(word);
        assert!(reached, "{behaviour:?}: {}", ran.stderr);
        assert!(!site.out().exists(), "{behaviour:?}");
    }
}

#[test]
fn files_of_the_published_portal_that_do_not_belong_together_stop_a_publish() {
    let (site, server) = online();
    let url = server.url("");
    let folder = site.around().join("online");
    let whole = outputs(&folder);
    let spoil = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("file");
    let half = |name: &str| whole[name][..whole[name].len() / 2].to_vec();
    for (name, bytes, word) in [
        ("manifest.json", half("manifest.json"), "not a manifest"),
        ("build.json", half("build.json"), "cannot be read"),
        (
            "manifest.json",
            br#"{"schema":9,"generator":"gangwei 9","files":{}}"#.to_vec(),
            "another version",
        ),
        (
            "manifest.json",
            br#"{"schema":1,"generator":"g","files":{"../x":{"size":1,"hash":"00"}}}"#.to_vec(),
            "tampered",
        ),
        (
            "manifest.json",
            br#"{"schema":1,"generator":"g","files":{}}"#.to_vec(),
            "different publishes",
        ),
        ("build.json", b"[]".to_vec(), "cannot be read"),
    ] {
        spoil(name, &bytes);
        refused(&site, &url, &[], word);
        spoil(name, &whole[name]);
    }
    for name in ["manifest.json", "build.json"] {
        fs::remove_file(folder.join(name)).expect("file");
        refused(&site, &url, &[], "incomplete");
        spoil(name, &whole[name]);
    }
    publish(&site, &url, &[]).expect(0);
}

#[test]
fn another_portal_is_never_taken_the_place_of() {
    let (site, server) = online();
    let url = server.url("");
    site.write(
        "gangwei.yaml",
        SETTINGS.replace("https://a.example/", "https://b.example/"),
    );
    refused(&site, &url, &[], "another portal");
    publish(&site, &url, &["--allow-another"]).expect(0);
}

#[test]
fn an_older_day_or_commit_and_a_rewritten_history_are_refused() {
    let (site, server) = online();
    let url = server.url("");
    refused(&site, &url, &["--as-of", "2026-11-30"], "earlier day");
    publish(&site, &url, &["--as-of", "2026-11-30", "--allow-older"]).expect(0);
    let first = git(&site.path(), &["rev-parse", "HEAD"]);
    site.write(
        "content/jobs/J-7.md",
        "---\ntitle: 柜员7\npublished: 2026-01-05\n---\n正文\n",
    );
    commit(&site, "two");
    publish(&site, &url, &[]).expect(0);
    deploy(&site);
    // An old job runs again.
    git(&site.path(), &["checkout", "-q", &first]);
    refused(&site, &url, &[], "older");
    publish(&site, &url, &["--allow-older"]).expect(0);
    // Another branch.
    git(&site.path(), &["checkout", "-q", "-b", "side"]);
    commit(&site, "aside");
    refused(&site, &url, &[], "not in this history");
    // A clone that never had the published commit.
    let other = site.around().join("other");
    let path = site.path().display().to_string();
    let place = other.display().to_string();
    git(
        site.around(),
        &[
            "clone",
            "-q",
            "--single-branch",
            "-b",
            "side",
            &path,
            &place,
        ],
    );
    let build = |more: &[&str]| {
        let mut command = gangwei();
        command
            .arg("build")
            .arg(&other)
            .arg("--out")
            .arg(site.around().join("made"));
        run(command
            .args(["--published", &url, "--as-of", DAY, "--lang", "en"])
            .args(more))
    };
    let ran = build(&[]).expect(2);
    assert!(
        ran.stderr.contains("rewritten") && ran.stderr.contains("--allow-older"),
        "{}",
        ran.stderr
    );
    build(&["--allow-older"]).expect(0);
    // A clone of the newest commits alone cannot tell.
    fs::remove_dir_all(&other).expect("folder");
    let file = format!("file://{path}");
    git(
        site.around(),
        &["clone", "-q", "--depth", "1", "-b", "side", &file, &place],
    );
    let ran = build(&[]).expect(2);
    assert!(ran.stderr.contains("fetch-depth: 0"), "{}", ran.stderr);
    // Without a repository the day alone is compared, and that is said.
    fs::remove_dir_all(other.join(".git")).expect("folder");
    let ran = build(&[]).expect(0);
    assert!(ran.stderr.contains("no git repository"), "{}", ran.stderr);
}

#[test]
fn too_many_removals_are_measured_by_what_is_online() {
    let (site, server) = online();
    for number in 2..=6 {
        site.remove(&format!("content/jobs/J-{number}.md"));
    }
    commit(&site, "gone");
    refused(&site, &server.url(""), &[], "many-removals");
    publish(&site, &server.url(""), &["--allow-removals"]).expect(0);
}

#[test]
fn a_clock_that_runs_ahead_closes_nothing() {
    let (site, server) = online();
    let url = server.url("");
    let ahead = ["--as-of", "2036-12-01", "--scheduled"];
    refused(&site, &url, &ahead, "many-changes");
    publish(&site, &url, &[&ahead[..], &["--allow-changes"]].concat()).expect(0);
    // Two of six close: fewer than the settings allow.
    publish(&site, &url, &["--as-of", "2027-02-20", "--scheduled"]).expect(0);
    let strict = format!("{SETTINGS}publish: {{max_changes: 10}}\n");
    site.write("gangwei.yaml", strict);
    refused(
        &site,
        &url,
        &["--as-of", "2027-02-20", "--scheduled"],
        "many-changes",
    );
    // All postings of a campaign may close in one night.
    for number in 1..=6 {
        let text = format!(
            "---\ntitle: 柜员{number}\npublished: 2026-01-05\ncloses: 2027-03-10\n---\n正文\n"
        );
        site.write(&format!("content/jobs/J-{number}.md"), text);
    }
    publish(&site, &url, &["--as-of", "2027-03-11", "--scheduled"]).expect(0);
    refused(
        &site,
        &url,
        &["--as-of", "2027-03-14", "--scheduled"],
        "many-changes",
    );
}

#[test]
fn due_says_by_its_exit_code_whether_to_build() {
    let (site, server) = online();
    let due = |place: &str| {
        let mut command = gangwei();
        command
            .arg("due")
            .arg(site.path())
            .args(["--published", place, "--json"]);
        run(command.args(["--lang", "en"]))
    };
    let reason = |ran: &Ran| {
        let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        report["reason"].as_str().expect("reason").to_owned()
    };
    let folder = site.around().join("online");
    let state = |text: &str| fs::write(folder.join("build.json"), text).expect("file");
    let url = server.url("");
    let now = jiff::Timestamp::now();
    let far = r#""next_change":"2199-01-01T00:00:00+08:00""#;
    for (text, code, why) in [
        (format!(r#"{{"as_of":"{now}",{far}}}"#), 3, "nothing"),
        (
            format!(r#"{{"as_of":"{now}","next_change":null}}"#),
            3,
            "nothing",
        ),
        (
            format!(r#"{{"as_of":"{now}","next_change":"2020-01-01T00:00:00+08:00"}}"#),
            0,
            "change",
        ),
        (
            format!(r#"{{"as_of":"2026-01-01T00:00:00+08:00",{far}}}"#),
            0,
            "old",
        ),
        (
            format!(r#"{{"as_of":"{now}",{far},"commit":"{}"}}"#, "a".repeat(40)),
            0,
            "commit",
        ),
    ] {
        state(&text);
        let ran = due(&url).expect(code);
        assert_eq!(reason(&ran), why, "{text}");
    }
    for text in ["not a portal", "{}", r#"{"as_of":"x","next_change":"y"}"#] {
        state(text);
        due(&url).expect(2);
    }
    fs::remove_file(folder.join("build.json")).expect("file");
    assert_eq!(reason(&due(&url).expect(0)), "first");
    due(&dead_url()).expect(2);
    for behaviour in [
        Behaviour::Page,
        Behaviour::Status(502),
        Behaviour::Redirect("https://login.example/".to_owned()),
    ] {
        server.behave(behaviour);
        due(&url).expect(2);
    }
}

#[test]
fn an_old_portal_and_one_that_cannot_be_reached_are_told() {
    let (site, server) = online();
    let watch = |place: &str, most: &str| {
        run(gangwei().args(["verify", place, "--max-age", most, "--lang", "en"]))
    };
    let made = |as_of: &str| {
        publish(
            &site,
            &server.url(""),
            &["--as-of", as_of, "--allow-older", "--allow-changes"],
        )
        .expect(0);
        deploy(&site);
    };
    let now = jiff::Timestamp::now();
    made(&now.to_string());
    let url = server.url("");
    let ran = watch(&url, "26h").expect(0);
    assert!(ran.stdout.contains("0 h"), "{}", ran.stdout);
    watch(url.trim_end_matches('/'), "26h").expect(0);
    made("2026-01-06");
    let ran = watch(&url, "26h").expect(1);
    assert!(ran.stderr.contains("too old"), "{}", ran.stderr);
    let folder = site.around().join("online").display().to_string();
    watch(&folder, "26h").expect(1);
    watch(&dead_url(), "26h").expect(1);
    server.behave(Behaviour::Page);
    watch(&url, "26h").expect(1);
    server.behave(Behaviour::Status(404));
    watch(&url, "26h").expect(1);
    watch(&url, "soon").expect(2);
}
