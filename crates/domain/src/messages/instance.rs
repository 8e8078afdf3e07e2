//! The identity of a process that sends messages.

use uuid::Uuid;

/// The id of one run of a process that claims messages. Leases carry it, so that they can be ended when the process
/// is known to be dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstanceId(pub Uuid);
