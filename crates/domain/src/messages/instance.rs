//! The identity of a process.

use uuid::Uuid;

/// The id of one run of a process that claims messages or does chores. Leases carry it, so that they can be ended when
/// the process is known to be dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstanceId(pub Uuid);
