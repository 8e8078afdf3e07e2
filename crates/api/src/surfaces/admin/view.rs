//! Accounts as this surface shows them.

use serde::Serialize;
use utoipa::ToSchema;
use vestibule_domain::accounts::{DirectoryEntry, Role};

use super::rules::written;

/// The role of an account.
#[derive(ToSchema)]
#[schema(as = Role, rename_all = "lowercase")]
#[expect(dead_code, reason = "a shape for the document; `role` gives its values")]
pub(super) enum ShownRole {
    Admin,
    Regular,
}

/// An account (contract 2.6).
#[derive(Serialize, ToSchema)]
pub(super) struct User {
    /// Its id.
    #[schema(example = "5f0c5d5e-6a52-4f0e-9a8b-1c2d3e4f5a6b")]
    id: String,
    /// Address.
    #[schema(example = "ada@example.com")]
    email: Option<String>,
    /// This contract knows two roles.
    #[schema(value_type = ShownRole, example = "regular")]
    role: &'static str,
    /// The name that identifies.
    #[schema(example = "ada")]
    username: Option<String>,
    /// When it was registered, in UTC.
    #[schema(example = "2025-02-10T11:22:19.096000")]
    created_at: String,
    /// When it was changed last; `null` if it never was.
    #[schema(example = json!(null))]
    updated_at: Option<String>,
    /// Whether it is in the trash.
    is_deleted: bool,
    /// The id of the account that edited it last; `null` if none did.
    #[schema(example = json!(null))]
    updated_by: Option<String>,
}

impl From<DirectoryEntry> for User {
    fn from(account: DirectoryEntry) -> Self {
        Self {
            id: account.uuid.0.to_string(),
            role: role(account.role),
            created_at: written(account.created_at),
            updated_at: updated_at(&account),
            is_deleted: account.deleted_at.is_some(),
            updated_by: account.updated_by.map(|editor| editor.0.to_string()),
            email: account.email.map(|email| email.as_str().to_owned()),
            username: account.username.map(|name| name.as_str().to_owned()),
        }
    }
}

/// This contract knows two roles.
pub(super) fn role(role: Role) -> &'static str {
    if role >= Role::Admin { "admin" } else { "regular" }
}

/// When an account was changed last.
pub(super) fn updated_at(account: &DirectoryEntry) -> Option<String> {
    (account.updated_at != account.created_at).then(|| written(account.updated_at))
}

/// Whether there are pages before and after this one: `true`, or `null` (contract 2.6).
pub(super) fn neighbours(page: u64, per_page: u16, total: u64) -> (Option<bool>, Option<bool>) {
    let has_next = page.saturating_mul(u64::from(per_page)) < total;
    ((page > 1).then_some(true), has_next.then_some(true))
}

/// Which page: its number and its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct WantedPage {
    pub(super) page: u64,
    pub(super) per_page: u16,
}

impl WantedPage {
    /// Of numbers that were read; a page beyond counting is past every end.
    pub(super) fn new(page: i128, per_page: i128) -> Self {
        Self {
            page: u64::try_from(page).unwrap_or(u64::MAX),
            per_page: u16::try_from(per_page).unwrap_or(u16::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_true_or_null() {
        assert_eq!(neighbours(1, 10, 10), (None, None));
        assert_eq!(neighbours(1, 10, 11), (None, Some(true)));
        assert_eq!(neighbours(9, 10, 11), (Some(true), None));
        assert_eq!(neighbours(u64::MAX, 30, u64::MAX), (Some(true), None));
    }
}
