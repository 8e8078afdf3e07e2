//! Accounts as a table for people, without hashes.

use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{AccountSurface, EmailAddress, MobileNumber, Username};

use super::line::word;
use crate::commands::formula::harmless;
use crate::commands::users::set_role::word_of;
use crate::commands::users::text::at;

pub(super) const HEADER: [&str; 18] = [
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
    "surface",
];

/// The cells of an account, in the order of [`HEADER`].
pub(super) fn row(account: &WholeAccount) -> [String; 18] {
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
        details.surface.map(AccountSurface::as_str).unwrap_or_default().to_owned(),
    ]
}
