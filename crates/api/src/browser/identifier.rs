//! What people type into a sign-in.

use vestibule_application::sessions::Identifier;
use vestibule_domain::accounts::{EmailAddress, Username};

/// What a text names. A text that names nobody costs what an unknown name does.
pub(crate) fn identifier(typed: &str) -> Identifier {
    if let Ok(email) = EmailAddress::parse(typed) {
        return email.into();
    }
    Username::parse(typed).unwrap_or_else(|_no_name| Username::of_nobody(typed)).into()
}
