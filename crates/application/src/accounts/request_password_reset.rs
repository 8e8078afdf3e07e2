//! Asking for a password reset.

use std::sync::Arc;

use vestibule_domain::accounts::{Account, AccountId, AccountSurface, AccountTokenKind, EmailAddress};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, RateLimiter, SecureRandom};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Store;

use super::reset_mail::put_token;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::messages::Outbox;
use crate::policy::{RESETS_PER_RECIPIENT, ResetPolicy};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Mails a reset token to an active account. An older token stops working.
///
/// An address without an active account takes the same work: a message is queued for it that is never sent. Most
/// surfaces answer every address alike.
pub struct RequestPasswordReset {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn SecureRandom>,
    limiter: Arc<dyn RateLimiter>,
    outbox: Outbox,
    audit: AuditTrail,
}

/// The address of the account whose password was forgotten.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RequestPasswordResetInput {
    pub email: EmailAddress,
    /// The language of the mail, if the request names a language.
    pub language: Option<Language>,
    pub policy: ResetPolicy,
}

/// What kind of address the request named. A surface must not tell it unless its contract demands that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordResetRequested {
    /// The account is active, and a mail is queued.
    Mailed,
    /// The account was never activated or is locked out, and no mail is sent.
    NotActive,
    /// No account has this address, or it is in the trash.
    UnknownAddress,
}

use_case_error! {
    /// Why the request failed.
    pub enum RequestPasswordResetError {}
}

impl RequestPasswordReset {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            random: deps.random.clone(),
            limiter: deps.limiter.clone(),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Counts the request against the limit of the address, and queues the mail in one unit of work.
    pub async fn execute(
        &self,
        input: RequestPasswordResetInput,
    ) -> Result<PasswordResetRequested, RequestPasswordResetError> {
        self.execute_by_origin(input, &[]).await
    }

    /// The same by the rules of the surface through which the account came, where they are among these.
    pub async fn execute_by_origin(
        &self,
        input: RequestPasswordResetInput,
        origins: &[ResetPolicy],
    ) -> Result<PasswordResetRequested, RequestPasswordResetError> {
        let recipient = SecretDigest::of(input.email.as_str()).to_hex();
        Failure::unless_allowed(
            self.limiter.hit(&format!("reset:{recipient}"), RESETS_PER_RECIPIENT).await?,
        )?;
        retrying(|| self.attempt(&input, origins)).await
    }

    async fn attempt(
        &self,
        input: &RequestPasswordResetInput,
        origins: &[ResetPolicy],
    ) -> Result<PasswordResetRequested, RequestPasswordResetError> {
        let now = self.clock.now();
        let secret = self.random.token();
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().by_email(&input.email).await?;
        let requested = match &account {
            Some(account) if account.may_sign_in() => PasswordResetRequested::Mailed,
            Some(account) if account.details.deleted_at.is_none() => PasswordResetRequested::NotActive,
            _ => PasswordResetRequested::UnknownAddress,
        };
        let account = account.filter(Account::may_sign_in);
        // Where nothing is mailed it concerns no account: the same statement.
        let entry = Entry::new(AuditAction::PasswordResetRequested, AuditActor::Anonymous)
            .on(account.as_ref().map(|account| account.details.uuid));
        let notice = if let Some(account) = account {
            let came_through = account.details.surface.map(AccountSurface::as_str);
            let own = origins.iter().find(|policy| came_through == Some(policy.surface)).copied();
            let policy = own.unwrap_or(input.policy);
            put_token(&mut *unit, account.id, &input.email, &secret, policy, now).await?
        } else {
            // No account has this id, so the same statement runs without effect.
            unit.account_tokens().revoke(AccountTokenKind::PasswordReset, AccountId(0)).await?;
            Notice::Nobody
        };
        self.outbox.enqueue(&mut *unit, &notice, input.language, now).await?;
        self.audit.count(&mut *unit, &entry).await?;
        unit.commit().await?;
        self.outbox.wake();
        Ok(requested)
    }
}
