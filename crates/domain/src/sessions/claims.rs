//! The claims of tokens.

use time::OffsetDateTime;

use super::{SessionId, Subject, TokenId};
use crate::accounts::{AccountId, Role};

/// What a token is for (claim `use`). A token of one use is never accepted for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenUse {
    /// An access token: it authenticates requests.
    Access,
    /// A refresh token: it is exchanged for access tokens.
    Refresh,
    /// The token in a link that confirms an address: who opens the link has read the mail of the account.
    Email,
    /// Sets a new password of an account, and does nothing else (points contract 2.6).
    Recovery,
}

/// The claims of a token (RFC 7519 §4.1) that concern the account. Issuer and audience belong to the signer. There is
/// no `nbf`: most libraries refuse a token whose `nbf` is a second ahead of their own clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Claim `use`.
    pub token_use: TokenUse,
    /// Claim `sub`.
    pub subject: Subject,
    /// Claim `user_id`: the integer id, which clients of the published contracts read. With [`Subject::UserId`] it is
    /// the claim `account`.
    pub account: AccountId,
    /// Claim `sid`. Nil in a token without a session.
    pub session: SessionId,
    /// Claim `jti`.
    pub id: TokenId,
    /// Claim `role`, only in access tokens: the role at the time of issue, for display. Access is decided by the
    /// state of the session.
    pub role: Option<Role>,
    /// Claim `iat`, in whole seconds. No token is refused for it, so a clock that is set back logs nobody out.
    pub issued_at: OffsetDateTime,
    /// Claim `exp`, in whole seconds: the first instant at which the token is expired.
    pub expires_at: OffsetDateTime,
}
