//! The postings of an earlier output. Enters: the bytes of its `jobs.json`. Leaves: postings by their ids.

use serde_json::Value;
use std::collections::BTreeMap;

/// The postings of an earlier output, by id.
#[derive(Debug, Clone, Default)]
pub struct PreviousJobs(pub(super) BTreeMap<String, Value>);

impl PreviousJobs {
    /// Reads the bytes of a `jobs.json`; `None` where they are not such a file.
    pub fn parse(bytes: &[u8]) -> Option<PreviousJobs> {
        let mut value: Value = serde_json::from_slice(bytes).ok()?;
        let Value::Array(jobs) = value.get_mut("jobs")?.take() else {
            return None;
        };
        let jobs = jobs.into_iter().map(|job| {
            let id = job.get("id")?.as_str()?.to_owned();
            Some((id, job))
        });
        jobs.collect::<Option<_>>().map(PreviousJobs)
    }
}
