//! The contracts of the ports, each case on each adapter.

mod account_changes;
mod account_tokens;
mod accounts;
mod cache;
mod captured_mail;
mod catalogue;
mod contacts;
mod cut_off;
mod faults;
mod given;
mod mailer;
mod migrations;
mod never_activated;
mod objects;
mod outbox;
mod outbox_claims;
mod pending_registrations;
mod rate_limiter;
mod redis_outage;
mod refresh_tokens;
mod servers;
mod sessions;
mod sms;
mod smtp;
mod store;
mod wrong_node;
