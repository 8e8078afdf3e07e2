//! Showing an account.

use std::sync::Arc;

use vestibule_domain::accounts::{Account, AccountUuid};
use vestibule_domain::store::Store;

use super::{AccountView, DirectoryReader};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Shows an account that is not in the trash.
pub struct ShowAccount {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is nothing to show.
    pub enum ShowAccountError {
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Another's account, and without the proof that others may be read.
        #[error("the one who asks may not")]
        Forbidden => ACCOUNT_FORBIDDEN,
    }
}

impl ShowAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The account of the one who asks.
    pub async fn own(&self, actor: &Actor) -> Result<AccountView, ShowAccountError> {
        let read = || async { self.store.repositories().accounts().by_id(actor.account).await };
        shown(retrying(read).await?).map(AccountView::from)
    }

    /// An account: one's own, or with a proof any.
    pub async fn execute(
        &self,
        actor: &Actor,
        reader: Option<DirectoryReader>,
        account: AccountUuid,
    ) -> Result<AccountView, ShowAccountError> {
        let read = || async { self.store.repositories().accounts().by_uuid(account).await };
        let account = shown(retrying(read).await?)?;
        let may = account.id == actor.account || reader.is_some();
        if may { Ok(account.into()) } else { Err(ShowAccountError::Forbidden) }
    }
}

fn shown(account: Option<Account>) -> Result<Account, ShowAccountError> {
    account.filter(|account| account.details.deleted_at.is_none()).ok_or(ShowAccountError::NotFound)
}
