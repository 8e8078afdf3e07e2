//! A clock that a test moves.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;
use vestibule_domain::ports::Clock;

/// A clock that stands still until a test moves it. Clones are the same clock.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<Mutex<Hands>>);

#[derive(Debug, Clone, Copy)]
struct Hands {
    now: OffsetDateTime,
    passed: Duration,
}

impl FixedClock {
    /// The time of a new clock. It has microseconds, so that tests notice code that loses them.
    pub const START: OffsetDateTime = datetime!(2026-01-02 03:04:05.678_901 UTC);

    /// A clock at [`FixedClock::START`].
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Hands { now: Self::START, passed: Duration::ZERO })))
    }

    /// Lets `time` pass, on both clocks.
    pub fn advance(&self, time: Duration) {
        let mut hands = self.0.lock().unwrap();
        hands.now += time;
        hands.passed += time;
    }

    /// Sets the time of day, while no time passes on the monotonic clock.
    pub fn set(&self, now: OffsetDateTime) {
        self.0.lock().unwrap().now = now;
    }

    /// Sets the time of day back, as an operator or NTP does.
    pub fn set_back(&self, by: Duration) {
        self.0.lock().unwrap().now -= by;
    }
}

impl Default for FixedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        self.0.lock().unwrap().now
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().unwrap().passed
    }
}
