//! An SMS, ready to be sent.

use crate::accounts::MobileNumber;

/// A short text for a mobile phone. `Debug` does not print it, because it carries a secret.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Sms {
    pub to: MobileNumber,
    /// One line.
    pub text: String,
    /// The code in the message, for programs that read captured messages.
    pub code: Option<String>,
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").finish_non_exhaustive()
    }
}
