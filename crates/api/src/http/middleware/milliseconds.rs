//! Lengths of time in the log.

use std::time::Duration;

/// Whole milliseconds, as a number in the log: wider ones are logged as text.
pub(super) fn milliseconds(length: Duration) -> u64 {
    length.as_millis().try_into().unwrap_or(u64::MAX)
}
