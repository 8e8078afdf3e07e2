//! Accounts in a list.

use super::{AccountId, AccountUuid, MobileNumber, Username};

/// What a list shows of an account (mobile contract 2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// Integer id, by which the list is ordered.
    pub id: AccountId,
    /// Opaque id.
    pub uuid: AccountUuid,
    /// The name that identifies.
    pub username: Option<Username>,
    /// Mobile number.
    pub mobile: Option<MobileNumber>,
    /// Whether the account may sign in.
    pub is_active: bool,
}
