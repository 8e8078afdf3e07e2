//! Changing an account of the mobile contract.

use std::slice;
use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    Account, AccountEdit, AccountTokenKind, EmailAddress, Gender, ListedAccount, MobileNumber, Username,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Constraint, Store, StoreError, UnitOfWork};
use vestibule_domain::verification::{CodeKey, CodePurpose};

use super::deactivate::lock_out;
use super::last_admin::an_admin_stays;
use super::view::listed;
use super::void_registrations::void_all;
use super::{Administrator, OwnerOrAdministrator};
use crate::Deps;
use crate::answers::Answers;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Changes what identifies an account, its gender, and whether it is active, for its owner or an administrator (mobile
/// contract 2.8). All of it or nothing.
///
/// With another address, all that was mailed to the old one is void, and access tokens that say the old one are refused
/// from then on; the sessions stay open. An account that is made inactive is locked out, and
/// one that is made active may sign in whatever it was before.
pub struct EditMobile {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
    answers: Answers,
}

/// A new value of what may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<T> {
    /// As it is.
    Keep,
    /// None any more.
    Clear,
    /// This one.
    Set(T),
}

/// What is to change. Own values that stay as they are conflict with nobody.
#[derive(Debug)]
pub struct EditMobileInput {
    /// Who may, and which account.
    pub who: OwnerOrAdministrator,
    /// The new name; `None` leaves it.
    pub username: Option<Username>,
    /// The address.
    pub email: Change<EmailAddress>,
    /// The new mobile number; `None` leaves it.
    pub mobile: Option<MobileNumber>,
    /// The gender.
    pub gender: Change<Gender>,
    /// Whether the account is to be active, and the proof that the one who asks may decide that.
    pub active: Option<(Administrator, bool)>,
}

use_case_error! {
    /// Why the account is as it was.
    pub enum EditMobileError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ACCOUNT_FORBIDDEN,
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Another account has the name. Told before an address that is taken, too.
        #[error("another account has the user name")]
        UsernameTaken => NEW_USERNAME_TAKEN,
        /// Another account has the address. Told before a number that is taken, too.
        #[error("another account has the e-mail address")]
        EmailTaken => NEW_EMAIL_TAKEN,
        /// Another account has the number.
        #[error("another account has the mobile number")]
        MobileTaken => MOBILE_TAKEN,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

/// What an edit did.
struct Edited {
    /// Whether the account has another address now.
    has_new_email: bool,
    is_changed: bool,
}

impl EditMobile {
    /// Builds the use case.
    pub fn new(deps: &Deps, answers: Answers) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
            answers,
        }
    }

    /// Changes the account, and answers what it is now.
    pub async fn execute(&self, input: EditMobileInput) -> Result<ListedAccount, EditMobileError> {
        let edited = retrying(|| self.attempt(&input)).await;
        if matches!(edited, Err(EditMobileError::EmailTaken | EditMobileError::MobileTaken)) {
            // Which of several rules is broken first is up to the database.
            let first = self.first_taken(&input).await?;
            return Err(first.unwrap_or(edited.err().unwrap_or(EditMobileError::NotFound)));
        }
        edited
    }

    async fn first_taken(&self, input: &EditMobileInput) -> Result<Option<EditMobileError>, StoreError> {
        let mut repositories = self.store.repositories();
        let is_other =
            |holder: Option<Account>| holder.is_some_and(|holder| holder.details.uuid != input.who.target());
        if let Some(username) = &input.username
            && is_other(repositories.accounts().by_username(username).await?)
        {
            return Ok(Some(EditMobileError::UsernameTaken));
        }
        if let Change::Set(email) = &input.email
            && is_other(repositories.accounts().by_email(email).await?)
        {
            return Ok(Some(EditMobileError::EmailTaken));
        }
        Ok(None)
    }

    async fn attempt(&self, input: &EditMobileInput) -> Result<ListedAccount, EditMobileError> {
        let (target, now) = (input.who.target(), self.clock.now());
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(&[target]).await?;
        let wanted = ids.iter().map(|(_, id)| *id).chain(input.who.account()).collect::<Vec<_>>();
        let locked = unit.accounts().lock_all(&wanted).await?;
        let still_decides = input.active.is_none_or(|(administrator, _)| administrator.still_holds(&locked));
        if !input.who.still_holds(&locked) || !still_decides {
            return Err(EditMobileError::Forbidden);
        }
        let by = input.who.who();
        let account = locked
            .iter()
            .find(|account| account.details.uuid == target && account.details.deleted_at.is_none())
            .ok_or(EditMobileError::NotFound)?;
        let Edited { has_new_email, is_changed } = self.edit(&mut *unit, input, account, by, now).await?;
        // A lockout ends some of these. So they are listed before it.
        let open = if has_new_email { unit.sessions().open(account.id).await? } else { Vec::new() };
        let ended = match input.active {
            Some((_, true)) => {
                self.admit(&mut *unit, account, by, now).await?;
                Vec::new()
            }
            Some((_, false)) if !an_admin_stays(&mut *unit, slice::from_ref(account)).await? => {
                return Err(EditMobileError::LastAdmin);
            }
            Some((_, false)) => {
                lock_out(&mut *unit, &self.audit, account, by, now).await?.unwrap_or_default()
            }
            None => Vec::new(),
        };
        let edited = unit.accounts().by_id(account.id).await?.ok_or(EditMobileError::NotFound)?;
        self.states.commit(unit, if has_new_email { &open } else { &ended }).await?;
        if !is_changed && input.active.is_none() {
            // Whoever made it so may have died, or may still wait, between its commit and the end of kept answers.
            self.answers.end_account(account.id).await;
        }
        Ok(listed(edited))
    }

    async fn edit(
        &self,
        unit: &mut dyn UnitOfWork,
        input: &EditMobileInput,
        account: &Account,
        by: AuditActor,
        now: OffsetDateTime,
    ) -> Result<Edited, EditMobileError> {
        let (old, email) = (&account.details, &input.email);
        let edit = AccountEdit {
            email: if let Change::Set(email) = email { Some(email.clone()) } else { None },
            clears_email: *email == Change::Clear,
            username: input.username.clone(),
            mobile: input.mobile.clone(),
            updated_by: input.who.account(),
            updated_at: now,
        };
        let has_new_email = edit.email.as_ref().is_some_and(|email| Some(email) != old.email.as_ref())
            || (edit.clears_email && old.email.is_some());
        let has_new_username = edit.username.is_some() && edit.username != old.username;
        let has_new_mobile = edit.mobile.is_some() && edit.mobile != old.mobile;
        if has_new_email || has_new_username || has_new_mobile {
            unit.accounts().edit(account.id, &edit).await.map_err(conflict)?;
        }
        if has_new_email {
            void_all(unit, account.id).await?;
            unit.account_tokens().revoke(AccountTokenKind::PasswordReset, account.id).await?;
        }
        match input.gender {
            Change::Keep => {}
            Change::Clear => unit.profiles().set_gender(account.id, None).await?,
            Change::Set(gender) => unit.profiles().set_gender(account.id, Some(gender)).await?,
        }
        let is_changed = has_new_email || has_new_username || has_new_mobile || input.gender != Change::Keep;
        if is_changed {
            let entry = Entry::new(AuditAction::AccountEdited, by)
                .on(old.uuid)
                .with("email_changed", has_new_email)
                .with("username_changed", has_new_username)
                .with("mobile_changed", has_new_mobile)
                .with("gender_changed", input.gender != Change::Keep);
            self.audit.record(unit, &entry).await?;
        }
        Ok(Edited { has_new_email, is_changed })
    }

    /// Makes an account active that is not.
    async fn admit(
        &self,
        unit: &mut dyn UnitOfWork,
        account: &Account,
        by: AuditActor,
        now: OffsetDateTime,
    ) -> Result<(), EditMobileError> {
        let admitted = if account.waits_for_activation() {
            if let Some(mobile) = &account.details.mobile {
                let key = CodeKey::sms(mobile, CodePurpose::Activation);
                unit.verification_codes().remove(&key).await?;
            }
            unit.accounts().let_in(account.id, now).await?
        } else {
            unit.accounts().readmit(account.id, now).await?
        };
        if admitted {
            let entry = Entry::new(AuditAction::AccountActivated, by).on(account.details.uuid);
            self.audit.record(unit, &entry).await?;
        }
        Ok(())
    }
}

fn conflict(error: StoreError) -> EditMobileError {
    match error {
        StoreError::Conflict { constraint: Constraint::UsersUsername } => EditMobileError::UsernameTaken,
        StoreError::Conflict { constraint: Constraint::UsersEmail } => EditMobileError::EmailTaken,
        StoreError::Conflict { constraint: Constraint::UsersMobile } => EditMobileError::MobileTaken,
        other => other.into(),
    }
}
