//! Messages: what people are told by mail, and the outbox in which it waits to be sent.

mod language;
mod mail;
mod notice;
mod outbox;
mod outbox_repository;

pub use language::Language;
pub use mail::Mail;
pub use notice::Notice;
pub use outbox::{Lease, MessageId, OutboxMessage};
pub use outbox_repository::OutboxRepository;
