//! Rows of tables, and what they are found by.

pub(in crate::memory) mod account_tokens;
pub(in crate::memory) mod accounts;
pub(in crate::memory) mod audit;
pub(in crate::memory) mod chore_leases;
pub(in crate::memory) mod contacts;
pub(in crate::memory) mod daily_counts;
pub(in crate::memory) mod idempotency_keys;
pub(in crate::memory) mod import_keys;
pub(in crate::memory) mod installation;
pub(in crate::memory) mod outbox;
pub(in crate::memory) mod pending_registrations;
pub(in crate::memory) mod points;
pub(in crate::memory) mod profiles;
pub(in crate::memory) mod refresh_tokens;
pub(in crate::memory) mod sent_messages;
pub(in crate::memory) mod sessions;
pub(in crate::memory) mod trash;
pub(in crate::memory) mod verification_codes;
