//! A process that sends messages.

use uuid::Uuid;

/// The id of a process that claims messages, from its start to its end. Leases carry it, so that they can be
/// ended when the process is known to be dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstanceId(pub Uuid);
