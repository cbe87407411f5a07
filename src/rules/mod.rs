//! The rules: what the law, the bank and good sense say of a text before it is public. Enters: the files of the content,
//! read or not. Leaves: findings as diagnostics, weighed by the law of the place. A rule marks and cites; nothing here
//! ever calls a text lawful.
//!
//! A rule is one file of `library/`. What a jurisdiction's law says of it is in `packs/`. A rule that needs more than
//! phrases has a detector beside this file, listed in `detectors.rs`.
//!
//! ```text
//! library/*.yaml ──> Rule ──> CompiledRule (patterns compiled)   ┐
//! packs/*.yaml   ──> Pack of Law, RuleLevel                       ┴──> RuleBook ──weight──> Weight { severity, law }
//!
//! ReadFile ──> RuleText (folded) ──> Subject { text, document, jurisdictions, .. }
//! Subject + CompiledRule ──phrases, detectors──> Finding { span, message, at_most }
//! Finding + Weight ──Judge──> Judged { diagnostic, hash, waived }
//! Waivers (of documents, of a baseline) ──> Judged::waived; what is waived is not reported
//! ```

mod book;
mod detector_words;
mod detectors;
mod drafts;
mod finding;
mod fresh_grad;
mod gate;
mod jurisdiction;
mod leaks;
mod links;
mod neighbours;
mod pack;
mod pattern_words;
mod phrases;
mod pieces;
mod products;
mod report;
mod rule;
mod rule_text;
mod subject;
mod sums;
mod triggers;
mod typos;
mod waivers;
mod word_group;
mod word_lists;
mod word_search;

use crate::kinds::{Body, Config, Document, Job, Kind, Waiver};
pub use book::RuleBook;
pub use finding::Finding;
pub use jurisdiction::report_jurisdictions;
pub use links::{Reachable, report_links};
pub use neighbours::report_neighbours;
pub use pack::{Law, Pack};
pub use report::{REPORT_MARK, ReportParts, write_report};
pub use rule::{CompiledRule, Rule, RuleLevel, WrittenText};
pub use rule_text::RuleText;
pub use subject::Subject;
pub use waivers::Waivers;

use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::fields::{Day, Jurisdiction, Located, Vocabularies, VocabularyName};
use crate::site::Inheritance;
use crate::text::SourceFile;
use detectors::DETECTORS;
use phrases::find_phrases;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One file of the content as far as it could be read.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// The file.
    pub source: Arc<SourceFile>,
    /// Its kind.
    pub kind: &'static Kind,
    /// The document, where its front matter could be read.
    pub document: Option<Arc<Document>>,
}

/// What every file is judged with.
#[derive(Debug)]
pub struct Judge<'a> {
    /// The rules.
    pub book: &'a RuleBook,
    /// The settings.
    pub config: &'a Config,
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// What postings take from campaigns, shown or not, and from the site.
    pub inheritance: Inheritance<'a>,
    /// The waivers of the baseline.
    pub waivers: &'a Waivers,
    /// The day, in the site's zone.
    pub today: Day,
    /// Campaigns, shown or not, by id.
    campaigns: BTreeMap<String, &'a Document>,
    /// Whose law holds where a document names no place.
    jurisdictions: BTreeSet<String>,
}

/// Whose law holds where the settings name none that a pack knows.
const DEFAULT_JURISDICTION: &str = "cn";

/// A finding with what the law makes of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// Names the text that was found, for a baseline: the same wherever it stands.
    pub hash: String,
    /// The waiver that covers it, if any.
    pub waived: Option<Waiver>,
    /// Whether time alone brought it: a waiver that ended, a law newly in force.
    pub by_time: bool,
    /// What the document does not state yet, where that is all that is wrong.
    lacks: Option<Text>,
}

impl<'a> Judge<'a> {
    /// Everything to judge with; campaigns are taken from the files.
    pub fn new(
        book: &'a RuleBook,
        config: &'a Config,
        vocabularies: &'a Vocabularies,
        files: &'a [ReadFile],
        waivers: &'a Waivers,
        today: Day,
    ) -> Judge<'a> {
        let documents = || files.iter().filter_map(|file| file.document.as_deref());
        let campaigns = documents().filter(|document| document.body.campaign().is_some());
        let mut jurisdictions = known(book, &config.jurisdictions);
        if jurisdictions.is_empty() {
            jurisdictions.insert(DEFAULT_JURISDICTION.to_owned());
        }
        Judge {
            campaigns: campaigns
                .map(|document| (document.id.id.to_lowercase(), document))
                .collect(),
            jurisdictions,
            book,
            config,
            vocabularies,
            inheritance: Inheritance::of(documents(), config),
            waivers,
            today,
        }
    }

    /// Judges one file by all rules.
    pub fn judge(&self, file: &ReadFile) -> Vec<Judged> {
        let text = RuleText::read(&file.source.text);
        let job = file
            .document
            .as_ref()
            .and_then(|document| self.job(document));
        let jurisdictions = self.jurisdictions(file.document.as_deref(), job.as_ref());
        let subject = Subject {
            text: &text,
            kind: file.kind,
            document: file.document.as_deref(),
            job: job.as_ref(),
            campaign: self.campaign(job.as_ref()),
            jurisdictions: &jurisdictions,
            config: self.config,
            vocabularies: self.vocabularies,
            today: self.today,
        };
        let mut found = find_phrases(self.book, &subject);
        for (code, detect) in DETECTORS {
            let rule = self.book.rule(code);
            if let Some(rule) = rule.filter(|rule| rule.concerns(file.kind.name)) {
                found.extend(detect(&subject).into_iter().map(|finding| (rule, finding)));
            }
        }
        let mut judged: Vec<Judged> = found
            .into_iter()
            .filter_map(|(rule, finding)| self.weigh(rule, finding, file, &subject))
            .collect();
        self.waivers.apply(&mut judged, file, self);
        match &file.document {
            Some(document) if document.shared.draft => drafts::told_once(judged, document),
            _ => judged,
        }
    }

    /// A posting with what its campaign and the site give it.
    fn job(&self, document: &Document) -> Option<Job> {
        let Body::Job(job) = &document.body else {
            return None;
        };
        let mut job = job.as_ref().clone();
        self.inheritance.fill_job(&mut job);
        Some(job)
    }

    /// The campaign that a posting names.
    fn campaign(&self, job: Option<&Job>) -> Option<&'a Document> {
        let named = job?.campaign.as_ref()?;
        self.campaigns.get(&named.0.id.to_lowercase()).copied()
    }

    /// Whose law a document is judged by: that of a posting's places and unit, else the site's.
    fn jurisdictions(&self, document: Option<&Document>, job: Option<&Job>) -> BTreeSet<String> {
        let entries = match (job, document) {
            (Some(job), _) => crate::kinds::KindBody::entries(job),
            (None, Some(document)) => document.body.as_kind().entries(),
            (None, None) => Vec::new(),
        };
        let named: BTreeSet<String> = entries
            .into_iter()
            .filter(|(name, _)| matches!(name, VocabularyName::Locations | VocabularyName::Units))
            .filter_map(|(name, entry)| self.vocabularies.get(name).entry(&entry.id))
            .flat_map(|entry| known(self.book, &entry.jurisdiction))
            .collect();
        if named.is_empty() {
            self.jurisdictions.clone()
        } else {
            named
        }
    }

    /// Makes a finding a diagnostic with the highest severity of all jurisdictions; `None` where the rule is off in each.
    fn weigh(
        &self,
        rule: &CompiledRule,
        finding: Finding,
        file: &ReadFile,
        subject: &Subject,
    ) -> Option<Judged> {
        let mut highest: Option<Weighed> = None;
        let only_notes = rule.only_notes(file.kind.name);
        for jurisdiction in subject.jurisdictions {
            let weight = self.book.weight(rule, jurisdiction);
            let since = weight.law.and_then(|law| law.since.as_ref());
            let in_force = since.is_none_or(|since| since.value <= self.today);
            let is_read = weight.law.is_none_or(|law| law.read);
            let most = match (in_force && !only_notes, is_read) {
                (false, _) => Severity::Note,
                (true, false) => Severity::Warning,
                (true, true) => Severity::Error,
            };
            let most = most.min(finding.at_most);
            let severity = weight.severity.map(|severity| severity.min(most));
            let changed = file.document.as_ref().and_then(|document| {
                let shared = &document.shared;
                shared.updated.as_ref().or(shared.published.as_ref())
            });
            let is_new = since.is_some_and(|since| {
                in_force && changed.is_some_and(|changed| changed.value < since.value)
            });
            if highest.is_none_or(|found: Weighed| severity > found.severity) {
                highest = Some(Weighed {
                    severity,
                    law: weight.law.zip(weight.place),
                    is_new,
                });
            }
        }
        let Weighed {
            severity,
            law,
            is_new,
        } = highest?;
        let severity = severity?;
        // A draft is not finished, and not published.
        let is_draft = subject
            .document
            .is_some_and(|document| document.shared.draft);
        let severity = if is_draft {
            severity.min(Severity::Warning)
        } else {
            severity
        };
        let code = rule.rule.code.value.clone();
        let hash = waivers::text_hash(&code, &subject.text.source[finding.span.range()]);
        let message = if finding.message == Text::default() {
            rule.rule.title.clone().into()
        } else {
            finding.message
        };
        let mut diagnostic = Diagnostic::error(code, message).at(&file.source, finding.span);
        diagnostic.severity = severity;
        diagnostic.help = Some(rule.rule.rewrite.clone().into());
        diagnostic.reason = Some(match law {
            Some((law, place)) => law_line(law, place),
            None => rule.rule.why.clone().into(),
        });
        diagnostic.fix = finding.fix;
        diagnostic.is_secret = diagnostic.code.starts_with("leak-");
        Some(Judged {
            diagnostic,
            hash,
            waived: None,
            by_time: is_new,
            lacks: finding.lacks,
        })
    }
}

/// The jurisdictions that words name, as far as packs know them.
fn known(book: &RuleBook, words: &[Located<Jurisdiction>]) -> BTreeSet<String> {
    let all = words.iter();
    all.filter_map(|word| book.jurisdiction(&word.value.0))
        .map(str::to_owned)
        .collect()
}

/// What a finding weighs in one jurisdiction.
#[derive(Clone, Copy)]
struct Weighed<'a> {
    /// `None` where the rule is off.
    severity: Option<Severity>,
    /// The law that gives the severity, with the name of its pack.
    law: Option<(&'a Law, &'a WrittenText)>,
    /// Whether the law came into force after the document last changed.
    is_new: bool,
}

/// A law in one line with the place where it holds, marked where nobody has read the article itself yet.
fn law_line(law: &Law, place: &WrittenText) -> Text {
    let (zh, en) = (&law.text.zh, &law.text.en);
    if law.read {
        Text {
            zh: format!("{zh}（{}）", place.zh),
            en: format!("{en} ({})", place.en),
        }
    } else {
        Text {
            zh: format!("{zh}（{}，待法务核对）", place.zh),
            en: format!("{en} ({}; to be confirmed by counsel)", place.en),
        }
    }
}
