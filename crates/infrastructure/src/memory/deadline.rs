//! The end of something that was put away for a while.

use std::time::Duration;

/// A moment of [`Clock::monotonic`](vestibule_domain::ports::Clock::monotonic): what lives in one process does not
/// end sooner or later when somebody sets the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deadline(Duration);

impl Deadline {
    /// So much time after `now`.
    pub(super) fn after(now: Duration, life: Duration) -> Self {
        Self(now.saturating_add(life))
    }

    /// Whether it is over: the deadline itself is past it.
    pub(super) fn has_passed(self, now: Duration) -> bool {
        now >= self.0
    }

    /// How long it is until then; zero when it is over.
    pub(super) fn remaining(self, now: Duration) -> Duration {
        self.0.saturating_sub(now)
    }
}
