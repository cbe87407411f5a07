//! `gangwei init`: the starter site builds, and the workflow beside it does what it says.

mod common;

use common::{gangwei, run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// A starter site, its folder, and its workflow's text.
fn made(lang: &str, ci: Option<&str>) -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let site = folder.path().join("portal");
    let mut command = gangwei();
    command.arg("init").arg(&site).args(["--lang", lang]);
    command.args(ci.into_iter().flat_map(|ci| ["--ci", ci]));
    run(&mut command).expect(0);
    let text = match ci {
        Some("github") => {
            fs::read_to_string(site.join(".github/workflows/portal.yml")).expect("workflow")
        }
        Some(_) => fs::read_to_string(site.join(".gitlab-ci.yml")).expect("workflow"),
        None => String::new(),
    };
    (folder, site, text)
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The cron of 00:05 in the starter's zone, in UTC.
fn expected_cron(site: &Path) -> String {
    let settings = yaml(&fs::read_to_string(site.join("gangwei.yaml")).expect("settings"));
    let name = settings
        .get("时区")
        .or(settings.get("time_zone"))
        .and_then(Value::as_str)
        .expect("time zone");
    let zone = jiff::tz::TimeZoneDatabase::bundled()
        .get(name)
        .expect("zone");
    let hours = |month| {
        let at = jiff::civil::date(2026, month, 1)
            .at(0, 5, 0, 0)
            .to_zoned(zone.clone())
            .expect("time");
        at.with_time_zone(jiff::tz::TimeZone::UTC)
    };
    assert_eq!(
        (hours(1).hour(), hours(1).minute()),
        (hours(7).hour(), hours(7).minute()),
        "{name} has summer time"
    );
    format!("{} {} * * *", hours(1).minute(), hours(1).hour())
}

/// Every string of a tree, those of lists joined where they stand.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(map) => map.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

/// Runs every command of the workflow that calls gangwei, in the site, as a runner would.
fn run_commands(site: &Path, workflow: &Value) -> usize {
    let temporary = tempfile::tempdir().expect("temporary folder");
    let mut all = Vec::new();
    strings(workflow, &mut all);
    let commands: Vec<&str> = all
        .iter()
        .flat_map(|text| text.lines())
        .map(str::trim)
        .filter(|line| line.starts_with("gangwei "))
        .collect();
    let folder = Path::new(env!("CARGO_BIN_EXE_gangwei"))
        .parent()
        .expect("folder");
    for line in &commands {
        let path = format!(
            "{}:{}",
            folder.display(),
            std::env::var("PATH").unwrap_or_default()
        );
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-euc", line])
            .current_dir(site)
            .env("PATH", path)
            .env("RUNNER_TEMP", temporary.path());
        let ran = run(&mut shell).expect(0);
        assert!(!ran.stderr.contains("error"), "{line}: {}", ran.stderr);
    }
    commands.len()
}

fn expect_no_placeholders(text: &str) {
    let version = concat!("gangwei@", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(version), "the version is not pinned");
    for line in text.lines() {
        let rest = line.replace(version, "");
        let actions = rest.contains("uses: actions/") && rest.matches('@').count() == 1;
        assert!(
            actions || !rest.contains('@'),
            "a placeholder is left: {line}"
        );
    }
}

#[test]
fn a_starter_site_builds_without_a_word_even_strictly() {
    for lang in LANGUAGES {
        for ci in [None, Some("github"), Some("gitlab")] {
            let (_folder, site, _) = made(lang, ci);
            let ran = run(gangwei()
                .arg("build")
                .arg(&site)
                .args(["--strict", "--lang", lang]))
            .expect(0);
            assert_eq!(ran.stderr, "", "{lang} {ci:?}");
            let built = common::outputs(&site.join("public"));
            assert!(
                built
                    .keys()
                    .any(|path| path.starts_with("jobs/J-") && path.ends_with("-001/index.html")),
                "{:?}",
                built.keys()
            );
            assert!(
                fs::read_to_string(site.join(".gitignore"))
                    .expect(".gitignore")
                    .contains("public")
            );
        }
    }
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    let (_folder, site, _) = made("zh", None);
    let before = common::outputs(&site);
    let ran = run(gangwei().arg("init").arg(&site).args(["--lang", "en"])).expect(2);
    assert!(ran.stderr.contains("not empty"), "{}", ran.stderr);
    common::assert_same(&before, &common::outputs(&site), "after a refusal");
}

#[test]
fn the_github_check_reads_only_and_the_schedule_is_midnight_of_the_site() {
    for lang in LANGUAGES {
        let (_folder, site, text) = made(lang, Some("github"));
        let workflow = yaml(&text);
        let on = workflow.get("on").expect("on");
        assert_eq!(on["schedule"][0]["cron"], expected_cron(&site), "{lang}");
        assert!(on.get("pull_request").is_some() && on.get("pull_request_target").is_none());
        let check = &workflow["jobs"]["check"];
        assert!(check.is_object());
        let own = check.get("permissions").unwrap_or(&workflow["permissions"]);
        let granted: Vec<&Value> = own.as_object().expect("permissions").values().collect();
        assert!(
            granted
                .iter()
                .all(|grant| *grant == "read" || *grant == "none"),
            "{granted:?}"
        );
        assert!(
            check["if"]
                .as_str()
                .is_some_and(|condition| condition.contains("pull_request"))
        );
        assert!(!text.contains("secrets."), "a secret is used");
        for step in check["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .filter(|step| {
                step["uses"]
                    .as_str()
                    .is_some_and(|uses| uses.starts_with("actions/checkout"))
            })
        {
            assert_eq!(step["with"]["persist-credentials"], false);
        }
        expect_no_placeholders(&text);
        assert!(run_commands(&site, &workflow) >= 3, "{lang}");
    }
}

#[test]
fn the_gitlab_check_uses_no_variables_and_the_schedules_zone_is_named() {
    for lang in LANGUAGES {
        let (_folder, site, text) = made(lang, Some("gitlab"));
        let workflow = yaml(&text);
        let settings = fs::read_to_string(site.join("gangwei.yaml")).expect("settings");
        let comments: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with('#') && line.contains("5 0 * * *"))
            .collect();
        assert!(!comments.is_empty());
        for comment in comments {
            let zone = ["Asia/Shanghai", "Asia/Hong_Kong"]
                .into_iter()
                .find(|zone| comment.contains(zone))
                .expect("a zone");
            assert!(settings.contains(zone), "{lang}: the comment names {zone}");
        }
        let check = &workflow["check"];
        assert!(
            check["rules"][0]["if"]
                .as_str()
                .is_some_and(|rule| rule.contains("merge_request_event"))
        );
        let mut commands = Vec::new();
        strings(&check["script"], &mut commands);
        assert!(
            !commands.is_empty() && commands.iter().all(|command| !command.contains('$')),
            "{commands:?}"
        );
        assert!(
            check.get("variables").is_none()
                && check.get("secrets").is_none()
                && check.get("id_tokens").is_none()
        );
        expect_no_placeholders(&text);
        assert!(run_commands(&site, &workflow) >= 3, "{lang}");
    }
}
