//! Where sessions are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{Session, SessionId, SessionState};
use crate::accounts::AccountId;
use crate::store::StoreError;

/// Keeps sessions.
#[async_trait]
pub trait SessionRepository: Send {
    /// Adds a session.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when the account does not exist.
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError>;

    /// The state that decides about the session's access tokens, read in one statement.
    async fn state(&mut self, id: SessionId) -> Result<Option<SessionState>, StoreError>;

    /// Revokes a session. `false` if the session does not exist or is revoked already.
    async fn revoke(&mut self, id: SessionId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Revokes the account's sessions except `except`, and answers the ids of those that were not revoked before.
    ///
    /// MUST revoke them in one statement and read their ids in parts, however many there are. The caller holds a lock
    /// on the account's row, so no session begins meanwhile. MUST answer `Retryable` if one began all the same.
    async fn revoke_all(
        &mut self,
        account: AccountId,
        except: Option<SessionId>,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// Revokes the account's open sessions except the `keep` newest, removes the refresh tokens of the revoked ones,
    /// and answers their ids. A session that has expired at `at` is not open. Of sessions that began at the same
    /// time, the greater id is newer.
    ///
    /// The rules of [`revoke_all`](Self::revoke_all) hold here too.
    async fn revoke_oldest(
        &mut self,
        account: AccountId,
        keep: u64,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError>;

    /// The account's sessions that are not revoked, including expired ones. MUST read them in parts.
    async fn open(&mut self, account: AccountId) -> Result<Vec<SessionId>, StoreError>;

    /// The account's open sessions, `limit` at the most: those that are not revoked and have not expired at `at`.
    /// Newest first; of sessions that began at the same time, the greater id is newer. MUST answer each as
    /// [`Session::listed_at`] has it.
    async fn open_at(
        &mut self,
        account: AccountId,
        at: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<Session>, StoreError>;

    /// Notes that sessions were seen at a time. A later time that is there stays, and sessions that are not there are
    /// passed over: whoever does not know whether it was noted may note it again.
    ///
    /// `now` is what the clock of the caller shows. A time that [cannot be](super::can_be_seen_at) by then is not
    /// noted, and does not stay where it is there.
    async fn note_seen(
        &mut self,
        ids: &[SessionId],
        at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError>;

    /// Removes up to `limit` sessions that expired at or before `now`, with their refresh tokens, and answers how
    /// many sessions.
    async fn purge_expired(&mut self, now: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
