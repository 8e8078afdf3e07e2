//! Where sessions are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{Session, SessionId, SessionState};
use crate::accounts::AccountId;
use crate::store::StoreError;

/// Sessions.
#[async_trait]
pub trait SessionRepository: Send {
    /// Adds a session.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when there is no such account.
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError>;

    /// What decides about the session's access tokens, read in one statement.
    async fn state(&mut self, id: SessionId) -> Result<Option<SessionState>, StoreError>;

    /// Revokes a session. `false` if there is none or it is revoked already.
    async fn revoke(&mut self, id: SessionId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Revokes the account's sessions, all but `except`, and names those that were not revoked before.
    ///
    /// However many there are, MUST revoke them in one statement and read them in parts. The caller has the
    /// account's row locked, so that no session begins meanwhile; MUST answer `Retryable` when one did.
    async fn revoke_all(
        &mut self,
        account: AccountId,
        except: Option<SessionId>,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// Revokes those of the account's open sessions that began before its `keep` newest ones, removes their
    /// refresh tokens, and names them. What is over at `at` is not open. Of sessions that began at once the
    /// greater id is the newer one.
    ///
    /// As [`revoke_all`](Self::revoke_all) otherwise.
    async fn revoke_oldest(
        &mut self,
        account: AccountId,
        keep: u64,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// The account's sessions that are not revoked, those that are over too. MUST read them in parts.
    async fn open(&mut self, account: AccountId) -> Result<Vec<SessionId>, StoreError>;

    /// Removes the sessions that expired at or before `now`, with their refresh tokens, `limit` at
    /// the most. Answers how many.
    async fn purge_expired(&mut self, now: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
