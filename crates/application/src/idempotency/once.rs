//! Doing something once.

use std::sync::Arc;
use std::time::Duration;

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
pub(crate) struct Turn {
    place: KeyPlace,
    holder: HolderId,
    /// Of the key.
    pub digest: SecretDigest,
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
        let claimed = retrying(|| async { self.store.repositories().idempotency_keys().claim(&claim).await });
        Ok(match claimed.await? {
            Claimed::Turn => {
                Started::Turn(Turn { place: claim.place, holder: claim.holder, digest: key.key })
            }
            Claimed::Answered(answer) => Started::Answered(answer),
            Claimed::UnderWay => Started::UnderWay,
            Claimed::OtherRequest => Started::OtherRequest,
        })
    }

    /// Lets others try what was not done. Where this fails the turn ends in time.
    pub(crate) async fn give_back(&self, turn: &Turn) {
        let mut repositories = self.store.repositories();
        let given_back = repositories.idempotency_keys().give_back(&turn.place, turn.holder).await;
        if let Err(error) = given_back {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "an idempotency key was not given back; it is refused until its turn is over"
            );
        }
    }
}

impl Turn {
    /// Keeps the answer in the unit of work that did what was asked for. `false` if the turn is another's: the unit
    /// has to be dropped.
    pub(crate) async fn answer(&self, unit: &mut dyn Repositories, answer: &str) -> Result<bool, StoreError> {
        unit.idempotency_keys().answer(&self.place, self.holder, answer).await
    }
}
