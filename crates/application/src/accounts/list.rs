//! Listing accounts.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, ListedAccount};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::Store;

use super::DirectoryReader;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many accounts a part of the whole list has.
const PART: u64 = 500;

/// Lists the accounts outside the trash, in the order of their registration.
pub struct ListAccounts {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is no list.
    pub enum ListAccountsError {}
}

impl ListAccounts {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// A page. With a text: of the accounts whose name has it as a part, literally and whatever its letter case.
    pub async fn page(
        &self,
        _reader: DirectoryReader,
        name_part: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<ListedAccount>, ListAccountsError> {
        let read = || async { self.store.repositories().accounts().listed(name_part, page).await };
        Ok(retrying(read).await?)
    }

    /// A part of the whole list: the accounts after this one, at first all. So the list is read with as little memory as
    /// a part takes, however many accounts there are; an empty part is its end. Who comes or goes meanwhile may be
    /// in it or not, and nobody is in it twice.
    pub async fn part(
        &self,
        _reader: DirectoryReader,
        after: Option<AccountId>,
    ) -> Result<Vec<ListedAccount>, ListAccountsError> {
        let after = after.unwrap_or(AccountId(i64::MIN));
        let read = || async { self.store.repositories().accounts().listed_after(after, PART).await };
        Ok(retrying(read).await?)
    }
}
