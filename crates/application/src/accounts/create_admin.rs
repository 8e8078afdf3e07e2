//! A new administrator.

use std::sync::Arc;

use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, NewPassword, Role, Username,
};
use vestibule_domain::ports::{Clock, IdGenerator, PasswordHasher};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Administrator;
use crate::Deps;
use crate::error::use_case_error;

/// Adds an active administrator.
pub struct CreateAdmin {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
}

/// Who will be administrator.
#[derive(Debug)]
pub struct CreateAdminInput {
    /// Who may.
    pub administrator: Administrator,
    /// Address.
    pub email: EmailAddress,
    /// The name that identifies at surfaces where people sign in by name.
    pub username: Option<Username>,
    /// Password.
    pub password: NewPassword,
}

use_case_error! {
    /// Why there is no new administrator.
    pub enum CreateAdminError {
        /// The address has an account.
        #[error("an account with this e-mail address exists already")]
        EmailTaken => EMAIL_TAKEN,
        /// The name has an account.
        #[error("an account with this user name exists already")]
        UsernameTaken => USERNAME_TAKEN,
    }
}

impl CreateAdmin {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            hasher: deps.hasher.clone(),
        }
    }

    /// Adds the administrator.
    pub async fn execute(&self, input: CreateAdminInput) -> Result<AccountId, CreateAdminError> {
        let hashed_password = self.hasher.hash(input.password.as_password()).await?;
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
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        };
        self.store.repositories().accounts().insert(&admin).await.map_err(|error| match error {
            StoreError::Conflict { constraint: Constraint::UsersEmail } => CreateAdminError::EmailTaken,
            StoreError::Conflict { constraint: Constraint::UsersUsername } => CreateAdminError::UsernameTaken,
            other => other.into(),
        })
    }
}
