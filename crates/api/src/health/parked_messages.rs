//! How many messages are parked, asked for all callers at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use vestibule_domain::store::Store;

/// How long an answer is reused. Readiness is public, so a flood of calls must not become a flood of queries.
const HOLDS: Duration = Duration::from_secs(3);

/// Counts parked messages at most once in three seconds, however many ask.
pub(crate) struct ParkedMessages {
    store: Arc<dyn Store>,
    last: Mutex<Option<Counted>>,
}

struct Counted {
    at: Instant,
    parked: Option<u64>,
}

impl ParkedMessages {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, last: Mutex::new(None) }
    }

    /// How many there are; `None` if the store does not say. Whoever asks during a count waits for its answer.
    pub(crate) async fn count(&self) -> Option<u64> {
        let mut last = self.last.lock().await;
        if let Some(counted) = last.as_ref().filter(|counted| counted.at.elapsed() < HOLDS) {
            return counted.parked;
        }
        let answer = self.store.repositories().outbox().parked().await;
        if let Err(error) = &answer {
            tracing::warn!(error = error as &dyn std::error::Error, "parked messages could not be counted");
        }
        let parked = answer.ok();
        *last = Some(Counted { at: Instant::now(), parked });
        parked
    }
}
