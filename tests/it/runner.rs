//! What a runner of a forge has: a clone of a repository, a folder of its own, a forge that answers from files, and a web
//! server that holds what is published. Steps of workflows run here as they stand.

use crate::common::{self, Ran, git, run, temporary};
use crate::web_server::{Behaviour, WebServer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const LANGUAGES: [&str; 2] = ["zh", "en"];

/// A starter site, its folder, and its workflow's text.
pub fn made(lang: &str, ci: Option<&str>) -> (TempDir, PathBuf, String) {
    let folder = temporary();
    let site = folder.path().join("portal");
    let mut command = common::init(&site);
    command.args(["--lang", lang]);
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

pub fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Every string of a tree, those of lists joined where they stand.
pub fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(map) => map.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

/// The pay of one posting of the demonstration before and after the merge request.
pub const PAY: [&str; 2] = ["18000-28000元/月", "19000-29000元/月"];
pub const POSTING: &str = "content/jobs/J-2026-001.md";

/// A runner.
pub struct Runner {
    folder: TempDir,
    pub server: WebServer,
    pub contexts: BTreeMap<&'static str, String>,
    pub environment: BTreeMap<String, String>,
}

const CURL: &str = r#"#!/bin/sh
for word in "$@"; do
  [ "$before" = --output ] && output=$word
  before=$word
done
case "$before" in
  *.tar.gz) cp "$STUBS/gangwei.tar.gz" "$output" ;;
  *) echo "curl asks for $before" >&2; exit 99 ;;
esac
"#;

const GH: &str = r#"#!/bin/sh
for word in "$@"; do
  [ "$before" = --input ] && input=$word
  before=$word
done
case "$*" in
  *--paginate*) cat "$STUBS/comments.json" ;;
  *) echo "$*" >> "$STUBS/posted.txt"; cp "$input" "$STUBS/body.json"; echo '{}' ;;
esac
"#;

impl Runner {
    /// A runner whose clone holds a change of the demonstration's pay on a branch.
    pub fn of_demonstration() -> Runner {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let runner = Runner::of(|origin, _| {
            common::copy_folder(&root.join("content"), &origin.join("content"));
            fs::copy(root.join("gangwei.yaml"), origin.join("gangwei.yaml")).expect("settings");
        });
        let work = runner.work();
        let posting = work.join(POSTING);
        let text = fs::read_to_string(&posting).expect("posting");
        assert!(text.contains(PAY[0]), "{POSTING} has another pay");
        fs::write(&posting, text.replace(PAY[0], PAY[1])).expect("posting");
        git(&work, &["checkout", "-q", "-b", "pay"]);
        git(&work, &["commit", "-q", "-a", "-m", "two"]);
        runner
    }

    /// A runner whose repository holds what `lay` puts there; the portal is published at the given address.
    pub fn of(lay: impl FnOnce(&Path, &str)) -> Runner {
        let folder = temporary();
        let online = folder.path().join("online");
        fs::create_dir_all(&online).expect("folder");
        let server = WebServer::new(Behaviour::Folder(online));
        let origin = folder.path().join("origin");
        fs::create_dir_all(&origin).expect("folder");
        lay(&origin, &server.url(""));
        git(&origin, &["init", "-q", "-b", "main"]);
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "-q", "-m", "one"]);
        git(folder.path(), &["clone", "-q", "origin", "work"]);
        let work = folder.path().join("work");
        let stubs = folder.path().join("stubs");
        fs::create_dir_all(folder.path().join("temp")).expect("folder");
        fs::create_dir_all(&stubs).expect("folder");
        // The release holds the program in a folder of its own; a script that calls it saves packing it. A test may set
        // the day of a build, as a machine's wrong clock would.
        let release = folder.path().join("gangwei-1.0.0");
        fs::create_dir_all(&release).expect("folder");
        let binary = env!("CARGO_BIN_EXE_gangwei");
        let program = format!(
            "#!/bin/sh\n[ \"$1\" = build ] && exec {binary} \"$@\" $CLOCK\nexec {binary} \"$@\"\n"
        );
        executable(&release.join("gangwei"), &program);
        executable(&stubs.join("curl"), CURL);
        executable(&stubs.join("gh"), GH);
        let mut tar = std::process::Command::new("tar");
        tar.args(["-czf", "stubs/gangwei.tar.gz", "gangwei-1.0.0"])
            .current_dir(folder.path());
        run(&mut tar).expect(0);
        let mut runner = Runner {
            folder,
            server,
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
            ("CI_DEFAULT_BRANCH", "main".to_owned()),
            ("GANGWEI_TASK", String::new()),
            ("LC_MESSAGES", "en".to_owned()),
        ] {
            runner.environment.insert(name.to_owned(), value);
        }
        runner
    }

    /// What stands online.
    pub fn online(&self) -> PathBuf {
        self.folder.path().join("online")
    }

    /// Puts a built portal online, as the forge does.
    pub fn deploy(&self, portal: &Path) {
        let _ = fs::remove_dir_all(self.online());
        common::copy_folder(portal, &self.online());
        let _ = fs::remove_dir_all(portal);
    }

    /// What `build.json` online says.
    pub fn online_build(&self) -> Value {
        let bytes = fs::read(self.online().join("build.json")).expect("build.json");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// Runs the action that fetches the program.
    pub fn install(&self, action: &Value) -> Ran {
        let step = &action["runs"]["steps"][0];
        let own = step["env"].as_object().expect("env").iter();
        let own = own.map(|(name, value)| {
            let filled = self.environment.get(name).cloned();
            let value = filled.unwrap_or_else(|| value.as_str().expect("text").to_owned());
            (name.clone(), value)
        });
        self.shell(step["run"].as_str().expect("run"), &own.collect::<Vec<_>>())
    }

    pub fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    pub fn temp(&self) -> PathBuf {
        self.folder.path().join("temp")
    }

    pub fn stub(&self, name: &str) -> PathBuf {
        self.folder.path().join("stubs").join(name)
    }

    /// The archive's checksum takes the place of the one to fill in.
    pub fn fill_in(&mut self, variables: &Value) {
        for (name, value) in variables.as_object().into_iter().flatten() {
            self.environment
                .insert(name.clone(), value.as_str().expect("text").to_owned());
        }
        let mut sum = std::process::Command::new("sha256sum");
        let sum = run(sum.arg(self.stub("gangwei.tar.gz"))).expect(0).stdout;
        self.environment
            .insert("GANGWEI_SHA256".to_owned(), sum[..64].to_owned());
    }

    /// Runs a script as a forge does, with what earlier steps put on the path.
    pub fn shell(&self, script: &str, more: &[(String, String)]) -> Ran {
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
    pub fn step(&self, job: &Value, name: &str) -> Ran {
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
    pub fn job(&self, job: &Value) -> Ran {
        let mut lines = Vec::new();
        strings(&job["script"], &mut lines);
        self.shell(&lines.join("\n"), &[])
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp().join(name)).unwrap_or_default()
    }
}

pub fn executable(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text).expect("script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("script");
}
