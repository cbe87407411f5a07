//! The rule book: all rules and all packs, ready to use. Enters: the embedded library and packs, and the site's own packs.
//! Leaves: rules by code, and one search for all phrases at once.

use super::pack::{Law, Pack};
use super::rule::{CompiledRule, Gravity, Rule};
use crate::diagnostic::Sink;
use crate::fields::{Reader, Record, unknown_keys};
use crate::front_matter::{Value, parse_yaml};
use crate::source::{SourceFile, Span};
use crate::vocabulary::Vocabularies;
use include_dir::{Dir, include_dir};
use regex::RegexSet;
use std::collections::BTreeMap;
use std::sync::Arc;

static LIBRARY: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/rules/library");
static PACKS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/rules/packs");

/// All rules.
#[derive(Debug)]
pub struct RuleBook {
    rules: BTreeMap<String, CompiledRule>,
    packs: Vec<Pack>,
    /// Every phrase of every rule.
    phrases: RegexSet,
    /// The rule and the place in it of every phrase in `phrases`.
    owners: Vec<(String, usize)>,
}

/// A rule's weight in one jurisdiction.
#[derive(Debug, Clone, Copy)]
pub struct Weight<'a> {
    /// How grave it is as written.
    pub gravity: Gravity,
    /// What the law says.
    pub law: Option<&'a Law>,
}

impl RuleBook {
    /// The embedded rules with a site's packs over them, which win.
    pub fn new(site_packs: &[Arc<SourceFile>], sink: &mut Sink) -> RuleBook {
        let mut rules = BTreeMap::new();
        let mut keep = |rule: Rule, reader: &mut Reader| {
            let code = rule.code.value.clone();
            rules.insert(code, CompiledRule::compile(rule, reader));
        };
        for file in embedded(&LIBRARY) {
            with_record(&file, sink, &mut keep);
        }
        let mut packs = Vec::new();
        for file in embedded(&PACKS).iter().chain(site_packs) {
            with_record(file, sink, &mut |mut pack: Pack, reader: &mut Reader| {
                for rule in std::mem::take(&mut pack.rules) {
                    keep(rule, reader);
                }
                packs.push(pack);
            });
        }
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (code, rule) in &rules {
            for (index, phrase) in rule.phrases.iter().enumerate() {
                owners.push((code.clone(), index));
                patterns.push(phrase.as_str());
            }
        }
        // Each pattern has been compiled alone; only their sum can be too large, and then none is searched at once.
        let phrases = regex::RegexSetBuilder::new(&patterns)
            .size_limit(64 << 20)
            .dfa_size_limit(64 << 20)
            .build()
            .unwrap_or_else(|_| RegexSet::empty());
        RuleBook {
            rules,
            packs,
            phrases,
            owners,
        }
    }

    /// A rule by its code.
    pub fn rule(&self, code: &str) -> Option<&CompiledRule> {
        self.rules.get(code)
    }

    /// All rules, by code.
    pub fn rules(&self) -> impl Iterator<Item = &CompiledRule> {
        self.rules.values()
    }

    /// The packs, the site's own last.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The rules whose phrases a text holds, with the phrases' places in them.
    pub fn phrases_in(&self, text: &str) -> Vec<(&CompiledRule, usize)> {
        let found = self.phrases.matches(text).into_iter();
        found
            .filter_map(|index| {
                let (code, phrase) = self.owners.get(index)?;
                Some((self.rules.get(code)?, *phrase))
            })
            .collect()
    }

    /// What a rule weighs in a jurisdiction: what a pack says, the last first, else what the rule says.
    pub fn weight(&self, rule: &CompiledRule, jurisdiction: &str) -> Weight<'_> {
        let code = rule.rule.code.value.as_str();
        let packs = || {
            self.packs
                .iter()
                .rev()
                .filter(|pack| pack.covers(jurisdiction))
        };
        Weight {
            gravity: packs()
                .find_map(|pack| pack.gravity(code))
                .unwrap_or_else(|| rule.gravity(jurisdiction)),
            law: packs().find_map(|pack| pack.law(code)),
        }
    }
}

/// The YAML files of an embedded folder, by name.
fn embedded(folder: &Dir) -> Vec<Arc<SourceFile>> {
    let mut files: Vec<Arc<SourceFile>> = folder
        .files()
        .filter_map(|file| {
            Some(Arc::new(SourceFile {
                path: file.path().to_string_lossy().into_owned(),
                text: file.contents_utf8()?.to_owned(),
            }))
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Reads a file as a record, every fault at its place.
fn with_record<R: Record>(
    file: &Arc<SourceFile>,
    sink: &mut Sink,
    then: &mut dyn FnMut(R, &mut Reader),
) {
    let whole = Span::new(0, file.text.len());
    let Some(node) = parse_yaml(file, whole, sink) else {
        return;
    };
    let entries = match node.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    };
    let vocabularies = Vocabularies::default();
    let mut reader = Reader {
        file,
        vocabularies: &vocabularies,
        sink,
    };
    unknown_keys(&entries, &[R::FIELDS], &mut reader);
    let head = Span::new(0, file.text.lines().next().map_or(0, str::len));
    let record = R::read_fields(&entries, head, &mut reader);
    then(record, &mut reader);
}
