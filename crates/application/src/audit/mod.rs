//! The trail of what was done to accounts.

mod entry;
mod list;
mod origin;
mod trail;

pub(crate) use entry::Entry;
pub use list::{ListAuditEvents, ListAuditEventsError, ListAuditEventsInput};
pub use origin::Origin;
pub(crate) use trail::AuditTrail;
