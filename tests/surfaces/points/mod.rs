//! The points contract.

mod balances;
mod change_password;
mod codes;
mod cors;
mod create;
mod databases;
mod doors;
mod email_exist;
mod encodings;
mod hostile_input;
mod idempotency;
mod limits;
mod log_in;
mod methods;
mod of_others;
pub(super) mod person;

mod show;
