//! An answer that all callers share for a moment.

use std::error::Error;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// How long an answer holds. Anybody may ask for readiness: without login, and as often as he likes.
const HOLDS: Duration = Duration::from_secs(3);

/// Asks a part of the server at most once in three seconds, however many want to know.
pub(super) struct SharedAnswer {
    part: &'static str,
    last: Mutex<Option<Last>>,
}

struct Last {
    at: Instant,
    is_well: bool,
}

impl SharedAnswer {
    pub(super) fn of(part: &'static str) -> Self {
        Self { part, last: Mutex::new(None) }
    }

    /// Whether the part is well. Whoever comes while it is asked waits for that answer; why it is not well is for
    /// the log alone.
    pub(super) async fn get<E: Error + 'static>(&self, ask: impl Future<Output = Result<(), E>>) -> bool {
        let mut last = self.last.lock().await;
        if let Some(last) = last.as_ref().filter(|last| last.at.elapsed() < HOLDS) {
            return last.is_well;
        }
        let answer = ask.await;
        if let Err(error) = &answer {
            tracing::warn!(part = self.part, error = error as &dyn Error, "not ready");
        }
        let is_well = answer.is_ok();
        *last = Some(Last { at: Instant::now(), is_well });
        is_well
    }
}
