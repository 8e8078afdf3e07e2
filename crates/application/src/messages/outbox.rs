//! Writing to the outbox.

use std::sync::Arc;

use time::OffsetDateTime;
use tokio::sync::Notify;
use vestibule_domain::messages::{Language, MessageId, Notice, OutboxMessage};
use vestibule_domain::ports::{IdGenerator, SealError, Sealer};
use vestibule_domain::store::Repositories;

use super::seal_content;
use crate::audit::Origin;
use crate::{Deps, Failure};

/// Queues notices in the caller's unit of work.
pub(crate) struct Outbox {
    ids: Arc<dyn IdGenerator>,
    sealer: Arc<dyn Sealer>,
    waiting: Arc<Notify>,
    default_language: Language,
}

impl Outbox {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            ids: deps.ids.clone(),
            sealer: deps.sealer.clone(),
            waiting: deps.mail_waiting.clone(),
            default_language: deps.default_language,
        }
    }

    /// Queues a notice, which is sent if the unit of work commits. Call [`Outbox::wake`] after the commit.
    pub(crate) async fn enqueue(
        &self,
        unit: &mut dyn Repositories,
        notice: &Notice,
        language: Option<Language>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let surface = Origin::current().surface;
        let plain = seal_content::write(notice, surface).map_err(|error| SealError(error.into()))?;
        let message = OutboxMessage {
            id: MessageId(self.ids.time_ordered(now)),
            sealed_notice: self.sealer.seal(&plain)?,
            channel: notice.channel(),
            language: language.unwrap_or(self.default_language),
            created_at: now,
            available_at: now,
            attempts: 0,
        };
        Ok(unit.outbox().enqueue(&message).await?)
    }

    /// Wakes the worker of this process.
    pub(crate) fn wake(&self) {
        self.waiting.notify_one();
    }
}
