//! Rows of the table: contacts.

use std::ops::RangeInclusive;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId, ContactSearch};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::spelling::{fold, normal_form};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The index entries of contacts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum ContactEntry {
    Owner(AccountId, ContactId),
    /// The picture that was uploaded for it.
    Picture(ObjectKey, ContactId),
}

/// A contact with its folded texts.
#[derive(Clone)]
pub(in crate::memory) struct ContactRow {
    pub(in crate::memory) contact: Contact,
    pub(in crate::memory) fullname: String,
    pub(in crate::memory) email: Option<String>,
}

impl ContactRow {
    pub(in crate::memory) fn new(contact: Contact) -> Self {
        Self {
            fullname: fold(contact.facts.fullname.as_str()),
            email: contact.facts.email.as_ref().map(|email| fold(email.as_str())),
            contact,
        }
    }

    /// The picture that was uploaded for it.
    pub(in crate::memory) fn picture(&self) -> Option<ObjectKey> {
        self.contact.avatar.as_ref().and_then(|avatar| avatar.object)
    }

    /// How good a hit it is, the least being the best; `None` if it is none.
    pub(in crate::memory) fn preference(&self, search: &ContactSearch) -> Option<u8> {
        let facts = &self.contact.facts;
        let email = facts.email.as_ref();
        [
            normal_form(facts.fullname.as_str()).contains(search.exact()),
            self.fullname.contains(search.folded()),
            email.is_some_and(|email| normal_form(email.as_str()).contains(search.exact())),
            self.email.as_ref().is_some_and(|email| email.contains(search.folded())),
        ]
        .into_iter()
        .zip(0..)
        .find_map(|(is_hit, preference)| is_hit.then_some(preference))
    }
}

impl Row for ContactRow {
    type Key = ContactId;
    type Entry = ContactEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> ContactId {
        self.contact.id
    }

    fn entries(&self) -> Vec<(Self::Entry, Option<Constraint>)> {
        let Contact { id, owner, avatar, .. } = &self.contact;
        let picture = avatar.as_ref().and_then(|avatar| avatar.object);
        let picture = picture.map(|key| ContactEntry::Picture(key, *id));
        [ContactEntry::Owner(*owner, *id)].into_iter().chain(picture).map(|entry| (entry, None)).collect()
    }
}

/// The contacts of an account.
pub(in crate::memory) fn of(owner: AccountId) -> RangeInclusive<ContactEntry> {
    ContactEntry::Owner(owner, ContactId(i64::MIN))..=ContactEntry::Owner(owner, ContactId(i64::MAX))
}
