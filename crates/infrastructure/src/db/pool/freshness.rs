//! Connections that are too old to be used.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a new connection is used at least, however often the server refuses to write. Without this, each request
/// would make a connection of its own while no server takes writes.
const PAUSE: Duration = Duration::from_secs(1);

/// After a failover the pool is full of connections to the old primary, each of which would fail one request. So the
/// first refusal to write discards every connection that is older than the refusal.
#[derive(Debug)]
pub(in super::super) struct Freshness {
    started: Instant,
    /// Microseconds since `started`.
    stale_before: AtomicU64,
}

impl Freshness {
    pub(in super::super) fn new() -> Self {
        Self { started: Instant::now(), stale_before: AtomicU64::new(0) }
    }

    fn micros(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.started).as_micros()).unwrap_or(u64::MAX)
    }

    /// Discards every connection that exists now.
    pub(super) fn refuse_all(&self) {
        let now = Instant::now();
        let pause = u64::try_from(PAUSE.as_micros()).unwrap_or(u64::MAX);
        let now = self.micros(now);
        // If another thread was faster, the same was done a moment ago.
        let last = self.stale_before.load(Ordering::Acquire);
        if last == 0 || now.saturating_sub(last) >= pause {
            let _ = self.stale_before.compare_exchange(last, now, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    /// Discards every connection that exists now, whatever was done a moment ago.
    pub(super) fn refuse_all_now(&self) {
        self.stale_before.fetch_max(self.micros(Instant::now()), Ordering::AcqRel);
    }

    /// Whether a connection may be used. Its age is asked for only after a refusal.
    pub(super) fn allows(&self, age: impl FnOnce() -> Duration) -> bool {
        match self.stale_before.load(Ordering::Acquire) {
            0 => true,
            stale_before => {
                let made = Instant::now().checked_sub(age()).map_or(0, |made| self.micros(made));
                made > stale_before
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was made a minute ago.
    fn a_minute_old() -> Freshness {
        let started = Instant::now().checked_sub(Duration::from_mins(1)).unwrap();
        Freshness { started, ..Freshness::new() }
    }

    #[test]
    fn a_connection_from_before_a_refusal_is_turned_down_and_one_from_after_it_is_not() {
        let freshness = a_minute_old();
        assert!(freshness.allows(|| Duration::from_secs(30)));
        freshness.refuse_all();
        assert!(!freshness.allows(|| Duration::from_secs(30)));
        // Until the clock of the process, which counts microseconds here, has gone on.
        while !freshness.allows(|| Duration::ZERO) {
            std::hint::spin_loop();
        }
    }

    #[test]
    fn a_server_that_never_writes_does_not_have_every_request_connect_anew() {
        let freshness = a_minute_old();
        freshness.refuse_all();
        let first = freshness.stale_before.load(Ordering::Acquire);
        freshness.refuse_all();
        assert_eq!(freshness.stale_before.load(Ordering::Acquire), first);
    }
}
