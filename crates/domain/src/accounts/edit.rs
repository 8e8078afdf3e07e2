//! A change of what identifies an account.

use time::OffsetDateTime;

use super::{AccountId, EmailAddress, Username};

/// New values of an account; `None` leaves the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEdit {
    /// Address.
    pub email: Option<EmailAddress>,
    /// The name that identifies.
    pub username: Option<Username>,
    /// Who changes it.
    pub updated_by: AccountId,
    /// When.
    pub updated_at: OffsetDateTime,
}
