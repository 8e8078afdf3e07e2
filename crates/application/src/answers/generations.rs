//! The generations of data.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::{join_all, try_join};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use vestibule_domain::ports::{Cache, CacheError, IdGenerator};

use super::question::Scope;
use crate::Deps;

/// How long a generation lasts if nothing moves it. What another process changes without telling this one (by SQL, or
/// by a command beside a server whose cache is its own memory) is seen when this time is over.
const LIFE: Duration = Duration::from_secs(1);
/// When every generation from before a change has ended, where the change could not be told to the cache.
pub const ANSWERS_OVER: Duration = Duration::from_millis(1_250);
/// How long a reader waits for a generation before it reads the store instead.
const PATIENCE: Duration = Duration::from_millis(100);
/// How many scopes are moved at the same time.
const AT_ONCE: usize = 500;

/// Gives each scope a generation, and moves it at each change.
///
/// A generation is a random name in the cache. A reader asks for it *before* it reads the store, keeps its answer under
/// it, and every later reader is given that answer only while the cache still has that generation. Whoever changes data
/// gives their scopes new generations *after* the commit and *before* the change is answered. So whoever asks after
/// that answer finds another generation than any reader from before the commit had:
///
/// - A reader that read the store before the commit keeps its answer under the old generation, however late.
/// - A request that is cut off after it began to commit leaves that to a task of its own, which goes on to the new
///   generation. With a process that dies in between the change was not answered, and its generation ends by itself.
/// - A change that cannot reach a shared cache is answered when every generation from before its commit has ended.
///   Generations are made before the store is read, so none from before the commit ends later.
/// - A shared cache that comes back from an outage answers nothing until its old generations have ended; that is the
///   adapter's responsibility.
/// - A command that a shared cache is sent twice, since its first answer was lost, gives another name the second time:
///   no name comes back ([`Cache::mark_anew`]).
/// - Without a generation nothing is kept and nothing is given out.
#[derive(Clone)]
pub(crate) struct Generations {
    cache: Arc<dyn Cache>,
    ids: Arc<dyn IdGenerator>,
    /// When a change was last told to nobody but this process.
    told_nobody: Arc<Mutex<Option<Instant>>>,
}

impl Generations {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { cache: deps.cache.clone(), ids: deps.ids.clone(), told_nobody: Arc::default() }
    }

    /// The generation of what a question asks of. `None` while there is none: the store is read, and nothing is kept.
    pub(super) async fn current(&self, scope: Scope, other: Option<Scope>) -> Option<Vec<u8>> {
        if !self.cache.is_remote() {
            // The cache of this process neither fails nor waits.
            return self.both(scope, other).await.ok().flatten();
        }
        // Boxed, so that the local case does not carry the timer.
        match Box::pin(timeout(PATIENCE, self.both(scope, other))).await {
            Ok(Ok(generation)) => generation,
            Err(_slow) => {
                tracing::debug!("an answer is made without the cache, which is slower than the store");
                None
            }
            Ok(Err(error)) => {
                // The adapter warns once for each outage. A warning here would be one line for each request.
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "an answer is made without the cache"
                );
                None
            }
        }
    }

    async fn both(&self, scope: Scope, other: Option<Scope>) -> Result<Option<Vec<u8>>, CacheError> {
        let Some(other) = other else { return self.of(scope).await };
        let (one, two) = try_join(self.of(scope), self.of(other)).await?;
        // The names are random, so no two others make the same text.
        Ok(one.zip(two).map(|(one, two)| [one, two].concat()))
    }

    async fn of(&self, scope: Scope) -> Result<Option<Vec<u8>>, CacheError> {
        self.cache.mark_of(&key(scope), self.fresh(), LIFE).await
    }

    /// Gives these scopes new generations. When this has answered, nothing is given out that was made before.
    pub(super) async fn moved(&self, scopes: &[Scope]) {
        if scopes.is_empty() {
            return;
        }
        if !self.cache.is_remote() {
            // The cache of this process does not fail.
            let _ = self.renew(scopes).await;
            *self.told_nobody.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            return;
        }
        let over = Instant::now() + ANSWERS_OVER;
        match timeout_at(over, self.renew(scopes)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a change could not be told to the cache; its answer waits until what is kept is over"
                );
                sleep_until(over).await;
            }
            // By now everything from before is over.
            Err(_elapsed) => {}
        }
    }

    /// Waits until no process beside this one gives out what is older than the changes of this one. A process with a
    /// cache of its own was not told of them.
    pub(super) async fn over_elsewhere(&self) {
        let last = *self.told_nobody.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last {
            sleep_until(last + ANSWERS_OVER).await;
        }
    }

    async fn renew(&self, scopes: &[Scope]) -> Result<(), CacheError> {
        for part in scopes.chunks(AT_ONCE) {
            let marks =
                part.iter().map(async |scope| self.cache.mark_anew(&key(*scope), self.fresh(), LIFE).await);
            join_all(marks).await.into_iter().collect::<Result<(), _>>()?;
        }
        Ok(())
    }

    fn fresh(&self) -> Vec<u8> {
        self.ids.random().as_bytes().to_vec()
    }
}

fn key(scope: Scope) -> String {
    format!("generation:{scope}")
}
