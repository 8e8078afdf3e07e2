//! The end of something that was put away for a while.

use std::time::Duration;

use time::OffsetDateTime;

/// An instant, in nanoseconds since 1970: unlike a date, it cannot overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deadline(i128);

impl Deadline {
    /// So much time after `now`.
    pub(super) fn after(now: OffsetDateTime, life: Duration) -> Self {
        let life = i128::try_from(life.as_nanos()).unwrap_or(i128::MAX);
        Self(now.unix_timestamp_nanos().saturating_add(life))
    }

    /// Whether it is over: the deadline itself is past it.
    pub(super) fn has_passed(self, now: OffsetDateTime) -> bool {
        now.unix_timestamp_nanos() >= self.0
    }

    /// How long it is until then; zero when it is over.
    pub(super) fn remaining(self, now: OffsetDateTime) -> Duration {
        let nanos = u64::try_from(self.0.saturating_sub(now.unix_timestamp_nanos()).max(0));
        Duration::from_nanos(nanos.unwrap_or(u64::MAX))
    }
}
