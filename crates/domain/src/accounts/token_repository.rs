//! Where mailed tokens are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{AccountId, AccountToken, AccountTokenKind};
use crate::secret::SecretDigest;
use crate::store::StoreError;

/// Keeps activation and password reset tokens: at most one of each kind per account.
#[async_trait]
pub trait AccountTokenRepository: Send {
    /// Stores a token. It replaces the account's token of the same kind.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when the account does not exist.
    async fn put(&mut self, token: &AccountToken) -> Result<(), StoreError>;

    /// The account's token of this kind, expired or not.
    async fn of_account(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<Option<AccountToken>, StoreError>;

    /// The token of this kind with this digest, expired or not, of whatever account.
    async fn by_digest(
        &mut self,
        kind: AccountTokenKind,
        digest: &SecretDigest,
    ) -> Result<Option<AccountToken>, StoreError>;

    /// Removes the account's token of this kind if its digest is `digest`. Of two calls at once only one gets `true`,
    /// so a token is used only once.
    async fn consume(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
        digest: &SecretDigest,
    ) -> Result<bool, StoreError>;

    /// Removes the account's token of this kind, whatever its digest. `true` if there was one.
    async fn revoke(&mut self, kind: AccountTokenKind, account: AccountId) -> Result<bool, StoreError>;

    /// Removes up to `limit` tokens of this kind that expired at or before `now`, and answers how many.
    async fn purge_expired(
        &mut self,
        kind: AccountTokenKind,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError>;
}
