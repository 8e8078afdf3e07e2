//! Confirming an address by opening a mailed link.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountTokenKind};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};

use super::confirm_token::ConfirmToken;
use crate::error::failures;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Activates an account with the token of the link that was mailed to it. The token works until it expires,
/// as often as it is used (contacts contract 2.1); it gives access to nothing.
pub struct ConfirmEmail {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    token: ConfirmToken,
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

/// Why nothing is confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmEmailError {
    /// It is no such token of ours, or past its life, or the address of the account is another by now.
    #[error("the token is not valid")]
    InvalidToken,
    /// Its account is gone.
    #[error("the account is gone")]
    AccountGone,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(ConfirmEmailError: StoreError);

impl CodedError for ConfirmEmailError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidToken | Self::AccountGone => ErrorKind::Invalid,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::InvalidToken => "invalid_email_token",
            Self::AccountGone => "confirmed_account_gone",
            Self::Failure(failure) => failure.code("confirmation_failed"),
        }
    }
}

impl ConfirmEmail {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), token: ConfirmToken::new(deps) }
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
        retrying(|| self.activate(account.id, now)).await
    }

    async fn activate(
        &self,
        id: AccountId,
        now: OffsetDateTime,
    ) -> Result<EmailConfirmed, ConfirmEmailError> {
        let mut unit = self.store.begin().await?;
        let current = unit.accounts().lock(id).await?;
        if !current.is_some_and(|account| account.waits_for_activation()) {
            return Ok(EmailConfirmed::Before);
        }
        unit.accounts().activate(id, now).await?;
        unit.account_tokens().revoke(AccountTokenKind::Activation, id).await?;
        unit.commit().await?;
        Ok(EmailConfirmed::Now)
    }
}
