//! The time.

use time::OffsetDateTime;

/// Tells the time. The only source of it for domain and application.
pub trait Clock: Send + Sync {
    /// Now, in UTC, to the microsecond: finer parts do not survive every store.
    fn now(&self) -> OffsetDateTime;
}
