//! The state of a part of the server, asked for all callers at once.

use std::error::Error;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// How long an answer is reused. Readiness is public, so a flood of calls must not become a flood of checks.
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

    /// Whether the part is well. Callers that come during a check wait for its answer. Only the log says why a part
    /// is not well.
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
