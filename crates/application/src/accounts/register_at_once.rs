//! Registration without a proof of the address.

use std::sync::Arc;

use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, NewPassword, PasswordHash, Role,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::new_passwords::NewPasswords;
use crate::Deps;
use crate::audit::{AuditTrail, Entry, Origin};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds an account that is active at once, as its contract demands (points contract 2.4): nobody proved the address.
///
/// An address that has an account is refused, whether that is active, waits for its activation or is in the trash;
/// after the same work.
pub struct RegisterAtOnce {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    passwords: NewPasswords,
    audit: AuditTrail,
}

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterAtOnceInput {
    /// Address.
    pub email: EmailAddress,
    /// A name to show.
    pub display_name: Option<String>,
    /// A phone number as free text.
    pub phone_number: Option<String>,
    /// Password.
    pub password: NewPassword,
}

use_case_error! {
    /// Why there is no new account.
    pub enum RegisterAtOnceError {
        /// The address has an account.
        #[error("the address is taken")]
        EmailTaken {
            /// The address, as stored.
            email: EmailAddress,
        } => EMAIL_TAKEN,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else REGISTRATION_FAILED
}

impl RegisterAtOnce {
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

    /// Registers.
    pub async fn execute(&self, input: RegisterAtOnceInput) -> Result<AccountId, RegisterAtOnceError> {
        let hashed_password =
            self.passwords.hash(&input.password).await?.ok_or(RegisterAtOnceError::Breached)?;
        let account = self.new_account(&input, hashed_password);
        match retrying(|| self.add(&account)).await {
            Ok(id) => Ok(id),
            Err(StoreError::Conflict { constraint: Constraint::UsersEmail }) => {
                Err(RegisterAtOnceError::EmailTaken { email: input.email })
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn add(&self, account: &AccountDetails) -> Result<AccountId, StoreError> {
        let mut unit = self.store.begin().await?;
        let id = unit.accounts().insert(account).await?;
        let entry = Entry::new(AuditAction::AccountRegistered, AuditActor::Anonymous);
        self.audit.record(&mut *unit, &entry.on(account.uuid).with("is_active", true)).await?;
        unit.commit().await?;
        Ok(id)
    }

    fn new_account(&self, input: &RegisterAtOnceInput, hashed_password: PasswordHash) -> AccountDetails {
        let now = self.clock.now();
        AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(input.email.clone()),
            username: None,
            display_name: input.display_name.clone(),
            mobile: None,
            phone_number: input.phone_number.clone(),
            hashed_password,
            role: Role::User,
            is_active: true,
            email_verified_at: None,
            activated_at: Some(now),
            points: 0,
            surface: Origin::account_surface(),
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        }
    }
}
