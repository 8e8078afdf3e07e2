//! Signs of life of sessions, in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use time::OffsetDateTime;
use vestibule_domain::sessions::SessionId;

/// How many sessions are remembered at the most, until they are noted. Signs of more in a few seconds are lost.
const MOST: usize = 100_000;

/// Which sessions gave a sign of life that is not noted in the store yet: a refresh, or a request at the console.
///
/// A refresh writes nothing where tokens are kept, and a page of the console never does. So that it stays so, signs are
/// put down here and written together by [`KeepSightings`](super::KeepSightings). A process that is killed loses those
/// of some seconds.
///
/// Times are whole minutes. So a session that gives many signs is written once a minute, and many that give some at
/// once are written by one statement.
#[derive(Clone, Default)]
pub(crate) struct Sightings(Arc<Mutex<HashMap<SessionId, OffsetDateTime>>>);

impl Sightings {
    /// A session gave a sign of life.
    pub(super) fn add(&self, session: SessionId, now: OffsetDateTime) {
        self.with(|seen| latest(seen, session, now.truncate_to_minute()));
    }

    /// Takes out those since the last time, by their minutes.
    pub(super) fn take(&self) -> BTreeMap<OffsetDateTime, Vec<SessionId>> {
        let mut minutes = BTreeMap::<_, Vec<_>>::new();
        for (session, minute) in self.with(std::mem::take) {
            minutes.entry(minute).or_default().push(session);
        }
        minutes
    }

    /// Puts back what could not be noted.
    pub(super) fn put_back(&self, minute: OffsetDateTime, sessions: Vec<SessionId>) {
        self.with(|seen| {
            for session in sessions {
                latest(seen, session, minute);
            }
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut HashMap<SessionId, OffsetDateTime>) -> T) -> T {
        // No foreign code runs under the lock, so a poisoned one still guards sound times.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn latest(seen: &mut HashMap<SessionId, OffsetDateTime>, session: SessionId, minute: OffsetDateTime) {
    if seen.len() < MOST || seen.contains_key(&session) {
        let latest = seen.entry(session).or_insert(minute);
        *latest = minute.max(*latest);
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_latest_minute_counts_and_others_of_the_minute_go_with_it() {
        let (seen, [one, two]) = (Sightings::default(), [1, 2].map(|id| SessionId(Uuid::from_u128(id))));
        seen.add(one, datetime!(2026-11-20 12:00:59.999_999_999 UTC));
        seen.add(one, datetime!(2026-11-20 12:01:30 UTC));
        seen.add(two, datetime!(2026-11-20 12:01:00 UTC));
        let mut taken = seen.take();
        let minute = datetime!(2026-11-20 12:01 UTC);
        for sessions in taken.values_mut() {
            sessions.sort_unstable_by_key(|session| session.0);
        }
        assert_eq!(taken, BTreeMap::from([(minute, vec![one, two])]));
        assert!(seen.take().is_empty());
        seen.put_back(minute, vec![one]);
        seen.add(one, datetime!(2026-11-20 11:59 UTC));
        assert_eq!(seen.take(), BTreeMap::from([(minute, vec![one])]));
    }

    #[test]
    fn no_more_are_remembered_than_fit() {
        let (seen, at) = (Sightings::default(), datetime!(2026-11-20 12:00 UTC));
        for id in 0..MOST + 7 {
            seen.add(SessionId(Uuid::from_u128(id as u128)), at);
        }
        assert_eq!(seen.take()[&at].len(), MOST);
    }
}
