//! The least pace of a body.

use std::time::Duration;

/// How slowly a body may come. Only the time in which the server waits for the client counts: a client is
/// not blamed for a server that is slow to read.
#[derive(Debug, Clone, Copy)]
pub struct BodyPace {
    /// The longest wait for the next bytes.
    pub idle: Duration,
    /// Bytes for each second of waiting; 0 is no floor. A body may be behind by `idle`, at its beginning too, and never
    /// gets ahead by more: whoever sent a lot at once cannot stand still for it afterwards.
    pub min_rate: u32,
    /// The longest time of all waits together.
    pub total: Duration,
}

/// Why a body was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http::middleware) enum Slowness {
    /// No bytes came for too long.
    Idle,
    /// The bytes came too slowly.
    BelowFloor,
    /// The body took too long in all.
    TooLong,
}

/// How much longer a body may be waited for at its rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credit {
    left: Duration,
    /// What had been waited for in all when it was counted.
    waited: Duration,
}

impl BodyPace {
    /// The credit of a body that begins.
    pub(super) fn credit(&self) -> Credit {
        Credit { left: self.idle, waited: Duration::ZERO }
    }

    /// The credit after so many more bytes came, and so much was waited for in all.
    pub(super) fn earned(&self, credit: Credit, bytes: usize, waited: Duration) -> Credit {
        let millis = (bytes as u64).saturating_mul(1000).checked_div(u64::from(self.min_rate));
        let earned = Duration::from_millis(millis.unwrap_or_default());
        Credit { left: credit.after(waited).saturating_add(earned).min(self.idle), waited }
    }

    /// How much longer to wait for the next bytes, after so much was waited for in all, and what the body is given up
    /// for then.
    pub(super) fn patience(&self, credit: Credit, waited: Duration) -> (Duration, Slowness) {
        let mut patience = (self.idle, Slowness::Idle);
        let left = self.total.saturating_sub(waited);
        if left < patience.0 {
            patience = (left, Slowness::TooLong);
        }
        let left = credit.after(waited);
        if self.min_rate > 0 && left < patience.0 {
            patience = (left, Slowness::BelowFloor);
        }
        patience
    }
}

impl Credit {
    fn after(self, waited: Duration) -> Duration {
        self.left.saturating_sub(waited.saturating_sub(self.waited))
    }
}
