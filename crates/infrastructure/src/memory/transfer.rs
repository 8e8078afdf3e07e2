//! Accounts that move in and out, many at a time.

use std::ops::Bound;

use async_trait::async_trait;
use vestibule_domain::accounts::import::{
    AccountTransfer, Holder, Identities, ImportedContact, WholeAccount,
};
use vestibule_domain::accounts::{Account, AccountId, Profile};
use vestibule_domain::contacts::Contact;
use vestibule_domain::store::StoreError;

use super::points;
use super::rows::accounts::AccountEntry;
use super::rows::contacts::{ContactRow, of};
use super::rows::profiles::ProfileRow;
use super::rows::trash::TrashRow;
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

#[async_trait]
impl<A: Access> AccountTransfer for MemoryScope<A> {
    async fn holders(&mut self, identities: &Identities) -> Result<Vec<Holder>, StoreError> {
        let Identities { uuids, emails, usernames, mobiles } = identities;
        let uuids = uuids.iter().map(|uuid| AccountEntry::Uuid(uuid.0));
        let emails = emails.iter().map(|email| AccountEntry::Email(email.as_str().to_owned()));
        let usernames = usernames.iter().map(|name| AccountEntry::Username(name.folded()));
        let mobiles = mobiles.iter().map(|mobile| AccountEntry::Mobile(mobile.as_str().to_owned()));
        let places: Vec<_> = uuids.chain(emails).chain(usernames).chain(mobiles).collect();
        self.0.read(|tables| {
            let found = places.iter().filter_map(|place| tables.accounts.find(place));
            found.map(holder).collect()
        })
    }

    async fn insert(&mut self, accounts: &[WholeAccount]) -> Result<(), StoreError> {
        let accounts = accounts.to_vec();
        self.0.write(move |tables| accounts.into_iter().try_for_each(|account| add(tables, account))).await
    }

    async fn after(
        &mut self,
        after: AccountId,
        limit: u64,
    ) -> Result<(Vec<WholeAccount>, Option<AccountId>), StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let some = || tables.accounts.by_key((Bound::Excluded(after), Bound::Unbounded)).take(limit);
            let last = some().last().map(|account| account.id);
            (some().filter_map(|account| whole(tables, account)).collect(), last)
        })
    }
}

fn holder(Account { id, details }: &Account) -> Holder {
    Holder {
        id: *id,
        uuid: details.uuid,
        email: details.email.clone(),
        username: details.username.clone(),
        mobile: details.mobile.clone(),
    }
}

fn add(tables: &mut Tables, account: WholeAccount) -> Result<(), StoreError> {
    let WholeAccount { details, trash_reason, profile, contacts } = account;
    let id = tables.next_account();
    let (points, created_at, deleted_at) = (details.points, details.created_at, details.deleted_at);
    tables.accounts.insert(Account { id, details })?;
    points::open(tables, id, points, created_at)?;
    if profile != Profile::default() {
        tables.profiles.insert(ProfileRow { account: id, profile })?;
    }
    if let Some(deleted_at) = deleted_at {
        let row = TrashRow {
            id: tables.next_trash(),
            account: id,
            deleted_by: None,
            deleted_at,
            reason: trash_reason.unwrap_or_default(),
            removal_began_at: None,
            removal_failures: 0,
            removal_put_off_until: None,
        };
        tables.trash.insert(row)?;
    }
    for ImportedContact { facts, avatar } in contacts {
        let contact = Contact { id: tables.next_contact(), owner: id, facts, avatar };
        tables.contacts.insert(ContactRow::new(contact))?;
    }
    Ok(())
}

/// `None` of an account whose removal began.
fn whole(tables: &Tables, account: &Account) -> Option<WholeAccount> {
    let row = tables.trash.get(account.id);
    if row.is_some_and(|row| row.removal_began_at.is_some()) {
        return None;
    }
    let mut details = account.details.clone();
    details.updated_by = None;
    let trash_reason = details.deleted_at.map(|_| row.map(|row| row.reason.clone()).unwrap_or_default());
    let contacts = tables
        .contacts
        .range(of(account.id))
        .map(|row| ImportedContact { facts: row.contact.facts.clone(), avatar: row.contact.avatar.clone() });
    Some(WholeAccount {
        details,
        trash_reason,
        profile: tables.profiles.get(account.id).map(|row| row.profile).unwrap_or_default(),
        contacts: contacts.collect(),
    })
}
