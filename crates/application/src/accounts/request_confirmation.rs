//! Asking for another confirmation mail.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, AccountTokenKind, EmailAddress};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, RateLimitError, RateLimiter};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Store, StoreError};

use super::activation_mail::{ActivationMail, Recipient};
use crate::error::failures;
use crate::messages::Outbox;
use crate::policy::{CONFIRMATIONS_PER_RECIPIENT, RegistrationPolicy};
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Mails an account that waits for its activation once more.
///
/// The surface that asks may tell what kind of address it was; every answer costs the same, and an address
/// gets few mails.
pub struct RequestConfirmation {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    mail: ActivationMail,
    outbox: Outbox,
}

/// Whose mail was lost.
#[derive(Debug)]
pub struct RequestConfirmationInput {
    /// Address.
    pub email: EmailAddress,
    /// The language of the mail, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules.
    pub policy: RegistrationPolicy,
}

/// What the request led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmationRequested {
    /// A mail is on its way.
    Mailed,
    /// The address was confirmed before.
    ConfirmedBefore,
    /// No account has this address.
    UnknownAddress,
}

/// Why the request was not taken.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum RequestConfirmationError {
    /// Anything.
    Failure(Failure),
}

failures!(RequestConfirmationError: Failure, StoreError, RateLimitError);

impl CodedError for RequestConfirmationError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("confirmation_request_failed")
    }
}

impl RequestConfirmation {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            limiter: deps.limiter.clone(),
            mail: ActivationMail::new(deps),
            outbox: Outbox::new(deps),
        }
    }

    /// Takes the request.
    pub async fn execute(
        &self,
        input: RequestConfirmationInput,
    ) -> Result<ConfirmationRequested, RequestConfirmationError> {
        let recipient = SecretDigest::of(input.email.as_str()).to_hex();
        Failure::unless_allowed(
            self.limiter.hit(&format!("confirmation:{recipient}"), CONFIRMATIONS_PER_RECIPIENT).await?,
        )?;

        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(
        &self,
        input: &RequestConfirmationInput,
    ) -> Result<ConfirmationRequested, RequestConfirmationError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().by_email(&input.email).await?;
        let account = account.filter(|account| account.details.deleted_at.is_none());
        let requested = match &account {
            None => ConfirmationRequested::UnknownAddress,
            Some(account) if account.waits_for_activation() => ConfirmationRequested::Mailed,
            Some(_) => ConfirmationRequested::ConfirmedBefore,
        };
        if let (Some(account), ConfirmationRequested::Mailed) = (&account, requested) {
            let recipient = Recipient {
                account: account.id,
                uuid: account.details.uuid,
                email: &input.email,
                name: account.details.display_name.as_deref(),
            };
            self.mail.enqueue(&mut *unit, recipient, input.policy, input.language, now).await?;
        } else {
            // No account has this id: as many statements, without effect.
            unit.account_tokens().revoke(AccountTokenKind::Activation, AccountId(0)).await?;
            self.outbox.enqueue(&mut *unit, &Notice::Nobody, input.language, now).await?;
        }
        unit.commit().await?;
        self.outbox.wake();
        Ok(requested)
    }
}
