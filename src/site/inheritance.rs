//! Fields that postings inherit from their campaign, then from the site; and the documents that a build shows at all.

use crate::kinds::{Body, Campaign, Config, Document, Job};
use std::collections::BTreeMap;

/// The values that postings inherit from their campaign, then from the site, for the fields that they omit. They are
/// filled in before documents are linked.
#[derive(Debug)]
pub struct Inheritance<'a> {
    campaigns: BTreeMap<String, Campaign>,
    config: &'a Config,
}

impl<'a> Inheritance<'a> {
    /// The values that postings inherit from the campaigns among some documents.
    pub fn of<'d>(
        documents: impl Iterator<Item = &'d Document>,
        config: &'a Config,
    ) -> Inheritance<'a> {
        let campaigns = documents.filter_map(|document| {
            let campaign = document.body.campaign()?.clone();
            Some((document.id.id.to_lowercase(), campaign))
        });
        Inheritance {
            campaigns: campaigns.collect(),
            config,
        }
    }

    /// Fills in what a document omits.
    pub fn fill(&self, document: &mut Document) {
        match &mut document.body {
            Body::Job(job) => self.fill_job(job),
            Body::Campaign(campaign) => {
                let apply = campaign.apply.get_or_insert_default();
                apply.fill_from(&self.config.apply);
            }
            _ => {}
        }
    }

    /// Fills in what a posting omits.
    pub fn fill_job(&self, job: &mut Job) {
        let named = job.campaign.as_ref();
        let id = named.map(|campaign| campaign.0.id.to_lowercase());
        if let Some(campaign) = id.and_then(|id| self.campaigns.get(&id)) {
            job.inherit(campaign);
        }
        job.apply
            .get_or_insert_default()
            .fill_from(&self.config.apply);
    }
}

/// Whether a build may show a document, on any day.
pub fn is_visible(document: &Document, config: &Config, drafts: bool) -> bool {
    config.shows(document.visibility()) && (drafts || !document.shared.draft)
}
