//! Activation.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountTokenKind, EmailAddress, PendingRegistration};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::store::{Store, UnitOfWork};

use super::void_registrations::void_all;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Activates an account with a mailed token. The account gets the password of the registration for which the token
/// was mailed, and its other registrations become void.
pub struct ActivateAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    audit: AuditTrail,
}

/// The token, and the address to which it was mailed.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ActivateAccountInput {
    pub email: EmailAddress,
    pub token: SecretToken,
}

use_case_error! {
    /// Why the account was not activated.
    pub enum ActivateAccountError {
        /// The address has no such token, or the token has expired.
        #[error("the activation token is not valid")]
        InvalidToken => INVALID_ACTIVATION_TOKEN,
        /// The token is valid, and the account is active already.
        #[error("the account is already active")]
        AlreadyActive => ALREADY_ACTIVE,
    }
}

impl ActivateAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), audit: AuditTrail::new(deps) }
    }

    /// Judges the token first and then the account. A wrong token changes nothing (theater contract 2.2).
    pub async fn execute(&self, input: ActivateAccountInput) -> Result<(), ActivateAccountError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ActivateAccountInput) -> Result<(), ActivateAccountError> {
        let now = self.clock.now();
        let digest = input.token.digest();

        let mut repositories = self.store.repositories();
        let account = repositories
            .accounts()
            .by_email(&input.email)
            .await?
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ActivateAccountError::InvalidToken)?;
        let pending = repositories.pending_registrations().of_account(account.id).await?;
        match pending.into_iter().find(|registration| registration.digest == digest) {
            // An expired registration stays: its owner may ask for another mail.
            Some(registration) if registration.is_expired(now) => Err(ActivateAccountError::InvalidToken),
            Some(_) if account.details.is_active => Err(ActivateAccountError::AlreadyActive),
            Some(registration) => self.activate(&account, &registration, now).await,
            None => self.activate_from_before(&account, &digest, now).await,
        }
    }

    async fn activate(
        &self,
        account: &Account,
        registration: &PendingRegistration,
        now: OffsetDateTime,
    ) -> Result<(), ActivateAccountError> {
        let id = account.id;
        let mut unit = self.waiting(account).await?;
        if !unit.pending_registrations().remove(registration.id).await? {
            return Err(ActivateAccountError::InvalidToken);
        }
        let (hash, name) = (&registration.hashed_password, registration.display_name.as_deref());
        if !unit.accounts().activate_as(id, hash, name, now).await? {
            return Err(ActivateAccountError::InvalidToken);
        }
        void_all(&mut *unit, id).await?;
        self.commit(unit, account).await
    }

    /// Handles a token from a release that did not keep pending registrations. The account gets activated with the
    /// password that it has. If it has no password, a server of that release mailed the token for an account of this
    /// release; whose password it would be is unknown, so the token is refused.
    async fn activate_from_before(
        &self,
        account: &Account,
        digest: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<(), ActivateAccountError> {
        let mut repositories = self.store.repositories();
        let token = repositories
            .account_tokens()
            .of_account(KIND, account.id)
            .await?
            .filter(|token| token.digest == *digest)
            .ok_or(ActivateAccountError::InvalidToken)?;
        if token.is_expired(now) {
            repositories.account_tokens().consume(KIND, account.id, digest).await?;
            return Err(ActivateAccountError::InvalidToken);
        }
        if account.details.is_active {
            return Err(ActivateAccountError::AlreadyActive);
        }
        if !account.details.hashed_password.is_set() {
            return Err(ActivateAccountError::InvalidToken);
        }
        let mut unit = self.waiting(account).await?;
        if !unit.account_tokens().consume(KIND, account.id, digest).await? {
            return Err(ActivateAccountError::InvalidToken);
        }
        if !unit.accounts().activate(account.id, now).await? {
            return Err(ActivateAccountError::InvalidToken);
        }
        void_all(&mut *unit, account.id).await?;
        self.commit(unit, account).await
    }

    /// A unit of work in which the account waits for its activation until the commit. A token from before
    /// must not bring back who was locked out.
    async fn waiting(&self, account: &Account) -> Result<Box<dyn UnitOfWork>, ActivateAccountError> {
        let mut unit = self.store.begin().await?;
        let current = unit.accounts().lock(account.id).await?;
        if current.is_some_and(|account| account.waits_for_activation()) {
            Ok(unit)
        } else {
            Err(ActivateAccountError::InvalidToken)
        }
    }

    async fn commit(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        account: &Account,
    ) -> Result<(), ActivateAccountError> {
        let entry = Entry::own(AuditAction::AccountActivated, account.details.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(())
    }
}

const KIND: AccountTokenKind = AccountTokenKind::Activation;
