//! Accounts as a table for people, without hashes.

use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{EmailAddress, MobileNumber, Username};

use super::line::word;
use crate::commands::users::set_role::word_of;
use crate::commands::users::text::at;

pub(super) const HEADER: [&str; 17] = [
    "uuid",
    "email",
    "username",
    "mobile",
    "display_name",
    "phone_number",
    "role",
    "is_active",
    "email_verified_at",
    "activated_at",
    "created_at",
    "updated_at",
    "deleted_at",
    "trash_reason",
    "points",
    "gender",
    "contacts",
];

/// The cells of an account, in the order of [`HEADER`].
pub(super) fn row(account: &WholeAccount) -> [String; 17] {
    let WholeAccount { details, trash_reason, profile, contacts } = account;
    let text = |text: Option<&str>| harmless(text.unwrap_or_default());
    let time = |time: Option<time::OffsetDateTime>| time.map(at).unwrap_or_default();
    [
        details.uuid.0.to_string(),
        text(details.email.as_ref().map(EmailAddress::as_str)),
        text(details.username.as_ref().map(Username::as_str)),
        text(details.mobile.as_ref().map(MobileNumber::as_str)),
        text(details.display_name.as_deref()),
        text(details.phone_number.as_deref()),
        word_of(details.role).to_owned(),
        details.is_active.to_string(),
        time(details.email_verified_at),
        time(details.activated_at),
        at(details.created_at),
        at(details.updated_at),
        time(details.deleted_at),
        text(trash_reason.as_deref()),
        details.points.to_string(),
        profile.gender.map(word).unwrap_or_default().to_owned(),
        contacts.len().to_string(),
    ]
}

/// A text that no spreadsheet takes for a formula (OWASP, CSV Injection).
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula() {
        for text in ["=1+1", "+33612345678", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("Ada = Bob"), "Ada = Bob");
        assert_eq!(harmless(""), "");
    }
}
