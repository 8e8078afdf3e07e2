//! Who has an identifier.

use super::super::{AccountId, AccountUuid, EmailAddress, MobileNumber, Username};

/// An account that exists, and what tells it apart from others.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Holder {
    pub id: AccountId,
    pub uuid: AccountUuid,
    pub email: Option<EmailAddress>,
    pub username: Option<Username>,
    pub mobile: Option<MobileNumber>,
}
