//! Accounts that move: in from another system or an export, and out into an export.

mod account;
mod contact;
mod holder;
mod identities;
mod key;
mod password;
mod repository;
mod whole;

pub use account::{ImportedAccount, ImportedTrash};
pub use contact::ImportedContact;
pub use holder::Holder;
pub use identities::{Identifier, Identities, Identity};
pub use key::{ImportKey, ImportKeyRepository, SealedImportKey};
pub use password::ImportedPassword;
pub use repository::AccountTransfer;
pub use whole::WholeAccount;
