//! A document: one markdown file, read. Enters: a source file. Leaves: typed fields, the bytes of the body,
//! and an outline of it. What other documents say of it is the business of `link/`.

use super::KEYS;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{Reader, Record, Vocabularies, VocabularyName, unknown_keys};
use crate::files::name_fault;
use crate::kinds::{Body, KINDS, Kind, Shared, Visibility};
use crate::markdown::{self, Blanks, Outline, Profile};
use crate::say;
use crate::text::{Language, SourceFile, Span};
use crate::yaml::{Key, Node, Value, parse_yaml, split_front_matter};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Names one document in the whole site: `job/J-2026-001`.
#[derive(Debug, Clone)]
pub struct DocId {
    /// The kind.
    pub kind: &'static Kind,
    /// Unique within the kind, ignoring case.
    pub id: String,
}

impl std::fmt::Display for DocId {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.name, self.id)
    }
}

/// One document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name.
    pub id: DocId,
    /// The file it was read from.
    pub source: Arc<SourceFile>,
    /// The line that faults of the whole document point at.
    pub head: Span,
    /// The bytes of the body.
    pub body_span: Span,
    /// Fields of every kind.
    pub shared: Shared,
    /// Fields of its own kind.
    pub body: Body,
    /// How the body is read.
    pub profile: Profile,
    /// Headings, links and the first words of the body.
    pub outline: Outline,
}

impl Document {
    /// Whether it may leave the bank.
    pub fn visibility(&self) -> Visibility {
        self.shared
            .visibility
            .unwrap_or(if self.body.as_kind().internal(self.id.kind) {
                Visibility::Internal
            } else {
                Visibility::Public
            })
    }

    /// The language it is written in.
    pub fn language(&self, site: Language) -> Language {
        self.shared.language.unwrap_or(site)
    }

    /// The body's markdown.
    pub fn markdown(&self) -> &str {
        &self.source.text[self.body_span.range()]
    }

    /// The summary: the author's, or the first words of the body.
    pub fn summary(&self) -> &str {
        self.shared.summary.as_deref().unwrap_or(&self.outline.lead)
    }

    /// The folder of its file, for relative links.
    pub fn folder(&self) -> &str {
        self.source
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }
}

/// Words that cannot be ids, since addresses use them; folders of kinds, lists and editions are others.
const RESERVED: &[&str] = &["page", "search", "recruitment", "assets"];

/// Whether the portal has a folder of its own under a name in lower case.
fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
        || KINDS.iter().any(|kind| kind.folder == name)
        || VocabularyName::ALL.iter().any(|list| list.folder() == name)
        || Language::of_segment(name).is_some()
}

/// Reads a document. Faults are reported and reading goes on; `None` only where there is nothing to go on with.
pub fn read_document(
    source: &Arc<SourceFile>,
    kind: &'static Kind,
    vocabularies: &Vocabularies,
    site_language: Language,
    sink: &mut Sink,
) -> Option<Document> {
    if source.text.trim().is_empty() {
        sink.push(
            Diagnostic::error("empty-document", say!("文件是空的", "the file is empty"))
                .at(source, Span::new(0, 0))
                .help(say!(
                    "写上内容，或删去这个文件",
                    "write something, or delete the file"
                )),
        );
        return None;
    }
    let split = split_front_matter(source, &*KEYS, sink)?;
    let head = Span::new(0, source.text.lines().next().map_or(0, str::len));
    let node = if split.yaml == Span::default() {
        Some(Node {
            span: head,
            value: Value::Null,
        })
    } else {
        parse_yaml(source, split.yaml, &*KEYS, sink)
    };
    let body_text = &source.text[split.body.range()];
    let read_body = |language: Language, sink: &mut Sink| {
        let profile = markdown_profile(kind, language);
        let outline = markdown::outline(body_text, profile);
        let start = split.body.start as usize;
        markdown::report_outline(&outline, source, start, sink, kind.text);
        (profile, outline)
    };
    let Some(node) = node else {
        read_body(site_language, sink);
        return None;
    };
    let entries = match node.value {
        Value::Map(entries) => with_general_id_key(entries, kind),
        Value::Null => Vec::new(),
        Value::Scalar(_) | Value::List(_) => {
            sink.push(
                Diagnostic::error(
                    "wrong-type",
                    say!(
                        "信息区要逐行写“键: 值”",
                        "the front matter is made of `key: value` lines"
                    ),
                )
                .at(
                    source,
                    Span::new(split.yaml.start as usize, split.yaml.start as usize + 1),
                )
                .help(say!(
                    "冒号用半角，后面空一格",
                    "use a half-width colon and a space after it"
                )),
            );
            read_body(site_language, sink);
            return None;
        }
    };
    let mut reader = Reader::new(source, vocabularies, sink);
    unknown_keys(&entries, &[Shared::FIELDS, kind.fields], &mut reader);
    let shared = Shared::read_fields(&entries, head, &mut reader);
    let body = kind.read_body(&entries, head, &mut reader);
    let id = read_id(&shared, kind, head, &mut reader);
    let (profile, outline) = read_body(shared.language.unwrap_or(site_language), reader.sink);
    let document = Document {
        id: DocId { kind, id },
        source: source.clone(),
        head,
        body_span: split.body,
        shared,
        body,
        profile,
        outline,
    };
    document.body.as_kind().check(&document, &mut reader);
    Some(document)
}

/// How the body of a kind is read in a language.
pub fn markdown_profile(kind: &Kind, language: Language) -> Profile {
    let blanks = match kind.name {
        "report" => Blanks::All,
        "exam" => Blanks::Lines,
        _ => Blanks::None,
    };
    Profile::new(blanks, language != Language::En)
}

/// A posting's id is called 岗位编号; the field table knows it as 编号.
fn with_general_id_key(mut entries: Vec<(Key, Node)>, kind: &Kind) -> Vec<(Key, Node)> {
    for (key, _) in &mut entries {
        if key.folded == kind.id_zh {
            "编号".clone_into(&mut key.folded);
        }
    }
    entries
}

fn read_id(shared: &Shared, kind: &Kind, head: Span, reader: &mut Reader) -> String {
    let stem = reader
        .file
        .path
        .rsplit('/')
        .next()
        .unwrap_or("")
        .trim_end_matches(".md")
        .to_owned();
    let (written, span) = match &shared.id {
        Some(id) => (id.value.as_str(), id.span),
        None => (stem.as_str(), head),
    };
    let id: String = written.nfc().collect();
    let well_formed = !id.is_empty()
        && id.chars().all(|c| c.is_alphanumeric() || c == '-')
        && id.chars().count() <= 100
        // File systems allow 255 bytes for the name of a folder.
        && id.len() <= 240
        // Some words are devices of Windows, and no folder there.
        && name_fault(&id).is_none();
    let reserved = is_reserved(&id.to_lowercase()) && (kind.name == "page" || id == "page");
    if !well_formed || reserved {
        let proposal = crate::fields::word_id(&id);
        let proposal = if reserved || proposal.is_empty() {
            format!("{}-1", kind.name)
        } else {
            proposal
        };
        reader.error(
            "bad-id",
            span,
            say!("编号“{id}”不能用", "`{id}` cannot be an id"),
            Some(say!(
                "编号只用文字、数字和减号，它就是网址；可以写“编号: {proposal}”",
                "an id has letters, digits and hyphens and becomes the address; `id: {proposal}` would do"
            )),
        );
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_the_portal_are_no_ids() {
        let folders = "page search units departments locations categories recruitment assets jobs campaigns notices \
                       reports products exams articles ladders scorecards pages zh-hans zh-hant zh-hant-tw zh-hant-hk en";
        assert!(folders.split_whitespace().all(is_reserved));
        assert!(
            !["about", "job", "zh", "zh-hant-cn"]
                .into_iter()
                .any(is_reserved)
        );
    }
}
