//! Activation and password reset tokens.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, AccountTokenRepository};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};
use super::tables::EARLIEST;

/// The kind of a token, with an order for the index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Activation,
    PasswordReset,
}

impl From<AccountTokenKind> for Kind {
    fn from(kind: AccountTokenKind) -> Self {
        match kind {
            AccountTokenKind::Activation => Self::Activation,
            AccountTokenKind::PasswordReset => Self::PasswordReset,
        }
    }
}

/// The index entries of tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AccountTokenEntry {
    /// The digest, as hexadecimal digits.
    Digest(Kind, String),
    /// The end of the token's life.
    Expiry(Kind, OffsetDateTime, AccountId),
}

impl Row for AccountToken {
    type Key = (Kind, AccountId);
    type Entry = AccountTokenEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Self::Key {
        (self.kind.into(), self.account)
    }

    fn entries(&self) -> Vec<(AccountTokenEntry, Option<Constraint>)> {
        let kind = self.kind.into();
        let constraint = match kind {
            Kind::Activation => Constraint::ActivationTokens,
            Kind::PasswordReset => Constraint::PasswordResetTokens,
        };
        vec![
            (AccountTokenEntry::Digest(kind, self.digest.to_hex()), Some(constraint)),
            (AccountTokenEntry::Expiry(kind, self.expires_at, self.account), None),
        ]
    }
}

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
