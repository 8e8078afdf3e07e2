//! The account endpoints: success and every documented failure.

mod activate;
mod complete_password_reset;
mod log_in;
mod pending;
mod refresh;
mod register;
mod request_password_reset;
