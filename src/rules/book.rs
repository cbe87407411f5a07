//! The rule book: all rules and all packs, ready to use. Enters: the embedded library and packs, and the site's own packs.
//! Leaves: rules by code and what they weigh where. A fault in a pack never hides the other rules.

use super::pack::{Law, Pack};
use super::rule::{CompiledRule, Pattern, Rule, RuleLevel, WrittenText};
use super::triggers::{Places, Triggers};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::fields::{
    DeclaredKeys, Located, Reader, Record, Vocabularies, did_you_mean, nearest_alike, unknown_keys,
};
use crate::say;
use crate::text::{SourceFile, Span, fold};
use crate::yaml::{Value, parse_yaml};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static LIBRARY: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/rules/library");
static PACKS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/rules/packs");

/// All rules.
#[derive(Debug)]
pub struct RuleBook {
    rules: BTreeMap<String, CompiledRule>,
    packs: Vec<Pack>,
    /// The beginnings of all phrases, in the order of the rules.
    triggers: Triggers,
}

/// A rule's weight in one jurisdiction.
#[derive(Debug, Clone, Copy)]
pub struct Weight<'a> {
    /// How severe it is as written; `None` where it is off.
    pub severity: Option<Severity>,
    /// What the law says.
    pub law: Option<&'a Law>,
    /// The name of the pack that says so.
    pub place: Option<&'a WrittenText>,
}

impl RuleBook {
    /// The embedded rules with a site's packs over them, which win.
    pub fn new(site_packs: &[Arc<SourceFile>], sink: &mut Sink) -> RuleBook {
        let mut rules: BTreeMap<String, CompiledRule> = BTreeMap::new();
        let mut keep = |rule: Rule, reader: &mut Reader| {
            let code = rule.code.value.clone();
            rules.insert(code, CompiledRule::compile(rule, reader));
        };
        for file in embedded(&LIBRARY) {
            with_record(&file, sink, &mut keep);
        }
        let mut packs = Vec::new();
        let mut own = Vec::new();
        for file in embedded(&PACKS).iter().chain(site_packs) {
            with_record(file, sink, &mut |mut pack: Pack, reader: &mut Reader| {
                for rule in std::mem::take(&mut pack.rules) {
                    own.push((rule.code.value.clone(), file.clone()));
                    keep(rule, reader);
                }
                packs.push((pack, file.clone()));
            });
        }
        for (code, file) in &own {
            if let Some(rule) = rules.get_mut(code) {
                name_places(&mut rule.rule, &packs, file, sink);
            }
        }
        for (pack, file) in &packs {
            let codes = pack.severity.iter().map(|(code, _)| code);
            for code in codes.chain(pack.laws.iter().map(|(code, _)| code)) {
                report_unknown_code(code, &rules, file, sink);
            }
        }
        let phrases = rules.values().flat_map(|rule: &CompiledRule| &rule.phrases);
        let triggers = Triggers::new(phrases.map(Pattern::as_str));
        RuleBook {
            rules,
            packs: packs.into_iter().map(|(pack, _)| pack).collect(),
            triggers,
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

    /// The rules with phrases, each with the places where its phrases may begin in a text, in the phrases' order.
    pub fn candidates(&self, text: &str) -> Vec<(&CompiledRule, Vec<Places>)> {
        let mut places = self.triggers.places(text).into_iter();
        let rules = self.rules.values().filter(|rule| !rule.phrases.is_empty());
        rules
            .map(|rule| (rule, places.by_ref().take(rule.phrases.len()).collect()))
            .collect()
    }

    /// The packs, the site's own last.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The jurisdictions that packs speak for, in the order of the packs.
    pub fn jurisdictions(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for known in self.packs.iter().flat_map(|pack| &pack.jurisdictions) {
            if !codes.contains(&known.0.as_str()) {
                codes.push(&known.0);
            }
        }
        codes
    }

    /// The jurisdiction that a folded word names.
    pub fn jurisdiction(&self, word: &str) -> Option<&str> {
        self.packs.iter().find_map(|pack| pack.jurisdiction(word))
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
            severity: packs()
                .find_map(|pack| pack.level(code))
                .map_or_else(|| rule.severity(jurisdiction), RuleLevel::severity),
            law: packs().find_map(|pack| pack.law(code)),
            place: packs()
                .find(|pack| pack.law(code).is_some())
                .map(|pack| &pack.name),
        }
    }
}

/// Gives the places that a rule names for its severities the codes of the packs, and reports those that none knows: the
/// rule would never be reported there.
fn name_places(
    rule: &mut Rule,
    packs: &[(Pack, Arc<SourceFile>)],
    file: &Arc<SourceFile>,
    sink: &mut Sink,
) {
    for (place, _) in &mut rule.severity {
        let word = fold(&place.value);
        if word == "any" {
            place.value = word;
            continue;
        }
        if let Some(code) = packs.iter().find_map(|(pack, _)| pack.jurisdiction(&word)) {
            code.clone_into(&mut place.value);
            continue;
        }
        let all = packs.iter().flat_map(|(pack, _)| &pack.jurisdictions);
        let mut codes: Vec<&str> = all.map(|known| known.0.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.push("any");
        let near = if sink.may_advise(&file.path) {
            nearest_alike(&place.value, codes.iter().copied())
        } else {
            Vec::new()
        };
        let mut fault = Diagnostic::error(
            "bad-rule",
            say!(
                "没有“{}”这个法域，这条规则在那里不起作用",
                "`{}` is no jurisdiction; the rule would have no effect there",
                place.value
            ),
        )
        .at(file, place.span)
        .help(say!(
            "可选：{}；any 为都适用",
            "choose one of: {}; `any` is for all",
            codes.join("、")
        ));
        if !near.is_empty() {
            fault = fault.label(did_you_mean(&near));
        }
        sink.push(fault);
    }
}

/// Reports a code to which a pack gives a level or a law, and which no rule has.
fn report_unknown_code(
    code: &Located<String>,
    rules: &BTreeMap<String, CompiledRule>,
    file: &Arc<SourceFile>,
    sink: &mut Sink,
) {
    if rules.contains_key(&code.value) {
        return;
    }
    let mut fault = Diagnostic::error(
        "bad-rule",
        say!("没有“{}”这条规则", "there is no rule `{}`", code.value),
    )
    .at(file, code.span)
    .help(say!(
        "gangwei explain 列出全部规则的代号",
        "`gangwei explain` lists the codes of all rules"
    ));
    let near = if sink.may_advise(&file.path) {
        nearest_alike(&code.value, rules.keys().map(String::as_str))
    } else {
        Vec::new()
    };
    if !near.is_empty() {
        fault = fault.label(did_you_mean(&near));
    }
    sink.push(fault);
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
    let Some(node) = parse_yaml(
        file,
        whole,
        &DeclaredKeys::of(vec![R::FIELDS], Vec::new()),
        sink,
    ) else {
        return;
    };
    let entries = match node.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    };
    let vocabularies = Vocabularies::default();
    let mut reader = Reader::new(file, &vocabularies, sink);
    unknown_keys(&entries, &[R::FIELDS], &mut reader);
    let head = Span::new(0, file.text.lines().next().map_or(0, str::len));
    let record = R::read_fields(&entries, head, &mut reader);
    then(record, &mut reader);
}
