//! The account pages.

mod data;
mod delete;
mod escaping;
mod forgot_password;
mod headers;
pub(crate) mod owner;
mod password;
mod sessions;
mod sign_in;
mod strangers;
