//! Setting a new password with a mailed token.

use std::sync::Arc;

use vestibule_domain::accounts::{
    Account, AccountId, AccountTokenKind, AccountUuid, EmailAddress, NewPassword, PasswordHash,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::store::{Store, StoreError};

use super::new_passwords::NewPasswords;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::messages::Outbox;
use crate::policy::FAILED_RESETS_PER_ADDRESS;
use crate::retry::retrying;
use crate::sessions::{SessionStates, attempts_of};
use crate::{Deps, Failure};

const KIND: AccountTokenKind = AccountTokenKind::PasswordReset;

/// Sets a new password with a mailed token, ends every session of the account, and tells its owner by mail.
///
/// If the input names the address, a wrong or expired token cancels the reset that is under way (theater contract
/// 2.4), up to a limit of wrong tokens. The right token is accepted over the limit too.
pub struct CompletePasswordReset {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    passwords: NewPasswords,
    limiter: Arc<dyn RateLimiter>,
    states: SessionStates,
    outbox: Outbox,
    audit: AuditTrail,
}

/// The mailed token, the new password and, if the surface asks for it, the address.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CompletePasswordResetInput {
    /// The address of the account. Without it the token alone identifies the account, and a wrong token cancels
    /// nothing.
    pub email: Option<EmailAddress>,
    pub token: SecretToken,
    pub password: NewPassword,
    /// The language of the notice, if the request names a language.
    pub language: Option<Language>,
}

use_case_error! {
    /// Why the password was not changed.
    pub enum CompletePasswordResetError {
        /// No active account has this address, or the token is not its current reset token.
        #[error("the address or the reset token is not valid")]
        InvalidToken => INVALID_RESET_TOKEN,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else PASSWORD_RESET_FAILED
}

impl CompletePasswordReset {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            passwords: NewPasswords::new(deps),
            limiter: deps.limiter.clone(),
            states: SessionStates::new(deps),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Judges the token, hashes the password, and sets it in one unit of work. The token is used up even if two
    /// requests bring it at once: only one of them succeeds.
    pub async fn execute(&self, input: CompletePasswordResetInput) -> Result<(), CompletePasswordResetError> {
        let digest = input.token.digest();
        let account = match &input.email {
            Some(email) => self.named_account(email, &digest).await?,
            None => self.account_of_token(&digest).await?,
        };
        let Some(account) = account else { return Err(CompletePasswordResetError::InvalidToken) };

        // Hashing is slow, so it happens after the token was found valid and outside of the unit of work.
        let hash = self.passwords.hash(&input.password).await?.ok_or(CompletePasswordResetError::Breached)?;
        retrying(|| self.set_password(&input, &account, &digest, &hash)).await?;
        // A reset clears the failed logins, so that somebody who guesses at passwords cannot keep the owner out.
        if let Some(email) = &account.details.email
            && let Err(error) = self.limiter.forget(&attempts_of(email)).await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "failed logins were not forgotten");
        }
        Ok(())
    }

    async fn set_password(
        &self,
        input: &CompletePasswordResetInput,
        account: &Account,
        digest: &SecretDigest,
        hash: &PasswordHash,
    ) -> Result<(), CompletePasswordResetError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        // The account may have been locked out or put into the trash during the hashing; that must stay.
        if !unit.accounts().lock(account.id).await?.is_some_and(|current| current.may_sign_in()) {
            return Err(CompletePasswordResetError::InvalidToken);
        }
        if !unit.account_tokens().consume(KIND, account.id, digest).await? {
            return Err(CompletePasswordResetError::InvalidToken);
        }
        unit.accounts().set_password(account.id, hash, now).await?;
        unit.refresh_tokens().revoke_all(account.id, None).await?;
        let ended = unit.sessions().revoke_all(account.id, None, now).await?;
        if let Some(email) = &account.details.email {
            let notice = Notice::PasswordChanged { email: email.as_str().to_owned() };
            self.outbox.enqueue(&mut *unit, &notice, input.language, now).await?;
        }
        let entry = Entry::own(AuditAction::PasswordReset, account.details.uuid)
            .with("ended_sessions", ended.len() as u64);
        self.audit.record(&mut *unit, &entry).await?;
        self.states.commit(unit, &ended).await?;
        self.outbox.wake();
        Ok(())
    }

    /// The active account with this address, if the token is its reset token.
    ///
    /// The token is judged first. Only wrong tokens are counted, and only they are refused over the limit, so no
    /// number of them keeps the owner's token from working. Within the limit, a wrong token cancels the account's
    /// reset.
    async fn named_account(
        &self,
        email: &EmailAddress,
        digest: &SecretDigest,
    ) -> Result<Option<Account>, Failure> {
        let cancelled = match retrying(|| self.find(email, digest)).await? {
            Found::Right(account) => return Ok(Some(*account)),
            Found::Wrong(cancelled) => cancelled,
        };
        let failures = format!("reset-failed:{}", SecretDigest::of(email.as_str()).to_hex());
        Failure::unless_allowed(self.limiter.hit(&failures, FAILED_RESETS_PER_ADDRESS).await?)?;
        // Where there is nothing to cancel no account has this id: the same statement, without effect.
        let whose = cancelled.map(|cancelled| cancelled.uuid);
        let (account, digest) =
            cancelled.map_or((AccountId(0), *digest), |cancelled| (cancelled.account, cancelled.digest));
        retrying(|| self.cancel(account, &digest, whose)).await?;
        Ok(None)
    }

    /// Cancels a reset, if it is still under way, and counts that somebody tried.
    async fn cancel(
        &self,
        account: AccountId,
        digest: &SecretDigest,
        whose: Option<AccountUuid>,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        let is_cancelled = unit.account_tokens().consume(KIND, account, digest).await?;
        let entry = Entry::new(AuditAction::PasswordResetFailed, AuditActor::Anonymous);
        self.audit.count(&mut *unit, &entry.on(whose.filter(|_| is_cancelled))).await?;
        unit.commit().await
    }

    /// The active account whose reset token this is.
    async fn account_of_token(&self, digest: &SecretDigest) -> Result<Option<Account>, StoreError> {
        let mut repositories = self.store.repositories();
        let token = repositories.account_tokens().by_digest(AccountTokenKind::PasswordReset, digest).await?;
        let Some(token) = token.filter(|token| !token.is_expired(self.clock.now())) else { return Ok(None) };
        Ok(repositories.accounts().by_id(token.account).await?.filter(Account::may_sign_in))
    }

    /// Compares the token with the reset token of the account with this address.
    async fn find(&self, email: &EmailAddress, digest: &SecretDigest) -> Result<Found, StoreError> {
        let mut repositories = self.store.repositories();
        let account = repositories.accounts().by_email(email).await?.filter(Account::may_sign_in);
        let Some(account) = account else { return Ok(Found::Wrong(None)) };
        Ok(match repositories.account_tokens().of_account(KIND, account.id).await? {
            Some(token) if token.digest == *digest && !token.is_expired(self.clock.now()) => {
                Found::Right(Box::new(account))
            }
            // By its digest: what is asked for meanwhile is another reset.
            Some(token) => Found::Wrong(Some(UnderWay {
                account: account.id,
                uuid: account.details.uuid,
                digest: token.digest,
            })),
            None => Found::Wrong(None),
        })
    }
}

/// The result of comparing a token with an account's reset token.
enum Found {
    /// The token is the account's reset token.
    Right(Box<Account>),
    /// Another one, with the reset that is under way.
    Wrong(Option<UnderWay>),
}

/// A reset that is under way.
#[derive(Clone, Copy)]
struct UnderWay {
    account: AccountId,
    uuid: AccountUuid,
    /// Of its token.
    digest: SecretDigest,
}
