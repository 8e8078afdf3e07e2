//! What accounts are told apart by.

use super::super::{AccountUuid, EmailAddress, MobileNumber, Username};
use super::ImportedAccount;

/// What tells one account apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Identifier {
    Uuid,
    Email,
    Username,
    Mobile,
}

/// An identifier in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// What it is.
    pub kind: Identifier,
    /// The form that is compared.
    pub form: String,
}

impl Identity {
    /// The identities of an account that has these identifiers.
    pub fn all(
        uuid: Option<AccountUuid>,
        email: Option<&EmailAddress>,
        username: Option<&Username>,
        mobile: Option<&MobileNumber>,
    ) -> impl Iterator<Item = Self> {
        let uuid = uuid.map(|uuid| (Identifier::Uuid, uuid.0.to_string()));
        let email = email.map(|email| (Identifier::Email, email.as_str().to_owned()));
        let username = username.map(|name| (Identifier::Username, name.folded()));
        let mobile = mobile.map(|mobile| (Identifier::Mobile, mobile.as_str().to_owned()));
        [uuid, email, username, mobile].into_iter().flatten().map(|(kind, form)| Self { kind, form })
    }

    /// Those of an account that moves in. Its UUID is one of them if it brings one.
    pub fn of(account: &ImportedAccount) -> impl Iterator<Item = Self> {
        let ImportedAccount { uuid, email, username, mobile, .. } = account;
        Self::all(*uuid, email.as_ref(), username.as_ref(), mobile.as_ref())
    }
}

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
