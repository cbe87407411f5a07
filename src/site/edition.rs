//! Editions: the same site in another script. Enters: the linked source site, a language, and the documents that an
//! author wrote for that edition. Leaves: a site of the same documents, addresses and states, its words converted.
//! Nothing that the author wrote is changed; a text of its own wins over conversion, and the glossary over the tables.

use super::lists::add_lists;
use super::model::{ResolvedDocument, Site};
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{FieldValue, Reader, Record, Vocabularies, VocabularyName, unknown_keys};
use crate::kinds::{Config, Document, GlossaryTerm, KEYS, Shared};
use crate::markdown::{Profile, outline, replace_running_text, running_text};
use crate::say;
use crate::text::conversion::{Ambiguity, Converter, Term};
use crate::text::{Language, SourceFile, Span};
use crate::yaml::{Key, Node, Value, parse_yaml, split_front_matter};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document's text for one edition, written by hand: `x.zh-hant-tw.md` beside `x.md`.
#[derive(Debug)]
pub struct Override {
    /// The file.
    pub source: Arc<SourceFile>,
    /// The edition it is for.
    pub language: Language,
    /// The path of the document it belongs to.
    pub of: String,
    /// Its front matter.
    pub entries: Vec<(Key, Node)>,
    /// The line that faults of the whole file point at.
    pub head: Span,
    /// The bytes of its body.
    pub body: Span,
}

impl Override {
    /// Reads a text for an edition; `None` after a fault that makes the text unusable.
    pub fn read(
        source: &Arc<SourceFile>,
        of: &str,
        language: Language,
        sink: &mut Sink,
    ) -> Option<Override> {
        let split = split_front_matter(source, &*KEYS, sink)?;
        let entries = if split.yaml == Span::default() {
            Vec::new()
        } else {
            match parse_yaml(source, split.yaml, &*KEYS, sink)?.value {
                Value::Map(entries) => entries,
                _ => Vec::new(),
            }
        };
        Some(Override {
            source: source.clone(),
            language,
            of: of.to_owned(),
            entries,
            head: Span::new(0, source.text.lines().next().map_or(0, str::len)),
            body: split.body,
        })
    }
}

/// The fault of a text for an edition that is not used, since its document or its edition is missing.
pub fn unused_override(
    source: &Arc<SourceFile>,
    of: &str,
    language: Language,
    known: bool,
) -> Diagnostic {
    let tag = language.tag();
    let head = Span::new(0, source.text.lines().next().map_or(0, str::len));
    if known {
        Diagnostic::warning(
            "unused-edition-text",
            say!(
                "站点没有 {tag} 版，这个文件没有用上",
                "the site has no edition {tag}; this file is not used"
            ),
        )
        .at(source, head)
        .help(say!(
            "在 gangwei.yaml 写“其他版本: [{tag}]”，或删去这个文件",
            "write `editions: [{tag}]` in gangwei.yaml, or delete the file"
        ))
    } else {
        Diagnostic::error(
            "edition-without-document",
            say!(
                "这是 {tag} 版的文本，却没有它的原文 {of}",
                "this is a text for the edition {tag}, and its document {of} is missing"
            ),
        )
        .at(source, head)
        .help(say!(
            "文件名去掉“.{0}”就是原文的名字",
            "without `.{0}` the name is that of the document",
            language.segment()
        ))
    }
}

/// The path of the document that a file is a text of, and for which edition: `a/x.zh-hant-tw.md` gives `a/x.md`.
pub fn override_path(path: &str) -> Option<(String, Language)> {
    let stem = path.strip_suffix(".md")?;
    let (of, tag) = stem.rsplit_once('.')?;
    let language = Language::ALL
        .into_iter()
        .find(|language| tag.eq_ignore_ascii_case(language.tag()))?;
    Some((format!("{of}.md"), language))
}

/// How the words of one language become those of an edition; one for every language that documents are written in.
#[derive(Debug)]
pub struct Converters {
    edition: Language,
    by_language: BTreeMap<Language, Converter>,
    /// Names of the site's vocabularies, with the edition's names for them. A document of any language uses the site's.
    names: BTreeMap<String, String>,
}

impl Converters {
    /// For an edition, from every language of some documents and of the site itself.
    pub fn new(
        edition: Language,
        languages: impl Iterator<Item = Language>,
        glossary: &[GlossaryTerm],
    ) -> Converters {
        let mut by_language = BTreeMap::new();
        for language in languages {
            if let std::collections::btree_map::Entry::Vacant(entry) = by_language.entry(language)
                && let Some(converter) =
                    Converter::new(language, edition, &terms(glossary, edition))
            {
                entry.insert(converter);
            }
        }
        Converters {
            edition,
            by_language,
            names: BTreeMap::new(),
        }
    }

    /// Adds the names of the site's vocabularies, with the names of the edition's vocabularies.
    pub fn learn_names(&mut self, source: &Vocabularies, edition: &Vocabularies) {
        for name in VocabularyName::ALL {
            let pairs = source.get(name).entries().iter();
            let pairs = pairs.zip(edition.get(name).entries());
            self.names
                .extend(pairs.map(|(from, to)| (from.name.clone(), to.name.clone())));
        }
    }

    /// The text in the edition: the edition's name for it if it is a name of the site, otherwise the result of
    /// `convert`.
    fn name_or(&self, text: &str, convert: impl Fn(&str) -> String) -> String {
        let name = self.names.get(text).cloned();
        name.unwrap_or_else(|| convert(text))
    }

    /// The converter from a language; `None` where the edition shows that language unchanged.
    pub fn from(&self, language: Language) -> Option<&Converter> {
        self.by_language.get(&language)
    }
}

/// The glossary's terms for one edition.
fn terms(glossary: &[GlossaryTerm], edition: Language) -> Vec<Term> {
    let mut terms = Vec::new();
    for term in glossary {
        let any_hant = || term.hant.as_ref();
        let to = match edition {
            Language::Hans => term.hans.as_ref(),
            Language::Hant => any_hant(),
            Language::HantTw => term.hant_tw.as_ref().or_else(any_hant),
            Language::HantHk => term.hant_hk.as_ref().or_else(any_hant),
            Language::En => None,
        };
        let says_nothing = [&term.hans, &term.hant, &term.hant_tw, &term.hant_hk]
            .into_iter()
            .all(Option::is_none);
        let to = to.or(says_nothing.then_some(&term.term));
        terms.extend(to.map(|to| Term {
            from: term.term.clone(),
            to: to.clone(),
        }));
    }
    terms
}

/// The site's settings in an edition.
pub fn convert_config(config: &Config, converters: &Converters) -> Config {
    match converters.from(config.language) {
        Some(converter) => config.in_edition(converters.edition, &|text| {
            converter.convert(text).into_owned()
        }),
        None => config.in_edition(converters.edition, &str::to_owned),
    }
}

/// One document in an edition.
pub fn convert_document(
    document: &Document,
    site_language: Language,
    converters: &Converters,
) -> Document {
    let language = document.language(site_language);
    let mut converted = document.clone();
    let Some(converter) = converters.from(language) else {
        converted.shared.language = Some(language);
        // Its own words stay. Names of departments, and fields inherited from a campaign, are the site's words.
        let site = converters
            .from(site_language)
            .filter(|_| !language.is_chinese());
        let convert = |text: &str| match site {
            Some(converter) => converter.convert(text).into_owned(),
            None => text.to_owned(),
        };
        converted
            .body
            .convert_texts(&|text| converters.name_or(text, convert));
        return converted;
    };
    let convert = |text: &str| converter.convert(text).into_owned();
    converted.shared.convert_texts(&convert);
    converted
        .body
        .convert_texts(&|text| converters.name_or(text, convert));
    converted.shared.language = Some(converters.edition);
    let body = replace_running_text(document.markdown(), document.profile, &|pieces| {
        converter.convert_pieces(pieces)
    });
    // The structure is the source's, anchors included, so that links of every edition lead to the same places.
    for heading in &mut converted.outline.headings {
        heading.text = convert(&heading.text);
        heading.start = Span::new(body.moved(heading.start as usize), 0).start;
    }
    converted.outline.lead = convert(&converted.outline.lead);
    converted.body_span = Span::new(0, body.text.len());
    converted.source = Arc::new(SourceFile {
        path: document.source.path.clone(),
        text: body.text,
    });
    converted
}

/// Lays an author's text for the edition over the converted document: fields that it states, and its body if it has one.
pub fn lay_over(
    document: &mut Document,
    over: &Override,
    vocabularies: &Vocabularies,
    sink: &mut Sink,
) {
    let mut reader = Reader::new(&over.source, vocabularies, sink);
    let own: Vec<(Key, Node)> = over
        .entries
        .iter()
        .filter(|(key, _)| !STAY.contains(&key.folded.as_str()))
        .cloned()
        .collect();
    unknown_keys(
        &own,
        &[Shared::FIELDS, document.id.kind.fields],
        &mut reader,
    );
    document.shared.read_over(&own, over.head, &mut reader);
    document.body.read_over(&own, over.head, &mut reader);
    document.shared.language = Some(over.language);
    if !over.source.text[over.body.range()].trim().is_empty() {
        document.profile = Profile::new(document.profile.blanks, over.language.is_chinese());
        document.source = over.source.clone();
        document.head = over.head;
        document.body_span = over.body;
        document.outline = outline(document.markdown(), document.profile);
    }
}

/// Keys that identify a document and say when it is visible. Only the source edition may set them.
const STAY: &[&str] = &[
    "id",
    "编号",
    "岗位编号",
    "language",
    "语言",
    "visibility",
    "公开范围",
    "draft",
    "草稿",
    "aliases",
    "旧地址",
];

/// Reports the characters that a conversion had to guess, at their place in the source.
pub fn report_ambiguities(site: &Site, converters: &Converters, sink: &mut Sink) {
    for resolved in &site.documents {
        let document = &resolved.document;
        let language = document.language(site.config.language);
        let Some(converter) = converters.from(language) else {
            continue;
        };
        let base = document.body_span.start as usize;
        let text = document.markdown();
        for group in running_text(text, document.profile) {
            for piece in group {
                for found in converter.ambiguities(&text[piece.clone()]) {
                    let start = base + piece.start + found.span.start;
                    let end = base + piece.start + found.span.end;
                    let span = Span::new(start, end);
                    sink.push(ambiguous(document, span, &found, converters.edition));
                }
            }
        }
    }
}

fn ambiguous(document: &Document, span: Span, found: &Ambiguity, edition: Language) -> Diagnostic {
    let others: Vec<String> = found.others.iter().map(char::to_string).collect();
    Diagnostic::note(
        "ambiguous-conversion",
        say!(
            "“{0}”在 {2} 版里转成“{1}”，也可能是“{3}”",
            "`{0}` becomes `{1}` in the edition {2}, and might be `{3}`",
            found.character,
            found.became,
            edition.tag(),
            others.join("”“")
        ),
    )
    .at(&document.source, span)
    .help(say!(
        "转得不对时，在 gangwei.yaml 的“术语”里写明这个词，或用 -{{…}}- 保持原样",
        "if it is wrong, put the word into `glossary` in gangwei.yaml, or keep it as it is with -{{…}}-"
    ))
}

/// The same site in an edition: documents keep their places, states and references, and have other words.
pub fn site_in_edition(
    source: &Site,
    config: Config,
    vocabularies: Vocabularies,
    documents: Vec<Document>,
) -> Site {
    let documents = source.documents.iter().zip(documents);
    let mut site = Site {
        config,
        vocabularies,
        documents: documents
            .map(|(resolved, document)| ResolvedDocument {
                document: Arc::new(document),
                ..resolved.clone()
            })
            .collect(),
        lists: Vec::new(),
        ranks: Vec::new(),
        lists_by_folder: BTreeMap::new(),
        attachments: source.attachments.clone(),
        redirects: source.redirects.clone(),
        static_files: source.static_files.clone(),
        known: source.known.clone(),
        now: source.now,
        drafts: source.drafts,
        revision: source.revision.clone(),
        next_change: source.next_change,
    };
    add_lists(&mut site);
    site
}
