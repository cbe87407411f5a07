//! What a rule is given: one file of the content, as text and, where it could be read, as a document.

use super::rule_text::RuleText;
use crate::fields::{Day, Vocabularies};
use crate::kinds::{Config, Document, Job, Kind};
use std::collections::BTreeSet;

/// One file of the content.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The text, folded.
    pub text: &'a RuleText<'a>,
    /// Its kind.
    pub kind: &'static Kind,
    /// The document, where its front matter could be read.
    pub document: Option<&'a Document>,
    /// The posting with what its campaign and the site give it.
    pub job: Option<&'a Job>,
    /// The campaign that the posting names.
    pub campaign: Option<&'a Document>,
    /// Whose law it is judged by: cn, tw, hk.
    pub jurisdictions: &'a BTreeSet<String>,
    /// The settings.
    pub config: &'a Config,
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// The day, in the site's zone.
    pub today: Day,
}
