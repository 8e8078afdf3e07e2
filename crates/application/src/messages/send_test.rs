//! Sending a test message.

use std::sync::Arc;

use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Store;

use super::Outbox;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::{TESTS_PER_ADMINISTRATOR, TESTS_PER_RECIPIENT};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Sends a test message to an address, for an [`Administrator`], by the outbox as all mail leaves: it is tried again as
/// others are, and parked where the mail server refuses it.
pub struct SendTestMessage {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    outbox: Outbox,
    audit: AuditTrail,
}

/// Whom to send it to, and the proof that the caller may.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SendTestMessageInput {
    pub administrator: Administrator,
    pub to: EmailAddress,
    pub language: Language,
}

use_case_error! {
    /// Why nothing is sent.
    pub enum SendTestMessageError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
    }
}

impl SendTestMessage {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            limiter: deps.limiter.clone(),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Counts the message against the limits of the administrator and of the address, and queues it. The trail is told
    /// that one was sent, and not to whom: an address is nobody's business there.
    pub async fn execute(&self, input: SendTestMessageInput) -> Result<(), SendTestMessageError> {
        if let Some(account) = input.administrator.account() {
            let own = self.limiter.hit(&format!("tests-by:{account}"), TESTS_PER_ADMINISTRATOR).await?;
            Failure::unless_allowed(own)?;
        }
        let recipient = SecretDigest::of(input.to.as_str()).to_hex();
        let decision = self.limiter.hit(&format!("tests-to:{recipient}"), TESTS_PER_RECIPIENT).await?;
        Failure::unless_allowed(decision)?;
        retrying(|| self.attempt(&input)).await?;
        self.outbox.wake();
        Ok(())
    }

    async fn attempt(&self, input: &SendTestMessageInput) -> Result<(), SendTestMessageError> {
        let mut unit = self.store.begin().await?;
        let wanted: Vec<_> = input.administrator.account().into_iter().collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(SendTestMessageError::Forbidden);
        }
        let notice = Notice::Test { email: input.to.to_string() };
        self.outbox.enqueue(&mut *unit, &notice, Some(input.language), self.clock.now()).await?;
        let entry = Entry::new(AuditAction::TestMessageSent, input.administrator.who());
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(())
    }
}
