//! Where contacts are kept.

use async_trait::async_trait;

use super::{Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactSearch, NewContact};
use crate::accounts::AccountId;
use crate::page::PageRequest;
use crate::store::StoreError;

/// Contacts. Every method but [`ContactRepository::insert`] is told whose address book is meant, and a
/// contact in another one does not exist for it.
#[async_trait]
pub trait ContactRepository: Send {
    /// Adds a contact and numbers it, higher than all before it.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when there is no such account.
    async fn insert(&mut self, contact: &NewContact) -> Result<ContactId, StoreError>;

    /// The contact with this id.
    async fn by_id(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// The contact with this id, which no other unit of work changes before this one ends.
    async fn lock(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// A part of the address book, in order of ids. An offset beyond counting is past the end.
    async fn list(&mut self, owner: AccountId, page: PageRequest) -> Result<Vec<Contact>, StoreError>;

    /// The best hit, by the order of [`ContactSearch`].
    async fn find(&mut self, owner: AccountId, search: &ContactSearch)
    -> Result<Option<Contact>, StoreError>;

    /// Those with a birthday in the window, the next one first; of one day in order of ids.
    async fn birthdays(
        &mut self,
        owner: AccountId,
        window: &BirthdayWindow,
    ) -> Result<Vec<Contact>, StoreError>;

    /// Replaces what is known of a person; the avatar stays. `false` if there is no such contact.
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
