//! A change of what identifies an account.

use time::OffsetDateTime;

use super::{AccountId, EmailAddress, MobileNumber, Username};

/// New values of an account; `None` leaves the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEdit {
    /// Address.
    pub email: Option<EmailAddress>,
    /// Takes the address away; `email` is `None` then.
    pub clears_email: bool,
    /// The name that identifies.
    pub username: Option<Username>,
    /// Mobile number.
    pub mobile: Option<MobileNumber>,
    /// Who changes it; `None` is the operator.
    pub updated_by: Option<AccountId>,
    /// When.
    pub updated_at: OffsetDateTime,
}
