//! Where refresh tokens are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{RefreshToken, SessionId, TokenId};
use crate::accounts::AccountId;
use crate::secret::SecretDigest;
use crate::store::StoreError;

/// Refresh tokens.
#[async_trait]
pub trait RefreshTokenRepository: Send {
    /// Adds a token.
    ///
    /// MUST answer `Conflict` with `RefreshTokens` when the id or the digest is taken or the parent
    /// has a successor already, and with `ForeignKey` when there is no such session or account.
    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError>;

    /// The token with this digest, exchanged and expired ones too.
    async fn by_digest(&mut self, digest: &SecretDigest) -> Result<Option<RefreshToken>, StoreError>;

    /// The session's token that was not exchanged, read in one statement; `None` if its family was revoked.
    ///
    /// Each exchange marks one token and adds one, so a family has one such token.
    async fn newest(&mut self, session: SessionId) -> Result<Option<RefreshToken>, StoreError>;

    /// Marks a token as exchanged. `false`, and no change, if it is already (or gone): of two
    /// exchanges at once one gets `true`, the other not before the first has committed.
    async fn rotate(&mut self, id: TokenId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Removes the family of a session. Answers how many tokens.
    async fn revoke_family(&mut self, session: SessionId) -> Result<u64, StoreError>;

    /// Removes the account's tokens, all but those of the session `except`. Answers how many.
    async fn revoke_all(&mut self, account: AccountId, except: Option<SessionId>) -> Result<u64, StoreError>;

    /// Removes tokens that expired at or before `until`, exchanged or not, `limit` at the most. Their
    /// successors stay. Answers how many.
    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
