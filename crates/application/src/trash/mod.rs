//! What can be done with accounts that are removed: they lie in the trash first.

mod browse_trash;
mod erase_account;
mod into_trash;
mod list_trash;
mod removal;
mod remove_account;
mod remove_own_account;
mod restore_account;
mod restore_own_account;
mod trash_account;
mod trash_accounts;
mod trash_own_account;

pub use browse_trash::{BrowseTrash, BrowseTrashError, BrowseTrashInput};
pub use erase_account::{EraseAccount, EraseAccountError, Erasure};
pub use list_trash::{ListTrash, ListTrashError, ListTrashInput};
pub(crate) use removal::{Parts, Removal};
pub use remove_account::{RemoveAccount, RemoveAccountError, RemoveAccountInput};
pub use remove_own_account::{RemoveOwnAccount, RemoveOwnAccountError};
pub use restore_account::{RestoreAccount, RestoreAccountError, RestoreAccountInput, RestoredAccount};
pub use restore_own_account::RestoreOwnAccount;
pub(crate) use restore_own_account::owner_may_bring_back;
pub use trash_account::{TrashAccount, TrashAccountError, TrashAccountInput};
pub use trash_accounts::{TrashAccounts, TrashAccountsError, TrashAccountsInput, TrashedAccounts};
pub use trash_own_account::{TrashOwnAccount, TrashOwnAccountError, TrashOwnAccountInput};
