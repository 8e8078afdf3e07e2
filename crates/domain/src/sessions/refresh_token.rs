//! Refresh tokens.

use time::OffsetDateTime;
use uuid::Uuid;

use super::SessionId;
use crate::accounts::AccountId;
use crate::secret::SecretDigest;

/// The id of a token; its `jti`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenId(pub Uuid);

/// A refresh token that was issued. The tokens of one session are a family: each but the first has
/// a parent, and a parent has one successor at the most.
///
/// The token itself is not kept. Its claims are all here, and signing is deterministic, so that a
/// repeated refresh with the parent can be answered with the same successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// Id.
    pub id: TokenId,
    /// The session whose family it belongs to.
    pub session: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// The token that was exchanged for it.
    pub parent: Option<TokenId>,
    /// Digest of the token.
    pub digest: SecretDigest,
    /// When it was issued; whole seconds.
    pub issued_at: OffsetDateTime,
    /// The first instant at which it is no longer good; whole seconds.
    pub expires_at: OffsetDateTime,
    /// When it was exchanged for its successor.
    pub rotated_at: Option<OffsetDateTime>,
}
