//! Registration.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountTokenKind, AccountUuid, EmailAddress, NewPassword, PasswordHash, Role,
};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, HashError, IdGenerator, Mailer, PasswordHasher};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::activation_mail::{ActivationMail, Recipient};
use crate::error::failures;
use crate::policy::RegistrationPolicy;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Adds an inactive account and mails what activates it.
///
/// A taken address is refused, after the same work. If its account was never activated, a fresh
/// mail goes to it, so that nobody is stuck with an expired one.
///
/// An address is refused while it is known that no mail can go there: its account could never be activated.
pub struct RegisterAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
    mailer: Arc<dyn Mailer>,
    mail: ActivationMail,
}

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterAccountInput {
    /// Address.
    pub email: EmailAddress,
    /// A name to show, where the surface asks for one.
    pub display_name: Option<String>,
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
    /// The name to show.
    pub display_name: Option<String>,
    /// When it was registered.
    pub created_at: OffsetDateTime,
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
    /// Mail cannot be sent to addresses like this one.
    #[error("no mail can be sent to the address")]
    EmailNotMailable {
        /// The address, as it would be stored.
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
            Self::EmailNotMailable { .. } => ErrorKind::Invalid,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::EmailTaken { .. } => "email_taken",
            Self::EmailNotMailable { .. } => "email_not_mailable",
            Self::Failure(failure) => failure.code("registration_failed"),
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::EmailTaken { email } | Self::EmailNotMailable { email } => {
                vec![("email", email.to_string())]
            }
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
            hasher: deps.hasher.clone(),
            mailer: deps.mailer.clone(),
            mail: ActivationMail::new(deps),
        }
    }

    /// Registers.
    pub async fn execute(
        &self,
        input: RegisterAccountInput,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        if input.email.is_international() && self.mailer.takes_international() == Some(false) {
            return Err(RegisterAccountError::EmailNotMailable { email: input.email });
        }
        // Before anything is looked up: a taken address costs what a free one costs.
        let hashed_password = self.hasher.hash(input.password.as_password()).await?;
        let now = self.clock.now();
        let account = self.new_account(&input, hashed_password, now);
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
                let recipient = Recipient {
                    account: id,
                    uuid: account.uuid,
                    email: &input.email,
                    name: input.display_name.as_deref(),
                };
                self.mail.enqueue(&mut *unit, recipient, input.policy, input.language, now).await?;
                unit.commit().await?;
                self.mail.wake();
                let RegisterAccountInput { email, display_name, .. } = input;
                Ok(RegisteredAccount {
                    id,
                    email: email.clone(),
                    display_name: display_name.clone(),
                    created_at: now,
                })
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
        input: &RegisterAccountInput,
        hashed_password: PasswordHash,
        now: OffsetDateTime,
    ) -> AccountDetails {
        AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(input.email.clone()),
            username: None,
            display_name: input.display_name.clone(),
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

    /// Mails an account that waits for its activation once more, unless that was done a moment ago.
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
        let recipient = Recipient {
            account: account.id,
            uuid: account.details.uuid,
            email: &input.email,
            name: account.details.display_name.as_deref(),
        };
        self.mail.enqueue(&mut *unit, recipient, input.policy, input.language, now).await?;
        unit.commit().await?;
        self.mail.wake();
        Ok(())
    }
}
