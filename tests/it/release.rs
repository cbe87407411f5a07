//! What stands around a release: its workflow asks for no right it does not need, and the container runs without root.
//! What the scripts make is held by `tests/release/release.test.mjs`.

use serde_json::Value;
use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn workflow() -> Value {
    let text = text(".github/workflows/release.yml");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn jobs(workflow: &Value) -> impl Iterator<Item = (&String, &Value)> {
    workflow["jobs"].as_object().expect("jobs").iter()
}

fn steps(job: &Value) -> &[Value] {
    job["steps"].as_array().expect("steps")
}

#[test]
fn only_the_job_that_runs_no_code_of_the_repository_may_write() {
    let workflow = workflow();
    assert_eq!(
        workflow["permissions"],
        serde_json::json!({"contents": "read"})
    );
    for (name, job) in jobs(&workflow) {
        let runs_code = steps(job).iter().any(|step| {
            let uses = step["uses"].as_str().unwrap_or_default();
            uses.starts_with("actions/checkout@")
        });
        let has_rights = !job["permissions"].is_null();
        assert!(!(runs_code && has_rights), "{name}");
        let text = job.to_string();
        assert_eq!(
            text.contains("github.token") || text.contains("secrets."),
            has_rights,
            "{name}"
        );
    }
}

#[test]
fn actions_are_pinned_by_commit_and_leave_no_token_behind() {
    let workflow = workflow();
    for step in jobs(&workflow).flat_map(|(_, job)| steps(job)) {
        let Some(uses) = step["uses"].as_str() else {
            continue;
        };
        let commit = uses.split_once('@').map_or("", |(_, commit)| commit);
        assert!(
            commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{uses}"
        );
        if uses.starts_with("actions/checkout@") {
            assert_eq!(step["with"]["persist-credentials"], false);
        }
    }
}

#[test]
fn what_a_stranger_may_choose_is_never_put_into_a_command() {
    let workflow = workflow();
    for step in jobs(&workflow).flat_map(|(_, job)| steps(job)) {
        let run = step["run"].as_str().unwrap_or_default();
        assert!(!run.contains("${{"), "{run}");
    }
}

#[test]
fn the_workflow_uses_the_compiler_that_the_program_asks_for_and_scripts_that_exist() {
    let workflow = workflow();
    let manifest = text("Cargo.toml");
    let wanted = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .expect("rust-version")
        .trim_matches('"');
    let toolchain = workflow["env"]["RUSTUP_TOOLCHAIN"].as_str().expect("text");
    assert!(toolchain.starts_with(&format!("{wanted}.")), "{toolchain}");
    let all = workflow.to_string();
    for script in ["scripts/release.sh", "scripts/source.sh"] {
        assert!(all.contains(script), "{script}");
        let script = text(script);
        for flag in ["--out", "--target"] {
            assert!(script.contains(&format!("{flag})")), "{flag}");
        }
    }
    for script in [".ci/run", "scripts/archive.sh"] {
        assert!(all.contains(script) && !text(script).is_empty(), "{script}");
    }
}

#[test]
fn the_container_holds_the_static_program_alone_and_is_not_root() {
    let text = text("Containerfile");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let of = |word: &str| -> Vec<&str> {
        let found = lines.iter().filter_map(|line| line.strip_prefix(word));
        found.map(str::trim).collect()
    };
    assert_eq!(of("FROM "), ["scratch"]);
    assert_eq!(of("COPY ").len(), 1);
    assert!(of("ADD ").is_empty() && of("RUN ").is_empty());
    assert!(of("ARG ")[0].contains("-musl/"));
    let user = of("USER ")[0].split(':').next().expect("user");
    assert!(
        user.parse::<u32>()
            .expect("a number, since there are no names")
            > 0
    );
}
