//! Time that passes when a test tells it to.

use std::time::Duration;

use vestibule_domain::ports::Clock as _;

use super::redis::OwnRedis;
use crate::FixedClock;

/// The time of an adapter. Clones are the same time.
#[derive(Clone)]
pub enum PassingTime {
    /// A clock that stands still until it is moved.
    Fixed(FixedClock),
    /// A server with its own clock. To let time pass, the lives of its keys are shortened.
    Redis(OwnRedis),
}

impl PassingTime {
    /// Lets time pass.
    pub fn advance(&self, time: Duration) {
        match self {
            Self::Fixed(clock) => clock.advance(time),
            Self::Redis(redis) => redis.shorten_lives(time),
        }
    }

    /// Sets the time of day a year ahead or back, while no time passes. A server on another machine does not notice.
    pub fn set_clock(&self, years: i32) {
        if let Self::Fixed(clock) = self {
            let now = clock.now();
            clock.set(now.replace_year(now.year() + years).unwrap());
        }
    }

    /// How long before an end a test can still be certain to be before it. On a server the test's own calls take
    /// time.
    pub fn moment(&self) -> Duration {
        match self {
            Self::Fixed(_) => Duration::from_micros(1),
            Self::Redis(_) => Duration::from_secs(5),
        }
    }

    /// How much time may pass without the test.
    pub fn slack(&self) -> Duration {
        match self {
            Self::Fixed(_) => Duration::ZERO,
            Self::Redis(_) => Duration::from_secs(5),
        }
    }
}
