//! The contacts contract.

mod avatar;
mod birthdays;
mod book;
mod confirm;
mod cors;
mod databases;
mod hostile_input;
mod isolation;
mod limits;
mod log_in;
mod pending;
pub(super) mod person;
mod refresh;
mod reset;
mod sign_up;
mod today;
mod uploads;
