//! Where contacts are kept.

use async_trait::async_trait;

use super::{Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactSearch, NewContact};
use crate::accounts::AccountId;
use crate::accounts::import::ImportedContact;
use crate::page::PageRequest;
use crate::store::StoreError;

/// Keeps contacts. Every method except [`ContactRepository::insert`] takes the owner of the address book. A contact
/// in another address book does not exist for such a call.
#[async_trait]
pub trait ContactRepository: Send {
    /// Adds a contact and gives it an id that is greater than all earlier ids.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when the account does not exist.
    async fn insert(&mut self, contact: &NewContact) -> Result<ContactId, StoreError>;

    /// Adds contacts to an address book, in their order, with ids that ascend and are greater than all earlier ids.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when the account does not exist, and add nothing then. MUST need a number
    /// of statements that grows far slower than that of the contacts.
    async fn insert_all(&mut self, owner: AccountId, contacts: &[ImportedContact]) -> Result<(), StoreError>;

    /// The contact with this id.
    async fn by_id(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// The contact with this id, locked: no other unit of work changes it before this one ends.
    async fn lock(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// A part of the address book, in order of ids. An offset that is too large to be counted is past the end.
    async fn list(&mut self, owner: AccountId, page: PageRequest) -> Result<Vec<Contact>, StoreError>;

    /// The contacts behind this one, in order of ids, `limit` at the most. It need not exist.
    async fn after(
        &mut self,
        owner: AccountId,
        after: ContactId,
        limit: u64,
    ) -> Result<Vec<Contact>, StoreError>;

    /// The best match, by the order of [`ContactSearch`].
    async fn find(&mut self, owner: AccountId, search: &ContactSearch)
    -> Result<Option<Contact>, StoreError>;

    /// The contacts with a birthday in the window, the next birthday first. Contacts with the same birthday are in
    /// order of ids.
    async fn birthdays(
        &mut self,
        owner: AccountId,
        window: &BirthdayWindow,
    ) -> Result<Vec<Contact>, StoreError>;

    /// Replaces the facts of a contact. The avatar stays. `false` if there is no such contact.
    async fn change(
        &mut self,
        owner: AccountId,
        id: ContactId,
        facts: &ContactFacts,
    ) -> Result<bool, StoreError>;

    /// Gives a contact another picture. `false` if there is no such contact.
    async fn set_avatar(
        &mut self,
        owner: AccountId,
        id: ContactId,
        avatar: &Avatar,
    ) -> Result<bool, StoreError>;

    /// Removes a contact. `false` if there is no such contact.
    async fn remove(&mut self, owner: AccountId, id: ContactId) -> Result<bool, StoreError>;
}
