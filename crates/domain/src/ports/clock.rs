//! The time.

use std::time::Duration;

use time::OffsetDateTime;

/// Tells the time. Domain and application have no other source of it.
pub trait Clock: Send + Sync {
    /// Now, in UTC, in whole microseconds, because not every store keeps finer fractions. An operator may set this
    /// clock to any time, forward or back.
    fn now(&self) -> OffsetDateTime;

    /// The time since a moment that stays the same while the process lives. It MUST NOT go back, and MUST NOT jump
    /// when the clock of [`Clock::now`] is set. It is for values that live and end within one process.
    fn monotonic(&self) -> Duration;
}
