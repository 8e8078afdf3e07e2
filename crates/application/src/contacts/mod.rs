//! The use cases of address books. Each works on the caller's own.

mod birthdays;
mod change;
mod create;
mod find;
mod list;
mod rebuild_index;
mod remove;
mod set_avatar;

pub use birthdays::{ListBirthdays, ListBirthdaysError};
pub use change::{ChangeContact, ChangeContactError, ChangeContactInput};
pub use create::{CreateContact, CreateContactError, CreateContactInput};
pub use find::{FindContact, FindContactError};
pub use list::{ListContacts, ListContactsError};
pub use rebuild_index::{RebuildContactIndex, RebuildContactIndexError};
pub use remove::{RemoveContact, RemoveContactError};
pub use set_avatar::{SetContactAvatar, SetContactAvatarError, SetContactAvatarInput};
