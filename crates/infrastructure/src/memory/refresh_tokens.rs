//! Refresh tokens.

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, RefreshTokenRepository, SessionId, TokenId};
use vestibule_domain::store::StoreError;

use super::row::{EARLIEST, require};
use super::rows::refresh_tokens::{RefreshTokenEntry, of_account, of_session};
use super::scope::{Access, MemoryScope};

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
