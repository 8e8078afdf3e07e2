//! All that is known of an account.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountSurface};
use vestibule_domain::store::Store;

use super::{AccountView, Administrator, NamedAccount};
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Tells all that is known of an account, in the trash too, for an [`Administrator`].
pub struct InspectAccount {
    store: Arc<dyn Store>,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may sign in.
    Active,
    /// It was never activated.
    Waiting,
    /// It was active once, and was locked out.
    LockedOut,
    /// It is in the trash.
    InTrash,
    /// It is about to be removed for good.
    BeingRemoved,
}

impl Standing {
    fn of(account: &Account, is_being_removed: bool) -> Self {
        match account {
            _ if is_being_removed => Self::BeingRemoved,
            Account { details, .. } if details.deleted_at.is_some() => Self::InTrash,
            account if account.may_sign_in() => Self::Active,
            account if account.waits_for_activation() => Self::Waiting,
            _ => Self::LockedOut,
        }
    }

    /// A word for it, which scripts may rely on.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Waiting => "waiting_for_activation",
            Self::LockedOut => "locked_out",
            Self::InTrash => "in_trash",
            Self::BeingRemoved => "being_removed",
        }
    }
}

/// An account, to administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedAccount {
    /// What others may see as well.
    pub account: AccountView,
    /// Where it stands.
    pub standing: Standing,
    /// Through which surface it came.
    pub surface: Option<AccountSurface>,
    /// When its owner proved to receive mail at the address.
    pub email_verified_at: Option<OffsetDateTime>,
    /// Its last change.
    pub updated_at: OffsetDateTime,
    /// Since when it lies in the trash.
    pub deleted_at: Option<OffsetDateTime>,
}

use_case_error! {
    /// Why there is nothing to tell.
    pub enum InspectAccountError {
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl InspectAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Tells it.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        account: &NamedAccount,
    ) -> Result<InspectedAccount, InspectAccountError> {
        retrying(|| self.attempt(account)).await
    }

    async fn attempt(&self, account: &NamedAccount) -> Result<InspectedAccount, InspectAccountError> {
        let mut repositories = self.store.repositories();
        let account = account.find(&mut *repositories).await?.ok_or(InspectAccountError::NotFound)?;
        let is_being_removed =
            account.details.deleted_at.is_some() && repositories.trash().is_being_removed(account.id).await?;
        Ok(InspectedAccount {
            standing: Standing::of(&account, is_being_removed),
            surface: account.details.surface,
            email_verified_at: account.details.email_verified_at,
            updated_at: account.details.updated_at,
            deleted_at: account.details.deleted_at,
            account: account.into(),
        })
    }
}
