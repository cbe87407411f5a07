//! Chinese markdown: the cases of `tests/chinese/*.txt`, each with what a Chinese reader must get and what other markdown
//! programs print. A case reads:
//!
//! ```text
//! === name
//! markdown
//! --- gangwei
//! HTML that is wanted
//! --- pulldown-cmark, marked: same
//! --- markdown-it, micromark, goldmark
//! HTML that these print
//! ```
//!
//! Characters that do not show are written `⟨U+3000⟩`; `␠` is a space at a line's end. Wanted HTML is written by hand, from
//! the rule at the head of its file. A peer of which it says `: not compared` prints other markup for the same thing, or
//! leaves raw HTML out by its own default. `tests/chinese/peers.mjs` holds the peers to the record; pulldown-cmark is
//! held to it here. A changed record is written in two steps: `cargo test --test it chinese::`, which leaves what
//! pulldown-cmark prints below `target/tmp`, then `node tests/chinese/peers.mjs --write`. With `-- --nocapture` the first
//! shows the table of all programs.

use gangwei::markdown::{Blanks, Links, Profile, Target, render};
use pulldown_cmark::{Options, Parser};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Programs of which the files tell what they print, in the order of the table.
const PEERS: [&str; 5] = [
    "pulldown-cmark",
    "markdown-it",
    "marked",
    "micromark",
    "goldmark",
];

/// The renderer under test, as it is set for a Chinese document.
fn ours(input: &str) -> String {
    render(input, Profile::new(Blanks::None, true), &[], &AsWritten)
}

/// Leaves every target as it is written.
struct AsWritten;

impl Links for AsWritten {
    fn link(&self, target: &str) -> Target {
        Target::Address(target.to_owned())
    }

    fn picture(&self, target: &str) -> Target {
        Target::Address(target.to_owned())
    }

    fn blank_label(&self, _number: usize) -> std::borrow::Cow<'_, str> {
        "".into()
    }
}

/// pulldown-cmark with the extensions that mdBook and Zola turn on, and without smart punctuation, as both have it.
fn pulldown_cmark(input: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(input, options));
    out
}

/// What a file says of a peer.
#[derive(Debug, Clone, PartialEq)]
enum Record {
    Same,
    NotCompared,
    Html(String),
}

struct Case {
    name: String,
    input: String,
    expected: String,
    records: BTreeMap<String, Record>,
}

struct CaseFile {
    path: PathBuf,
    /// Whether ids of headings are part of what is compared.
    anchors: bool,
    cases: Vec<Case>,
}

/// The file that is about anchors. Elsewhere ids are left out, since most peers give headings none.
const ANCHORS: &str = "headings.txt";

fn files() -> Vec<CaseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chinese");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/chinese")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| CaseFile {
            anchors: path.ends_with(ANCHORS),
            cases: cases(
                &std::fs::read_to_string(&path).expect("case file"),
                &path.display().to_string(),
            ),
            path,
        })
        .collect()
}

fn cases(text: &str, place: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in format!("\n{text}").split("\n=== ").skip(1) {
        let (name, body) = block.split_once('\n').expect("a case has lines");
        let mut parts: Vec<(&str, Vec<&str>)> = vec![("", Vec::new())];
        for line in body.lines() {
            match (line.strip_prefix("--- "), parts.last_mut()) {
                (Some(head), _) => parts.push((head, Vec::new())),
                (None, Some((_, lines))) => lines.push(line),
                (None, None) => {}
            }
        }
        let mut case = Case {
            name: name.to_owned(),
            input: String::new(),
            expected: String::new(),
            records: BTreeMap::new(),
        };
        for (head, lines) in parts {
            let text = shown(lines.join("\n").trim_matches('\n'));
            let (names, record) = match head.split_once(": ") {
                Some((names, "same")) => (names, Record::Same),
                Some((names, "not compared")) => (names, Record::NotCompared),
                Some((_, what)) => panic!("{place}: {name}: what is “{what}”?"),
                None => (head, Record::Html(text.clone())),
            };
            match names {
                "" => case.input = format!("{text}\n"),
                "gangwei" => case.expected = text,
                _ => {
                    for peer in names.split(", ") {
                        assert!(PEERS.contains(&peer), "{place}: {name}: who is “{peer}”?");
                        let twice = case.records.insert(peer.to_owned(), record.clone());
                        assert!(twice.is_none(), "{place}: {name}: {peer} twice");
                    }
                }
            }
        }
        assert!(!case.expected.is_empty(), "{place}: {name}: nothing wanted");
        cases.push(case);
    }
    cases
}

/// Puts the characters back that a file writes visibly.
fn shown(text: &str) -> String {
    let mut out = String::new();
    let text = text.replace('␠', " ");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("⟨U+") {
        let (number, after) = after.split_once('⟩').expect("⟩");
        let code = u32::from_str_radix(number, 16).expect("a code point");
        out.push_str(before);
        out.push(char::from_u32(code).expect("a character"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Elements around which white space means nothing.
const BLOCKS: &[&str] = &[
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "div",
    "pre",
    "dl",
    "dt",
    "dd",
    "section",
];

/// Characters that some write as entities and others as they are.
const ENTITIES: &[(&str, &str)] = &[
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&hellip;", "…"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&laquo;", "«"),
    ("&raquo;", "»"),
];

/// HTML with only the differences that a reader could notice. `peers.mjs` holds the same rules.
fn normal(html: &str, anchors: bool) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut trim = true;
    while !rest.is_empty() {
        if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = if trim {
                rest[..end].trim_start_matches([' ', '\t', '\r', '\n'])
            } else {
                &rest[..end]
            };
            out.push_str(text);
            trim &= text.is_empty();
            rest = &rest[end..];
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |at| at + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        let name: String = tag[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        // A table may stand in a box that scrolls.
        let box_of_table = tag.starts_with("<div class=\"table\"")
            || (tag == "</div>" && out.trim_end().ends_with("</table>"));
        if BLOCKS.contains(&name.as_str()) {
            out.truncate(out.trim_end_matches([' ', '\t', '\r', '\n']).len());
            trim = true;
        } else {
            trim = name == "br";
        }
        match name.as_str() {
            "div" if box_of_table => {}
            "s" => out.push_str(&tag.replace("s>", "del>")),
            "th" | "pre" if !tag.starts_with("</") => write!(out, "<{name}>").expect("string"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !anchors && !tag.starts_with("</") => {
                write!(out, "<{name}>").expect("string");
            }
            _ => out.push_str(&tag.replace(" />", ">").replace("/>", ">")),
        }
    }
    out.truncate(out.trim_end_matches([' ', '\t', '\r', '\n']).len());
    for (entity, character) in ENTITIES {
        out = out.replace(entity, character);
    }
    out
}

#[test]
fn every_case_is_printed_as_a_chinese_reader_needs_it() {
    let mut misses = String::new();
    let mut total = 0;
    let mut kept = 0;
    let mut table = format!("{:<18}{:>9}", "", "ours");
    let mut sums = [(0, 0); PEERS.len()];
    for peer in PEERS {
        write!(table, "{peer:>16}").expect("string");
    }
    for file in files() {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        let mut ours_here = 0;
        for case in &file.cases {
            let printed = normal(&ours(&case.input), file.anchors);
            let expected = normal(&case.expected, file.anchors);
            if printed == expected {
                ours_here += 1;
            } else {
                writeln!(
                    misses,
                    "{name}: {}\n  input    {:?}\n  expected {expected:?}\n  printed  {printed:?}",
                    case.name, case.input
                )
                .expect("string");
            }
        }
        total += file.cases.len();
        kept += ours_here;
        let ratio = format!("{ours_here}/{}", file.cases.len());
        write!(table, "\n{name:<18}{ratio:>9}").expect("string");
        for (peer, sum) in PEERS.iter().zip(&mut sums) {
            let records = file.cases.iter().filter_map(|case| case.records.get(*peer));
            let records: Vec<&Record> = records
                .filter(|record| **record != Record::NotCompared)
                .collect();
            // Every program has its own convention for anchors, so none is called right or wrong by ours.
            if file.anchors || records.is_empty() {
                write!(table, "{:>16}", "–").expect("string");
                continue;
            }
            let same = records.iter().filter(|record| ***record == Record::Same);
            let same = same.count();
            sum.0 += same;
            sum.1 += records.len();
            write!(table, "{:>16}", format!("{same}/{}", records.len())).expect("string");
        }
    }
    let mut summary = format!("ours {kept}/{total}");
    for (peer, (same, of)) in PEERS.iter().zip(sums) {
        write!(summary, "; {peer} {same}/{of}").expect("string");
    }
    println!("{misses}\n{table}\n\n{summary}");
    assert!(total >= 220, "only {total} cases are left");
    assert_eq!(kept, total, "{summary}");
}

#[test]
fn what_pulldown_cmark_prints_is_recorded() {
    let mut printed_by_file = serde_json::Map::new();
    let mut wrong = String::new();
    for file in files() {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        let mut printed_by_case = serde_json::Map::new();
        for case in &file.cases {
            let printed = normal(&pulldown_cmark(&case.input), file.anchors);
            printed_by_case.insert(case.name.clone(), printed.clone().into());
            let agrees = match case.records.get("pulldown-cmark") {
                Some(Record::Same) => printed == normal(&case.expected, file.anchors),
                Some(Record::Html(recorded)) => printed == *recorded,
                Some(Record::NotCompared) => true,
                None => false,
            };
            if !agrees {
                writeln!(wrong, "{name}: {}: it prints {printed:?}", case.name).expect("string");
            }
        }
        printed_by_file.insert(name.into_owned(), printed_by_case.into());
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pulldown-cmark.json");
    let text = serde_json::to_string_pretty(&printed_by_file).expect("JSON");
    std::fs::write(&path, text).expect("record");
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn names_of_cases_are_distinct() {
    for file in files() {
        let mut names: Vec<&str> = file.cases.iter().map(|case| case.name.as_str()).collect();
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1], "{}", file.path.display());
        }
    }
}
