//! The codes of what this surface alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    /// The address of a new account breaks the published pattern: contract 2.4.
    pub(super) NEW_EMAIL_INVALID: Invalid = "new_email_invalid";
    /// An address breaks the published pattern: contract 2.3 and 2.6.
    pub(super) EMAIL_FORM_INCORRECT: Invalid = "email_form_incorrect";
    /// A number of points is negative: contract 2.9.
    pub(super) POINTS_NEGATIVE: Forbidden = "points_negative";
}
