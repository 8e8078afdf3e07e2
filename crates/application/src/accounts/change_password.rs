//! Changing a password that is known.

use std::sync::Arc;

use vestibule_domain::accounts::{
    Account, AccountId, AccountUuid, NewPassword, Password, PasswordHash, Role,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, PasswordHasher, RateLimiter, Verification};
use vestibule_domain::store::{Store, StoreError};

use super::new_passwords::NewPasswords;
use super::password_change::{NewHash, PasswordChange};
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::OLD_PASSWORDS_PER_ACCOUNT;
use crate::retry::retrying;
use crate::{Actor, Deps, Failure};

/// Changes the password of an account for its owner or an administrator, who both need the old one (mobile contract
/// 2.9). The account's other sessions end.
pub struct ChangePassword {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    hasher: Arc<dyn PasswordHasher>,
    passwords: NewPasswords,
    limiter: Arc<dyn RateLimiter>,
    change: PasswordChange,
    audit: AuditTrail,
}

/// The old and the new password.
#[derive(Debug)]
pub struct ChangePasswordInput {
    /// Who asks.
    pub actor: Actor,
    /// Whose password.
    pub account: AccountUuid,
    /// The old one, whatever was typed.
    pub old: Password,
    /// The new one.
    pub new: NewPassword,
    /// The language of the notice, if the request names one.
    pub language: Option<Language>,
}

use_case_error! {
    /// Why the password is still the old one.
    pub enum ChangePasswordError {
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Another's account, and not an administrator.
        #[error("the one who asks may not")]
        Forbidden => ACCOUNT_FORBIDDEN,
        /// The old password is another one.
        #[error("the old password is wrong")]
        WrongPassword => WRONG_CREDENTIALS,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    }
}

impl ChangePassword {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            hasher: deps.hasher.clone(),
            passwords: NewPasswords::new(deps),
            limiter: deps.limiter.clone(),
            change: PasswordChange::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Tells whether the one who asks may, before anything else is looked at.
    pub async fn check(&self, actor: &Actor, account: AccountUuid) -> Result<(), ChangePasswordError> {
        self.target(actor, account).await.map(drop)
    }

    /// Changes the password.
    pub async fn execute(&self, input: ChangePasswordInput) -> Result<(), ChangePasswordError> {
        let account = self.target(&input.actor, input.account).await?;
        let tries = tries_of(account.id);
        Failure::unless_allowed(self.limiter.hit(&tries, OLD_PASSWORDS_PER_ACCOUNT).await?)?;
        let changed = self.replace(&input, account).await;
        if matches!(changed, Err(ChangePasswordError::WrongPassword)) {
            self.count_failure(&input).await?;
        }
        changed?;
        if let Err(error) = self.limiter.forget(&tries).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "wrong passwords were not forgotten");
        }
        Ok(())
    }

    async fn replace(
        &self,
        input: &ChangePasswordInput,
        mut account: Account,
    ) -> Result<(), ChangePasswordError> {
        self.prove(&input.old, &account).await?;
        let hash = self.passwords.hash(&input.new).await?.ok_or(ChangePasswordError::Breached)?;
        if !retrying(|| self.attempt(input, &account, &hash)).await? {
            // A login upgraded the hash, or the password was changed. Once: either is rare.
            account = self.target(&input.actor, input.account).await?;
            self.prove(&input.old, &account).await?;
            if !retrying(|| self.attempt(input, &account, &hash)).await? {
                return Err(ChangePasswordError::WrongPassword);
            }
        }
        Ok(())
    }

    /// Counts a wrong old password, before it is answered: nobody learns of a guess that is not in the trail.
    async fn count_failure(&self, input: &ChangePasswordInput) -> Result<(), StoreError> {
        let by = AuditActor::Account(input.actor.uuid);
        let entry = Entry::new(AuditAction::PasswordChangeFailed, by).on(input.account);
        retrying(|| async { self.audit.count(&mut *self.store.repositories(), &entry).await }).await
    }

    /// The account, if the one who asks may change its password.
    async fn target(&self, actor: &Actor, account: AccountUuid) -> Result<Account, ChangePasswordError> {
        let account = self.store.repositories().accounts().by_uuid(account).await?;
        let account = account
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ChangePasswordError::NotFound)?;
        let may = account.id == actor.account || actor.role >= Role::Admin;
        if may { Ok(account) } else { Err(ChangePasswordError::Forbidden) }
    }

    async fn prove(&self, old: &Password, account: &Account) -> Result<(), ChangePasswordError> {
        match self.hasher.verify(old, Some(account.details.hashed_password.clone())).await? {
            Verification::Wrong => Err(ChangePasswordError::WrongPassword),
            Verification::Right | Verification::RightButOutdated => Ok(()),
        }
    }

    /// Sets the password; `false` if that which was compared is not the account's any more.
    async fn attempt(
        &self,
        input: &ChangePasswordInput,
        compared: &Account,
        hash: &PasswordHash,
    ) -> Result<bool, ChangePasswordError> {
        let actor = &input.actor;
        let mut unit = self.store.begin().await?;
        let locked = unit.accounts().lock_all(&[compared.id, actor.account]).await?;
        let account = locked
            .iter()
            .find(|account| account.id == compared.id && account.details.deleted_at.is_none())
            .ok_or(ChangePasswordError::NotFound)?;
        // Hashing took a while. Whoever may not any more, or whose session ended meanwhile, changes nothing.
        let now = self.clock.now();
        let session = unit.sessions().state(actor.session).await?;
        let asks = locked.iter().find(|account| account.id == actor.account && account.may_sign_in());
        let may = asks.is_some_and(|asks| asks.id == compared.id || asks.details.role >= Role::Admin);
        if !may || !session.is_some_and(|session| session.gives_access(now)) {
            return Err(ChangePasswordError::Forbidden);
        }
        if account.details.hashed_password != compared.details.hashed_password {
            return Ok(false);
        }
        let new = NewHash {
            account,
            hash,
            action: AuditAction::PasswordChanged,
            by: AuditActor::Account(input.actor.uuid),
            keep: (account.id == input.actor.account).then_some(input.actor.session),
            language: input.language,
        };
        self.change.commit(unit, new, now).await?;
        Ok(true)
    }
}

/// The counter of old passwords that were tried.
fn tries_of(account: AccountId) -> String {
    format!("password-change:{account}")
}
