//! Having a password reset mailed to somebody.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, SecureRandom};
use vestibule_domain::store::Store;

use super::Administrator;
use super::reset_mail::put_token;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::messages::Outbox;
use crate::policy::ResetPolicy;
use crate::retry::retrying;

/// Mails a reset token to an active account, for an [`Administrator`]. An older token stops working; the password and
/// the sessions stay until the token is used.
///
/// It is not held by the limit of the address: who asked for too many mails must not keep the owner from this one.
pub struct SendPasswordReset {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn SecureRandom>,
    outbox: Outbox,
    audit: AuditTrail,
}

/// The account, the proof that the caller may have mail sent to it, and the surface at which the password is set.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SendPasswordResetInput {
    pub administrator: Administrator,
    pub account: AccountId,
    pub policy: ResetPolicy,
    /// The language of the mail: that of the surface.
    pub language: Language,
}

use_case_error! {
    /// Why nothing is mailed.
    pub enum SendPasswordResetError {
        /// The account does not exist, or is in the trash.
        #[error("there is no such account, or it is in the trash")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// The account was never activated or is locked out.
        #[error("the account is not active")]
        NotActive => ACCOUNT_NOT_ACTIVE,
        /// The account has no address.
        #[error("the account has no e-mail address")]
        NoAddress => ACCOUNT_WITHOUT_ADDRESS,
    }
}

impl SendPasswordReset {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            random: deps.random.clone(),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Queues the mail.
    pub async fn execute(&self, input: SendPasswordResetInput) -> Result<(), SendPasswordResetError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &SendPasswordResetInput) -> Result<(), SendPasswordResetError> {
        let now = self.clock.now();
        let secret = self.random.token();
        let mut unit = self.store.begin().await?;
        let wanted: Vec<_> = [input.account].into_iter().chain(input.administrator.account()).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(SendPasswordResetError::Forbidden);
        }
        let account = locked
            .iter()
            .find(|account| account.id == input.account && account.details.deleted_at.is_none())
            .ok_or(SendPasswordResetError::NotFound)?;
        if !account.may_sign_in() {
            return Err(SendPasswordResetError::NotActive);
        }
        let email = account.details.email.as_ref().ok_or(SendPasswordResetError::NoAddress)?;
        let notice = put_token(&mut *unit, account.id, email, &secret, input.policy, now).await?;
        self.outbox.enqueue(&mut *unit, &notice, Some(input.language), now).await?;
        let entry = Entry::new(AuditAction::PasswordResetRequested, input.administrator.who())
            .on(account.details.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        self.outbox.wake();
        Ok(())
    }
}
