//! Where idempotency keys are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{Claim, Claimed, HolderId, KeyPlace};
use crate::store::StoreError;

/// Idempotency keys. They go with their account.
#[async_trait]
pub trait IdempotencyRepository: Send {
    /// Claims the turn to do what a key stands for. The turn is given if nobody sent the key in this place, if what
    /// was sent has expired, or if whoever has the turn did not answer in time and asked for the same.
    ///
    /// Called outside of a unit of work. Of any number of calls at once one gets the turn.
    async fn claim(&mut self, claim: &Claim) -> Result<Claimed, StoreError>;

    /// Keeps the answer, in the unit of work that does what was asked for. `false`, and no change, if it is not
    /// the holder's turn any more: the unit has to be dropped then.
    async fn answer(&mut self, place: &KeyPlace, holder: HolderId, answer: &str) -> Result<bool, StoreError>;

    /// Gives the turn back, if it is the holder's and there is no answer: as if the key had not been sent.
    async fn give_back(&mut self, place: &KeyPlace, holder: HolderId) -> Result<bool, StoreError>;

    /// Removes keys that expired at or before `until`, `limit` at the most. Answers how many.
    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
