//! Setting one's own password.

use std::sync::Arc;

use vestibule_domain::accounts::{Account, NewPassword, PasswordHash};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::new_passwords::NewPasswords;
use super::password_change::{NewHash, PasswordChange};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Sets the password of the one who asks, without the old one, as its contract demands (points contract 2.7). All other
/// sessions of the account end.
pub struct SetOwnPassword {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    passwords: NewPasswords,
    change: PasswordChange,
}

/// The new password.
#[derive(Debug)]
pub struct SetOwnPasswordInput {
    /// Who asks; its session stays.
    pub actor: Actor,
    /// The new password.
    pub password: NewPassword,
    /// The language of the notice, if the request names one.
    pub language: Option<Language>,
}

use_case_error! {
    /// Why the password is still the old one.
    pub enum SetOwnPasswordError {
        /// The account is gone, or may not sign in any more.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    }
}

impl SetOwnPassword {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            passwords: NewPasswords::new(deps),
            change: PasswordChange::new(deps),
        }
    }

    /// Sets the password.
    pub async fn execute(&self, input: SetOwnPasswordInput) -> Result<(), SetOwnPasswordError> {
        let hash = self.passwords.hash(&input.password).await?.ok_or(SetOwnPasswordError::Breached)?;
        retrying(|| self.attempt(&input, &hash)).await
    }

    async fn attempt(
        &self,
        input: &SetOwnPasswordInput,
        hash: &PasswordHash,
    ) -> Result<(), SetOwnPasswordError> {
        let mut unit = self.store.begin().await?;
        // Hashing took a while. A session that ended meanwhile, by another change of the password too, changes nothing.
        let account = unit.accounts().lock(input.actor.account).await?.filter(Account::may_sign_in);
        let account = account.ok_or(SetOwnPasswordError::NotFound)?;
        let session = unit.sessions().state(input.actor.session).await?;
        let now = self.clock.now();
        if !session.is_some_and(|session| session.gives_access(now)) {
            return Err(SetOwnPasswordError::NotFound);
        }
        let new = NewHash {
            account: &account,
            hash,
            action: AuditAction::PasswordChanged,
            by: AuditActor::Account(account.details.uuid),
            keep: Some(input.actor.session),
            language: input.language,
        };
        Ok(self.change.commit(unit, new, now).await?)
    }
}
