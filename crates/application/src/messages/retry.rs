//! Trying a message again that was given up.

use std::sync::Arc;

use vestibule_domain::audit::AuditAction;
use vestibule_domain::messages::MessageId;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Outbox;
use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Has a message that was given up wait again, for an [`Administrator`]. It is tried as often as a new one. A token in it
/// may have expired meanwhile.
pub struct RetryMessage {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    audit: AuditTrail,
}

/// The message, and the proof that the caller may.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RetryMessageInput {
    pub administrator: Administrator,
    pub message: MessageId,
}

use_case_error! {
    /// Why the message does not wait again.
    pub enum RetryMessageError {
        /// There is no such message that was given up.
        #[error("there is no such message that was given up")]
        NotFound => MESSAGE_NOT_FOUND,
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
    }
}

impl RetryMessage {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Has it wait, and wakes the worker of this process.
    pub async fn execute(&self, input: RetryMessageInput) -> Result<(), RetryMessageError> {
        retrying(|| self.attempt(&input)).await?;
        self.outbox.wake();
        Ok(())
    }

    async fn attempt(&self, input: &RetryMessageInput) -> Result<(), RetryMessageError> {
        let mut unit = self.store.begin().await?;
        let wanted: Vec<_> = input.administrator.account().into_iter().collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(RetryMessageError::Forbidden);
        }
        if !unit.outbox().unpark(input.message, self.clock.now()).await? {
            return Err(RetryMessageError::NotFound);
        }
        let entry =
            Entry::new(AuditAction::MessageRetried, input.administrator.who()).with("message", input.message);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(())
    }
}
