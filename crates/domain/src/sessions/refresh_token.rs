//! Refresh tokens.

use time::OffsetDateTime;
use uuid::Uuid;

use super::SessionId;
use crate::accounts::AccountId;
use crate::secret::SecretDigest;

/// The id of a token; its `jti`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenId(pub Uuid);

/// A refresh token that was issued. The tokens of one session are a family: each token except the first has a parent,
/// and a parent has at most one successor.
///
/// The token itself is not stored. Signing is deterministic and all claims are in this record, so the same successor
/// can be signed again when its parent is presented once more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RefreshToken {
    pub id: TokenId,
    /// The session to whose family the token belongs.
    pub session: SessionId,
    pub account: AccountId,
    /// The token that was exchanged for this one.
    pub parent: Option<TokenId>,
    /// Digest of the signed token, by which it is found.
    pub digest: SecretDigest,
    /// When it was issued; whole seconds.
    pub issued_at: OffsetDateTime,
    /// The first instant at which the token is expired; whole seconds.
    pub expires_at: OffsetDateTime,
    /// When the token was exchanged for its successor; `None` if it was not.
    pub rotated_at: Option<OffsetDateTime>,
}
