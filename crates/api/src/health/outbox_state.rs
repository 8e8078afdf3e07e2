//! How much is in the outbox, asked for all callers at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use tokio::sync::Mutex;
use vestibule_domain::messages::Queue;
use vestibule_domain::store::{Store, StoreError};

/// How long an answer is reused. Readiness is public, so a flood of calls must not become a flood of queries.
const HOLDS: Duration = Duration::from_secs(3);

/// Asks about each part of the outbox at most once in three seconds, however many ask.
pub(crate) struct OutboxState {
    store: Arc<dyn Store>,
    parked: Mutex<Option<Answer<u64>>>,
    waiting: Mutex<Option<Answer<Waiting>>>,
}

/// Messages that wait to be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiting {
    /// How many.
    pub(crate) messages: u64,
    /// When the oldest one was queued; `None` if there is none, or if it does not read back, as one of a newer release.
    pub(crate) since: Option<OffsetDateTime>,
}

struct Answer<T> {
    at: Instant,
    value: Option<T>,
}

impl OutboxState {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, parked: Mutex::new(None), waiting: Mutex::new(None) }
    }

    /// How many messages were given up; `None` if the store does not say.
    pub(crate) async fn parked(&self) -> Option<u64> {
        held(&self.parked, async { self.store.repositories().outbox().parked().await }).await
    }

    /// What waits; `None` if the store does not say.
    pub(crate) async fn waiting(&self) -> Option<Waiting> {
        let ask = async {
            let mut repositories = self.store.repositories();
            let messages = repositories.outbox().waiting().await?;
            let oldest = repositories.outbox().list(Queue::Waiting, None, 1).await?;
            Ok(Waiting { messages, since: oldest.items.first().map(|queued| queued.message.created_at) })
        };
        held(&self.waiting, ask).await
    }
}

/// The last answer, or a new one. Whoever asks during a question waits for its answer.
async fn held<T: Copy>(
    last: &Mutex<Option<Answer<T>>>,
    ask: impl Future<Output = Result<T, StoreError>>,
) -> Option<T> {
    let mut last = last.lock().await;
    if let Some(answer) = last.as_ref().filter(|answer| answer.at.elapsed() < HOLDS) {
        return answer.value;
    }
    let answer = ask.await;
    if let Err(error) = &answer {
        tracing::warn!(
            error = error as &dyn std::error::Error,
            "messages of the outbox could not be counted"
        );
    }
    let value = answer.ok();
    *last = Some(Answer { at: Instant::now(), value });
    value
}
