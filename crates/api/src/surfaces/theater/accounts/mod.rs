//! The account endpoints.

pub(super) mod activate;
pub(super) mod complete_password_reset;
pub(super) mod log_in;
pub(super) mod message;
pub(super) mod refresh;
pub(super) mod register;
pub(super) mod request_password_reset;

pub(super) use activate::activate;
pub(super) use complete_password_reset::complete_password_reset;
pub(super) use log_in::log_in;
pub(super) use refresh::refresh;
pub(super) use register::register;
pub(super) use request_password_reset::request_password_reset;
