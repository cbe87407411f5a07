//! `gangwei init`: the starter site builds, and the workflow beside it does what it says.

use crate::common::{self, gangwei, git, run};
use crate::runner::{LANGUAGES, POSTING, Runner, made, strings, yaml};
use serde_json::Value;
use std::fs;
use std::path::Path;

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

/// No placeholder of the template is left, and every action is pinned by its commit with its version beside it.
fn expect_pinned(text: &str) {
    for line in text.lines() {
        if let Some((_, action)) = line
            .split_once("uses: ")
            .filter(|(_, action)| !action.starts_with("./"))
        {
            let (commit, version) = action
                .split_once('@')
                .and_then(|(_, pin)| pin.split_once(" # v"))
                .unwrap_or_else(|| panic!("not pinned: {line}"));
            let is_hash = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(is_hash && version.contains('.'), "not pinned: {line}");
        } else {
            let is_placeholder =
                |word: &str| word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let mut words = line.split('@').skip(1);
            assert!(
                !words.any(|word| !word.is_empty() && is_placeholder(word)),
                "a placeholder is left: {line}"
            );
        }
    }
    assert!(!text.contains("cargo "), "the program is made from source");
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
                    .any(|path| path.as_str() == "how-to-apply/index.html"),
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

/// Every grant of a job, or of the workflow where the job names none, by name.
fn granted(workflow: &Value, job: &str) -> Vec<String> {
    let own = workflow["jobs"][job]
        .get("permissions")
        .unwrap_or(&workflow["permissions"]);
    let grants = own.as_object().expect("permissions").iter();
    grants
        .map(|(name, grant)| format!("{name}: {}", grant.as_str().expect("grant")))
        .collect()
}

/// Every file that `init --ci github` writes, by its name.
fn github_files(site: &Path) -> [(&'static str, Value, String); 4] {
    [
        "workflows/portal.yml",
        "workflows/portal-watch.yml",
        "workflows/portal-comment.yml",
        "actions/gangwei/action.yml",
    ]
    .map(|name| {
        let text = fs::read_to_string(site.join(".github").join(name)).expect(name);
        (name, yaml(&text), text)
    })
}

/// The steps of every job of a workflow, each with the name of its job.
fn steps(workflow: &Value) -> Vec<(&String, &Value)> {
    let jobs = workflow["jobs"].as_object().into_iter().flatten();
    jobs.flat_map(|(name, job)| {
        let steps = job["steps"].as_array().expect("steps").iter();
        steps.map(move |step| (name, step))
    })
    .collect()
}

#[test]
fn the_github_check_reads_only_and_the_schedule_is_midnight_of_the_site() {
    for lang in LANGUAGES {
        let (_folder, site, _) = made(lang, Some("github"));
        let files = github_files(&site);
        let workflow = &files[0].1;
        let on = workflow.get("on").expect("on");
        assert_eq!(on["schedule"][0]["cron"], expected_cron(&site), "{lang}");
        assert!(on.get("pull_request").is_some() && on.get("pull_request_target").is_none());
        for job in ["check", "decide"] {
            assert_eq!(granted(workflow, job), ["contents: read"], "{job}");
        }
        for job in ["watch", "links"] {
            assert_eq!(granted(&files[1].1, job), ["contents: read"], "{job}");
        }
        assert_eq!(
            workflow["jobs"]["check"]["if"],
            "github.event_name == 'pull_request'"
        );
        assert_eq!(workflow["jobs"]["publish"]["needs"], "decide");
        for (name, _, text) in &files {
            assert!(!text.contains("secrets."), "{name} uses a secret");
            expect_pinned(text);
        }
    }
}

#[test]
fn every_run_ends_in_time_one_publishes_at_a_time_and_the_newest_commit_is_what_is_published() {
    let (_folder, site, _) = made("zh", Some("github"));
    let files = github_files(&site);
    for (name, workflow, _) in &files[..3] {
        assert!(workflow["concurrency"]["group"].is_string(), "{name}");
        let jobs = workflow["jobs"].as_object().expect("jobs");
        for (job, value) in jobs {
            assert!(value["timeout-minutes"].is_u64(), "{name} {job}");
            assert_eq!(value["runs-on"], "ubuntu-24.04", "{name} {job}");
        }
        for (job, step) in steps(workflow) {
            let uses = step["uses"].as_str().unwrap_or_default();
            if uses.starts_with("actions/checkout@") {
                assert_eq!(step["with"]["persist-credentials"], false, "{name} {job}");
                let branch = &step["with"]["ref"];
                let tip = "${{ github.event.repository.default_branch }}";
                let is_proposal = step["with"]["path"] == "proposal";
                assert!(
                    job == "check" || is_proposal || branch == tip,
                    "{name} {job}"
                );
            }
        }
    }
    let publish = &files[0].1;
    assert_eq!(publish["concurrency"]["cancel-in-progress"], false);
    for job in ["check", "decide", "publish"] {
        assert_eq!(
            publish["jobs"][job]["steps"][0]["with"]["fetch-depth"], 0,
            "{job}"
        );
    }
    let renewed = fs::read_to_string(site.join(".github/dependabot.yml")).expect("dependabot");
    assert_eq!(
        yaml(&renewed)["updates"][0]["package-ecosystem"],
        "github-actions"
    );
}

#[test]
fn no_shell_of_a_workflow_reads_the_settings_or_the_published_files() {
    let (_folder, site, _) = made("zh", Some("github"));
    let (_other, other, gitlab) = made("zh", Some("gitlab"));
    let mut texts = github_files(&site).map(|(_, _, text)| text).to_vec();
    texts.push(gitlab);
    for text in &texts {
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'));
        let code = code.collect::<Vec<_>>().join("\n");
        for word in [
            "sed ",
            "grep ",
            "gangwei.yaml",
            "build.json",
            "manifest.json",
            "date -d",
        ] {
            assert!(!code.contains(word), "{word} in\n{code}");
        }
        // What a stranger may choose is never put into a command.
        for script in code.split("run:").skip(1) {
            let script = script.split("\n      - ").next().unwrap_or_default();
            assert!(!script.contains("${{ github.event"), "{script}");
        }
    }
    let renovate = fs::read(other.join("renovate.json")).expect("renovate.json");
    serde_json::from_slice::<Value>(&renovate).expect("JSON");
}

#[test]
fn the_workflow_that_may_comment_runs_nothing_of_the_pull_request() {
    let (_folder, site, _) = made("zh", Some("github"));
    let [_, _, (_, comment, text), _] = github_files(&site);
    assert!(comment["on"].get("pull_request_target").is_some());
    let none = comment["permissions"].as_object();
    assert!(none.is_some_and(serde_json::Map::is_empty));
    assert_eq!(
        granted(&comment, "comment"),
        ["contents: read", "pull-requests: write"]
    );
    let steps = steps(&comment);
    let uses = |place: usize| steps[place].1["uses"].as_str().unwrap_or_default();
    // The program comes from the default branch, before anything that is proposed is there.
    assert!(uses(0).starts_with("actions/checkout@"));
    assert_eq!(
        steps[0].1["with"]["ref"],
        "${{ github.event.repository.default_branch }}"
    );
    assert_eq!(uses(1), "./.github/actions/gangwei");
    assert!(uses(2).starts_with("actions/checkout@"));
    assert_eq!(steps[2].1["with"]["path"], "proposal");
    assert_eq!(steps.len(), 4, "{text}");
    let script = steps[3].1["run"].as_str().expect("run");
    assert_eq!(script.matches("proposal").count(), 1, "{script}");
    assert!(script.contains("gangwei diff") && script.contains("--site proposal"));
}

/// A runner for the workflows that `init --ci github` writes: the checking one, the commenting one, and the action.
fn on_github() -> (Runner, Value, Value, Value) {
    let (_folder, site, _) = made("zh", Some("github"));
    let [(_, workflow, _), _, (_, comment, _), (_, action, _)] = github_files(&site);
    let mut runner = Runner::of_demonstration();
    runner.fill_in(&Value::Null);
    let head = git(&runner.work(), &["rev-parse", "HEAD"]);
    let base = git(&runner.work(), &["rev-parse", "origin/main"]);
    let context = [
        ("github.base_ref", "main"),
        ("github.token", "a token"),
        ("github.repository", "bank/portal"),
        ("github.event.pull_request.number", "12"),
        ("github.event.pull_request.base.sha", base.as_str()),
        ("github.event.pull_request.head.sha", head.as_str()),
    ];
    let context = context.map(|(name, value)| (name, value.to_owned()));
    runner.contexts.extend(context);
    (runner, workflow, comment, action)
}

#[test]
fn a_program_with_another_checksum_is_never_installed() {
    let (mut runner, _, _, action) = on_github();
    let fitting = runner.environment["GANGWEI_SHA256"].clone();
    for wrong in [
        "0".repeat(64),
        fitting.replace(&fitting[..1], "g"),
        "f".repeat(64),
        String::new(),
    ] {
        runner
            .environment
            .insert("GANGWEI_SHA256".to_owned(), wrong.clone());
        assert_ne!(runner.install(&action).code, Some(0), "{wrong}");
        assert!(
            !runner.temp().join("bin/gangwei").exists() && runner.read("path").is_empty(),
            "{wrong}"
        );
    }
    runner
        .environment
        .insert("GANGWEI_SHA256".to_owned(), fitting);
    runner.install(&action).expect(0);
    assert!(runner.temp().join("bin/gangwei").is_file());
}

#[test]
fn a_pull_request_of_the_demonstration_is_checked_and_its_changes_are_told() {
    let (runner, workflow, comment, action) = on_github();
    let check = &workflow["jobs"]["check"];
    runner.install(&action).expect(0);
    runner.step(check, "check the content").expect(0);
    runner.step(check, "say what changes").expect(0);
    runner.step(check, "build without publishing").expect(0);
    assert!(runner.temp().join("portal/index.html").is_file());
    let reported = runner.read("summary");
    assert!(
        reported.contains("19,000") && reported.contains("授信审查岗"),
        "{reported}"
    );

    // The other workflow: a comment that is not there is made, one that is there is written again.
    let work = runner.work().display().to_string();
    git(&runner.work(), &["clone", "-q", &work, "proposal"]);
    let post = |runner: &Runner| {
        runner
            .step(&comment["jobs"]["comment"], "comment")
            .expect(0)
    };
    let posted = |runner: &Runner| {
        let posted = fs::read_to_string(runner.stub("posted.txt")).unwrap_or_default();
        let _ = fs::remove_file(runner.stub("posted.txt"));
        posted
    };
    fs::write(runner.stub("comments.json"), "[]").expect("file");
    post(&runner);
    assert!(posted(&runner).starts_with("api --method POST repos/bank/portal/issues/12/comments"));
    let body: Value =
        serde_json::from_slice(&fs::read(runner.stub("body.json")).expect("body")).expect("JSON");
    let body = body["body"].as_str().expect("text");
    assert!(
        body.starts_with("<!-- gangwei-diff -->\n") && body.contains("19,000"),
        "{body:.300}"
    );
    assert!(
        body.chars().count() < 65_536,
        "GitHub refuses longer comments"
    );
    let comments = r#"[{"id": 1, "user": {"login": "somebody"}, "body": "<!-- gangwei-diff -->"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "other"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- gangwei-diff -->\nold"}]"#;
    fs::write(runner.stub("comments.json"), comments).expect("file");
    post(&runner);
    assert!(posted(&runner).starts_with("api --method PATCH repos/bank/portal/issues/comments/3"));
}

#[test]
fn what_a_stranger_proposes_never_acts_in_the_comment() {
    let (mut runner, _, comment, action) = on_github();
    runner.install(&action).expect(0);
    let proposal = runner.work().join("proposal");
    let work = runner.work().display().to_string();
    git(&runner.work(), &["clone", "-q", &work, "proposal"]);
    let text = fs::read_to_string(proposal.join(POSTING)).expect("posting");
    let evil = "![x](https://evil.example/x.png) <img src=x> @everyone `touch evil` $(touch evil) [a](https://evil.example/)";
    let title = text
        .lines()
        .find(|line| line.contains("授信审查岗"))
        .expect("title");
    let (key, _) = title.split_once(':').expect("key");
    let text = text.replacen(title, &format!("{key}: '{evil}'"), 1);
    fs::write(proposal.join(POSTING), text).expect("posting");
    // A program, a hook and an action of the stranger's own lie beside it and are never run.
    fs::write(proposal.join("gangwei"), "#!/bin/sh\ntouch evil\n").expect("file");
    git(&proposal, &["add", "-A"]);
    git(&proposal, &["commit", "-q", "-m", "evil"]);
    let head = git(&proposal, &["rev-parse", "HEAD"]);
    runner
        .contexts
        .insert("github.event.pull_request.head.sha", head);
    fs::write(runner.stub("comments.json"), "[]").expect("file");
    runner
        .step(&comment["jobs"]["comment"], "comment")
        .expect(0);
    let body: Value =
        serde_json::from_slice(&fs::read(runner.stub("body.json")).expect("body")).expect("JSON");
    let body = body["body"].as_str().expect("text");
    assert!(body.contains("evil"), "{body}");
    for acts in ["![x](", "<img", "@everyone", "](https://evil"] {
        assert!(!body.contains(acts), "{acts}\n{body}");
    }
    assert!(!runner.work().join("evil").exists() && !proposal.join("evil").exists());
}

#[test]
fn a_pull_request_with_a_fault_fails_with_the_line_annotated() {
    let (runner, workflow, _, action) = on_github();
    let check = &workflow["jobs"]["check"];
    runner.install(&action).expect(0);
    let posting = fs::read_to_string(runner.work().join(POSTING)).expect("posting");
    fs::write(
        runner.work().join(POSTING),
        posting.replace("2026-09-10", "2026-19-10"),
    )
    .expect("posting");
    let ran = runner.step(check, "check the content").expect(1);
    let annotation = ran.stdout.lines().find(|line| line.starts_with("::error"));
    assert!(
        annotation.is_some_and(|line| line.contains(POSTING) && line.contains("line=")),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_gitlab_check_reports_and_builds_the_demonstration() {
    let (_folder, _site, text) = made("zh", Some("gitlab"));
    let workflow = yaml(&text);
    let mut runner = Runner::of_demonstration();
    runner.fill_in(&workflow["variables"]);
    runner.environment.insert(
        "CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(),
        "origin/main".to_owned(),
    );
    runner.job(&workflow["check"]).expect(0);
    let file = |name: &str| fs::read_to_string(runner.work().join(name)).expect("file");
    assert!(file("portal-changes.txt").contains("19,000"));
    let quality: Value = serde_json::from_str(&file("gl-code-quality-report.json")).expect("JSON");
    assert!(quality.is_array());
    runner
        .environment
        .insert("GANGWEI_SHA256".to_owned(), "f".repeat(64));
    assert_ne!(
        runner.job(&workflow["pages"]).code,
        Some(0),
        "another checksum"
    );
}

#[test]
fn the_gitlab_check_uses_no_secrets_and_the_schedules_zone_is_named() {
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
        assert_eq!(workflow["variables"]["GIT_DEPTH"], "0");
        assert_eq!(workflow["pages"]["resource_group"], "pages");
        assert!(workflow["default"]["timeout"].is_string());
        assert!(text.contains("GitLab 13.8"), "the oldest GitLab is stated");
        let mut commands = Vec::new();
        strings(&check["script"], &mut commands);
        let commands = commands.join("\n");
        for used in commands
            .match_indices('$')
            .map(|(at, _)| &commands[at + 1..])
        {
            let known = [
                "(",
                "archive",
                "PATH",
                "CI_PROJECT_DIR",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA",
                "GANGWEI_URL",
                "GANGWEI_SHA256",
            ];
            assert!(
                known.iter().any(|name| used.starts_with(name)),
                "a variable: {used:.40}"
            );
        }
        assert!(check.get("secrets").is_none() && check.get("id_tokens").is_none());
        expect_pinned(&text);
    }
}
