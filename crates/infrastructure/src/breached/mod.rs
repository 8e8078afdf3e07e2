//! Passwords that are known from breaches: a list that is compiled in, and a service that knows more.

#[cfg(feature = "breached")]
mod range_client;
mod top_passwords;

#[cfg(feature = "breached")]
pub use range_client::{RangeClient, RangeClientError, RangeSettings};
pub use top_passwords::TopPasswords;
