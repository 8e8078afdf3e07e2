//! Which server has which chore.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::Chore;
use crate::messages::InstanceId;
use crate::store::StoreError;

/// Keeps the leases on chores: a server that does a chore has its lease, and the others wait.
///
/// The times are those of the callers. A server that stood still while its lease ran out may still work for a moment
/// beside the next one, so a chore MUST NOT do harm when two servers do it at once.
#[async_trait]
pub trait ChoreLeaseRepository: Send {
    /// Gives a process the lease until `until`, or prolongs the one that it has. `false`, and no change, if another
    /// process has a lease that runs beyond `now`.
    ///
    /// MUST NOT give one lease to two processes, however they race.
    async fn take(
        &mut self,
        chore: Chore,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Ends the lease of a process, so that another one need not wait for its time to run out. `false` if the process
    /// does not have it.
    async fn end(&mut self, chore: Chore, holder: InstanceId) -> Result<bool, StoreError>;

    /// Ends every lease of a process that is dead, and answers how many there were.
    async fn end_all_of(&mut self, holder: InstanceId) -> Result<u64, StoreError>;
}
