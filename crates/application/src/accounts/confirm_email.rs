//! Confirming an address by opening a mailed link.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, RegistrationId};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::confirm_token::ConfirmToken;
use super::void_registrations::void_all;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Activates an account with the token of a mailed link. The account gets the password of the registration for which
/// the link was mailed, and its other registrations become void. The link works repeatedly until it expires (contacts
/// contract 2.1). It gives access to nothing.
pub struct ConfirmEmail {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    token: ConfirmToken,
    audit: AuditTrail,
}

/// What the confirmation changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailConfirmed {
    /// The account became active.
    Now,
    /// The address was confirmed before, and nothing changed. An account that was locked out since stays locked out.
    Before,
}

use_case_error! {
    /// Why the address was not confirmed.
    pub enum ConfirmEmailError {
        /// The token is not a confirm token of ours, has expired, is for another address than the account has now, or
        /// is for a registration that is no longer pending.
        #[error("the token is not valid")]
        InvalidToken => INVALID_EMAIL_TOKEN,
        /// The account of the token does not exist, or is in the trash.
        #[error("the account is gone")]
        AccountGone => CONFIRMED_ACCOUNT_GONE,
    }
}

impl ConfirmEmail {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            token: ConfirmToken::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Judges the token, then the account, then the address. Activates the account only if it waits for its
    /// activation.
    pub async fn execute(&self, token: &str) -> Result<EmailConfirmed, ConfirmEmailError> {
        let now = self.clock.now();
        let confirmed = self.token.read(token, now).map_err(|_not_good| ConfirmEmailError::InvalidToken)?;
        let found = self.store.repositories().accounts().by_id(confirmed.account).await?;
        let account = found
            .filter(|account| account.details.uuid == confirmed.uuid && account.details.deleted_at.is_none())
            .ok_or(ConfirmEmailError::AccountGone)?;
        if !account.details.email.as_ref().is_some_and(|email| confirmed.is_for(email)) {
            return Err(ConfirmEmailError::InvalidToken);
        }
        if !account.waits_for_activation() {
            return Ok(EmailConfirmed::Before);
        }
        retrying(|| self.activate(account.id, confirmed.registration, now)).await
    }

    async fn activate(
        &self,
        id: AccountId,
        registration: Option<RegistrationId>,
        now: OffsetDateTime,
    ) -> Result<EmailConfirmed, ConfirmEmailError> {
        let mut unit = self.store.begin().await?;
        let current = unit.accounts().lock(id).await?;
        let current = current
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ConfirmEmailError::AccountGone)?;
        if !current.waits_for_activation() {
            return Ok(EmailConfirmed::Before);
        }
        if let Some(registration) = registration {
            let pending = unit.pending_registrations().by_id(registration).await?;
            let Some(pending) = pending.filter(|pending| pending.account == id) else {
                return Err(ConfirmEmailError::InvalidToken);
            };
            let name = pending.display_name.as_deref();
            unit.accounts().activate_as(id, &pending.hashed_password, name, now).await?;
        } else if current.details.hashed_password.is_set() {
            // A link from a release that did not keep pending registrations is for the password that the account has.
            unit.accounts().activate(id, now).await?;
        } else {
            return Err(ConfirmEmailError::InvalidToken);
        }
        void_all(&mut *unit, id).await?;
        let entry = Entry::own(AuditAction::AccountActivated, current.details.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(EmailConfirmed::Now)
    }
}
