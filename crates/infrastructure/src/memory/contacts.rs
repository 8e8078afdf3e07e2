//! Contacts.

use async_trait::async_trait;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{
    Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactRepository, ContactSearch, NewContact,
};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::row::Row;
use super::rows::contacts::{ContactEntry, ContactRow, of};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    fn contact(&self, owner: AccountId, id: ContactId) -> Option<&Contact> {
        self.contacts.find(&ContactEntry::Owner(owner, id)).map(|row| &row.contact)
    }

    /// Whether a contact has this picture.
    pub(super) fn shows_contact(&self, picture: ObjectKey) -> bool {
        let of_picture = ContactEntry::Picture(picture, ContactId(i64::MIN))
            ..=ContactEntry::Picture(picture, ContactId(i64::MAX));
        self.contacts.range(of_picture).next().is_some()
    }

    fn change_contact(
        &mut self,
        owner: AccountId,
        id: ContactId,
        change: impl FnOnce(&mut Contact),
    ) -> Result<bool, StoreError> {
        let Some(mut contact) = self.contact(owner, id).cloned() else { return Ok(false) };
        change(&mut contact);
        self.contacts.put(ContactRow::new(contact)).map(|()| true)
    }
}

#[async_trait]
impl<A: Access> ContactRepository for MemoryScope<A> {
    async fn insert(&mut self, contact: &NewContact) -> Result<ContactId, StoreError> {
        let NewContact { owner, facts, avatar } = contact.clone();
        self.0
            .write(move |tables| {
                tables.require_account(owner)?;
                let id = tables.next_contact();
                tables.contacts.insert(ContactRow::new(Contact { id, owner, facts, avatar }))?;
                Ok(id)
            })
            .await
    }

    async fn insert_all(&mut self, owner: AccountId, contacts: &[ImportedContact]) -> Result<(), StoreError> {
        let contacts = contacts.to_vec();
        self.0
            .write(move |tables| {
                tables.require_account(owner)?;
                for ImportedContact { facts, avatar } in contacts {
                    let id = tables.next_contact();
                    tables.contacts.insert(ContactRow::new(Contact { id, owner, facts, avatar }))?;
                }
                Ok(())
            })
            .await
    }

    async fn by_id(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
        self.0.read(|tables| tables.contact(owner, id).cloned())
    }

    async fn lock(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
        // A unit of work is the only writer, so there is nothing to lock.
        self.by_id(owner, id).await
    }

    async fn list(&mut self, owner: AccountId, page: PageRequest) -> Result<Vec<Contact>, StoreError> {
        let offset = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(page.limit.get()).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let rows = tables.contacts.range(of(owner)).skip(offset).take(limit);
            rows.map(|row| row.contact.clone()).collect()
        })
    }

    async fn after(
        &mut self,
        owner: AccountId,
        after: ContactId,
        limit: u64,
    ) -> Result<Vec<Contact>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let rows = tables.contacts.range(of(owner)).filter(|row| row.contact.id > after);
            rows.take(limit).map(|row| row.contact.clone()).collect()
        })
    }

    async fn find(
        &mut self,
        owner: AccountId,
        search: &ContactSearch,
    ) -> Result<Option<Contact>, StoreError> {
        self.0.read(|tables| {
            let rows = tables.contacts.range(of(owner));
            let hits = rows.filter_map(|row| Some(((row.preference(search)?, row.key()), row)));
            hits.min_by_key(|(order, _)| *order).map(|(_, row)| row.contact.clone())
        })
    }

    async fn birthdays(
        &mut self,
        owner: AccountId,
        window: &BirthdayWindow,
    ) -> Result<Vec<Contact>, StoreError> {
        self.0.read(|tables| {
            let rows = tables.contacts.range(of(owner));
            let mut found: Vec<_> = rows
                .filter_map(|row| Some((row.contact.facts.birthday?, row)))
                .filter(|(born, _)| window.contains(*born))
                .map(|(born, row)| (window.next(born), row))
                .collect();
            // The sort is stable, so contacts of one day stay in order of ids.
            found.sort_by_key(|(next, _)| *next);
            found.into_iter().map(|(_, row)| row.contact.clone()).collect()
        })
    }

    async fn change(
        &mut self,
        owner: AccountId,
        id: ContactId,
        facts: &ContactFacts,
    ) -> Result<bool, StoreError> {
        let facts = facts.clone();
        self.0.write(move |tables| tables.change_contact(owner, id, |contact| contact.facts = facts)).await
    }

    async fn set_avatar(
        &mut self,
        owner: AccountId,
        id: ContactId,
        avatar: &Avatar,
    ) -> Result<bool, StoreError> {
        let avatar = Some(avatar.clone());
        self.0.write(move |tables| tables.change_contact(owner, id, |contact| contact.avatar = avatar)).await
    }

    async fn remove(&mut self, owner: AccountId, id: ContactId) -> Result<bool, StoreError> {
        self.0
            .write(move |tables| Ok(tables.contact(owner, id).is_some() && tables.contacts.remove(id)))
            .await
    }
}
