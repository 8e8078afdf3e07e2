//! Registration with a mobile number.

use std::sync::Arc;

use vestibule_domain::accounts::{
    AccountDetails, AccountUuid, ListedAccount, MobileNumber, NewPassword, PasswordHash, Role, Username,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::store::{Constraint, Store, StoreError};
use vestibule_domain::verification::{CodeKey, CodePurpose, CodeShape};

use super::new_passwords::NewPasswords;
use crate::Deps;
use crate::audit::{AuditTrail, Entry, Origin};
use crate::error::use_case_error;
use crate::policy::CodePolicy;
use crate::retry::retrying;
use crate::verification::{Codes, Draft};

/// Adds an inactive account and sends the code that activates it by SMS (mobile contract, decision 5).
pub struct RegisterMobile {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    passwords: NewPasswords,
    codes: Codes,
    audit: AuditTrail,
}

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterMobileInput {
    /// The name that identifies.
    pub username: Username,
    /// Mobile number.
    pub mobile: MobileNumber,
    /// Password.
    pub password: NewPassword,
    /// The language of the SMS, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules for the code.
    pub policy: CodePolicy,
}

use_case_error! {
    /// Why there is no new account.
    pub enum RegisterMobileError {
        /// The name has an account. Told where the number has one, too.
        #[error("the user name is taken")]
        UsernameTaken => USERNAME_TAKEN,
        /// The number has an account.
        #[error("the mobile number is taken")]
        MobileTaken => MOBILE_TAKEN,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else REGISTRATION_FAILED
}

impl RegisterMobile {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            passwords: NewPasswords::new(deps),
            codes: Codes::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Registers.
    pub async fn execute(&self, input: RegisterMobileInput) -> Result<ListedAccount, RegisterMobileError> {
        let hashed_password =
            self.passwords.hash(&input.password).await?.ok_or(RegisterMobileError::Breached)?;
        let account = self.new_account(&input, hashed_password);
        let key = CodeKey::sms(&input.mobile, CodePurpose::Activation);
        let added = match retrying(|| self.add(&input, &account, &key)).await {
            // The store tells one of two rules that are broken.
            Err(RegisterMobileError::MobileTaken) if self.is_taken(&input.username).await? => {
                Err(RegisterMobileError::UsernameTaken)
            }
            added => added,
        }?;
        // This SMS opens the window in which no other is sent. It is never refused: the number was free.
        if let Err(error) = self.codes.count_sending(&key, input.policy).await {
            tracing::debug!(error = &error as &dyn std::error::Error, "an SMS was not counted");
        }
        Ok(added)
    }

    async fn add(
        &self,
        input: &RegisterMobileInput,
        account: &AccountDetails,
        key: &CodeKey,
    ) -> Result<ListedAccount, RegisterMobileError> {
        let mut unit = self.store.begin().await?;
        let id = unit.accounts().insert(account).await.map_err(|error| match error {
            StoreError::Conflict { constraint: Constraint::UsersUsername } => {
                RegisterMobileError::UsernameTaken
            }
            StoreError::Conflict { constraint: Constraint::UsersMobile } => RegisterMobileError::MobileTaken,
            other => other.into(),
        })?;
        let draft = Draft {
            key,
            account: Some(id),
            shape: CodeShape::SIX_DIGITS,
            life: input.policy.life,
            language: input.language,
        };
        self.codes.send(&mut *unit, draft, account.created_at).await?;
        let entry = Entry::new(AuditAction::AccountRegistered, AuditActor::Anonymous).on(account.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        self.codes.wake();
        Ok(ListedAccount {
            id,
            uuid: account.uuid,
            username: account.username.clone(),
            mobile: account.mobile.clone(),
            is_active: false,
        })
    }

    async fn is_taken(&self, username: &Username) -> Result<bool, StoreError> {
        Ok(self.store.repositories().accounts().by_username(username).await?.is_some())
    }

    fn new_account(&self, input: &RegisterMobileInput, hashed_password: PasswordHash) -> AccountDetails {
        let now = self.clock.now();
        AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: None,
            username: Some(input.username.clone()),
            display_name: None,
            mobile: Some(input.mobile.clone()),
            phone_number: None,
            hashed_password,
            role: Role::User,
            is_active: false,
            email_verified_at: None,
            activated_at: None,
            points: 0,
            surface: Origin::account_surface(),
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        }
    }
}
