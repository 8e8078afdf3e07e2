//! The time at which a value expires.

use std::time::Duration;

/// A moment of [`Clock::monotonic`](vestibule_domain::ports::Clock::monotonic), so that values in one process do not
/// expire sooner or later when somebody sets the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deadline(Duration);

impl Deadline {
    /// `life` after `now`.
    pub(super) fn after(now: Duration, life: Duration) -> Self {
        Self(now.saturating_add(life))
    }

    /// Whether the deadline has passed. At the deadline itself it has.
    pub(super) fn has_passed(self, now: Duration) -> bool {
        now >= self.0
    }

    /// The time until the deadline; zero once it has passed.
    pub(super) fn remaining(self, now: Duration) -> Duration {
        self.0.saturating_sub(now)
    }
}
