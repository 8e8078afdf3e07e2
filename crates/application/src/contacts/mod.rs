//! The use cases of address books. Each works on the caller's own, but for those of operators.

mod birthdays;
mod change;
mod create;
mod export_contacts;
mod find;
mod import_contacts;
mod inspect;
mod known_contacts;
mod list;
mod rebuild_index;
mod remove;
mod set_avatar;

pub use birthdays::{ListBirthdays, ListBirthdaysError};
pub use change::{ChangeContact, ChangeContactError, ChangeContactInput};
pub use create::{CreateContact, CreateContactError, CreateContactInput};
pub use export_contacts::{ExportContacts, ExportContactsError};
pub use find::{FindContact, FindContactError};
pub use import_contacts::{ImportContacts, ImportContactsError, ImportedContacts};
pub use inspect::{InspectContacts, InspectContactsError};
pub use known_contacts::KnownContacts;
pub use list::{ListContacts, ListContactsError};
pub use rebuild_index::{RebuildContactIndex, RebuildContactIndexError};
pub use remove::{RemoveContact, RemoveContactError};
pub use set_avatar::{SetContactAvatar, SetContactAvatarError, SetContactAvatarInput};
