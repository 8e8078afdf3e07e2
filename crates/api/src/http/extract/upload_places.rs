//! How many uploads there may be at the same time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vestibule_application::{Code, CodedError};
use vestibule_domain::accounts::AccountId;

use crate::http::codes;

/// Uploads that this process reads, processes or answers at the same time: each file is held in memory.
const OF_ALL: usize = 32;
/// The uploads of one account: as many as a browser sends to one host at once.
const OF_AN_ACCOUNT: usize = 6;
/// The uploads of one client, of any number of accounts: people in one house or office share an address.
const OF_A_CLIENT: usize = 12;

/// The time for `Retry-After`: an upload takes seconds.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The places for uploads of this process. Clones share them.
///
/// A sender decides how long an upload takes. So no account and no client has more than a part of the places, and
/// nobody waits for one: whoever finds none is refused, and holds nothing meanwhile.
#[derive(Debug, Clone, Default)]
pub(super) struct UploadPlaces(Arc<Mutex<Taken>>);

/// How many places are taken. An account or client that has none has no entry, so there are never more entries than
/// places.
#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_account: HashMap<AccountId, usize>,
    by_client: HashMap<String, usize>,
}

/// A place. It is given back when this is dropped.
#[derive(Debug)]
pub(super) struct UploadPlace {
    places: UploadPlaces,
    account: AccountId,
    client: String,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoPlace {
    /// The account has no place left.
    #[error("the account has too many uploads at the same time")]
    Account,
    /// The client has no place left.
    #[error("the client has too many uploads at the same time")]
    Client,
    /// No place is left.
    #[error("there are too many uploads at the same time")]
    All,
}

impl CodedError for NoPlace {
    fn code(&self) -> Code {
        match self {
            Self::Account | Self::Client => codes::TOO_MANY_UPLOADS,
            Self::All => codes::UPLOADS_BUSY,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        Some(RETRY_AFTER)
    }
}

impl UploadPlaces {
    /// Takes a place for an account at a client, which is named as in all limits.
    pub(super) fn take(&self, account: AccountId, client: String) -> Result<UploadPlace, NoPlace> {
        let mut taken = self.taken();
        // What the sender can change comes first.
        if taken.by_account.get(&account).is_some_and(|count| *count >= OF_AN_ACCOUNT) {
            return Err(NoPlace::Account);
        }
        if taken.by_client.get(&client).is_some_and(|count| *count >= OF_A_CLIENT) {
            return Err(NoPlace::Client);
        }
        if taken.all >= OF_ALL {
            return Err(NoPlace::All);
        }
        taken.all += 1;
        *taken.by_account.entry(account).or_default() += 1;
        *taken.by_client.entry(client.clone()).or_default() += 1;
        drop(taken);
        Ok(UploadPlace { places: self.clone(), account, client })
    }

    /// Nothing that runs under the lock panics half-way, so a poisoned lock guards sound numbers.
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UploadPlace {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all = taken.all.saturating_sub(1);
        give_back(taken.by_account.entry(self.account));
        give_back(taken.by_client.entry(std::mem::take(&mut self.client)));
    }
}

/// Counts one place less, and removes an entry that has none.
fn give_back<K: Eq + Hash>(entry: Entry<'_, K, usize>) {
    if let Entry::Occupied(mut entry) = entry {
        *entry.get_mut() = entry.get().saturating_sub(1);
        if *entry.get() == 0 {
            entry.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    fn take(places: &UploadPlaces, account: i64, client: &str) -> Result<UploadPlace, NoPlace> {
        places.take(AccountId(account), client.to_owned())
    }

    fn some(places: &UploadPlaces, account: i64, client: &str, count: usize) -> Vec<UploadPlace> {
        (0..count).map(|_| take(places, account, client).unwrap()).collect()
    }

    #[test]
    fn an_account_has_so_many_places_wherever_it_is() {
        let places = UploadPlaces::default();
        let mut held = some(&places, 1, "a", OF_AN_ACCOUNT - 1);
        held.push(take(&places, 1, "b").unwrap());
        assert_eq!(take(&places, 1, "c").unwrap_err(), NoPlace::Account);
        assert!(take(&places, 2, "a").is_ok());
        held.pop();
        assert!(take(&places, 1, "c").is_ok());
    }

    #[test]
    fn a_client_has_so_many_places_whoever_is_there() {
        let places = UploadPlaces::default();
        let mut held = Vec::new();
        for account in 0..2 {
            held.extend(some(&places, account, "a", OF_A_CLIENT / 2));
        }
        assert_eq!(take(&places, 9, "a").unwrap_err(), NoPlace::Client);
        assert!(take(&places, 9, "b").is_ok());
        held.pop();
        assert!(take(&places, 9, "a").is_ok());
    }

    #[test]
    fn all_have_so_many_places_together() {
        let places = UploadPlaces::default();
        let mut held = Vec::new();
        for number in 0..OF_ALL {
            let number = i64::try_from(number).unwrap();
            held.push(take(&places, number, &number.to_string()).unwrap());
        }
        assert_eq!(take(&places, 99, "a").unwrap_err(), NoPlace::All);
        held.pop();
        assert!(take(&places, 99, "a").is_ok());
    }

    #[test]
    fn who_is_refused_for_its_own_number_hears_so_when_all_are_taken_too() {
        let places = UploadPlaces::default();
        let mut held = some(&places, 1, "a", OF_AN_ACCOUNT);
        for number in OF_AN_ACCOUNT..OF_ALL {
            held.push(take(&places, 100 + i64::try_from(number).unwrap(), &number.to_string()).unwrap());
        }
        assert_eq!(take(&places, 1, "b").unwrap_err(), NoPlace::Account);
    }

    #[test]
    fn nothing_is_left_of_those_who_are_gone_or_were_refused() {
        let places = UploadPlaces::default();
        let held = some(&places, 1, "a", OF_AN_ACCOUNT);
        assert!(take(&places, 1, "another").is_err());
        drop(held);
        let taken = places.taken();
        assert_eq!((taken.all, taken.by_account.len(), taken.by_client.len()), (0, 0, 0));
    }

    #[actix_web::test]
    async fn a_future_that_is_dropped_gives_its_place_back() {
        let places = UploadPlaces::default();
        let mut reading = Box::pin(async {
            let _place = take(&places, 1, "a");
            pending::<()>().await;
        });
        assert!(futures::poll!(reading.as_mut()).is_pending());
        assert_eq!(places.taken().all, 1);
        drop(reading);
        assert_eq!(places.taken().all, 0);
    }
}
