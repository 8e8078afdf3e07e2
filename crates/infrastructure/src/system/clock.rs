//! The clock.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use vestibule_domain::ports::Clock;

/// The machine's clock, in UTC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// The zero of the monotonic clock: its first use in the process.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock port's own source")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc().truncate_to_microsecond()
    }

    fn monotonic(&self) -> Duration {
        BEGINNING.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use time::UtcOffset;

    use super::*;

    #[test]
    fn the_time_is_utc_to_the_microsecond() {
        let now = SystemClock.now();
        assert_eq!(now.offset(), UtcOffset::UTC);
        assert_eq!(now.nanosecond() % 1_000, 0);
    }

    #[test]
    fn all_clocks_of_a_process_count_from_one_moment_and_never_back() {
        let earlier = SystemClock.monotonic();
        assert!(SystemClock.monotonic() >= earlier);
    }
}
