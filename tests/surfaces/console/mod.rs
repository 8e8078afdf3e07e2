//! The console.

mod accounts;
mod audit_table;
mod bulk;
mod catalogue;
mod changed_secret;
pub(crate) mod clerk;
mod escaping;
mod filters;
mod guarded;
mod headers;
mod lists;
mod messages;
mod parts;
mod passing_time;
mod previews;
mod roles;
mod sign_in;
mod statistics;
mod strangers;
mod system;
mod uploads;
