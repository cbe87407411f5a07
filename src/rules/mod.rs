//! The rules: what the law, the bank and good sense say of a text before it is public. Enters: the files of the content,
//! read or not. Leaves: findings as diagnostics, weighed by the law of the place. A rule marks and cites; nothing here
//! ever calls a text lawful.
//!
//! A rule is one file of `library/`. What a jurisdiction's law says of it is in `packs/`. A rule that needs more than
//! phrases has a detector beside this file, listed in `detectors.rs`.

mod book;
mod detector_words;
mod detectors;
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
pub use rule::{CompiledRule, Gravity, Rule, Words};
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
    /// What is said.
    pub diagnostic: Diagnostic,
    /// Names the text that was found, for a baseline: the same wherever it stands.
    pub hash: String,
    /// The waiver that covers it, if any.
    pub waived: Option<Waiver>,
    /// Whether time alone brought it: a waiver that ended, a law newly in force.
    pub by_time: bool,
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
        judged
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

    /// Makes a finding a diagnostic with the gravest weight of all jurisdictions; `None` where it weighs nothing.
    fn weigh(
        &self,
        rule: &CompiledRule,
        finding: Finding,
        file: &ReadFile,
        subject: &Subject,
    ) -> Option<Judged> {
        let mut gravest: Option<Weighed> = None;
        let only_notes = rule.only_notes(file.kind.name);
        for jurisdiction in subject.jurisdictions {
            let weight = self.book.weight(rule, jurisdiction);
            let since = weight.law.and_then(|law| law.since.as_ref());
            let in_force = since.is_none_or(|since| since.value <= self.today);
            let is_read = weight.law.is_none_or(|law| law.read);
            let most = match (in_force && !only_notes, is_read) {
                (false, _) => Gravity::Note,
                (true, false) => Gravity::Warning,
                (true, true) => Gravity::Error,
            };
            let gravity = weight.gravity.min(finding.at_most).min(most);
            let changed = file.document.as_ref().and_then(|document| {
                let shared = &document.shared;
                shared.updated.as_ref().or(shared.published.as_ref())
            });
            let is_new = since.is_some_and(|since| {
                in_force && changed.is_some_and(|changed| changed.value < since.value)
            });
            if gravest.is_none_or(|(known, ..)| gravity > known) {
                gravest = Some((gravity, weight.law.zip(weight.place), is_new));
            }
        }
        let (gravity, law, is_new) = gravest?;
        // A draft is not finished, and not published.
        let is_draft = subject
            .document
            .is_some_and(|document| document.shared.draft);
        let gravity = if is_draft {
            gravity.min(Gravity::Warning)
        } else {
            gravity
        };
        let severity = match gravity {
            Gravity::Off => return None,
            Gravity::Note => Severity::Note,
            Gravity::Warning => Severity::Warning,
            Gravity::Error => Severity::Error,
        };
        let code = rule.rule.code.value.clone();
        let hash = waivers::text_hash(&code, &subject.text.source[finding.span.range()]);
        let message = if finding.message == Text::default() {
            Text {
                zh: rule.rule.title.zh.clone(),
                en: rule.rule.title.en.clone(),
            }
        } else {
            finding.message
        };
        let mut diagnostic = Diagnostic::error(code, message).at(&file.source, finding.span);
        diagnostic.severity = severity;
        diagnostic.help = Some(Text {
            zh: rule.rule.rewrite.zh.clone(),
            en: rule.rule.rewrite.en.clone(),
        });
        diagnostic.reason = Some(match law {
            Some((law, place)) => law_line(law, place),
            None => Text {
                zh: rule.rule.why.zh.clone(),
                en: rule.rule.why.en.clone(),
            },
        });
        diagnostic.fix = finding.fix;
        diagnostic.is_secret = diagnostic.code.starts_with("leak-");
        Some(Judged {
            diagnostic,
            hash,
            waived: None,
            by_time: is_new,
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

/// A gravity with the law that gives it and the place where that holds, and whether the law is new to the document.
type Weighed<'a> = (Gravity, Option<(&'a Law, &'a Words)>, bool);

/// A law in one line with the place where it holds, marked where nobody has read the article itself yet.
fn law_line(law: &Law, place: &Words) -> Text {
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
