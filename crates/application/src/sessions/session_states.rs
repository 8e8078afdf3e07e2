//! The cached states of sessions.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use time::OffsetDateTime;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, AddressMark, Role};
use vestibule_domain::ports::{Cache, CacheError};
use vestibule_domain::sessions::{SessionId, SessionState};
use vestibule_domain::store::{Store, StoreError, UnitOfWork};

use crate::Deps;

/// How long a state is cached in this process, where putting a mark cannot fail. Another process with a cache of its own
/// puts no marks here: what it changes holds when this time is over.
pub const OWN_STATES_OVER: Duration = Duration::from_mins(1);
/// How long a state is cached in Redis, counted from before the store was read.
const SHARED_LIFE: Duration = Duration::from_secs(4);
/// When every state in Redis has expired. It is longer than the life of a state, because writing one takes a while to
/// arrive.
pub const SHARED_STATES_OVER: Duration = Duration::from_secs(5);
/// How long the marks before the commit may take. The unit of work, and everybody who waits for its locks, waits as
/// long.
const MARKING: Duration = Duration::from_secs(1);
/// How long a mark lasts. It is longer than the commit after the mark can take, and longer than a reader that read
/// the store before the commit can take to fill the cache.
const CHANGED: Duration = Duration::from_mins(5);

/// How many sessions are marked at the same time.
const AT_ONCE: usize = 500;

/// Reads the states of sessions, from the cache or else from the store, and commits changes to them.
///
/// No change is missed. Whoever changes a session puts a mark in place of its state *before* the commit, so no
/// cancelled request and no crash can come in between. While the mark is there, every request reads the store, and
/// nothing is written over the mark (`add`). So a reader that read the store before the change cannot bring the old
/// state back.
///
/// A cache outside of this process can be unreachable for this node and reachable for another node, which goes on
/// serving the states in it. So the mark is put again *after* the commit. If that fails, the change is answered only
/// when every state from before it has expired. For this reason states live only seconds in such a cache, and their
/// lives count from before the store was read. A cache that comes back without a mark is the adapter's
/// responsibility: it answers nothing until its old states have expired.
///
/// `ARCHITECTURE.md` has a picture of this.
#[derive(Clone)]
pub(crate) struct SessionStates {
    store: Arc<dyn Store>,
    cache: Arc<dyn Cache>,
    life: Duration,
}

impl SessionStates {
    pub(crate) fn new(deps: &Deps) -> Self {
        let life = if deps.cache.is_remote() { SHARED_LIFE } else { OWN_STATES_OVER };
        Self { store: deps.store.clone(), cache: deps.cache.clone(), life }
    }

    /// The state of a session; `None` if there is no such session.
    pub(crate) async fn get(&self, id: SessionId) -> Result<Option<SessionState>, StoreError> {
        let key = key(id);
        let cached = match self.cache.get(&key).await {
            Ok(cached) => cached,
            Err(error) => {
                // The adapter warns once for each outage. A warning here would be one line for each request.
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

    /// Commits a change to these sessions or their account. When this has answered, no node serves a state from
    /// before the change.
    pub(crate) async fn commit(
        &self,
        unit: Box<dyn UnitOfWork>,
        sessions: &[SessionId],
    ) -> Result<(), StoreError> {
        if !self.cache.is_remote() {
            // The cache of this process neither fails nor waits, and is fast for any number of sessions.
            let _ = self.mark(sessions).await;
            unit.commit().await?;
            let _ = self.mark(sessions).await;
            return Ok(());
        }
        // A failure or a long wait here does not matter: the mark after the commit, or the wait, makes up for it.
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
            // All states from before the commit have expired, however many sessions are not marked.
            Err(_elapsed) => {
                tracing::warn!(sessions = sessions.len(), "changed sessions could not be marked in time");
            }
        }
        Ok(())
    }

    async fn mark(&self, sessions: &[SessionId]) -> Result<(), CacheError> {
        for (number, part) in sessions.chunks(AT_ONCE).enumerate() {
            if number > 0 {
                // The cache of this process never waits, so other tasks get their turn here.
                yield_now().await;
            }
            let marks = part.iter().map(async |id| self.cache.set(&key(*id), vec![MARK], CHANGED).await);
            join_all(marks).await.into_iter().collect::<Result<(), _>>()?;
        }
        Ok(())
    }
}

fn key(id: SessionId) -> String {
    let mut key = String::with_capacity(40);
    key.push_str("session:");
    key.push_str(id.0.simple().encode_lower(&mut Uuid::encode_buffer()));
    key
}

/// The first byte of an entry: a mark, or the format of a state. A changed format gets a new number.
const MARK: u8 = 0;
const FORM: u8 = 4;
/// The length of an entry without the surface's name, which stands at its end.
const LENGTH: usize = 1 + 8 + 16 + 1 + 16 + 1 + 1 + 16 + 8 + 1;

fn encode(state: &SessionState) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH + state.surface.len());
    bytes.push(FORM);
    bytes.extend_from_slice(&state.account.0.to_le_bytes());
    bytes.extend_from_slice(state.uuid.0.as_bytes());
    // The bytes of a mark that is not there are not looked at.
    bytes.push(u8::from(state.address.is_some()));
    bytes.extend_from_slice(state.address.map_or(Uuid::nil(), |mark| mark.0).as_bytes());
    bytes.push(match state.role {
        Role::User => 0,
        Role::Moderator => 1,
        Role::Admin => 2,
    });
    bytes.push(u8::from(state.is_open));
    bytes.extend_from_slice(&state.created_at.unix_timestamp_nanos().to_le_bytes());
    bytes.extend_from_slice(&state.expires_at.unix_timestamp().to_le_bytes());
    // A name that is too long makes the entry unreadable.
    bytes.push(u8::try_from(state.surface.len()).unwrap_or(u8::MAX));
    bytes.extend_from_slice(state.surface.as_bytes());
    bytes
}

/// Reads a state. `None` for a mark and for anything else.
fn decode(bytes: &[u8]) -> Option<SessionState> {
    let (form, rest) = bytes.split_first()?;
    if *form != FORM {
        return None;
    }
    let (account, rest) = rest.split_first_chunk::<8>()?;
    let (uuid, rest) = rest.split_first_chunk::<16>()?;
    let (&[has_address], rest) = rest.split_first_chunk::<1>()?;
    let (mark, rest) = rest.split_first_chunk::<16>()?;
    let (&[role, is_open], rest) = rest.split_first_chunk::<2>()?;
    let (created_at, rest) = rest.split_first_chunk::<16>()?;
    let (expires_at, rest) = rest.split_first_chunk::<8>()?;
    let (length, surface) = rest.split_first()?;
    if surface.len() != usize::from(*length) {
        return None;
    }
    Some(SessionState {
        account: AccountId(i64::from_le_bytes(*account)),
        uuid: AccountUuid(Uuid::from_bytes(*uuid)),
        address: (has_address == 1).then(|| AddressMark(Uuid::from_bytes(*mark))),
        surface: str::from_utf8(surface).ok()?.to_owned(),
        role: match role {
            0 => Role::User,
            1 => Role::Moderator,
            2 => Role::Admin,
            _ => return None,
        },
        is_open: is_open == 1,
        created_at: OffsetDateTime::from_unix_timestamp_nanos(i128::from_le_bytes(*created_at)).ok()?,
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
            address: is_open.then(|| AddressMark(Uuid::from_u128(0xfedc))),
            surface: "contacts".to_owned(),
            role,
            is_open,
            created_at: OffsetDateTime::from_unix_timestamp_nanos(1_700_000_000_123_456_789).unwrap(),
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
        old_form[0] = 3;
        assert_eq!(decode(&old_form), None);
        let mut unknown_role = whole.clone();
        unknown_role[42] = 9;
        assert_eq!(decode(&unknown_role), None);
    }
}
