//! Passwords as they are typed.

use super::policy::LONGEST_PASSWORD;
use crate::http::fields::{Fault, Rule, secret, string};

/// A password of at most 1024 bytes (points contract, decision 8). Whether a new one is strong enough is looked at later.
pub(super) fn password() -> impl Rule<Output = String> {
    secret(string()).refine(|text: String| {
        if text.len() > LONGEST_PASSWORD { Err(Fault::TooLong(LONGEST_PASSWORD)) } else { Ok(text) }
    })
}
