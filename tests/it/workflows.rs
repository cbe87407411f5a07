//! `gangwei init`: the starter site builds, and the workflow beside it does what it says.

use crate::common::{self, Ran, gangwei, git, run, temporary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// A starter site, its folder, and its workflow's text.
fn made(lang: &str, ci: Option<&str>) -> (TempDir, PathBuf, String) {
    let folder = temporary();
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

/// The pay of one posting of the demonstration before and after the merge request.
const PAY: [&str; 2] = ["18000-28000元/月", "19000-29000元/月"];
const POSTING: &str = "content/jobs/J-2026-001.md";

/// What a runner has: a clone of the demonstration portal's repository with a change on a branch, a folder of its own,
/// and a network and a forge that answer from files.
struct Runner {
    folder: TempDir,
    contexts: BTreeMap<&'static str, String>,
    environment: BTreeMap<String, String>,
}

const CURL: &str = r#"#!/bin/sh
for word in "$@"; do
  [ "$before" = --output ] && output=$word
  before=$word
done
echo "$before" >> "$STUBS/asked.txt"
case "$*" in *--globoff*) ;; *'['*) echo spread >> "$STUBS/asked.txt" ;; esac
case "$before" in
  *.tar.gz) cp "$STUBS/gangwei.tar.gz" "$output" ;;
  */build.json) cat "$STUBS/build.json" 2>/dev/null || exit 22 ;;
  */manifest.json) cp "$STUBS/manifest.json" "$output" 2>/dev/null || exit 22 ;;
  *) if grep -qxF "$before" "$STUBS/broken.txt"; then printf 404; else printf 200; fi ;;
esac
"#;

const GH: &str = r#"#!/bin/sh
for word in "$@"; do
  [ "$before" = --dir ] && folder=$word
  [ "$before" = --input ] && input=$word
  before=$word
done
case "$*" in
  run\ download*) [ -f "$STUBS/portal-changes.md" ] && mkdir -p "$folder" && cp "$STUBS/portal-changes.md" "$folder" ;;
  *"--method GET"*) echo "$*" >> "$STUBS/asked.txt"; cat "$STUBS/pulls.json" ;;
  *--paginate*) cat "$STUBS/comments.json" ;;
  *) echo "$*" >> "$STUBS/posted.txt"; cp "$input" "$STUBS/body.json"; echo '{}' ;;
esac
"#;

impl Runner {
    fn new() -> Runner {
        let folder = temporary();
        let origin = folder.path().join("origin");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        common::copy_folder(&root.join("content"), &origin.join("content"));
        fs::copy(root.join("gangwei.yaml"), origin.join("gangwei.yaml")).expect("settings");
        git(&origin, &["init", "-q", "-b", "main"]);
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "-q", "-m", "one"]);
        let clone = ["clone", "-q", "origin", "work"];
        git(folder.path(), &clone);
        let work = folder.path().join("work");
        let posting = work.join(POSTING);
        let text = fs::read_to_string(&posting).expect("posting");
        assert!(text.contains(PAY[0]), "{POSTING} has another pay");
        fs::write(&posting, text.replace(PAY[0], PAY[1])).expect("posting");
        git(&work, &["checkout", "-q", "-b", "pay"]);
        git(&work, &["commit", "-q", "-a", "-m", "two"]);
        let stubs = folder.path().join("stubs");
        fs::create_dir_all(folder.path().join("temp")).expect("folder");
        fs::create_dir_all(&stubs).expect("folder");
        // The release holds the program in a folder of its own; a script that calls it saves packing it.
        let release = folder.path().join("gangwei-1.0.0");
        fs::create_dir_all(&release).expect("folder");
        let program = format!("#!/bin/sh\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_gangwei"));
        executable(&release.join("gangwei"), &program);
        executable(&stubs.join("curl"), CURL);
        executable(&stubs.join("gh"), GH);
        fs::write(stubs.join("broken.txt"), "").expect("file");
        let mut tar = std::process::Command::new("tar");
        tar.args(["-czf", "stubs/gangwei.tar.gz", "gangwei-1.0.0"])
            .current_dir(folder.path());
        run(&mut tar).expect(0);
        let mut runner = Runner {
            folder,
            contexts: BTreeMap::new(),
            environment: BTreeMap::new(),
        };
        let temp = runner.temp();
        let text = |path: PathBuf| path.display().to_string();
        for (name, value) in [
            ("STUBS", text(stubs)),
            ("RUNNER_TEMP", text(temp.clone())),
            ("GITHUB_PATH", text(temp.join("path"))),
            ("GITHUB_OUTPUT", text(temp.join("output"))),
            ("GITHUB_STEP_SUMMARY", text(temp.join("summary"))),
            ("CI_PROJECT_DIR", text(work)),
        ] {
            runner.environment.insert(name.to_owned(), value);
        }
        runner
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn temp(&self) -> PathBuf {
        self.folder.path().join("temp")
    }

    fn stub(&self, name: &str) -> PathBuf {
        self.folder.path().join("stubs").join(name)
    }

    /// What the network and the forge were asked for since the last call.
    fn asked(&self) -> String {
        let asked = fs::read_to_string(self.stub("asked.txt")).unwrap_or_default();
        let _ = fs::remove_file(self.stub("asked.txt"));
        asked
    }

    /// The archive's checksum takes the place of the one to fill in.
    fn fill_in(&mut self, variables: &Value) {
        for (name, value) in variables.as_object().expect("variables") {
            self.environment
                .insert(name.clone(), value.as_str().expect("text").to_owned());
        }
        let mut sum = std::process::Command::new("sha256sum");
        let sum = run(sum.arg(self.stub("gangwei.tar.gz"))).expect(0).stdout;
        self.environment
            .insert("GANGWEI_SHA256".to_owned(), sum[..64].to_owned());
    }

    /// Runs a script as a forge does, with what earlier steps put on the path.
    fn shell(&self, script: &str, more: &[(String, String)]) -> Ran {
        let added = fs::read_to_string(self.temp().join("path")).unwrap_or_default();
        let machine = std::env::var("PATH").unwrap_or_default();
        let stubs = self.stub("").display().to_string();
        let path = added
            .lines()
            .chain([stubs.as_str(), machine.as_str()])
            .collect::<Vec<_>>()
            .join(":");
        let mut shell = std::process::Command::new("bash");
        shell
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(self.work())
            .envs(&self.environment)
            .envs(more.iter().cloned())
            .env("PATH", path);
        let ran = run(&mut shell);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }

    /// Runs the step of a GitHub job that has this name, its expressions filled in.
    fn step(&self, job: &Value, name: &str) -> Ran {
        let step = job["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .find(|step| step["name"] == name)
            .unwrap_or_else(|| panic!("no step {name}"));
        let script = step["run"].as_str().expect("run");
        assert!(
            !script.contains("${{"),
            "an expression inside a script: {script}"
        );
        let more: Vec<(String, String)> = step
            .get("env")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                let text = value.as_str().expect("text");
                let context = text.trim_start_matches("${{").trim_end_matches("}}").trim();
                let value = self
                    .contexts
                    .get(context)
                    .unwrap_or_else(|| panic!("{name}: {text}"));
                (name.clone(), value.clone())
            })
            .collect();
        self.shell(script, &more)
    }

    /// Runs the script of a GitLab job.
    fn job(&self, job: &Value) -> Ran {
        let mut lines = Vec::new();
        strings(&job["script"], &mut lines);
        self.shell(&lines.join("\n"), &[])
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp().join(name)).unwrap_or_default()
    }
}

fn executable(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text).expect("script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("script");
}

/// No placeholder of the template is left, and every action is pinned by its commit with its version beside it.
fn expect_pinned(text: &str) {
    for line in text.lines() {
        if let Some((_, action)) = line.split_once("uses: ") {
            let (commit, version) = action
                .split_once('@')
                .and_then(|(_, pin)| pin.split_once(" # v"))
                .unwrap_or_else(|| panic!("not pinned: {line}"));
            let is_hash = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(is_hash && version.contains('.'), "not pinned: {line}");
        } else {
            assert!(!line.contains('@'), "a placeholder is left: {line}");
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

#[test]
fn the_github_check_reads_only_and_the_schedule_is_midnight_of_the_site() {
    for lang in LANGUAGES {
        let (_folder, site, text) = made(lang, Some("github"));
        let comment = fs::read_to_string(site.join(".github/workflows/portal-comment.yml"))
            .expect("workflow");
        let workflow = yaml(&text);
        let on = workflow.get("on").expect("on");
        assert_eq!(on["schedule"][0]["cron"], expected_cron(&site), "{lang}");
        assert!(on.get("pull_request").is_some() && on.get("pull_request_target").is_none());
        for job in ["check", "decide", "links"] {
            assert_eq!(granted(&workflow, job), ["contents: read"], "{job}");
        }
        assert_eq!(
            workflow["jobs"]["check"]["if"],
            "github.event_name == 'pull_request'"
        );
        let mut installs = Vec::new();
        for (name, job) in workflow["jobs"].as_object().expect("jobs") {
            for step in job["steps"].as_array().expect("steps") {
                if step["uses"]
                    .as_str()
                    .is_some_and(|uses| uses.starts_with("actions/checkout"))
                {
                    assert_eq!(step["with"]["persist-credentials"], false);
                    let depth = step["with"].get("fetch-depth");
                    assert_eq!(
                        depth.is_some_and(|depth| depth == 0),
                        name == "check",
                        "{name}"
                    );
                }
                if step["name"] == "install" {
                    installs.push(step["run"].as_str().expect("run"));
                }
            }
        }
        assert!(installs.len() == 3 && installs.iter().all(|one| *one == installs[0]));
        for text in [&text, &comment] {
            assert!(!text.contains("secrets."), "a secret is used");
            expect_pinned(text);
        }
    }
}

#[test]
fn the_workflow_that_may_comment_fetches_and_runs_nothing_of_the_pull_request() {
    let (_folder, site, text) = made("zh", Some("github"));
    let comment =
        fs::read_to_string(site.join(".github/workflows/portal-comment.yml")).expect("workflow");
    let comment = yaml(&comment);
    assert_eq!(
        comment["on"]["workflow_run"]["workflows"][0],
        yaml(&text)["name"]
    );
    assert!(
        comment["permissions"]
            .as_object()
            .is_some_and(serde_json::Map::is_empty)
    );
    assert_eq!(
        granted(&comment, "comment"),
        ["actions: read", "pull-requests: write"]
    );
    let steps = comment["jobs"]["comment"]["steps"]
        .as_array()
        .expect("steps");
    assert!(
        steps.iter().all(|step| step.get("uses").is_none()),
        "an action is used"
    );
}

/// A runner for the workflow that `init --ci github` writes.
fn on_github() -> (Runner, Value, Value) {
    let (_folder, site, text) = made("zh", Some("github"));
    let comment =
        fs::read_to_string(site.join(".github/workflows/portal-comment.yml")).expect("workflow");
    let workflow = yaml(&text);
    let mut runner = Runner::new();
    runner.fill_in(&workflow["env"]);
    let context = [
        ("github.base_ref", "main"),
        ("github.token", "a token"),
        ("github.repository", "bank/portal"),
        ("github.event.workflow_run.id", "7"),
        (
            "github.event.workflow_run.head_repository.owner.login",
            "branch",
        ),
        ("github.event.workflow_run.head_branch", "pay"),
        ("github.event.workflow_run.head_sha", "abc"),
    ];
    runner
        .contexts
        .extend(context.map(|(name, value)| (name, value.to_owned())));
    (runner, workflow, yaml(&comment))
}

#[test]
fn a_program_with_another_checksum_is_never_installed() {
    let (mut runner, workflow, _) = on_github();
    let install = |runner: &Runner| runner.step(&workflow["jobs"]["check"], "install");
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
        assert_ne!(install(&runner).code, Some(0), "{wrong}");
        assert!(
            !runner.temp().join("bin/gangwei").exists() && runner.read("path").is_empty(),
            "{wrong}"
        );
    }
    runner
        .environment
        .insert("GANGWEI_SHA256".to_owned(), fitting);
    install(&runner).expect(0);
    assert!(runner.temp().join("bin/gangwei").is_file());
}

#[test]
fn a_pull_request_of_the_demonstration_is_checked_and_its_changes_are_told() {
    let (runner, workflow, comment) = on_github();
    let check = &workflow["jobs"]["check"];
    runner.step(check, "install").expect(0);
    runner.step(check, "check the content").expect(0);
    runner.step(check, "say what changes").expect(0);
    runner.step(check, "build without publishing").expect(0);
    assert!(runner.temp().join("portal/index.html").is_file());
    let reported = runner.read("portal-changes.md");
    assert!(
        reported.contains("19,000") && reported.contains("授信审查岗"),
        "{reported}"
    );
    assert_eq!(reported, runner.read("summary"));

    // The other workflow: a comment that is not there is made, one that is there is written again.
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
    post(&runner);
    assert_eq!(posted(&runner), "", "without an artifact");
    let evil = format!(
        "{reported}\n$(touch evil) `touch evil` \"; touch evil; \"\n{}",
        "长".repeat(70_000)
    );
    fs::write(runner.stub("portal-changes.md"), evil).expect("artifact");
    let pull = |sha: &str| format!(r#"[{{"number": 12, "head": {{"sha": "{sha}"}}}}]"#);
    fs::write(runner.stub("pulls.json"), pull("other")).expect("file");
    fs::write(runner.stub("comments.json"), "[]").expect("file");
    runner.asked();
    post(&runner);
    assert_eq!(posted(&runner), "", "the pull request has moved on");
    assert!(runner.asked().contains("head=branch:pay"));
    fs::write(runner.stub("pulls.json"), pull("abc")).expect("file");
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
    assert!(!runner.work().join("evil").exists());
    let comments = r#"[{"id": 1, "user": {"login": "somebody"}, "body": "<!-- gangwei-diff -->"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "other"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- gangwei-diff -->\nold"}]"#;
    fs::write(runner.stub("comments.json"), comments).expect("file");
    post(&runner);
    assert!(posted(&runner).starts_with("api --method PATCH repos/bank/portal/issues/comments/3"));
}

#[test]
fn a_pull_request_with_a_fault_fails_with_the_line_annotated() {
    let (runner, workflow, _) = on_github();
    let check = &workflow["jobs"]["check"];
    runner.step(check, "install").expect(0);
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

/// A published portal with many more pages than the demonstration has, and what is no portal.
fn published(runner: &Runner) -> [(Option<String>, bool); 3] {
    let ran = run(gangwei()
        .args(["build", "--out"])
        .arg(runner.temp().join("large"))
        .arg(runner.work()));
    ran.expect(0);
    let path = runner.temp().join("large/manifest.json");
    let mut manifest: Value =
        serde_json::from_slice(&fs::read(path).expect("manifest")).expect("JSON");
    let files = manifest["files"].as_object_mut().expect("files");
    let entry = files["index.html"].clone();
    for number in 0..files.len() {
        files.insert(format!("jobs/GONE-{number}/index.html"), entry.clone());
    }
    let text = serde_json::to_string(&manifest).expect("JSON");
    [
        (Some(text), false),
        (Some("<!doctype html>".to_owned()), true),
        (None, true),
    ]
}

/// Puts a published manifest where the workflow asks for it, and clears the folder that it builds into.
fn publish(runner: &Runner, manifest: Option<&String>, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    let stub = runner.stub("manifest.json");
    match manifest {
        Some(text) => fs::write(stub, text).expect("manifest"),
        None => drop(fs::remove_file(stub)),
    }
}

#[test]
fn a_publish_that_would_remove_most_of_what_is_online_is_refused() {
    let (runner, workflow, _) = on_github();
    let job = &workflow["jobs"]["publish"];
    runner.step(job, "install").expect(0);
    let folder = runner.temp().join("portal");
    for (manifest, passes) in published(&runner) {
        for step in ["build on merge", "rebuild on schedule"] {
            publish(&runner, manifest.as_ref(), &folder);
            let learnt = runner.step(job, "learn what is published").expect(0);
            assert_eq!(learnt.stdout.is_empty(), !passes, "{}", learnt.stdout);
            expect_guarded(runner.step(job, step), &folder, passes);
        }
    }
    let (_folder, _site, text) = made("zh", Some("gitlab"));
    let workflow = yaml(&text);
    let mut runner = Runner::new();
    runner.fill_in(&workflow["variables"]);
    let task = ("GANGWEI_TASK".to_owned(), "daily".to_owned());
    runner.environment.extend([task]);
    let folder = runner.work().join("portal");
    for (manifest, passes) in published(&runner) {
        for job in ["pages", "pages:scheduled"] {
            publish(&runner, manifest.as_ref(), &folder);
            expect_guarded(runner.job(&workflow[job]), &folder, passes);
        }
    }
}

/// A publish either passes, or stops since too much would go.
fn expect_guarded(ran: Ran, folder: &Path, passes: bool) {
    let ran = ran.expect(i32::from(!passes));
    assert_ne!(
        ran.stderr.contains("many-removals"),
        passes,
        "{}",
        ran.stderr
    );
    assert_eq!(folder.join("index.html").is_file(), passes);
}

/// Links that would make the weekly job ask for more than they say, and those of them that are asked for.
const CATCHES: [(&str, bool); 9] = [
    ("http://x.example/[1-500]", true),
    ("https://x.example:8443/a?b=127.0.0.1", true),
    ("http://169.254.169.254/latest/", false),
    ("http://name:word@127.0.0.1:8080/", false),
    ("http://[::1]/", false),
    ("http://2130706433/", false),
    ("http://127.%30.0.1/", false),
    ("http://localhost:9000/", false),
    ("http://metadata.google.internal/", false),
];

/// Writes the links into a page of the site.
fn lay_catches(runner: &Runner) {
    let links = CATCHES.map(|(link, _)| format!("<a href=\"{link}\">x</a>"));
    let path = runner.work().join("static/links.html");
    fs::create_dir_all(runner.work().join("static")).expect("folder");
    fs::write(path, links.concat()).expect("page");
}

#[track_caller]
fn expect_no_catch(asked: &str) {
    for (link, is_asked) in CATCHES {
        let found = asked.lines().any(|line| line == link);
        assert_eq!(found, is_asked, "{link}\n{asked}");
    }
    assert!(!asked.contains("spread"), "{asked}");
}

/// The states of a published portal, and whether a rebuild is due an hour later.
const STATES: [(&str, bool); 5] = [
    (
        r#"{"schema":1,"next_change":"2099-01-01T00:00:00+08:00","base_url":"https://careers.wanglan.example/"}"#,
        false,
    ),
    (
        r#"{"schema":1,"next_change":null,"base_url":"https://careers.wanglan.example/"}"#,
        false,
    ),
    (
        r#"{"schema":1,"next_change":"2026-01-01T18:00:00+08:00","base_url":"https://careers.wanglan.example/"}"#,
        true,
    ),
    ("not a portal", true),
    ("", true),
];

#[test]
fn an_hourly_schedule_builds_only_where_a_change_of_state_has_come() {
    let (mut runner, workflow, _) = on_github();
    let hourly = "github.event.schedule == '35 * * * *'";
    let crons = workflow["on"]["schedule"].as_array().expect("schedule");
    for (index, cron) in [(1, "35 * * * *"), (2, "20 2 * * 0")] {
        assert_eq!(crons[index]["cron"], cron);
    }
    assert_eq!(
        workflow["jobs"]["links"]["if"],
        "github.event.schedule == '20 2 * * 0'"
    );
    assert_eq!(workflow["jobs"]["publish"]["needs"], "decide");
    let mut decide = |state: &str, is_hourly: bool| {
        runner.contexts.insert(hourly, is_hourly.to_string());
        fs::write(runner.stub("build.json"), state).expect("state");
        let _ = fs::remove_file(runner.temp().join("output"));
        runner
            .step(&workflow["jobs"]["decide"], "decide whether to build")
            .expect(0);
        (runner.read("output") == "due=yes\n", runner.asked())
    };
    for (state, due) in STATES {
        let asked = "https://careers.wanglan.example/build.json\n".to_owned();
        assert_eq!(decide(state, true), (due, asked), "{state}");
        assert_eq!(
            decide(state, false),
            (true, String::new()),
            "daily or on a merge: {state}"
        );
    }
}

#[test]
fn a_merge_and_a_schedule_build_the_demonstration_and_outside_links_are_tried() {
    let (runner, workflow, _) = on_github();
    let jobs = &workflow["jobs"];
    runner.step(&jobs["publish"], "install").expect(0);
    for step in ["build on merge", "rebuild on schedule"] {
        runner.step(&jobs["publish"], step).expect(0);
        assert!(runner.temp().join("portal/manifest.json").is_file());
    }
    lay_catches(&runner);
    runner
        .step(&jobs["links"], "build to read the links")
        .expect(0);
    runner.asked();
    runner
        .step(&jobs["links"], "try the outside links")
        .expect(0);
    let asked = runner.asked();
    assert!(asked.contains("https://apply.wanglan.example/"), "{asked}");
    expect_no_catch(&asked);
    assert!(
        !asked.contains("https://careers.wanglan.example/"),
        "its own pages are asked for: {asked}"
    );
    let gone = asked.lines().next().expect("a link").to_owned();
    fs::write(runner.stub("broken.txt"), &gone).expect("file");
    let ran = runner
        .step(&jobs["links"], "try the outside links")
        .expect(1);
    assert!(
        ran.stdout.contains(&format!("::404 {gone}")),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_gitlab_workflow_checks_builds_rebuilds_and_tries_links() {
    let (_folder, _site, text) = made("zh", Some("gitlab"));
    let workflow = yaml(&text);
    let mut runner = Runner::new();
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
    runner.job(&workflow["pages"]).expect(0);
    assert!(runner.work().join("portal/index.html").is_file());

    let scheduled = &workflow["pages:scheduled"];
    assert_eq!(scheduled["allow_failure"]["exit_codes"][0], 77);
    for (task, state, code) in [
        ("daily", STATES[0].0, 0),
        ("hourly", STATES[0].0, 77),
        ("hourly", STATES[1].0, 77),
        ("hourly", STATES[2].0, 0),
        ("hourly", "", 0),
    ] {
        fs::write(runner.stub("build.json"), state).expect("state");
        runner
            .environment
            .insert("GANGWEI_TASK".to_owned(), task.to_owned());
        runner.asked();
        runner.job(scheduled).expect(code);
        // Where nothing is due, not even the program is fetched.
        assert_eq!(
            runner.asked().contains(".tar.gz"),
            code == 0,
            "{task} {state}"
        );
    }
    lay_catches(&runner);
    runner.job(&workflow["links"]).expect(0);
    let asked = runner.asked();
    expect_no_catch(&asked);
    let gone = asked.lines().last().expect("a link").to_owned();
    assert!(
        gone.starts_with("https://") && !gone.contains("careers.wanglan"),
        "{asked}"
    );
    fs::write(runner.stub("broken.txt"), &gone).expect("file");
    assert!(
        runner
            .job(&workflow["links"])
            .expect(1)
            .stdout
            .contains(&gone)
    );

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
        assert_eq!(check["variables"], serde_json::json!({ "GIT_DEPTH": "0" }));
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
