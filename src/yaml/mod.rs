//! Front matter: enters a document's text, leaves a tree of values that each know their bytes in the real file,
//! and where the body begins. This is the only module that knows the YAML library.
//!
//! ```text
//! SourceFile ──split_front_matter──> Split { yaml: Span, body: Span }
//!                                       │
//! text of `yaml` ──typos::repair──> Repaired     typos of an input method, taken back
//!                     │               └─ original(offset): the byte in the file
//!                     ▼
//! the YAML library ──> Raw ──> Node { span, value: Value }
//!                              Value = Null | Scalar(text) | List(Node…) | Map((Key, Node)…)
//!                     └─ an error ──> Reason ──> Diagnostic
//! ```

#![expect(
    clippy::cast_possible_truncation,
    reason = "a file has a few megabytes at most"
)]

use crate::diagnostic::{Diagnostic, Sink};
use crate::files::{MAX_DOCUMENT_BYTES, is_forbidden};
use crate::say;
use crate::text::{Position, SourceFile, Span};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::ops::Range;
use std::sync::Arc;
use typos::Repaired;

mod keys;
mod reasons;
mod split;
pub mod typos;
mod written;

pub use keys::{Keys, NoKeys};
use reasons::Reason;
pub use split::{Split, split_front_matter};
pub use written::written;

/// The most bytes of front matter that are read. A file of its own, such as a vocabulary, may be as large as any file.
const MAX_BYTES: usize = 256 * 1024;
/// The deepest nesting of lists and maps that is read.
const MAX_DEPTH: usize = 32;

/// A value in front matter and the bytes it was written with.
#[derive(Debug, Clone)]
pub struct Node {
    /// The bytes of the value in its file.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value as it was written. Scalars stay text: the fields, never the YAML library, decide what type they have.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Any single value, as written, without quotes.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order written.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone)]
pub struct Key {
    /// The bytes of the key in its file.
    pub span: Span,
    /// The key as written.
    pub text: String,
    /// The key with script, width and case folded, and `_` for `-`. Fields are found by it.
    pub folded: String,
}

/// The extent of a piece of YAML. It decides how much is read and how messages call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The front matter of a document.
    FrontMatter,
    /// A whole file.
    File,
}

/// Reads YAML inside a file into a tree. A fault of the YAML is reported, and the result is `None`. `keys` are the keys
/// that may be meant where a typo of the input method is beside one.
pub fn parse_yaml(
    file: &Arc<SourceFile>,
    yaml: Span,
    keys: &dyn Keys,
    sink: &mut Sink,
) -> Option<Node> {
    let text = &file.text[yaml.range()];
    // Front matter begins below a line of hyphens.
    let extent = match yaml.start {
        0 => Extent::File,
        _ => Extent::FrontMatter,
    };
    if extent == Extent::FrontMatter && text.len() > MAX_BYTES {
        sink.push(
            Diagnostic::error(
                "front-matter-too-large",
                say!(
                    "信息区超过{}KB",
                    "the front matter is larger than {} KB",
                    MAX_BYTES / 1024
                ),
            )
            .at(file, Span::new(yaml.start as usize, yaml.start as usize))
            .help(say!(
                "信息区只放几行信息，正文写在第二行“---”的下面",
                "the front matter holds a few lines; put the text below the second line of `---`"
            )),
        );
        return None;
    }
    if text.trim().is_empty() {
        return Some(Node {
            span: yaml,
            value: Value::Null,
        });
    }
    let repaired = typos::repair(text, keys);
    let base = yaml.start as usize;
    if let Some(repaired) = &repaired {
        match read_raw(&repaired.text, extent) {
            Ok(raw) => {
                repaired.report(file, base, sink);
                return Some(place_whole(
                    raw,
                    &Origin::new(&repaired.text, base, Some(repaired)),
                    file,
                    sink,
                ));
            }
            // The repaired text cannot be read either. If the text as written can be read, it was meant as written.
            Err(error) => {
                if read_raw(text, extent).is_err() {
                    repaired.report(file, base, sink);
                    let origin = Origin::new(&repaired.text, base, Some(repaired));
                    sink.push(yaml_fault(file, &origin, &error, extent));
                    return None;
                }
            }
        }
    }
    let origin = Origin::new(text, base, None);
    match read_raw(text, extent) {
        Ok(raw) => Some(place_whole(raw, &origin, file, sink)),
        Err(error) => {
            sink.push(yaml_fault(file, &origin, &error, extent));
            None
        }
    }
}

fn read_raw(text: &str, extent: Extent) -> Result<Spanned<Raw>, serde_yaml::Error> {
    // The budget allows as many values as the bytes can hold; values that aliases repeat count as well.
    let bytes = match extent {
        Extent::FrontMatter => MAX_BYTES,
        Extent::File => MAX_DOCUMENT_BYTES as usize,
    };
    let options = serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        merge_keys: serde_yaml::options::MergeKeyPolicy::AsOrdinary,
        budget: serde_yaml::budget! { max_depth: MAX_DEPTH, max_nodes: bytes / 2, max_events: bytes * 2 },
    };
    serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options)
}

fn place_whole(
    raw: Spanned<Raw>,
    origin: &Origin,
    file: &Arc<SourceFile>,
    sink: &mut Sink,
) -> Node {
    let node = place_node(raw, origin);
    // Only an escape can bring in a character that the file itself may not hold.
    if origin.text.contains('\\') {
        report_forbidden(&node, file, sink);
    }
    node
}

/// The text that the YAML library read, and where its bytes are in the file.
struct Origin<'a> {
    text: &'a str,
    base: usize,
    repaired: Option<&'a Repaired>,
}

impl<'a> Origin<'a> {
    fn new(text: &'a str, base: usize, repaired: Option<&'a Repaired>) -> Origin<'a> {
        Origin {
            text,
            base,
            repaired,
        }
    }

    /// The byte of the file that a byte of the text comes from.
    fn in_file(&self, offset: usize) -> usize {
        self.base
            + self
                .repaired
                .map_or(offset, |repaired| repaired.original(offset))
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.in_file(range.start), self.in_file(range.end))
    }
}

fn report_forbidden(node: &Node, file: &Arc<SourceFile>, sink: &mut Sink) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            if let Some(c) = text.chars().find(|&c| is_forbidden(c)) {
                sink.push(
                    Diagnostic::error(
                        "bad-character",
                        say!(
                            "这里写出了一个非法字符（U+{:04X}）",
                            "the illegal character U+{:04X} is written here",
                            c as u32
                        ),
                    )
                    .at(file, node.span)
                    .help(say!(
                        "删去反斜杠写出的这个字符",
                        "delete the escape that makes it"
                    )),
                );
            }
        }
        Value::List(items) => items
            .iter()
            .for_each(|item| report_forbidden(item, file, sink)),
        Value::Map(entries) => {
            for (key, value) in entries {
                let key = Node {
                    span: key.span,
                    value: Value::Scalar(key.text.clone()),
                };
                report_forbidden(&key, file, sink);
                report_forbidden(value, file, sink);
            }
        }
    }
}

/// A value as the YAML library gives it, before its text is cut from the source.
enum Raw {
    Null,
    Plain,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        struct RawVisitor;
        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Raw::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    map.push(entry);
                }
                Ok(Raw::Map(map))
            }
        }
        deserializer.deserialize_any(RawVisitor)
    }
}

fn place_node(raw: Spanned<Raw>, origin: &Origin) -> Node {
    let range = raw_range(&raw, origin.text);
    let span = origin.span(&range);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Plain => Value::Scalar(origin.text[range].to_owned()),
        Raw::Text(text) => Value::Scalar(text),
        Raw::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| place_node(item, origin))
                .collect(),
        ),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let span = origin.span(&raw_range(&key, origin.text));
                    let folded = crate::text::fold(&key.value).replace('-', "_");
                    (
                        Key {
                            span,
                            text: key.value,
                            folded,
                        },
                        place_node(value, origin),
                    )
                })
                .collect(),
        ),
    };
    Node { span, value }
}

fn raw_range<T>(spanned: &Spanned<T>, text: &str) -> Range<usize> {
    let span = spanned.referenced.span();
    let start = (span.byte_offset().unwrap_or(0) as usize).min(text.len());
    let length = span.byte_len().unwrap_or(0) as usize;
    let end = (start + length).min(text.len());
    // A block value's span may run to the next key; the caret should not.
    let trimmed = text[start..end].trim_end().len();
    start..start + trimmed
}

fn yaml_fault(
    file: &Arc<SourceFile>,
    origin: &Origin,
    error: &serde_yaml::Error,
    extent: Extent,
) -> Diagnostic {
    let error = error.without_snippet();
    let start = match error.location() {
        Some(location) if location.line() > 0 => {
            let read = SourceFile {
                path: String::new(),
                text: origin.text.to_owned(),
            };
            origin.in_file(read.byte_offset(Position {
                line: location.line() as usize,
                column: location.column() as usize,
            }))
        }
        _ => origin.base,
    };
    let english = {
        let text = error.to_string();
        text.split(" at line ")
            .next()
            .unwrap_or(&text)
            .trim()
            .to_owned()
    };
    let (zh, en) = match extent {
        Extent::FrontMatter => ("信息区", "the front matter"),
        Extent::File => ("这个文件", "the file"),
    };
    let (code, message, help) = match error {
        serde_yaml::Error::DuplicateMappingKey { key, .. } => {
            let key = key.clone().unwrap_or_default();
            (
                "duplicate-key",
                say!("“{key}”写了两次", "`{key}` is written twice"),
                say!("两处合并成一处", "keep one of the two"),
            )
        }
        serde_yaml::Error::Budget { .. } => (
            "front-matter-too-deep",
            say!(
                "{zh}的层次太深或内容太多",
                "{en} is nested too deeply or too large"
            ),
            match extent {
                Extent::FrontMatter => say!(
                    "信息区最多{MAX_DEPTH}层；正文写在两行---之后",
                    "at most {MAX_DEPTH} levels; the body goes below the second --- line"
                ),
                Extent::File => say!(
                    "最多{MAX_DEPTH}层；检查缩进和括号",
                    "at most {MAX_DEPTH} levels; look at the indents and brackets"
                ),
            },
        ),
        serde_yaml::Error::MultipleDocuments { .. } => (
            "bad-yaml",
            say!("这里不能再写一个“---”", "a second document begins here"),
            match extent {
                Extent::FrontMatter => say!(
                    "信息区只有开头和结尾两行---",
                    "the front matter has one --- line above and one below"
                ),
                Extent::File => say!("删去这一行", "delete this line"),
            },
        ),
        _ => {
            let open = typos::open_bracket(origin.text).map(|at| origin.in_file(at));
            let reason = match open.filter(|&open| open <= start) {
                Some(open) => Reason::of_bracket(file, open),
                None => Reason::of_complaint(file, start, &english, (zh, en)),
            };
            return reason.diagnostic(file);
        }
    };
    Diagnostic::error(code, message)
        .at(file, file.character(start))
        .help(help)
}
