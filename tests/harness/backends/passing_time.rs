//! Time that passes when a test says so.

use std::time::Duration;

use vestibule_domain::ports::Clock as _;

use super::redis::OwnRedis;
use crate::FixedClock;

/// What an adapter takes its time from. Clones are the same time.
#[derive(Clone)]
pub enum PassingTime {
    /// A clock that stands still in between.
    Fixed(FixedClock),
    /// A server with a clock of its own: what it keeps is made to live that much shorter.
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

    /// Sets the clock of the machine a year ahead or back, while no time passes. A server in another place does not
    /// know of it.
    pub fn set_clock(&self, years: i32) {
        if let Self::Fixed(clock) = self {
            let now = clock.now();
            clock.set(now.replace_year(now.year() + years).unwrap());
        }
    }

    /// The least time before an end at which it is certainly still before that end: on a server it
    /// takes the test a while to ask.
    pub fn moment(&self) -> Duration {
        match self {
            Self::Fixed(_) => Duration::from_micros(1),
            Self::Redis(_) => Duration::from_secs(5),
        }
    }

    /// How much time may pass by itself.
    pub fn slack(&self) -> Duration {
        match self {
            Self::Fixed(_) => Duration::ZERO,
            Self::Redis(_) => Duration::from_secs(5),
        }
    }
}
