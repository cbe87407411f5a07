//! The time limit for several requests together.

use crate::pipeline::timings::Timings;
use std::time::Duration;

/// A moment after which the program sends no more requests.
#[derive(Debug)]
pub struct Deadline {
    started: Timings,
    limit: Duration,
}

impl Deadline {
    /// A deadline at this distance from now.
    pub fn after(limit: Duration) -> Deadline {
        Deadline {
            started: Timings::start(),
            limit,
        }
    }

    /// The remaining time; `None` after the deadline.
    pub fn left(&self) -> Option<Duration> {
        let passed = Duration::from_secs_f64(self.started.seconds().max(0.0));
        let left = self.limit.checked_sub(passed)?;
        (!left.is_zero()).then_some(left)
    }
}
