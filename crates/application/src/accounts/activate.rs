//! Activation.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountTokenKind, EmailAddress};
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Activates an account with the token that was mailed to it.
pub struct ActivateAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

/// What was mailed, and to whom.
#[derive(Debug)]
pub struct ActivateAccountInput {
    /// Address.
    pub email: EmailAddress,
    /// The mailed token.
    pub token: SecretToken,
}

/// Why the account was not activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivateAccountError {
    /// No such token for this address, or it is past its life.
    #[error("the activation token is not valid")]
    InvalidToken,
    /// The token is good, and the account is active already.
    #[error("the account is already active")]
    AlreadyActive,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(ActivateAccountError: StoreError);

impl CodedError for ActivateAccountError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidToken | Self::AlreadyActive => ErrorKind::Invalid,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::InvalidToken => "invalid_activation_token",
            Self::AlreadyActive => "already_active",
            Self::Failure(failure) => failure.code("activation_failed"),
        }
    }
}

impl ActivateAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Activates. The token is judged first, then the account; a wrong token removes nothing, an
    /// expired one is removed (theater contract 2.2).
    pub async fn execute(&self, input: ActivateAccountInput) -> Result<(), ActivateAccountError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ActivateAccountInput) -> Result<(), ActivateAccountError> {
        const KIND: AccountTokenKind = AccountTokenKind::Activation;
        let now = self.clock.now();
        let digest = input.token.digest();

        let mut repositories = self.store.repositories();
        let account = repositories
            .accounts()
            .by_email(&input.email)
            .await?
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ActivateAccountError::InvalidToken)?;
        let token = repositories
            .account_tokens()
            .of_account(KIND, account.id)
            .await?
            .filter(|token| token.digest == digest)
            .ok_or(ActivateAccountError::InvalidToken)?;
        if token.is_expired(now) {
            repositories.account_tokens().consume(KIND, account.id, &digest).await?;
            return Err(ActivateAccountError::InvalidToken);
        }
        if account.details.is_active {
            return Err(ActivateAccountError::AlreadyActive);
        }

        let mut unit = self.store.begin().await?;
        // What is decided by this still holds at the commit. A token from before must not bring back who was
        // locked out.
        let current = unit.accounts().lock(account.id).await?;
        if current.is_none_or(|current| !current.details.is_active && !current.waits_for_activation()) {
            return Err(ActivateAccountError::InvalidToken);
        }
        if !unit.account_tokens().consume(KIND, account.id, &digest).await? {
            return Err(ActivateAccountError::InvalidToken);
        }
        if !unit.accounts().activate(account.id, now).await? {
            return Err(ActivateAccountError::AlreadyActive);
        }
        unit.commit().await?;
        Ok(())
    }
}
