//! The search reader that browsers run, under Node: `reader.mjs` keeps it in one process, which answers all questions of a
//! test. Enters: an index, queries with options. Leaves: what a page would be given. Without Node the tests fail.

use super::index::Index;
use gangwei::pages::theme::default_script;
use jiff::ToSpan;
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// What links begin with in answers.
pub const BASE: &str = "/base/";

/// From and to, both included.
pub type Bounds = (Option<i64>, Option<i64>);

/// What documents must be, all at once.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// By facet the ids of which one must be there.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Days of publishing.
    pub published: Option<Bounds>,
    /// Last days for applications.
    pub closes: Option<Bounds>,
    /// Salaries, which the document's must overlap.
    pub salary: Option<Bounds>,
}

/// An order of results; open documents always come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Relevance,
    New,
    Closing,
}

/// What is asked besides the query.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub filters: Filters,
    pub sort: Sort,
    /// Whether closed documents are shown, after open ones.
    pub all: bool,
    pub limit: usize,
    pub offset: usize,
    /// Whether to count by facet.
    pub facets: bool,
}

impl Options {
    /// Up to `limit` open documents.
    pub fn open(limit: usize) -> Self {
        Options {
            limit,
            ..Options::default()
        }
    }

    /// Up to `limit` documents, open and closed.
    pub fn all(limit: usize) -> Self {
        Options {
            limit,
            all: true,
            ..Options::default()
        }
    }

    /// As a script writes them, in the different notations that it may use: one id alone, days as numbers and as dates.
    fn json(&self) -> Value {
        let mut options = json!({"limit": self.limit});
        if self.offset > 0 {
            options["offset"] = json!(self.offset);
        }
        if self.all {
            options["state"] = json!("all");
        }
        if self.facets {
            options["facets"] = json!(true);
        }
        match self.sort {
            Sort::Relevance => {}
            Sort::New => options["sort"] = json!("new"),
            Sort::Closing => options["sort"] = json!("closing"),
        }
        let mut filters = serde_json::Map::new();
        for (facet, ids) in &self.filters.facets {
            let ids = match ids.as_slice() {
                [id] => json!(id),
                ids => json!(ids),
            };
            filters.insert(facet.clone(), ids);
        }
        let mut put = |name: &str, bounds: Option<Bounds>, write: &dyn Fn(i64) -> Value| {
            let Some((from, to)) = bounds else { return };
            let ends = [("from", from), ("to", to)].into_iter();
            let ends = ends.filter_map(|(end, value)| Some((end.to_owned(), write(value?))));
            filters.insert(name.to_owned(), Value::Object(ends.collect()));
        };
        put("published", self.filters.published, &|day| json!(day));
        put("closes", self.filters.closes, &|day| {
            json!((jiff::civil::date(1970, 1, 1) + day.days()).to_string())
        });
        put("salary", self.filters.salary, &|pay| json!(pay));
        if !filters.is_empty() {
            options["filters"] = Value::Object(filters);
        }
        options
    }
}

/// An answer of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Documents found.
    pub total: u32,
    /// Whether `total` is certain.
    pub exact: bool,
    pub results: Vec<Found>,
    /// Where asked for, by facet the values with the number of documents.
    pub facets: Option<BTreeMap<String, Vec<Counted>>>,
    pub suggestions: Vec<Suggestion>,
}

/// A result of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Found {
    pub url: String,
    pub title: String,
    pub kind: String,
    pub excerpt: String,
    /// What of the excerpt was found, in UTF-16 code units.
    pub marks: Vec<(usize, usize)>,
    pub title_marks: Vec<(usize, usize)>,
    pub closed: bool,
    pub facets: BTreeMap<String, Vec<String>>,
    pub score: u32,
}

impl Found {
    /// The address of the document, below the base.
    pub fn address(&self) -> &str {
        self.link().split('#').next().unwrap_or("")
    }

    /// The link below the base, with the anchor of a section where one was found.
    pub fn link(&self) -> &str {
        self.url.strip_prefix(BASE).expect("a link below the base")
    }
}

/// A value of a facet, counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    pub id: String,
    pub name: String,
    pub count: u32,
}

/// A remark or a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    pub kind: String,
    pub text: String,
    pub query: String,
    pub words: Vec<String>,
    pub total: Option<u32>,
}

/// How the reader runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As in a browser of today.
    Usual,
    /// The index is opened anew for every question.
    Cold,
    /// The browser cannot inflate.
    WithoutInflater,
    /// The files are scripts, for portals that are opened from a disk.
    Portable,
}

/// The reader of one index, in a process of its own.
pub struct Reader {
    process: Child,
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
    _folder: TempDir,
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Reader {
    pub fn new(index: &Index) -> Self {
        Reader::that_runs(index, Way::Usual)
    }

    pub fn that_runs(index: &Index, way: Way) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        write_scripts(folder.path());
        // One file is written faster than a thousand.
        let names: Vec<_> = (index.files.iter())
            .map(|(path, bytes)| (path, bytes.len()))
            .collect();
        let mut packed = serde_json::to_vec(&names).expect("JSON");
        packed.push(b'\n');
        packed.extend(index.files.values().flatten());
        let file = folder.path().join("index");
        write(&file, &packed);
        Reader::start(folder, file.as_os_str(), way)
    }

    /// Reads from a server; `address` ends with a slash.
    pub fn at(address: &str) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        write_scripts(folder.path());
        Reader::start(folder, address.as_ref(), Way::Usual)
    }

    fn start(folder: TempDir, index: &std::ffi::OsStr, way: Way) -> Self {
        let way = match way {
            Way::Usual => "usual",
            Way::Cold => "cold",
            Way::WithoutInflater => "without-inflater",
            Way::Portable => "portable",
        };
        let mut process = node(&script("reader.mjs"))
            .arg(folder.path())
            .arg(index)
            .arg(way)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect(NO_NODE);
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Reader {
            process,
            pipes: RefCell::new((input, output)),
            _folder: folder,
        }
    }

    fn ask(&self, question: &Value) -> String {
        let (input, output) = &mut *self.pipes.borrow_mut();
        writeln!(input, "{question}").expect("the reader has ended");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("an answer");
        assert!(!answer.is_empty(), "the reader failed at {question:.200}");
        answer
    }

    /// The answer to a query.
    pub fn search(&self, query: &str, options: &Options) -> Answer {
        let answer = self.ask(&json!({"query": query, "options": options.json()}));
        serde_json::from_str(&answer).expect("an answer of the shape that pages know")
    }

    /// Words for what was typed so far, when it can be pinyin.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<String> {
        let words = self.ask(&json!({"suggest": typed, "options": {"limit": limit}}));
        serde_json::from_str(&words).expect("words")
    }
}

/// What is said where Node is missing.
pub const NO_NODE: &str =
    "Node 20.19 or newer is needed: these tests ask the search reader that browsers run";

/// Node, about to run a script.
pub fn node(script: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(script);
    // Inside of a run of Node's own tests, tests would report there and not here.
    command.env_remove("NODE_TEST_CONTEXT");
    command
}

/// A script of this folder.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/search")
        .join(name)
}

/// A new folder with the scripts, and the index below `search/`.
pub fn written(index: &Index) -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    write_scripts(folder.path());
    for (path, bytes) in &index.files {
        write(&folder.path().join("search").join(path), bytes);
    }
    folder
}

/// The scripts as pages load them.
fn write_scripts(folder: &Path) {
    for name in ["search.js", "search-pinyin.js"] {
        let script = default_script(name).expect("script");
        write(&folder.join(name), script.as_bytes());
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
    std::fs::write(path, bytes).expect("file");
}
