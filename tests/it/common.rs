//! What the integration tests share: sites in temporary folders, the real binary, the outputs, and values for every
//! declared field of every kind.

use gangwei::fields::{Field, FieldType, Record};
use gangwei::kinds::{Kind, Shared};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::Duration;
use tempfile::TempDir;

/// Settings that every small site can use.
pub const SETTINGS: &str = "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: warn}\n";

/// The binary, with an environment that no machine changes.
pub fn gangwei() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gangwei"));
    for name in [
        "LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "TZ",
        "COLUMNS",
        "RAYON_NUM_THREADS",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    command
}

/// `gangwei init` of a site whose settings state no sample, so that it can be published.
pub fn init(site: &Path) -> Command {
    let mut command = gangwei();
    command.arg("init").arg(site).args([
        "--name",
        "望澜银行",
        "--mail",
        "hr@wanglan.example",
        "--url",
        "https://hr.wanglan.example/",
    ]);
    command
}

/// What Cargo answers, as text.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {reported}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The folder in which Cargo keeps the source of a library that the project builds with.
pub fn library_source(name: &str) -> PathBuf {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    // Without the platform Cargo would ask for the sources of other systems' libraries, which are not there offline.
    let metadata = cargo(&[
        "metadata",
        "--format-version=1",
        "--locked",
        "--offline",
        "--filter-platform",
        host.expect("host"),
    ]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifests: Vec<&str> = packages
        .iter()
        .filter(|package| package["name"] == name)
        .filter_map(|package| package["manifest_path"].as_str())
        .collect();
    assert_eq!(manifests.len(), 1, "one version of the library");
    Path::new(manifests[0])
        .parent()
        .expect("folder")
        .to_path_buf()
}

/// The hostile texts of `tests/hostile/texts.yaml`.
pub fn hostile_texts() -> &'static [String] {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        serde_yaml::from_str(include_str!("../hostile/texts.yaml")).expect("texts")
    });
    &TEXTS
}

/// Runs git in a repository of the test's own, without the user's settings.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=甲",
            "-c",
            "user.email=a@wanglan.example",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// How a command ended, and what it said.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// Fails the test with everything said unless the exit code is this one. A panic never passes.
    #[track_caller]
    pub fn expect(self, code: i32) -> Ran {
        assert!(
            !self.stderr.contains("panicked"),
            "panicked:\n{}",
            self.stderr
        );
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ran {
    Ran::of(&command.output().expect("the binary runs"))
}

/// How much longer the longer text of `expect_linear` is.
const LONGER: usize = 8;

/// Fails where work over a text does not take time in proportion to the text's length: a text eight times as long may
/// take three times as long as eight texts. A square would take eight times as long, however often one looks; a
/// machine that is busy for a moment gets another look.
#[track_caller]
pub fn expect_linear(what: &str, short: usize, work: impl Fn(usize)) {
    let time = |count: usize, length: usize| {
        let start = processor_time();
        (0..count).for_each(|_| work(length));
        processor_time().checked_sub(start).unwrap()
    };
    let mut seen = Vec::new();
    for _ in 0..5 {
        let (many, long) = (time(LONGER, short), time(1, short * LONGER));
        if long <= many * 3 {
            return;
        }
        seen.push((many, long));
    }
    panic!("{what}: {LONGER} short texts and one that is as long as all of them take {seen:?}");
}

/// The processor's time of this thread: what else the machine does must not count.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// A folder that goes when the value does; in memory where there is room. The file system of a disk takes most of a run
/// where files come and go by the thousand.
pub fn temporary() -> TempDir {
    /// Bytes that must be free: more than all tests that run at a time write.
    const ROOM: u64 = 2 << 30;
    static IN_MEMORY: LazyLock<Option<&Path>> = LazyLock::new(|| {
        let memory = Path::new("/dev/shm");
        let room = rustix::fs::statvfs(memory).is_ok_and(|is| is.f_bavail * is.f_frsize >= ROOM);
        (room && tempfile::tempdir_in(memory).is_ok()).then_some(memory)
    });
    // Whoever names a folder for such things means it.
    let named = std::env::var_os("TMPDIR").is_some();
    match *IN_MEMORY {
        Some(memory) if !named => tempfile::tempdir_in(memory),
        _ => tempfile::tempdir(),
    }
    .expect("temporary folder")
}

/// A site in a folder that goes when the value does. The portal is built beside it.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A site made of paths and texts.
    pub fn new<P: AsRef<str>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Site {
        let site = Site {
            folder: temporary(),
        };
        fs::create_dir(site.path()).expect("site");
        for (path, text) in files {
            site.write(path.as_ref(), text);
        }
        site
    }

    /// A site with ordinary settings and one document.
    pub fn with_document(path: &str, text: &str) -> Site {
        Site::new([("gangwei.yaml", SETTINGS), (path, text)])
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The temporary folder around the site.
    pub fn around(&self) -> &Path {
        self.folder.path()
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let full = self.path().join(path);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::write(full, text).expect(path);
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect(path);
    }

    /// `gangwei build SITE --out OUT --lang en` and further flags; the day is 2026-12-01 unless they name another.
    pub fn command(&self, flags: &[&str]) -> Command {
        let mut command = gangwei();
        command
            .arg("build")
            .arg(self.path())
            .arg("--out")
            .arg(self.out())
            .args(["--lang", "en"])
            .args(flags);
        if !flags.contains(&"--as-of") {
            command.args(["--as-of", "2026-12-01"]);
        }
        command
    }

    pub fn build(&self, flags: &[&str]) -> Ran {
        run(&mut self.command(flags))
    }

    /// Builds without a fault and gives every output.
    #[track_caller]
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        self.build(&[]).expect(0);
        outputs(&self.out())
    }
}

/// Every file below a folder, by its path with `/`.
pub fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("entry");
        if entry.file_type().is_file() {
            let path = entry
                .path()
                .strip_prefix(folder)
                .expect("below")
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(path, fs::read(entry.path()).expect("file"));
        }
    }
    files
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    for (path, bytes) in outputs(from) {
        let full = to.join(path);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::write(full, bytes).expect("file");
    }
}

/// Fails with the paths that differ, not with their bytes.
#[track_caller]
pub fn assert_same(
    left: &BTreeMap<String, Vec<u8>>,
    right: &BTreeMap<String, Vec<u8>>,
    what: &str,
) {
    let paths: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let different: Vec<&String> = paths
        .into_iter()
        .filter(|path| left.get(*path) != right.get(*path))
        .collect();
    assert!(different.is_empty(), "{what}: {different:?} differ");
}

/// Shared and own fields of a kind.
pub fn fields(kind: &Kind) -> Vec<&'static Field> {
    Shared::FIELDS.iter().chain(kind.fields).collect()
}

/// Makes the value of a leaf, from its path (`job.steps.name`) and type; `None` leaves it out.
pub type Leaf<'a> = dyn FnMut(&str, &FieldType) -> Option<Value> + 'a;

/// A value of a type. Of several types a field can have, `variant` chooses one.
pub fn value(ty: &FieldType, path: &str, variant: usize, leaf: &mut Leaf) -> Option<Value> {
    match ty {
        FieldType::List(inner) => value(inner, path, variant, leaf).map(|item| json!([item])),
        FieldType::Record(fields) => {
            let mut map = Map::new();
            for field in *fields {
                if let Some(inner) =
                    value(&field.ty, &format!("{path}.{}", field.key), variant, leaf)
                {
                    map.insert(field.key.to_owned(), inner);
                }
            }
            Some(Value::Object(map))
        }
        FieldType::Map(inner) => {
            let key = leaf(&format!("{path}.key"), &FieldType::Text)?;
            let inner = value(inner, path, variant, leaf)?;
            Some(json!({ key.as_str().unwrap_or("key"): inner }))
        }
        FieldType::Either(types) => value(&types[variant % types.len()], path, variant, leaf),
        simple => leaf(path, simple),
    }
}

/// A document's text with every field of its kind, one on each line.
pub fn document(kind: &Kind, variant: usize, body: &str, leaf: &mut Leaf) -> String {
    let mut text = String::from("---\n");
    for field in fields(kind) {
        if let Some(value) = value(
            &field.ty,
            &format!("{}.{}", kind.name, field.key),
            variant,
            leaf,
        ) {
            text.push_str(&format!("{}: {value}\n", field.key));
        }
    }
    text + "---\n" + body
}

/// An ordinary value of a type, for leaves that a test has no opinion on.
pub fn plain(path: &str, ty: &FieldType) -> Option<Value> {
    Some(match ty {
        FieldType::Text if path.ends_with(".duration") => json!("2年"),
        // Its own name would make a loop.
        FieldType::Text if path.ends_with(".formula") => json!("1 + 2"),
        FieldType::Text => json!("甲乙"),
        FieldType::Notation("experience") => json!("2年"),
        FieldType::Notation("headcount") => json!("若干"),
        FieldType::Notation("salary") => json!("15-25K·13薪"),
        FieldType::Notation("language") => json!("zh-Hans"),
        FieldType::Notation(other) => panic!("{path}: what does the notation {other} look like?"),
        FieldType::Integer => json!(3),
        FieldType::Number => json!(2.5),
        FieldType::Boolean => json!(false),
        FieldType::Date | FieldType::Moment if path.ends_with(".published") => json!("2026-01-05"),
        FieldType::Date | FieldType::Moment if path.ends_with(".withdrawn") => return None,
        FieldType::Date | FieldType::Moment => json!("2027-03-04"),
        FieldType::Url => json!("https://b.example/"),
        FieldType::Email => json!("a@b.example"),
        FieldType::Choice(choices) => json!(choices[0].id),
        FieldType::Entry(name) => json!(format!("甲{}", name.folder())),
        FieldType::Reference(_) => return None,
        FieldType::List(_) | FieldType::Record(_) | FieldType::Map(_) | FieldType::Either(_) => {
            unreachable!("{path} is no leaf")
        }
    })
}
