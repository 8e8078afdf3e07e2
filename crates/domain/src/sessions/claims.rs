//! What a token says.

use time::OffsetDateTime;

use super::{SessionId, Subject, TokenId};
use crate::accounts::{AccountId, Role};

/// What a token is good for (claim `use`). A token of one use is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenUse {
    /// Authenticates requests.
    Access,
    /// Is exchanged for access tokens.
    Refresh,
    /// Proves to read the mail of an account: it is in the link that confirms the address.
    Email,
    /// Sets a new password of an account, and does nothing else (points contract 2.6).
    Recovery,
}

/// The claims of a token (RFC 7519 §4.1) that concern the account; issuer and audience belong to
/// the signer. There is no `nbf`: most libraries refuse a token for it whose issuer's clock is a second
/// ahead of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// `use`.
    pub token_use: TokenUse,
    /// `sub`.
    pub subject: Subject,
    /// `user_id`: the integer id, which clients of the published contracts decode.
    pub account: AccountId,
    /// `sid`; nil where there is no session.
    pub session: SessionId,
    /// `jti`.
    pub id: TokenId,
    /// `role`, at the time of issue; access tokens only, the claim is absent without it. For display:
    /// the session's state decides.
    pub role: Option<Role>,
    /// `iat`; whole seconds. No token is refused for it: a clock that is set back logs nobody out.
    pub issued_at: OffsetDateTime,
    /// `exp`; whole seconds, exclusive.
    pub expires_at: OffsetDateTime,
}
