//! Whom a token is about.

use std::fmt;

use uuid::Uuid;

use crate::accounts::{AccountUuid, EmailAddress};

/// Claim `sub`: the holder, by the name that clients of the surface know. What a token gives access to follows from its
/// session and its integer id. An access token is good only while its `sub` is what would be written now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The account's opaque id.
    Uuid(AccountUuid),
    /// Likewise, and the token says it again in the claims that clients of the mobile contract read: `identity` is the
    /// id, and `type` is the use (mobile contract, decision 13).
    Identity(AccountUuid),
    /// Likewise, in the claims that clients of the admin contract read: `user_id` is the id, and `typ` is the use (admin
    /// contract 4). The integer id, which stands in `user_id` elsewhere, stands in `account`.
    UserId(AccountUuid),
    /// The address that the account had when the token was issued (contacts contract, decision 11).
    Address(EmailAddress),
}

impl Subject {
    /// The account's opaque id, unless the subject is an address.
    pub fn uuid(&self) -> Option<AccountUuid> {
        match self {
            Self::Uuid(uuid) | Self::Identity(uuid) | Self::UserId(uuid) => Some(*uuid),
            Self::Address(_) => None,
        }
    }

    /// Reads the claim of one of our tokens. `None` if it is neither an id nor an address. The address is not
    /// validated again, because it was when it was stored.
    pub fn read(claim: &str) -> Option<Self> {
        match Uuid::parse_str(claim) {
            Ok(uuid) => Some(Self::Uuid(AccountUuid(uuid))),
            Err(_) if claim.contains('@') => Some(Self::Address(EmailAddress::from_stored(claim.to_owned()))),
            Err(_) => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uuid(uuid) | Self::Identity(uuid) | Self::UserId(uuid) => uuid.0.fmt(f),
            Self::Address(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_read_back() {
        let address = EmailAddress::parse("ada@example.com").unwrap();
        for subject in [Subject::Uuid(AccountUuid(Uuid::from_u128(10))), Subject::Address(address)] {
            assert_eq!(Subject::read(&subject.to_string()), Some(subject));
        }
    }

    #[test]
    fn what_is_neither_is_no_subject() {
        for claim in ["", "ada", "00000000-0000-0000-0000-00000000000g", "7"] {
            assert_eq!(Subject::read(claim), None, "{claim}");
        }
    }
}
