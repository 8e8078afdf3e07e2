//! The hasher: the scheme and the pool of threads behind the port.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;
use vestibule_domain::accounts::{Password, PasswordHash};
use vestibule_domain::ports::{HashError, ImportKeySource, PasswordHasher, Verification};
use vestibule_hashes::ImportKeys;

use super::scheme::{KeyNeed, MAX_COST, MIN_COST, Scheme};
use crate::pool::{Full, Pool};

/// How many jobs may wait for each thread: at cost 12 about two seconds of work, as long as a person waits.
const QUEUE_PER_THREAD: usize = 8;

/// How long the keys of other systems serve before they are read again.
const KEYS_SERVE: Duration = Duration::from_secs(30);

/// How the hasher works.
#[derive(Debug, Clone, Copy)]
pub struct BcryptSettings {
    /// Binary logarithm of the rounds of a new hash; 4 to 16.
    pub cost: u32,
    /// How many passwords are hashed at once.
    pub threads: NonZeroUsize,
    /// How many more passwords may wait.
    pub queue: usize,
}

impl BcryptSettings {
    /// One thread for every core, and a short queue.
    pub fn with_cost(cost: u32) -> Self {
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { cost, threads, queue: threads.get().saturating_mul(QUEUE_PER_THREAD) }
    }
}

/// Why there is no hasher.
#[derive(Debug, thiserror::Error)]
pub enum BcryptSetupError {
    /// The cost is lower than bcrypt allows, or higher than anybody would wait for.
    #[error("the bcrypt cost has to be from {MIN_COST} to {MAX_COST}, and is {0}")]
    Cost(u32),
    /// The system started no threads.
    #[error("the threads that hash passwords did not start")]
    Threads(#[source] std::io::Error),
}

/// Hashes passwords with bcrypt on threads of its own, which end when the hasher is dropped.
///
/// A comparison takes the same work for every account, and without an account, even if an earlier setting made
/// cheaper hashes. An account whose hash is more expensive than a new one takes longer, until its password changes.
pub struct BcryptHasher {
    scheme: Arc<Scheme>,
    pool: Pool,
    keys: Option<Arc<dyn ImportKeySource>>,
    /// When the keys were read.
    keys_read_at: Mutex<Option<Instant>>,
}

impl BcryptHasher {
    /// Starts the threads.
    pub fn new(settings: BcryptSettings) -> Result<Self, BcryptSetupError> {
        if !(MIN_COST..=MAX_COST).contains(&settings.cost) {
            return Err(BcryptSetupError::Cost(settings.cost));
        }
        let pool = Pool::start("hash", settings.threads.get(), settings.queue, usual_time(settings.cost))
            .map_err(BcryptSetupError::Threads)?;
        Ok(Self {
            scheme: Arc::new(Scheme::new(settings.cost)),
            pool,
            keys: None,
            keys_read_at: Mutex::new(None),
        })
    }

    /// The same with the keys that hashes of other systems need. They are read when a hash needs one that was not read
    /// yet, since an import may have added it a moment ago, and again after 30 seconds, since an import may have
    /// replaced one that no hash needed.
    #[must_use]
    pub fn with_import_keys(self, keys: Arc<dyn ImportKeySource>) -> Self {
        Self { keys: Some(keys), ..self }
    }

    /// Reads the keys, if the hash needs one that was not read, or not lately.
    async fn provide_keys(&self, hash: &PasswordHash) -> Result<(), HashError> {
        let Some(source) = &self.keys else { return Ok(()) };
        let need = self.scheme.need(hash.as_str());
        if need == KeyNeed::Nothing || need == KeyNeed::Known && !self.are_keys_old() {
            return Ok(());
        }
        // Before they are read, so that what changes meanwhile counts as later.
        let now = Instant::now();
        let loaded = match source.load().await {
            Ok(loaded) => loaded,
            // What was read earlier still serves.
            Err(_) if need == KeyNeed::Known => return Ok(()),
            Err(error) => return Err(HashError::Failed(error)),
        };
        let mut keys = ImportKeys::default();
        for key in loaded {
            keys.insert(&key.name, key.value);
        }
        self.scheme.set_keys(keys);
        *self.keys_read_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    fn are_keys_old(&self) -> bool {
        let read_at = *self.keys_read_at.lock().unwrap_or_else(PoisonError::into_inner);
        read_at.is_none_or(|at| at.elapsed() >= KEYS_SERVE)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Scheme) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let scheme = Arc::clone(&self.scheme);
        let result = self.pool.submit(move || work(&scheme));
        let result = result.map_err(|Full { retry_after }| HashError::Busy { retry_after })?;
        result.await.map_err(|panicked| HashError::Failed(Box::new(panicked)))
    }
}

/// The time of one hash on a usual core: a quarter of a second at cost 12, doubling with each step.
fn usual_time(cost: u32) -> Duration {
    Duration::from_micros(60 << cost)
}

#[async_trait]
impl PasswordHasher for BcryptHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        let password = password.clone();
        self.run(move |scheme| scheme.hash(password.reveal())).await.map(PasswordHash::new)
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        if let Some(hash) = &hash {
            self.provide_keys(hash).await?;
        }
        let password = password.clone();
        self.run(move |scheme| scheme.verify(password.reveal(), hash.as_ref().map(PasswordHash::as_str)))
            .await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn hasher(cost: u32, threads: usize, queue: usize) -> BcryptHasher {
        let threads = NonZeroUsize::new(threads).unwrap();
        BcryptHasher::new(BcryptSettings { cost, threads, queue }).unwrap()
    }

    #[tokio::test]
    async fn a_password_verifies_against_its_hash_alone() {
        let hasher = hasher(4, 1, 1);
        let password = Password::new("correct horse");
        let hash = hasher.hash(&password).await.unwrap();
        assert_eq!(hasher.verify(&password, Some(hash.clone())).await.unwrap(), Verification::Right);
        let other = Password::new("wrong horse");
        assert_eq!(hasher.verify(&other, Some(hash)).await.unwrap(), Verification::Wrong);
        assert_eq!(hasher.verify(&password, None).await.unwrap(), Verification::Wrong);
    }

    #[tokio::test]
    async fn a_crowd_is_served_up_to_the_queue_and_told_to_come_back() {
        let hasher = Arc::new(hasher(10, 1, 2));
        let crowd: Vec<_> = (0..20)
            .map(|_| {
                let hasher = Arc::clone(&hasher);
                tokio::spawn(async move { hasher.verify(&Password::new("x"), None).await })
            })
            .collect();
        let mut busy = 0;
        for one in crowd {
            match one.await.unwrap() {
                Ok(verification) => assert_eq!(verification, Verification::Wrong),
                Err(HashError::Busy { retry_after }) => {
                    assert!(retry_after >= Duration::from_secs(1));
                    busy += 1;
                }
                Err(HashError::Failed(cause)) => panic!("{cause}"),
            }
        }
        assert!(busy > 0);
    }

    #[test]
    fn an_impossible_cost_is_refused() {
        for cost in [0, 3, 17, 31, u32::MAX] {
            let refused = BcryptHasher::new(BcryptSettings::with_cost(cost));
            assert!(matches!(refused, Err(BcryptSetupError::Cost(named)) if named == cost));
        }
    }

    /// `cargo test -p vestibule-infrastructure --release measured -- --ignored --nocapture`
    #[tokio::test]
    #[ignore = "a measurement: run it alone, on an idle machine"]
    async fn measured_an_unknown_account_costs_what_a_wrong_password_costs() {
        let hasher = hasher(12, 1, 1);
        let wrong = Password::new("wrong");
        let hash = hasher.hash(&Password::new("right")).await.unwrap();
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for _ in 0..50 {
            for (times, hash) in [(&mut known, Some(hash.clone())), (&mut unknown, None)] {
                let begin = Instant::now();
                hasher.verify(&wrong, hash).await.unwrap();
                times.push(begin.elapsed());
            }
        }
        known.sort();
        unknown.sort();
        println!("medians of 50 at cost 12: wrong password {:?}, no account {:?}", known[25], unknown[25]);
        assert!(known[25].abs_diff(unknown[25]) < known[25] / 10);
    }
}
