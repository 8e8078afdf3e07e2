//! The refusals that tell addresses and passwords apart, as the contract demands (contract 2.10, 2.12, 2.13).

use vestibule_application::sessions::Mismatch;
use vestibule_application::{Code, CodedError};

use crate::surfaces::contacts::codes;

/// Why a login or a mail is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// No account has this address, or it is locked out.
    #[error("there is no such account")]
    UnknownAccount,
    /// The account waits for its confirmation. The answer does not tell whether the password is right.
    #[error("the address was not confirmed")]
    NotConfirmed,
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongPassword,
}

impl From<Mismatch> for Refused {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::UnknownAccount => Self::UnknownAccount,
            Mismatch::NeverActivated => Self::NotConfirmed,
            Mismatch::Password => Self::WrongPassword,
        }
    }
}

impl CodedError for Refused {
    fn code(&self) -> Code {
        match self {
            Self::UnknownAccount => codes::UNKNOWN_ACCOUNT,
            Self::NotConfirmed => codes::EMAIL_NOT_CONFIRMED,
            Self::WrongPassword => codes::WRONG_PASSWORD,
        }
    }
}
