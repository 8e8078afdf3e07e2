//! Places for uploads.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// Uploads that are read, processed or answered at the same time. Their files are held in memory.
const IN_ALL: usize = 32;

/// Those of one account among them.
const PER_ACCOUNT: usize = 4;

/// Those of one client, behind which there may be several accounts.
const PER_CLIENT: usize = 8;

/// Places for uploads: of the process, of each account and of each client. Who finds none waits for one of its own, and
/// its body is not read meanwhile; so nobody waits for the slow uploads of others.
#[derive(Debug)]
pub(super) struct UploadPlaces {
    all: Arc<Semaphore>,
    accounts: PlacesByName,
    clients: PlacesByName,
}

/// A place, until the request that has it is answered or cut off.
#[derive(Debug)]
pub(super) struct UploadPlace {
    _account: Option<OwnedSemaphorePermit>,
    _client: OwnedSemaphorePermit,
    _process: OwnedSemaphorePermit,
}

impl UploadPlaces {
    /// 32 of the process, 4 of each account, 8 of each client.
    pub(super) fn new() -> Self {
        Self {
            all: Arc::new(Semaphore::new(IN_ALL)),
            accounts: PlacesByName::new(PER_ACCOUNT),
            clients: PlacesByName::new(PER_CLIENT),
        }
    }

    /// Waits for a place. Those who wait hold places of their own alone, and wait for those of the process last.
    pub(super) async fn take(
        &self,
        account: Option<&str>,
        client: &str,
    ) -> Result<UploadPlace, AcquireError> {
        let account = match account {
            Some(account) => Some(self.accounts.of(account).acquire_owned().await?),
            None => None,
        };
        let client = self.clients.of(client).acquire_owned().await?;
        let process = self.all.clone().acquire_owned().await?;
        Ok(UploadPlace { _account: account, _client: client, _process: process })
    }
}

/// So many places for each name.
#[derive(Debug)]
struct PlacesByName {
    each: usize,
    /// Those that somebody holds or waits for, and some that nobody does.
    known: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// From this many names on those that nobody needs are looked for.
const MANY: usize = 64;

impl PlacesByName {
    fn new(each: usize) -> Self {
        Self { each, known: Mutex::default() }
    }

    fn of(&self, name: &str) -> Arc<Semaphore> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = known.get(name).and_then(Weak::upgrade) {
            return places;
        }
        // As the map grows by doubling, so does the time between two looks.
        if known.len() >= MANY && known.len() == known.capacity() {
            known.retain(|_, places| places.strong_count() > 0);
        }
        let places = Arc::new(Semaphore::new(self.each));
        known.insert(name.to_owned(), Arc::downgrade(&places));
        places
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn an_account_that_holds_all_of_its_places_waits_and_others_do_not() {
        let places = UploadPlaces::new();
        let mut held = Vec::new();
        for client in 0..PER_ACCOUNT {
            held.push(places.take(Some("ada"), &client.to_string()).await.unwrap());
        }
        assert!(places.take(Some("ada"), "9").now_or_never().is_none());
        assert!(places.take(Some("eve"), "9").now_or_never().is_some());
        held.pop();
        assert!(places.take(Some("ada"), "9").now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_client_has_no_more_places_by_having_more_accounts() {
        let places = UploadPlaces::new();
        let mut held = Vec::new();
        for account in 0..PER_CLIENT {
            held.push(places.take(Some(&account.to_string()), "here").await.unwrap());
        }
        assert!(places.take(Some("one more"), "here").now_or_never().is_none());
        assert!(places.take(Some("one more"), "there").now_or_never().is_some());
    }

    #[tokio::test]
    async fn whoever_stops_waiting_gives_back_what_it_had() {
        let places = UploadPlaces::new();
        let all: Vec<_> = (0..IN_ALL).map(|_| places.all.clone().try_acquire_owned().unwrap()).collect();
        for _ in 0..PER_ACCOUNT * 2 {
            assert!(places.take(Some("ada"), "here").now_or_never().is_none());
        }
        drop(all);
        assert!(places.take(Some("ada"), "here").now_or_never().is_some());
    }

    #[tokio::test]
    async fn names_that_nobody_needs_are_forgotten() {
        let places = UploadPlaces::new();
        for account in 0..10_000 {
            places.take(Some(&account.to_string()), "here").await.unwrap();
        }
        assert!(places.accounts.known.lock().unwrap().len() < 2 * MANY);
    }
}
