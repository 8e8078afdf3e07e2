//! What the trash knows of an account.

use time::OffsetDateTime;

use crate::accounts::{AccountUuid, EmailAddress, Username};

/// The id of an entry, given by the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrashId(pub i64);

/// An account in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrashEntry {
    /// The entry.
    pub id: TrashId,
    /// The account.
    pub account: AccountUuid,
    /// Its address.
    pub email: Option<EmailAddress>,
    /// The name that identifies it.
    pub username: Option<Username>,
    /// Who moved it there; `None` for the operator, and once that account is removed.
    pub deleted_by: Option<AccountUuid>,
    /// Since when it lies there.
    pub deleted_at: OffsetDateTime,
    /// Why, in the words of whoever moved it there.
    pub reason: String,
}
