//! The codes of what this surface alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    // Who asks: contract 1.2.
    /// The request has no refresh token.
    pub(super) REFRESH_HEADER_MISSING: Forbidden = "refresh_header_missing";
    /// The scheme of the refresh token is unknown.
    pub(super) REFRESH_SCHEME_UNKNOWN: Forbidden = "refresh_scheme_unknown";

    // Whose password: contract 2.10, 2.12, 2.13.
    /// No account has this address, or it is locked out.
    pub(super) UNKNOWN_ACCOUNT: Unauthenticated = "unknown_account";
    /// The account waits for its confirmation.
    pub(super) EMAIL_NOT_CONFIRMED: Unauthenticated = "email_not_confirmed";
    /// The password is wrong.
    pub(super) WRONG_PASSWORD: Unauthenticated = "wrong_password";
}
