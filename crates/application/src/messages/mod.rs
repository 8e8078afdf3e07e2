//! Messages to people.

mod deliver;
mod outbox;

pub use deliver::{DeliverMessages, DeliverMessagesError, Delivered};
pub(crate) use outbox::Outbox;
