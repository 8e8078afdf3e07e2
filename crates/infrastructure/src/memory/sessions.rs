//! Sessions.

use std::cmp::Reverse;

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AddressMark};
use vestibule_domain::sessions::{Session, SessionId, SessionRepository, SessionState, can_be_seen_at};
use vestibule_domain::store::StoreError;

use super::row::EARLIEST;
use super::rows::refresh_tokens;
use super::rows::sessions::{SessionEntry, of_account};
use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> SessionRepository for MemoryScope<A> {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                tables.require_account(session.account)?;
                tables.sessions.insert(session.clone())
            })
            .await
    }

    async fn state(&mut self, id: SessionId) -> Result<Option<SessionState>, StoreError> {
        self.0.read(|tables| {
            let session = tables.sessions.get(id.0)?;
            let account = tables.accounts.get(session.account)?;
            Some(SessionState {
                account: account.id,
                uuid: account.details.uuid,
                address: account.details.email.as_ref().map(AddressMark::of),
                surface: session.surface.clone(),
                role: account.details.role,
                is_open: account.may_sign_in() && session.revoked_at.is_none(),
                created_at: session.created_at,
                expires_at: session.expires_at,
            })
        })
    }

    async fn revoke(&mut self, id: SessionId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.0.write(|tables| tables.sessions.update(id.0, |session| revoke(session, at))).await
    }

    async fn revoke_all(
        &mut self,
        account: AccountId,
        except: Option<SessionId>,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        self.0
            .write(|tables| {
                let mut ids: Vec<_> = tables.sessions.range(of_account(account)).map(|row| row.id).collect();
                ids.retain(|id| Some(*id) != except);
                let mut revoked = Vec::with_capacity(ids.len());
                for id in ids {
                    if tables.sessions.update(id.0, |session| revoke(session, at))? {
                        revoked.push(id);
                    }
                }
                Ok(revoked)
            })
            .await
    }

    async fn revoke_oldest(
        &mut self,
        account: AccountId,
        keep: u64,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        self.0
            .write(|tables| {
                let sessions = tables.sessions.range(of_account(account));
                let mut open: Vec<_> = sessions
                    .filter(|session| session.revoked_at.is_none() && session.expires_at > at)
                    .map(|session| (session.created_at, session.id.0))
                    .collect();
                open.sort_unstable();
                open.truncate(open.len().saturating_sub(usize::try_from(keep).unwrap_or(usize::MAX)));
                for (_, id) in &open {
                    tables.sessions.update(*id, |session| revoke(session, at))?;
                    let tokens = refresh_tokens::of_session(SessionId(*id));
                    tables.refresh_tokens.remove_range(tokens, u64::MAX, |_| true);
                }
                Ok(open.into_iter().map(|(_, id)| SessionId(id)).collect())
            })
            .await
    }

    async fn open(&mut self, account: AccountId) -> Result<Vec<SessionId>, StoreError> {
        self.0.read(|tables| {
            let sessions = tables.sessions.range(of_account(account));
            sessions.filter(|session| session.revoked_at.is_none()).map(|session| session.id).collect()
        })
    }

    async fn open_at(
        &mut self,
        account: AccountId,
        at: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<Session>, StoreError> {
        self.0.read(|tables| {
            let sessions = tables.sessions.range(of_account(account));
            let is_open = |session: &&Session| session.revoked_at.is_none() && session.expires_at > at;
            let mut open: Vec<_> = sessions.filter(is_open).cloned().collect();
            open.sort_unstable_by_key(|session| Reverse((session.created_at, session.id.0)));
            open.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            open.into_iter().map(|session| session.listed_at(at)).collect()
        })
    }

    async fn note_seen(
        &mut self,
        ids: &[SessionId],
        at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        if !can_be_seen_at(at, now) {
            return Ok(());
        }
        self.0
            .write(|tables| {
                for id in ids {
                    tables.sessions.update(id.0, |session| {
                        let kept = session.last_seen_at.filter(|seen| can_be_seen_at(*seen, now));
                        let is_later = kept.is_none_or(|seen| seen < at);
                        if is_later {
                            session.last_seen_at = Some(at);
                        }
                        is_later
                    })?;
                }
                Ok(())
            })
            .await
    }

    async fn purge_expired(&mut self, now: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let expired = SessionEntry::Expiry(EARLIEST, Uuid::nil())..=SessionEntry::Expiry(now, Uuid::max());
        self.0
            .write(|tables| {
                let purged = tables.sessions.remove_range(expired, limit, |_| true);
                for id in &purged {
                    tables.refresh_tokens.remove_range(
                        refresh_tokens::of_session(SessionId(*id)),
                        u64::MAX,
                        |_| true,
                    );
                }
                Ok(purged.len() as u64)
            })
            .await
    }
}

fn revoke(session: &mut Session, at: OffsetDateTime) -> bool {
    let open = session.revoked_at.is_none();
    if open {
        session.revoked_at = Some(at);
    }
    open
}
