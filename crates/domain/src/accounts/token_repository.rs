//! Where mailed tokens are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{AccountId, AccountToken, AccountTokenKind};
use crate::secret::SecretDigest;
use crate::store::StoreError;

/// Activation and password reset tokens: one of each kind per account.
#[async_trait]
pub trait AccountTokenRepository: Send {
    /// Stores a token in place of the account's token of that kind, if it has one.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when there is no such account.
    async fn put(&mut self, token: &AccountToken) -> Result<(), StoreError>;

    /// The account's token of that kind, expired or not.
    async fn of_account(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<Option<AccountToken>, StoreError>;

    /// The token of that kind with this digest, expired or not, whoever it belongs to.
    async fn by_digest(
        &mut self,
        kind: AccountTokenKind,
        digest: &SecretDigest,
    ) -> Result<Option<AccountToken>, StoreError>;

    /// Removes the account's token of that kind if it has this digest. Of two calls at once one
    /// gets `true`: this is how a token is used only once.
    async fn consume(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
        digest: &SecretDigest,
    ) -> Result<bool, StoreError>;

    /// Removes the account's token of that kind, whatever its digest. `true` if there was one.
    async fn revoke(&mut self, kind: AccountTokenKind, account: AccountId) -> Result<bool, StoreError>;

    /// Removes the tokens of that kind that expired at or before `now`, `limit` at the most.
    /// Answers how many.
    async fn purge_expired(
        &mut self,
        kind: AccountTokenKind,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError>;
}
