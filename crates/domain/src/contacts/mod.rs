//! Contacts: the people in the address book of an account.

mod birthdays;
mod contact;
mod phone_number;
mod repository;
mod search;
mod text;

pub use birthdays::{BirthdayWindow, MonthDay};
pub use contact::{Avatar, Contact, ContactFacts, ContactId, NewContact};
pub use phone_number::{InvalidPhoneNumber, PhoneNumber};
pub use repository::ContactRepository;
pub use search::{ContactSearch, fold};
pub use text::{InvalidText, Text};
