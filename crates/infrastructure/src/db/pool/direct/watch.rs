//! How much a statement has cost so far.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// After so many instructions of SQLite's machine the cost is looked at: some tens of microseconds.
pub(super) const INSTRUCTIONS: i32 = 1_000;
/// So many looks make a statement a long one: one or two milliseconds. Instructions are counted and not time, because
/// on a busy machine a short statement takes long too when its thread has to pause.
const LOOKS: u32 = 50;
/// Where each instruction waits for the disk, the time ends a limited call.
const AT_MOST: Duration = Duration::from_millis(10);

/// What one connection's statements cost.
pub(super) struct Watch {
    made: Instant,
    looks: AtomicU32,
    is_limited: AtomicBool,
    /// Microseconds after `made`, at which a limited call ends.
    until: AtomicU64,
}

impl Watch {
    pub(super) fn new() -> Self {
        let made = Instant::now();
        Self { made, looks: AtomicU32::new(0), is_limited: AtomicBool::new(false), until: AtomicU64::new(0) }
    }

    /// How long ago this was made.
    pub(super) fn age(&self) -> Duration {
        self.made.elapsed()
    }

    /// A statement begins.
    pub(super) fn begin(&self) {
        self.looks.store(0, Ordering::Relaxed);
    }

    /// Looks at the cost of the statement. Whether the statement is to be stopped.
    pub(super) fn look(&self) -> bool {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        self.is_limited.load(Ordering::Relaxed)
            && (looks >= LOOKS || micros(self.made.elapsed()) > self.until.load(Ordering::Relaxed))
    }

    /// Whether the last statement was a long one.
    pub(super) fn was_long(&self) -> bool {
        self.looks.load(Ordering::Relaxed) > LOOKS
    }

    /// Makes a call in which long statements are stopped. Its time counts from `begun` on.
    pub(super) fn limit<T>(&self, begun: Instant, call: impl FnOnce() -> T) -> T {
        let until = begun.saturating_duration_since(self.made) + AT_MOST;
        self.until.store(micros(until), Ordering::Relaxed);
        self.is_limited.store(true, Ordering::Relaxed);
        let answer = call();
        self.is_limited.store(false, Ordering::Relaxed);
        answer
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
