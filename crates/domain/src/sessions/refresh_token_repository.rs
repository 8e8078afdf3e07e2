//! Where refresh tokens are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{RefreshToken, SessionId, TokenId};
use crate::accounts::AccountId;
use crate::secret::SecretDigest;
use crate::store::StoreError;

/// Keeps the records of refresh tokens.
#[async_trait]
pub trait RefreshTokenRepository: Send {
    /// Adds a token.
    ///
    /// MUST answer `Conflict` with `RefreshTokens` when the id or the digest is taken or the parent has a successor,
    /// and `Conflict` with `ForeignKey` when the session or the account does not exist.
    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError>;

    /// The token with this digest, also if it was exchanged or has expired.
    async fn by_digest(&mut self, digest: &SecretDigest) -> Result<Option<RefreshToken>, StoreError>;

    /// The session's one token that was not exchanged, read in one statement. `None` if the family was revoked.
    ///
    /// Each exchange marks one token and adds one, so a family has one such token.
    async fn newest(&mut self, session: SessionId) -> Result<Option<RefreshToken>, StoreError>;

    /// Marks a token as exchanged. `false`, and no change, if the token is exchanged already or gone. Of two
    /// exchanges at once only one gets `true`; the other is answered after the first has committed.
    async fn rotate(&mut self, id: TokenId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Removes the family of a session, and answers how many tokens it had.
    async fn revoke_family(&mut self, session: SessionId) -> Result<u64, StoreError>;

    /// Removes the account's tokens except those of the session `except`, and answers how many.
    async fn revoke_all(&mut self, account: AccountId, except: Option<SessionId>) -> Result<u64, StoreError>;

    /// Removes up to `limit` tokens that expired at or before `until`, exchanged or not, and answers how many. Their
    /// successors stay.
    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
