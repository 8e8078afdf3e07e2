//! How slowly a body may come.

use std::time::Duration;

/// How slowly a body may come. Only the time in which the server waits for the client counts: a client is
/// not blamed for a server that is slow to read.
#[derive(Debug, Clone, Copy)]
pub struct BodyPace {
    /// The longest wait for the next bytes. The rate is not judged before all waits together come to as much.
    pub idle: Duration,
    /// Bytes for each second of waiting, on average; 0 is no floor.
    pub min_rate: u32,
    /// The longest that all waits together may come to.
    pub total: Duration,
}

/// Why a body was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http::middleware) enum Slowness {
    /// Nothing came for too long.
    Idle,
    /// Too little came.
    BelowFloor,
    /// It took too long in all.
    TooLong,
}

impl BodyPace {
    /// How much longer to wait for the next bytes, after so many were received and so much was waited for them, and
    /// what the body is given up for then.
    pub(super) fn patience(&self, received: u64, waited: Duration) -> (Duration, Slowness) {
        let mut patience = (self.idle, Slowness::Idle);
        let left = self.total.saturating_sub(waited);
        if left < patience.0 {
            patience = (left, Slowness::TooLong);
        }
        if let Some(earned) = received.saturating_mul(1000).checked_div(u64::from(self.min_rate)) {
            let left = Duration::from_millis(earned).max(self.idle).saturating_sub(waited);
            if left < patience.0 {
                patience = (left, Slowness::BelowFloor);
            }
        }
        patience
    }
}
