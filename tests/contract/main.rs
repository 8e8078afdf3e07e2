//! The contracts of the ports, each case on each adapter.

mod account_changes;
mod account_tokens;
mod accounts;
mod cache;
mod captured_mail;
mod catalogue;
mod contacts;
mod faults;
mod given;
mod installation;
mod mailer;
mod migrations;
mod objects;
mod outbox;
mod rate_limiter;
mod redis_outage;
mod refresh_tokens;
mod servers;
mod sessions;
mod sms;
mod smtp;
mod store;
