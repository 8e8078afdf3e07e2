//! Who is asking.

use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::sessions::SessionId;

/// An account in one of its sessions, as verified by
/// [`VerifyAccess`](crate::sessions::VerifyAccess).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its opaque id.
    pub uuid: AccountUuid,
    /// What it may do, now.
    pub role: Role,
    /// The session.
    pub session: SessionId,
}
