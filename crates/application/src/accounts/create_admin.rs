//! Creating an administrator.

use std::sync::Arc;

use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, NewPassword, Role, Username,
};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Administrator;
use super::new_passwords::NewPasswords;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds an active administrator.
pub struct CreateAdmin {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    passwords: NewPasswords,
    audit: AuditTrail,
}

/// The new administrator, and the proof that the caller may create one.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CreateAdminInput {
    pub administrator: Administrator,
    pub email: EmailAddress,
    /// The user name, for surfaces where people sign in by name.
    pub username: Option<Username>,
    pub password: NewPassword,
}

use_case_error! {
    /// Why no administrator was created.
    pub enum CreateAdminError {
        /// Another account has this address.
        #[error("an account with this e-mail address exists already")]
        EmailTaken => EMAIL_TAKEN,
        /// Another account has this user name.
        #[error("an account with this user name exists already")]
        UsernameTaken => USERNAME_TAKEN,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    }
}

impl CreateAdmin {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            passwords: NewPasswords::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Creates the account, active and with a verified address.
    pub async fn execute(&self, input: CreateAdminInput) -> Result<AccountId, CreateAdminError> {
        let hashed_password =
            self.passwords.hash_of_admin(&input.password).await?.ok_or(CreateAdminError::Breached)?;
        let now = self.clock.now();
        let admin = AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(input.email),
            username: input.username,
            display_name: None,
            mobile: None,
            phone_number: None,
            hashed_password,
            role: Role::Admin,
            is_active: true,
            email_verified_at: Some(now),
            activated_at: Some(now),
            points: 0,
            surface: None,
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        };
        retrying(|| self.add(&admin, input.administrator)).await
    }

    async fn add(
        &self,
        admin: &AccountDetails,
        administrator: Administrator,
    ) -> Result<AccountId, CreateAdminError> {
        let mut unit = self.store.begin().await?;
        let id = unit.accounts().insert(admin).await.map_err(|error| match error {
            StoreError::Conflict { constraint: Constraint::UsersEmail } => CreateAdminError::EmailTaken,
            StoreError::Conflict { constraint: Constraint::UsersUsername } => CreateAdminError::UsernameTaken,
            other => other.into(),
        })?;
        let entry = Entry::new(AuditAction::AdminCreated, administrator.who()).on(admin.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(id)
    }
}
