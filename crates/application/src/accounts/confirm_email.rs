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

/// Activates an account with the token of the link that was mailed to it. The account gets the password of the
/// registration that the link was mailed for; all others are void. The token works until it expires,
/// as often as it is used (contacts contract 2.1); it gives access to nothing.
pub struct ConfirmEmail {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    token: ConfirmToken,
    audit: AuditTrail,
}

/// What the token did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailConfirmed {
    /// The account is active from now on.
    Now,
    /// The address was confirmed before, and nothing changed. An account that was locked out since then
    /// stays so.
    Before,
}

use_case_error! {
    /// Why nothing is confirmed.
    pub enum ConfirmEmailError {
        /// It is no such token of ours, or past its life, or the address of the account is another by now, or the
        /// registration is not pending any more.
        #[error("the token is not valid")]
        InvalidToken => INVALID_EMAIL_TOKEN,
        /// Its account is gone, or in the trash.
        #[error("the account is gone")]
        AccountGone => CONFIRMED_ACCOUNT_GONE,
    }
}

impl ConfirmEmail {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            token: ConfirmToken::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Confirms.
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
            // A link from before pending registrations were kept is for the password that the account has.
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
