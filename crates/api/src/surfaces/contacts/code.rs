//! The names of errors that only this surface tells apart.

use vestibule_application::{Code, ErrorKind};

/// No account has this address, or it is locked out.
pub(super) const UNKNOWN_ACCOUNT: Code = Code::new("unknown_account", ErrorKind::Unauthenticated);
/// The account waits for its confirmation.
pub(super) const EMAIL_NOT_CONFIRMED: Code = Code::new("email_not_confirmed", ErrorKind::Unauthenticated);
/// The password is another one.
pub(super) const WRONG_PASSWORD: Code = Code::new("wrong_password", ErrorKind::Unauthenticated);
/// There is no refresh token.
pub(super) const REFRESH_HEADER_MISSING: Code = Code::new("refresh_header_missing", ErrorKind::Forbidden);
/// The refresh token has a scheme that is not known.
pub(super) const REFRESH_SCHEME_UNKNOWN: Code = Code::new("refresh_scheme_unknown", ErrorKind::Forbidden);
