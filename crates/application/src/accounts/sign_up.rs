//! A new account that is active at once.

use std::sync::Arc;

use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, NewPassword, Role, Username,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::new_passwords::NewPasswords;
use super::{Appointer, NameSuggestions};
use crate::audit::{AuditTrail, Entry, Origin};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Adds an active account with an address and a name, as surfaces do that mail nothing (admin contract 2.2, 2.3).
///
/// Nobody proved the address. The account counts as activated, so it never waits for that again, and stays locked out
/// when it is locked out.
pub struct SignUp {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    passwords: NewPasswords,
    audit: AuditTrail,
}

/// As what somebody signs up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpAs {
    /// Anyone.
    User,
    /// An administrator, by whoever may appoint one.
    Admin(Appointer),
}

/// Who wants an account.
#[derive(Debug)]
pub struct SignUpInput {
    /// Address.
    pub email: EmailAddress,
    /// The name that identifies; see [`Username::parse_lowercase`].
    pub username: Username,
    /// Password.
    pub password: NewPassword,
    /// The role.
    pub role: SignUpAs,
}

use_case_error! {
    /// Why there is no new account.
    pub enum SignUpError {
        /// The one who appoints may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// The address has an account, perhaps in the trash. Told before a name that is taken, too.
        #[error("an account with this e-mail address exists already")]
        EmailTaken => EMAIL_TAKEN,
        /// The name has an account.
        #[error("an account with this user name exists already")]
        UsernameTaken {
            /// Free names like it.
            suggestions: NameSuggestions,
        } => USERNAME_TAKEN,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else REGISTRATION_FAILED
}

impl SignUp {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            passwords: NewPasswords::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Signs up.
    pub async fn execute(&self, input: SignUpInput) -> Result<AccountId, SignUpError> {
        // Before anything is looked up: a taken address costs what a free one costs.
        let hashed_password = self.passwords.hash(&input.password).await?.ok_or(SignUpError::Breached)?;
        let now = self.clock.now();
        let (role, entry, appointer) = match input.role {
            SignUpAs::User => {
                let entry = Entry::new(AuditAction::AccountRegistered, AuditActor::Anonymous);
                (Role::User, entry.with("is_active", true), None)
            }
            SignUpAs::Admin(by) => (Role::Admin, Entry::new(AuditAction::AdminCreated, by.who()), Some(by)),
        };
        let account = AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(input.email.clone()),
            username: Some(input.username.clone()),
            display_name: None,
            mobile: None,
            phone_number: None,
            hashed_password,
            role,
            is_active: true,
            email_verified_at: None,
            activated_at: Some(now),
            points: 0,
            surface: Origin::account_surface(),
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        };
        let entry = entry.on(account.uuid);
        match retrying(|| self.add(&account, &entry, appointer)).await {
            Ok(Some(id)) => Ok(id),
            Ok(None) => Err(SignUpError::Forbidden),
            Err(StoreError::Conflict { constraint: Constraint::UsersEmail }) => Err(SignUpError::EmailTaken),
            Err(StoreError::Conflict { constraint: Constraint::UsersUsername }) => {
                Err(self.taken_name(&input).await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds the account; `None` if who appoints is no administrator any more.
    async fn add(
        &self,
        account: &AccountDetails,
        entry: &Entry,
        appointer: Option<Appointer>,
    ) -> Result<Option<AccountId>, StoreError> {
        let mut unit = self.store.begin().await?;
        // Hashing took a while. Whoever was an administrator before it may be none now.
        if let Some(appointer) = appointer
            && !appointer.still_holds(&mut *unit).await?
        {
            return Ok(None);
        }
        let id = unit.accounts().insert(account).await?;
        self.audit.record(&mut *unit, entry).await?;
        unit.commit().await?;
        Ok(Some(id))
    }

    /// Which of several rules is broken first is up to the database, so the address is looked up once more.
    async fn taken_name(&self, input: &SignUpInput) -> Result<SignUpError, Failure> {
        if self.store.repositories().accounts().by_email(&input.email).await?.is_some() {
            return Ok(SignUpError::EmailTaken);
        }
        let suggestions = NameSuggestions::find(&*self.store, &*self.ids, &input.username).await?;
        Ok(SignUpError::UsernameTaken { suggestions })
    }
}
