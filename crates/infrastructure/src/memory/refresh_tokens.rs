//! Refresh tokens.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, RefreshTokenRepository, SessionId, TokenId};
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};
use super::tables::{EARLIEST, require};

/// The index entries of refresh tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RefreshTokenEntry {
    /// The digest, as hexadecimal digits.
    Digest(String),
    Parent(Uuid),
    Session(Uuid, Uuid),
    Account(AccountId, Uuid),
    /// The end of the token's life.
    Expiry(OffsetDateTime, Uuid),
}

/// The family of a session.
pub(super) fn of_session(session: SessionId) -> RangeInclusive<RefreshTokenEntry> {
    let entry = |token| RefreshTokenEntry::Session(session.0, token);
    entry(Uuid::nil())..=entry(Uuid::max())
}

/// The tokens of an account.
pub(super) fn of_account(account: AccountId) -> RangeInclusive<RefreshTokenEntry> {
    let entry = |token| RefreshTokenEntry::Account(account, token);
    entry(Uuid::nil())..=entry(Uuid::max())
}

impl Row for RefreshToken {
    type Key = Uuid;
    type Entry = RefreshTokenEntry;
    const PRIMARY_KEY: Option<Constraint> = Some(Constraint::RefreshTokens);

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn entries(&self) -> Vec<(RefreshTokenEntry, Option<Constraint>)> {
        let unique = Some(Constraint::RefreshTokens);
        let mut entries = vec![
            (RefreshTokenEntry::Digest(self.digest.to_hex()), unique),
            (RefreshTokenEntry::Session(self.session.0, self.id.0), None),
            (RefreshTokenEntry::Account(self.account, self.id.0), None),
            (RefreshTokenEntry::Expiry(self.expires_at, self.id.0), None),
        ];
        entries.extend(self.parent.map(|parent| (RefreshTokenEntry::Parent(parent.0), unique)));
        entries
    }
}

#[async_trait]
impl<A: Access> RefreshTokenRepository for MemoryScope<A> {
    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                tables.require_account(token.account)?;
                require(tables.sessions.get(token.session.0).is_some())?;
                tables.refresh_tokens.insert(token.clone())
            })
            .await
    }

    async fn by_digest(&mut self, digest: &SecretDigest) -> Result<Option<RefreshToken>, StoreError> {
        let entry = RefreshTokenEntry::Digest(digest.to_hex());
        self.0.read(|tables| tables.refresh_tokens.find(&entry).cloned())
    }

    async fn newest(&mut self, session: SessionId) -> Result<Option<RefreshToken>, StoreError> {
        self.0.read(|tables| {
            let mut family = tables.refresh_tokens.range(of_session(session));
            family.find(|token| token.rotated_at.is_none()).cloned()
        })
    }

    async fn rotate(&mut self, id: TokenId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                tables.refresh_tokens.update(id.0, |token| {
                    let fresh = token.rotated_at.is_none();
                    if fresh {
                        token.rotated_at = Some(at);
                    }
                    fresh
                })
            })
            .await
    }

    async fn revoke_family(&mut self, session: SessionId) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let revoked = tables.refresh_tokens.remove_range(of_session(session), u64::MAX, |_| true);
                Ok(revoked.len() as u64)
            })
            .await
    }

    async fn revoke_all(&mut self, account: AccountId, except: Option<SessionId>) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let spared = |token: &RefreshToken| Some(token.session) == except;
                let tokens = &mut tables.refresh_tokens;
                let revoked = tokens.remove_range(of_account(account), u64::MAX, |token| !spared(token));
                Ok(revoked.len() as u64)
            })
            .await
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let entry = RefreshTokenEntry::Expiry;
        let expired = entry(EARLIEST, Uuid::nil())..=entry(until, Uuid::max());
        self.0
            .write(|tables| Ok(tables.refresh_tokens.remove_range(expired, limit, |_| true).len() as u64))
            .await
    }
}
