//! The cached states of sessions.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use time::OffsetDateTime;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::ports::{Cache, CacheError};
use vestibule_domain::sessions::{SessionId, SessionState};
use vestibule_domain::store::{Store, StoreError, UnitOfWork};

use crate::Deps;

/// How long a state is kept in this process, where marks cannot fail.
const OWN_LIFE: Duration = Duration::from_mins(1);
/// How long a state is kept outside, from the moment at which the store was asked for it.
const SHARED_LIFE: Duration = Duration::from_secs(4);
/// When every state that is kept outside is over: what is sent may take a while to arrive.
pub const SHARED_STATES_OVER: Duration = Duration::from_secs(5);
/// How long a unit of work, and whoever waits for what it locked, waits for the marks before its commit.
const MARKING: Duration = Duration::from_secs(1);
/// How long a changed session is read from the store each time: longer than the commit that follows
/// the mark, and any reader that looked at the store before it, can take.
const CHANGED: Duration = Duration::from_mins(5);

/// How many sessions are marked at once.
const AT_ONCE: usize = 500;

/// States of sessions, from the cache or else from the store.
///
/// A change is not missed. Whoever changes a session puts a mark in the place of its state *before* the
/// commit, so that no cancelled request and no crash can come in between. While the mark is there the
/// store is read each time, and nothing is filled over it (`add`), so a reader that read the store before
/// the change cannot bring the old state back.
///
/// A cache outside of this process can be away for this node and there for another one, which goes on
/// serving what it finds in it. So the mark is put once more *after* the commit, and where that fails the
/// change is not acknowledged before all states from before it are over. The lives of states are
/// short there for this reason, and count from before the store was read. A cache that comes back
/// having forgotten a mark is the adapter's affair: it gives nothing until what it held then is over.
#[derive(Clone)]
pub(crate) struct SessionStates {
    store: Arc<dyn Store>,
    cache: Arc<dyn Cache>,
    life: Duration,
}

impl SessionStates {
    pub(crate) fn new(deps: &Deps) -> Self {
        let life = if deps.cache.is_remote() { SHARED_LIFE } else { OWN_LIFE };
        Self { store: deps.store.clone(), cache: deps.cache.clone(), life }
    }

    /// The state of a session; `None` if there is no such session.
    pub(crate) async fn get(&self, id: SessionId) -> Result<Option<SessionState>, StoreError> {
        let key = key(id);
        let cached = match self.cache.get(&key).await {
            Ok(cached) => cached,
            Err(error) => {
                // The adapter warns once for each outage; this would be a line for each request.
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a session state is read without the cache"
                );
                return self.store.repositories().sessions().state(id).await;
            }
        };
        if let Some(state) = cached.as_deref().and_then(decode) {
            return Ok(Some(state));
        }
        let asked = std::time::Instant::now();
        let state = self.store.repositories().sessions().state(id).await?;
        if let (None, Some(state)) = (cached, &state)
            && let Some(life) = self.life.checked_sub(asked.elapsed())
            && let Err(error) = self.cache.add(&key, encode(state), life).await
        {
            tracing::debug!(error = &error as &dyn std::error::Error, "a session state was not cached");
        }
        Ok(state)
    }

    /// Commits a change to these sessions or their account. Once this has answered, no node serves a
    /// state from before it.
    pub(crate) async fn commit(
        &self,
        unit: Box<dyn UnitOfWork>,
        sessions: &[SessionId],
    ) -> Result<(), StoreError> {
        if !self.cache.is_remote() {
            // Nothing fails or waits here, and however many there are it is quickly done.
            let _ = self.mark(sessions).await;
            unit.commit().await?;
            let _ = self.mark(sessions).await;
            return Ok(());
        }
        // Should this fail or take long, what follows the commit makes up for it.
        let _ = timeout(MARKING, self.mark(sessions)).await;
        unit.commit().await?;
        let over = Instant::now() + SHARED_STATES_OVER;
        match timeout_at(over, self.mark(sessions)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "changed sessions could not be marked; the answer waits until their old states are over"
                );
                sleep_until(over).await;
            }
            // However many are left, all states from before the commit are over.
            Err(_elapsed) => {
                tracing::warn!(sessions = sessions.len(), "changed sessions could not be marked in time");
            }
        }
        Ok(())
    }

    async fn mark(&self, sessions: &[SessionId]) -> Result<(), CacheError> {
        for (number, part) in sessions.chunks(AT_ONCE).enumerate() {
            if number > 0 {
                // The cache of this process never waits, and others have their turn.
                yield_now().await;
            }
            let marks = part.iter().map(async |id| self.cache.set(&key(*id), vec![MARK], CHANGED).await);
            join_all(marks).await.into_iter().collect::<Result<(), _>>()?;
        }
        Ok(())
    }
}

fn key(id: SessionId) -> String {
    format!("session:{}", id.0.simple())
}

/// The first byte of an entry: a mark, or the form of a state. Another form gets another number.
const MARK: u8 = 0;
const FORM: u8 = 2;
/// Of an entry without the name of the surface, which is its end.
const LENGTH: usize = 1 + 8 + 16 + 1 + 1 + 8 + 1;

fn encode(state: &SessionState) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH + state.surface.len());
    bytes.push(FORM);
    bytes.extend_from_slice(&state.account.0.to_le_bytes());
    bytes.extend_from_slice(state.uuid.0.as_bytes());
    bytes.push(match state.role {
        Role::User => 0,
        Role::Moderator => 1,
        Role::Admin => 2,
    });
    bytes.push(u8::from(state.is_open));
    bytes.extend_from_slice(&state.expires_at.unix_timestamp().to_le_bytes());
    // A name that is longer reads back as none.
    bytes.push(u8::try_from(state.surface.len()).unwrap_or(u8::MAX));
    bytes.extend_from_slice(state.surface.as_bytes());
    bytes
}

/// `None` for a mark and for anything that does not read as a state.
fn decode(bytes: &[u8]) -> Option<SessionState> {
    let (form, rest) = bytes.split_first()?;
    if *form != FORM {
        return None;
    }
    let (account, rest) = rest.split_first_chunk::<8>()?;
    let (uuid, rest) = rest.split_first_chunk::<16>()?;
    let (&[role, is_open], rest) = rest.split_first_chunk::<2>()?;
    let (expires_at, rest) = rest.split_first_chunk::<8>()?;
    let (length, surface) = rest.split_first()?;
    if surface.len() != usize::from(*length) {
        return None;
    }
    Some(SessionState {
        account: AccountId(i64::from_le_bytes(*account)),
        uuid: AccountUuid(Uuid::from_bytes(*uuid)),
        surface: str::from_utf8(surface).ok()?.to_owned(),
        role: match role {
            0 => Role::User,
            1 => Role::Moderator,
            2 => Role::Admin,
            _ => return None,
        },
        is_open: is_open == 1,
        expires_at: OffsetDateTime::from_unix_timestamp(i64::from_le_bytes(*expires_at)).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(role: Role, is_open: bool) -> SessionState {
        SessionState {
            account: AccountId(-7),
            uuid: AccountUuid(Uuid::from_u128(0x0123_4567_89ab_cdef)),
            surface: "contacts".to_owned(),
            role,
            is_open,
            expires_at: OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap(),
        }
    }

    #[test]
    fn every_state_reads_back() {
        for role in Role::ALL {
            for is_open in [true, false] {
                let state = state(role, is_open);
                assert_eq!(decode(&encode(&state)), Some(state));
            }
        }
    }

    #[test]
    fn a_mark_and_a_damaged_entry_are_no_state() {
        let whole = encode(&state(Role::Admin, true));
        assert_eq!(decode(&[MARK]), None);
        for length in 0..whole.len() {
            assert_eq!(decode(&whole[..length]), None);
        }
        let mut old_form = whole.clone();
        old_form[0] = 1;
        assert_eq!(decode(&old_form), None);
        let mut unknown_role = whole.clone();
        unknown_role[25] = 9;
        assert_eq!(decode(&unknown_role), None);
    }
}
