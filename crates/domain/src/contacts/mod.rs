//! Contacts: the people in the address book of an account.

mod birthdays;
mod contact;
mod index;
mod phone_number;
mod repository;
mod search;
mod text;
mod time_zone;

pub use birthdays::{BirthdayWindow, MonthDay};
pub use contact::{Avatar, Contact, ContactFacts, ContactId, NewContact};
pub use index::{ContactIndex, Rebuilt};
pub use phone_number::{InvalidPhoneNumber, PhoneNumber};
pub use repository::ContactRepository;
pub use search::ContactSearch;
pub use text::{InvalidText, Text};
pub use time_zone::{TimeZone, UnknownTimeZone};
