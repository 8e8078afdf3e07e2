//! Doing something once.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tracing::Instrument as _;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::idempotency::{Claim, Claimed, HolderId, KeyPlace};
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Repositories, Store, StoreError};

use super::IdempotencyKey;
use crate::Deps;
use crate::retry::retrying;

/// How long a key is kept (points contract, decision 7).
const LIFE: Duration = Duration::from_hours(24);
/// After which time whoever has the turn is taken for dead: longer than a request may take. Should it live, its answer
/// finds that the turn is another's, and nothing of it is kept.
const TURN: Duration = Duration::from_mins(2);

/// Gives the turn to do what a key stands for, to one at a time.
///
/// The turn is taken before the unit of work that does it, so that whoever comes meanwhile hears of it at once. The
/// answer is kept in that unit: what was done has an answer, and what has an answer was done.
pub(crate) struct Once {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
}

/// What is to be done about a request.
pub(crate) enum Started {
    /// To do it.
    Turn(Turn),
    /// To give the answer of the first one again.
    Answered(String),
    /// To refuse it: the same is being done.
    UnderWay,
    /// To refuse it: something else was asked for under its key.
    OtherRequest,
}

/// The turn to do something.
///
/// A turn that is dropped before it was [settled](Turn::settle), with the request that had it, is given back by a task
/// of its own. Even if that request was cut off in its commit this is sound: the answer was written in the unit that is
/// committed, so giving back waits for the end of the unit, and then finds either the answer, and leaves it, or nothing
/// of what was done.
pub(crate) struct Turn {
    store: Arc<dyn Store>,
    place: KeyPlace,
    holder: HolderId,
    /// Of the key.
    pub digest: SecretDigest,
    is_settled: bool,
}

impl Once {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), ids: deps.ids.clone() }
    }

    /// Asks for the turn.
    pub(crate) async fn start(
        &self,
        account: AccountId,
        key: &IdempotencyKey,
    ) -> Result<Started, StoreError> {
        let now = self.clock.now();
        let claim = Claim {
            place: KeyPlace::new(account, key.scope, &key.key),
            request: key.request,
            holder: HolderId(self.ids.random()),
            now,
            held_until: now + TURN,
            expires_at: now + LIFE,
        };
        // It is there before the claim, which may be made although the request is cut off while it is.
        let mut turn = Turn {
            store: self.store.clone(),
            place: claim.place.clone(),
            holder: claim.holder,
            digest: key.key,
            is_settled: false,
        };
        let claimed = retrying(|| async { self.store.repositories().idempotency_keys().claim(&claim).await });
        let claimed = claimed.await;
        if matches!(claimed, Ok(Claimed::Turn)) {
            return Ok(Started::Turn(turn));
        }
        // A claim that failed may have been made all the same: its turn is given back as it is dropped.
        turn.is_settled = claimed.is_ok();
        Ok(match claimed? {
            Claimed::Turn => Started::Turn(turn),
            Claimed::Answered(answer) => Started::Answered(answer),
            Claimed::UnderWay => Started::UnderWay,
            Claimed::OtherRequest => Started::OtherRequest,
        })
    }
}

impl Turn {
    /// Keeps the answer in the unit of work that did what was asked for. `false` if the turn is another's: the unit
    /// has to be dropped.
    pub(crate) async fn answer(&self, unit: &mut dyn Repositories, answer: &str) -> Result<bool, StoreError> {
        unit.idempotency_keys().answer(&self.place, self.holder, answer).await
    }

    /// Ends the turn: what was done has its answer, and what `was_done` denies may be tried by others.
    pub(crate) async fn settle(mut self, was_done: bool) {
        if !was_done {
            give_back(&*self.store, &self.place, self.holder).await;
        }
        self.is_settled = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        // Without a runtime the process is about to end, and the turn ends in time.
        let Ok(runtime) = Handle::try_current() else { return };
        let (store, place, holder) = (self.store.clone(), self.place.clone(), self.holder);
        runtime.spawn(async move { give_back(&*store, &place, holder).await }.in_current_span());
    }
}

/// Lets others try what was not done. Where this fails the turn ends in time.
async fn give_back(store: &dyn Store, place: &KeyPlace, holder: HolderId) {
    let give_back = || async { store.repositories().idempotency_keys().give_back(place, holder).await };
    if let Err(error) = retrying(give_back).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "an idempotency key was not given back; it is refused until its turn is over"
        );
    }
}
