//! Messages to people, by mail and by SMS, the outbox in which they wait to be sent, and what is kept of them.

mod channel;
mod instance;
mod language;
mod mail;
mod message;
mod notice;
mod outbox;
mod outbox_repository;
mod queued;
mod request_origin;
mod sent;
mod sent_repository;
mod sms;

pub use channel::Channel;
pub use instance::InstanceId;
pub use language::Language;
pub use mail::Mail;
pub use message::Message;
pub use notice::{Notice, Recipient};
pub use outbox::{Lease, MessageId, OutboxMessage};
pub use outbox_repository::OutboxRepository;
pub use queued::{Queue, QueuePlace, QueuedMessage};
pub use request_origin::RequestOrigin;
pub use sent::SentMessage;
pub use sent_repository::SentMessageRepository;
pub use sms::Sms;
