//! Activation and password reset tokens.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, AccountTokenRepository};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;

use super::row::EARLIEST;
use super::rows::account_tokens::AccountTokenEntry;
use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> AccountTokenRepository for MemoryScope<A> {
    async fn put(&mut self, token: &AccountToken) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                tables.require_account(token.account)?;
                tables.account_tokens.put(token.clone())
            })
            .await
    }

    async fn of_account(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<Option<AccountToken>, StoreError> {
        self.0.read(|tables| tables.account_tokens.get((kind.into(), account)).cloned())
    }

    async fn by_digest(
        &mut self,
        kind: AccountTokenKind,
        digest: &SecretDigest,
    ) -> Result<Option<AccountToken>, StoreError> {
        let entry = AccountTokenEntry::Digest(kind.into(), digest.to_hex());
        self.0.read(|tables| tables.account_tokens.find(&entry).cloned())
    }

    async fn consume(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
        digest: &SecretDigest,
    ) -> Result<bool, StoreError> {
        let key = (kind.into(), account);
        self.0
            .write(|tables| {
                let held = tables.account_tokens.get(key).is_some_and(|token| token.digest == *digest);
                Ok(held && tables.account_tokens.remove(key))
            })
            .await
    }

    async fn revoke(&mut self, kind: AccountTokenKind, account: AccountId) -> Result<bool, StoreError> {
        self.0.write(|tables| Ok(tables.account_tokens.remove((kind.into(), account)))).await
    }

    async fn purge_expired(
        &mut self,
        kind: AccountTokenKind,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError> {
        let kind = kind.into();
        let first = AccountTokenEntry::Expiry(kind, EARLIEST, AccountId(i64::MIN));
        let last = AccountTokenEntry::Expiry(kind, now, AccountId(i64::MAX));
        self.0
            .write(|tables| {
                let purged = tables.account_tokens.remove_range(first..=last, limit, |_| true);
                Ok(purged.len() as u64)
            })
            .await
    }
}
