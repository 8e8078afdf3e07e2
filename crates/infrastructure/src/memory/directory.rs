//! The list of all accounts.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use vestibule_domain::accounts::{
    Account, AccountDirectory, AccountId, AccountUuid, AddressBeginning, AddressPart, DirectoryEntry,
    DirectoryFilter, DirectoryOrder, DirectoryPage, DirectoryPlace, EmailAddress, ListedState, ListedSurface,
    NamePart, Username,
};
use vestibule_domain::page::{PageRequest, Part, Reach};
use vestibule_domain::store::StoreError;

use super::row::{EARLIEST, LATEST};
use super::rows::accounts::AccountEntry;
use super::rows::trash::{TrashRow, waiting};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

/// The accounts that are not in the trash, in order.
fn listed() -> RangeInclusive<AccountEntry> {
    AccountEntry::Listed(EARLIEST, AccountId(i64::MIN))..=AccountEntry::Listed(LATEST, AccountId(i64::MAX))
}

/// All addresses, in order.
fn addresses() -> RangeInclusive<AccountEntry> {
    AccountEntry::Email(String::new())..=AccountEntry::Username(String::new())
}

/// All user names, in order.
fn names() -> RangeInclusive<AccountEntry> {
    AccountEntry::Username(String::new())..=AccountEntry::Mobile(String::new())
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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

    /// A list, whoever is wanted of it.
    fn list(&self, state: Option<ListedState>, order: DirectoryOrder) -> Vec<(DirectoryPlace, &Account)> {
        let accounts = &self.accounts;
        let mut list: Vec<_> = match (order, state) {
            (DirectoryOrder::Oldest | DirectoryOrder::Newest, Some(ListedState::InTrash)) => {
                let entry = |row: &TrashRow| {
                    let place = DirectoryPlace::At { at: row.deleted_at, id: row.id.0 };
                    Some((place, accounts.get(row.account)?))
                };
                self.trash.range(waiting(LATEST)).filter_map(entry).collect()
            }
            (DirectoryOrder::Oldest | DirectoryOrder::Newest, _) => {
                let place = |account: &Account| DirectoryPlace::At {
                    at: account.details.created_at,
                    id: account.id.0,
                };
                accounts.range(listed()).map(|account| (place(account), account)).collect()
            }
            (DirectoryOrder::Name, _) => {
                let name = |account: &Account| account.details.username.as_ref().map(Username::folded);
                let place = |account| Some((DirectoryPlace::Text(name(account)?), account));
                accounts.range(names()).filter_map(place).collect()
            }
            (DirectoryOrder::Address, _) => {
                let address = |account: &Account| account.details.email.as_ref().map(EmailAddress::to_string);
                let place = |account| Some((DirectoryPlace::Text(address(account)?), account));
                accounts.range(addresses()).filter_map(place).collect()
            }
        };
        if order == DirectoryOrder::Newest {
            list.reverse();
        }
        list
    }

    fn passes(&self, account: &Account, filter: DirectoryFilter) -> bool {
        let DirectoryFilter { role, state, surface } = filter;
        let is_outside = account.details.deleted_at.is_none();
        let came_through = account.details.surface.map_or(ListedSurface::Unknown, ListedSurface::Known);
        role.is_none_or(|role| account.details.role == role)
            && surface.is_none_or(|surface| came_through == surface)
            && match state {
                None => is_outside,
                Some(ListedState::Active) => account.may_sign_in(),
                Some(ListedState::Inactive) => is_outside && !account.details.is_active,
                Some(ListedState::Waiting) => account.waits_for_activation(),
                Some(ListedState::InTrash) => {
                    self.trash.get(account.id).is_some_and(|row| row.removal_began_at.is_none())
                }
            }
    }

    /// The part of a list that begins with these entries.
    fn part<'a, P>(
        &self,
        entries: impl Iterator<Item = (P, &'a Account)>,
        reach: Reach,
        is_wanted: impl Fn(&Account) -> bool,
    ) -> Part<DirectoryEntry, P> {
        let (mut part, mut last) = (Part { items: Vec::new(), next: None }, None);
        for (number, (place, account)) in entries.enumerate() {
            if number >= size(reach.looked_at) {
                part.next = last;
                break;
            }
            if is_wanted(account) {
                if part.items.len() >= size(reach.items) {
                    part.next = last;
                    break;
                }
                part.items.push(self.view(account));
            }
            last = Some(place);
        }
        part
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
        self.0.read(|tables| {
            let hits: Vec<_> = tables.accounts.range(listed()).filter(|account| has(account, part)).collect();
            let shown = hits.iter().skip(size(page.offset)).take(size(page.limit.get()));
            DirectoryPage {
                accounts: shown.map(|account| tables.view(account)).collect(),
                total: hits.len() as u64,
            }
        })
    }

    async fn browse(
        &mut self,
        filter: DirectoryFilter,
        order: DirectoryOrder,
        after: Option<DirectoryPlace>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, DirectoryPlace>, StoreError> {
        self.0.read(|tables| {
            let entries = tables.list(filter.state, order).into_iter();
            let entries = entries
                .skip_while(|(place, _)| after.as_ref().is_some_and(|after| !order.follows(place, after)));
            tables.part(entries, reach, |account| tables.passes(account, filter))
        })
    }

    async fn with_address_part(
        &mut self,
        part: &AddressPart,
        after: Option<&EmailAddress>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, EmailAddress>, StoreError> {
        let has = |account: &Account| {
            let found = account.details.email.as_ref().and_then(|email| email.as_str().find(part.as_str()));
            found.is_some_and(|at| at > 0)
        };
        self.0.read(|tables| {
            let all = tables.accounts.range(addresses());
            let entries = all.filter_map(|account| Some((account.details.email.clone()?, account)));
            let entries =
                entries.filter(|(email, _)| after.is_none_or(|after| email.as_str() > after.as_str()));
            tables.part(entries, reach, has)
        })
    }

    async fn with_address(
        &mut self,
        beginning: &AddressBeginning,
        after: Option<&EmailAddress>,
        limit: u64,
    ) -> Result<Vec<DirectoryEntry>, StoreError> {
        let such = AccountEntry::Email(beginning.as_str().to_owned())..=AccountEntry::Email(beginning.end());
        self.0.read(|tables| {
            let all = tables.accounts.range(such).filter(|account| {
                let address = account.details.email.as_ref().map(EmailAddress::as_str);
                after.is_none_or(|after| address > Some(after.as_str()))
            });
            all.take(size(limit)).map(|account| tables.view(account)).collect()
        })
    }

    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError> {
        self.0.read(|tables| {
            tables.accounts.find(&AccountEntry::Uuid(uuid.0)).map(|account| tables.view(account))
        })
    }

    async fn view_by_id(&mut self, id: AccountId) -> Result<Option<DirectoryEntry>, StoreError> {
        self.0.read(|tables| tables.accounts.get(id).map(|account| tables.view(account)))
    }
}
