//! Whether the store takes writes, asked for all callers at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use vestibule_domain::store::Store;

/// How long an answer holds. Anybody may ask for readiness, and each probe is a durable write.
const HOLDS: Duration = Duration::from_secs(3);

/// Probes the store at most once in three seconds, however many ask.
pub(crate) struct WriteProbe {
    store: Arc<dyn Store>,
    last: Mutex<Option<Probed>>,
}

struct Probed {
    at: Instant,
    takes_writes: bool,
}

impl WriteProbe {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, last: Mutex::new(None) }
    }

    /// Whether the store takes writes. Whoever asks during a probe waits for its answer.
    pub(super) async fn takes_writes(&self) -> bool {
        let mut last = self.last.lock().await;
        if let Some(probed) = last.as_ref().filter(|probed| probed.at.elapsed() < HOLDS) {
            return probed.takes_writes;
        }
        let answer = self.store.probe_writes().await;
        if let Err(error) = &answer {
            tracing::warn!(part = "writes", error = error as &dyn std::error::Error, "not ready");
        }
        let takes_writes = answer.is_ok();
        *last = Some(Probed { at: Instant::now(), takes_writes });
        takes_writes
    }
}
