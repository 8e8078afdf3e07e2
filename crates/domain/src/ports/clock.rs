//! The time.

use std::time::Duration;

use time::OffsetDateTime;

/// Tells the time. The only source of it for domain and application.
pub trait Clock: Send + Sync {
    /// Now, in UTC, to the microsecond: finer parts do not survive every store. Whoever keeps the machine may set
    /// it to any time, forward and back.
    fn now(&self) -> OffsetDateTime;

    /// How long it is since a moment that stays the same while the process lives. It MUST NOT go back, nor jump
    /// when the time of [`Clock::now`] is set: for what lives and ends within one process.
    fn monotonic(&self) -> Duration;
}
