//! Changing the address and the name of an account.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountEdit, AccountTokenKind, DirectoryEntry, EmailAddress, Username};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::OwnerOrAdministrator;
use super::void_registrations::void_all;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;
use crate::{Deps, Failure};

/// Gives an account another address, another name or both, for its owner or an administrator (admin contract 2.8).
///
/// With another address, all that was mailed to the old one is void: registrations that wait, and the token of a
/// password reset. Access tokens that say the old one are refused from then on; the sessions stay open.
pub struct EditAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// What is to change. Own values that stay as they are conflict with nobody.
#[derive(Debug)]
pub struct EditAccountInput {
    /// Who may, and which account.
    pub who: OwnerOrAdministrator,
    /// The new address; `None` leaves it.
    pub email: Option<EmailAddress>,
    /// The new name; `None` leaves it. See [`Username::parse_lowercase`].
    pub username: Option<Username>,
}

use_case_error! {
    /// Why the account is as it was.
    pub enum EditAccountError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Another account has the address. Told before a name that is taken, too.
        #[error("another account has the e-mail address")]
        EmailTaken => NEW_EMAIL_TAKEN,
        /// Another account has the name.
        #[error("another account has the user name")]
        UsernameTaken => NEW_USERNAME_TAKEN,
    }
}

impl EditAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Changes the account, and answers what it is now.
    pub async fn execute(&self, input: EditAccountInput) -> Result<DirectoryEntry, EditAccountError> {
        let edited = retrying(|| self.attempt(&input)).await;
        if matches!(edited, Err(EditAccountError::UsernameTaken)) && self.is_email_taken(&input).await? {
            // Which of several rules is broken first is up to the database.
            return Err(EditAccountError::EmailTaken);
        }
        edited
    }

    async fn is_email_taken(&self, input: &EditAccountInput) -> Result<bool, Failure> {
        let Some(email) = &input.email else { return Ok(false) };
        let holder = self.store.repositories().accounts().by_email(email).await?;
        Ok(holder.is_some_and(|holder| holder.details.uuid != input.who.target()))
    }

    async fn attempt(&self, input: &EditAccountInput) -> Result<DirectoryEntry, EditAccountError> {
        let target = input.who.target();
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(&[target]).await?;
        let wanted = ids.iter().map(|(_, id)| *id).chain(input.who.account()).collect::<Vec<_>>();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.who.still_holds(&locked) {
            return Err(EditAccountError::Forbidden);
        }
        let account = locked
            .into_iter()
            .find(|account| account.details.uuid == target && account.details.deleted_at.is_none())
            .ok_or(EditAccountError::NotFound)?;
        let edit = AccountEdit {
            email: input.email.clone(),
            clears_email: false,
            username: input.username.clone(),
            mobile: None,
            updated_by: input.who.account(),
            updated_at: self.clock.now(),
        };
        let is_there = unit.accounts().edit(account.id, &edit).await.map_err(|error| match error {
            StoreError::Conflict { constraint: Constraint::UsersEmail } => EditAccountError::EmailTaken,
            StoreError::Conflict { constraint: Constraint::UsersUsername } => EditAccountError::UsernameTaken,
            other => other.into(),
        })?;
        if !is_there {
            return Err(EditAccountError::NotFound);
        }
        let has_new_email = edit.email.is_some() && edit.email != account.details.email;
        let has_new_username = edit.username.is_some() && edit.username != account.details.username;
        if has_new_email {
            void_all(&mut *unit, account.id).await?;
            unit.account_tokens().revoke(AccountTokenKind::PasswordReset, account.id).await?;
        }
        if has_new_email || has_new_username {
            let entry = Entry::new(AuditAction::AccountEdited, input.who.who())
                .on(target)
                .with("email_changed", has_new_email)
                .with("username_changed", has_new_username);
            self.audit.record(&mut *unit, &entry).await?;
        }
        let view = unit.directory().view(target).await?.ok_or(EditAccountError::NotFound)?;
        if has_new_email {
            let sessions = unit.sessions().open(account.id).await?;
            self.states.commit(unit, &sessions).await?;
        } else {
            unit.commit().await?;
        }
        Ok(view)
    }
}
