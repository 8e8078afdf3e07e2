//! The list of all accounts.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use vestibule_domain::accounts::{
    Account, AccountDirectory, AccountId, AccountUuid, DirectoryEntry, DirectoryPage, NamePart, Username,
};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::row::{EARLIEST, LATEST};
use super::rows::accounts::AccountEntry;
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

/// The accounts that are not in the trash, in order.
fn listed() -> RangeInclusive<AccountEntry> {
    AccountEntry::Listed(EARLIEST, AccountId(i64::MIN))..=AccountEntry::Listed(LATEST, AccountId(i64::MAX))
}

fn has(account: &Account, part: Option<&NamePart>) -> bool {
    let name = || account.details.username.as_ref().map(Username::searched);
    part.is_none_or(|part| name().is_some_and(|name| name.contains(part.folded())))
}

impl Tables {
    /// The opaque id of an account.
    pub(super) fn uuid_of(&self, account: AccountId) -> Option<AccountUuid> {
        self.accounts.get(account).map(|account| account.details.uuid)
    }

    fn view(&self, Account { id, details }: &Account) -> DirectoryEntry {
        DirectoryEntry {
            id: *id,
            uuid: details.uuid,
            email: details.email.clone(),
            username: details.username.clone(),
            role: details.role,
            created_at: details.created_at,
            updated_at: details.updated_at,
            updated_by: details.updated_by.and_then(|id| self.uuid_of(id)),
            deleted_at: details.deleted_at,
        }
    }
}

#[async_trait]
impl<A: Access> AccountDirectory for MemoryScope<A> {
    async fn page(
        &mut self,
        part: Option<&NamePart>,
        page: PageRequest,
    ) -> Result<DirectoryPage, StoreError> {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let hits: Vec<_> = tables.accounts.range(listed()).filter(|account| has(account, part)).collect();
            let shown = hits.iter().skip(size(page.offset)).take(size(page.limit.get()));
            DirectoryPage {
                accounts: shown.map(|account| tables.view(account)).collect(),
                total: hits.len() as u64,
            }
        })
    }

    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError> {
        self.0.read(|tables| {
            tables.accounts.find(&AccountEntry::Uuid(uuid.0)).map(|account| tables.view(account))
        })
    }
}
