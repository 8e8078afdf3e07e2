//! Who is asking.

use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::sessions::SessionId;

/// An account in one of its sessions, as verified by
/// [`VerifyAccess`](crate::sessions::VerifyAccess).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Actor {
    pub account: AccountId,
    pub uuid: AccountUuid,
    /// The account's role now, not at the time of issue of the token.
    pub role: Role,
    pub session: SessionId,
}
