//! Rows of tables. They never leave `db`: each repository turns them into the domain's types.

pub(super) mod account_tokens;
pub(super) mod audit_events;
pub(super) mod contacts;
pub(super) mod countries;
pub(super) mod groups;
pub(super) mod idempotency_keys;
pub(super) mod movies;
pub(super) mod names;
pub(super) mod outbox_messages;
pub(super) mod pending_registrations;
pub(super) mod points_entries;
pub(super) mod refresh_tokens;
pub(super) mod sessions;
pub(super) mod users;
mod utc;
pub(super) mod verification_codes;

pub(super) use utc::Utc;
