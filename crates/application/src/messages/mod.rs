//! The use cases of messages to people.

mod deliver;
mod free_dead_leases;
mod outbox;

pub use deliver::{DeliverMessages, DeliverMessagesError, Delivered};
pub use free_dead_leases::{FreeDeadLeases, FreeDeadLeasesError};
pub(crate) use outbox::Outbox;
