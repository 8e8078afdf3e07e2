//! Doing a chore as the only server that does it.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use vestibule_domain::maintenance::Chore;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};

use crate::Deps;
use crate::retry::retrying;

/// How long a server has a chore without saying that it goes on. It is longer than a batch takes, and the longest time
/// for which a chore waits after its server died.
const LEASE: Duration = Duration::from_mins(5);
/// After this time a server says that it goes on.
const RENEWAL: Duration = Duration::from_mins(1);

/// Gives chores to this server, one at a time of all servers.
#[derive(Clone)]
pub(crate) struct ChoreLeases {
    instance: InstanceId,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

/// The time in which this server has a chore. Should it be dropped without an [end](Tenure::end), the lease runs out by
/// itself.
pub(crate) struct Tenure<'a> {
    leases: &'a ChoreLeases,
    chore: Chore,
    /// Whether the caller wants the chore to go on.
    go_on: &'a (dyn Fn() -> bool + Send + Sync),
    /// When the lease was last taken, by the monotonic clock; `None` once another server has it.
    taken: Mutex<Option<Duration>>,
}

impl ChoreLeases {
    pub(crate) fn new(deps: &Deps, instance: InstanceId) -> Self {
        Self { instance, store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Takes a chore, to be done while `go_on` says so. `None` if another server has it.
    pub(crate) async fn take<'a>(
        &'a self,
        chore: Chore,
        go_on: &'a (dyn Fn() -> bool + Send + Sync),
    ) -> Result<Option<Tenure<'a>>, StoreError> {
        let tenure = Tenure { leases: self, chore, go_on, taken: Mutex::new(None) };
        Ok(tenure.renew().await?.then_some(tenure))
    }
}

impl Tenure<'_> {
    /// Whether the next batch may begin. From time to time it prolongs the lease.
    pub(crate) async fn goes_on(&self) -> bool {
        if !self.may_go_on() {
            return false;
        }
        if self.age().is_some_and(|age| age < RENEWAL) {
            return true;
        }
        match self.renew().await {
            Ok(true) => true,
            Ok(false) => {
                tracing::warn!(chore = self.chore.name(), "another server took over; this one stops");
                false
            }
            Err(error) => {
                let error = &error as &dyn Error;
                tracing::warn!(chore = self.chore.name(), error, "the lease was not prolonged");
                self.may_go_on()
            }
        }
    }

    /// Whether what is under way may go on: without a look at the store, so it can be asked often.
    pub(crate) fn may_go_on(&self) -> bool {
        self.age().is_some_and(|age| age < LEASE) && (self.go_on)()
    }

    /// Ends the lease, so that another server need not wait until it runs out.
    pub(crate) async fn end(self) {
        let ChoreLeases { instance, store, .. } = self.leases;
        let end = || async { store.repositories().chore_leases().end(self.chore, *instance).await };
        if let Err(error) = retrying(end).await {
            let error = &error as &dyn Error;
            tracing::warn!(chore = self.chore.name(), error, "the lease did not end; it runs out by itself");
        }
    }

    /// Whether this server has the lease from now on.
    async fn renew(&self) -> Result<bool, StoreError> {
        let ChoreLeases { instance, store, clock } = self.leases;
        // Read before the statement, which may take long: the store's time is over later than ours, never before.
        let (taken, now) = (clock.monotonic(), clock.now());
        let take = || async {
            store.repositories().chore_leases().take(self.chore, *instance, now, now + LEASE).await
        };
        let has_it = retrying(take).await?;
        // The lock guards one value, which is whole whatever happened to whoever held it.
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = has_it.then_some(taken);
        Ok(has_it)
    }

    /// For how long the lease has been running; `None` if this server does not have it.
    fn age(&self) -> Option<Duration> {
        let taken = *self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.map(|taken| self.leases.clock.monotonic().saturating_sub(taken))
    }
}
