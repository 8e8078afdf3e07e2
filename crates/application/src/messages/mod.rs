//! The use cases of messages to people.

mod deliver;
mod free_dead_leases;
mod list;
mod list_sent;
mod outbox;
mod preview;
mod reason;
mod retry;
mod sample;
mod seal_content;
mod send_test;

pub use deliver::{DeliverMessages, DeliverMessagesError, Delivered};
pub use free_dead_leases::{FreeDeadLeases, FreeDeadLeasesError};
pub use list::{ListMessages, ListMessagesError, ListMessagesInput, ListedMessage};
pub use list_sent::{ListSentMessages, ListSentMessagesError, ListSentMessagesInput};
pub(crate) use outbox::Outbox;
pub use preview::{PreviewMessage, PreviewMessageError};
pub use retry::{RetryMessage, RetryMessageError, RetryMessageInput};
pub use sample::SampleMessage;
pub use send_test::{SendTestMessage, SendTestMessageError, SendTestMessageInput};
