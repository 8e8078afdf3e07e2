//! The requests that this surface refuses by itself.

use vestibule_application::{Code, CodedError};
use vestibule_domain::accounts::WeakPassword;

use super::codes;

/// Why a request is refused before its use case is reached.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// The address of a new account breaks the published pattern.
    #[error("the address of the new account is none")]
    NewEmail,
    /// An address other than that of a new account breaks the published pattern.
    #[error("the address is none")]
    Email,
    /// The new password breaks a rule.
    #[error("the new password is too weak")]
    Password(#[source] WeakPassword),
    /// A number of points is negative.
    #[error("the number of points is negative")]
    Negative,
}

impl CodedError for Refused {
    fn code(&self) -> Code {
        match self {
            Self::NewEmail => codes::NEW_EMAIL_INVALID,
            Self::Email => codes::EMAIL_FORM_INCORRECT,
            Self::Password(_) => codes::WEAK_PASSWORD,
            Self::Negative => codes::POINTS_NEGATIVE,
        }
    }
}
