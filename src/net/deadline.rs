//! How long something may take in all.

use crate::pipeline::timings::Timings;
use std::time::Duration;

/// A moment after which nothing more is asked.
#[derive(Debug)]
pub struct Deadline {
    since: Timings,
    most: Duration,
}

impl Deadline {
    /// So much time from now.
    pub fn after(most: Duration) -> Deadline {
        Deadline {
            since: Timings::start(),
            most,
        }
    }

    /// What is left of it; nothing where it is over.
    pub fn left(&self) -> Option<Duration> {
        let passed = Duration::from_secs_f64(self.since.seconds().max(0.0));
        let left = self.most.checked_sub(passed)?;
        (!left.is_zero()).then_some(left)
    }
}
