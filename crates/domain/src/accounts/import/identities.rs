//! What accounts are told apart by.

use super::super::{AccountUuid, EmailAddress, MobileNumber, Username};
use super::ImportedAccount;

/// What some accounts are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Identities {
    pub uuids: Vec<AccountUuid>,
    pub emails: Vec<EmailAddress>,
    pub usernames: Vec<Username>,
    pub mobiles: Vec<MobileNumber>,
}

impl Identities {
    /// Those of these accounts.
    pub fn of<'a>(accounts: impl IntoIterator<Item = &'a ImportedAccount>) -> Self {
        let mut all = Self::default();
        for account in accounts {
            all.uuids.extend(account.uuid);
            all.emails.extend(account.email.clone());
            all.usernames.extend(account.username.clone());
            all.mobiles.extend(account.mobile.clone());
        }
        all
    }
}
