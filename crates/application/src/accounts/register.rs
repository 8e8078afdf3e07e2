//! Registration.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountToken, AccountTokenKind, AccountUuid, EmailAddress, NewPassword,
    PasswordHash, Role,
};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, HashError, IdGenerator, PasswordHasher, SecureRandom};
use vestibule_domain::store::{Constraint, Repositories, Store, StoreError};

use crate::error::failures;
use crate::messages::Outbox;
use crate::policy::RegistrationPolicy;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Adds an inactive account and mails the token that activates it.
///
/// A taken address is refused, after the same work. If its account was never activated, a fresh
/// token is mailed to it, so that nobody is stuck with an expired one.
pub struct RegisterAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    random: Arc<dyn SecureRandom>,
    hasher: Arc<dyn PasswordHasher>,
    outbox: Outbox,
}

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterAccountInput {
    /// Address.
    pub email: EmailAddress,
    /// Password.
    pub password: NewPassword,
    /// The language of the mail, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules.
    pub policy: RegistrationPolicy,
}

/// The new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredAccount {
    /// Integer id.
    pub id: AccountId,
    /// Address, as stored.
    pub email: EmailAddress,
}

/// Why there is no new account.
#[derive(Debug, thiserror::Error)]
pub enum RegisterAccountError {
    /// The address has an account.
    #[error("the address is taken")]
    EmailTaken {
        /// The address, as stored.
        email: EmailAddress,
    },
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(RegisterAccountError: Failure, StoreError, HashError);

impl CodedError for RegisterAccountError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::EmailTaken { .. } => ErrorKind::Conflict,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::EmailTaken { .. } => "email_taken",
            Self::Failure(failure) => failure.code("registration_failed"),
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::EmailTaken { email } => vec![("email", email.to_string())],
            Self::Failure(_) => Vec::new(),
        }
    }
}

impl RegisterAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            random: deps.random.clone(),
            hasher: deps.hasher.clone(),
            outbox: Outbox::new(deps),
        }
    }

    /// Registers.
    pub async fn execute(
        &self,
        input: RegisterAccountInput,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        // Before anything is looked up: a taken address costs what a free one costs.
        let hashed_password = self.hasher.hash(input.password.as_password()).await?;
        let now = self.clock.now();
        let account = self.new_account(&input.email, hashed_password, now);
        retrying(|| self.add(&account, &input, now)).await
    }

    async fn add(
        &self,
        account: &AccountDetails,
        input: &RegisterAccountInput,
        now: OffsetDateTime,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        let mut unit = self.store.begin().await?;
        match unit.accounts().insert(account).await {
            Ok(id) => {
                self.mail_token(&mut *unit, id, input, now).await?;
                unit.commit().await?;
                self.outbox.wake();
                Ok(RegisteredAccount { id, email: input.email.clone() })
            }
            Err(StoreError::Conflict { constraint: Constraint::UsersEmail }) => {
                drop(unit);
                self.renew_activation(input, now).await?;
                Err(RegisterAccountError::EmailTaken { email: input.email.clone() })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn new_account(
        &self,
        email: &EmailAddress,
        hashed_password: PasswordHash,
        now: OffsetDateTime,
    ) -> AccountDetails {
        AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(email.clone()),
            username: None,
            display_name: None,
            mobile: None,
            phone_number: None,
            hashed_password,
            role: Role::User,
            is_active: false,
            email_verified_at: None,
            points: 0,
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        }
    }

    async fn mail_token(
        &self,
        unit: &mut dyn Repositories,
        account: AccountId,
        input: &RegisterAccountInput,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let secret = self.random.token();
        let token = AccountToken {
            kind: AccountTokenKind::Activation,
            account,
            digest: secret.digest(),
            created_at: now,
            expires_at: now + input.policy.activation_life,
        };
        unit.account_tokens().put(&token).await?;
        let notice = Notice::ActivateAccount {
            email: input.email.as_str().to_owned(),
            token: secret.reveal().to_owned(),
            valid_minutes: minutes(input.policy.activation_life),
        };
        self.outbox.enqueue(unit, &notice, input.language, now).await
    }

    /// Mails a fresh token to an account that waits for its activation, unless that was done a
    /// moment ago.
    async fn renew_activation(
        &self,
        input: &RegisterAccountInput,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let Some(found) = unit.accounts().by_email(&input.email).await? else { return Ok(()) };
        let Some(account) = unit.accounts().lock(found.id).await? else { return Ok(()) };
        if !account.waits_for_activation() {
            return Ok(());
        }
        let last = unit.account_tokens().of_account(AccountTokenKind::Activation, account.id).await?;
        if last.is_some_and(|token| now < token.created_at + input.policy.activation_interval) {
            return Ok(());
        }
        self.mail_token(&mut *unit, account.id, input, now).await?;
        unit.commit().await?;
        self.outbox.wake();
        Ok(())
    }
}

/// Whole minutes, for people to read.
pub(super) fn minutes(life: Duration) -> u32 {
    u32::try_from(life.as_secs() / 60).unwrap_or(u32::MAX)
}
