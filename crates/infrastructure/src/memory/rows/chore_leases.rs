//! Rows of the table: leases on chores.

use time::OffsetDateTime;
use vestibule_domain::maintenance::Chore;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// A lease that did not end, though its time may be over.
#[derive(Clone)]
pub(in crate::memory) struct ChoreLeaseRow {
    pub(in crate::memory) chore: Chore,
    pub(in crate::memory) holder: InstanceId,
    pub(in crate::memory) until: OffsetDateTime,
}

impl Row for ChoreLeaseRow {
    type Key = Chore;
    type Entry = ();
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Chore {
        self.chore
    }

    fn entries(&self) -> Vec<((), Option<Constraint>)> {
        Vec::new()
    }
}
