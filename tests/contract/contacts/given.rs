//! What cases about contacts start from.

use time::Date;
use time::macros::date;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{
    Contact, ContactFacts, ContactId, ContactSearch, NewContact, PhoneNumber, Text,
};
use vestibule_domain::page::{PageLimit, PageRequest};

use crate::given::{Stored, add_account};

/// When everyone was born, unless a case says otherwise.
pub(crate) const BORN: Date = date!(1990 - 05 - 17);

pub(crate) async fn owner(store: &Stored) -> AccountId {
    add_account(store, "ada@example.com").await
}

/// What is known of a person with this name.
pub(crate) fn facts(name: &str) -> ContactFacts {
    ContactFacts {
        fullname: Text::parse(name).unwrap(),
        email: Some(Text::parse("somebody@example.com").unwrap()),
        phone_number: Some(PhoneNumber::new(380_501_234_567).unwrap()),
        birthday: Some(BORN),
        additional: Some(Text::parse("met in Paris").unwrap()),
    }
}

pub(crate) async fn insert(store: &Stored, owner: AccountId, facts: ContactFacts) -> ContactId {
    let contact = NewContact { owner, facts, avatar: None };
    store.repositories().contacts().insert(&contact).await.unwrap()
}

/// Adds a person with this name.
pub(crate) async fn add(store: &Stored, owner: AccountId, name: &str) -> ContactId {
    insert(store, owner, facts(name)).await
}

pub(crate) async fn read(store: &Stored, owner: AccountId, id: ContactId) -> Option<Contact> {
    store.repositories().contacts().by_id(owner, id).await.unwrap()
}

pub(crate) async fn page(store: &Stored, owner: AccountId, offset: u64, limit: u16) -> Vec<ContactId> {
    let request = PageRequest { offset, limit: PageLimit::new(limit) };
    let page = store.repositories().contacts().list(owner, request).await.unwrap();
    page.into_iter().map(|contact| contact.id).collect()
}

pub(crate) async fn find(store: &Stored, owner: AccountId, text: &str) -> Option<ContactId> {
    let search = ContactSearch::new(text);
    store.repositories().contacts().find(owner, &search).await.unwrap().map(|contact| contact.id)
}
