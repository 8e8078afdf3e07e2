//! The account endpoints.

pub(super) mod complete_reset;
pub(super) mod confirm;
pub(super) mod log_in;
mod message;
mod password;
pub(super) mod refresh;
mod refused;
pub(super) mod request_email;
pub(super) mod request_reset;
pub(super) mod sign_up;

pub(super) use complete_reset::complete_reset;
pub(super) use confirm::confirm;
pub(super) use log_in::log_in;
pub(super) use message::Message;
pub(super) use refresh::refresh;
pub(super) use request_email::request_email;
pub(super) use request_reset::request_reset;
pub(super) use sign_up::sign_up;
