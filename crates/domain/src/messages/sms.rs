//! An SMS, ready to be sent.

use crate::accounts::MobileNumber;

/// A short text for a mobile. `Debug` does not print it, since it carries a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Sms {
    /// Recipient.
    pub to: MobileNumber,
    /// The text; one line.
    pub text: String,
    /// The code of the message, for those who read it by program.
    pub code: Option<String>,
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").finish_non_exhaustive()
    }
}
