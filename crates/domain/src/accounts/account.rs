//! The account.

use std::fmt;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{AccountSurface, EmailAddress, MobileNumber, PasswordHash, Role, Username};

/// The integer id of an account, given by the store at insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The opaque id of an account: the subject of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountUuid(pub Uuid);

impl AccountUuid {
    /// The id of no account: what a text stands for that is no id at all (admin contract, decision 1).
    pub const NOBODY: Self = Self(Uuid::nil());
}

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Account {
    pub id: AccountId,
    /// Everything but the integer id.
    pub details: AccountDetails,
}

/// Everything that is known of an account but its integer id. A new account consists of this alone, because the store
/// gives the id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AccountDetails {
    pub uuid: AccountUuid,
    /// Address; unique.
    pub email: Option<EmailAddress>,
    /// The name that identifies; unique whatever its letter case.
    pub username: Option<Username>,
    /// A name to show; not unique.
    pub display_name: Option<String>,
    /// Mobile number; unique.
    pub mobile: Option<MobileNumber>,
    /// A phone number as free text.
    pub phone_number: Option<String>,
    /// Hash of the password. It is [unset](PasswordHash::unset) until the account is activated; passwords that were
    /// chosen before that are kept in [`PendingRegistration`](super::PendingRegistration)s.
    pub hashed_password: PasswordHash,
    pub role: Role,
    /// An inactive account cannot log in, refresh or use a token.
    pub is_active: bool,
    /// When the owner proved to receive mail at the address.
    pub email_verified_at: Option<OffsetDateTime>,
    /// When the account was let in without a proof of its mail: at once, or by its mobile number.
    pub activated_at: Option<OffsetDateTime>,
    /// Points; never negative.
    pub points: i64,
    /// Through which surface it came. `None` of an account that an operator made, that came from any other system, or
    /// that a release made which did not note it.
    pub surface: Option<AccountSurface>,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
    /// Who edited it last.
    pub updated_by: Option<AccountId>,
    /// Since when the account lies in the trash.
    pub deleted_at: Option<OffsetDateTime>,
}

impl AccountDetails {
    /// What the owner is called: the name to show, else the name that identifies, else the address.
    pub fn shown_name(&self) -> Option<&str> {
        let name = self.display_name.as_deref();
        let name = name.or_else(|| self.username.as_ref().map(Username::as_str));
        name.or_else(|| self.email.as_ref().map(EmailAddress::as_str))
    }
}

impl Account {
    /// Whether the account was never activated. An account that was activated once and is inactive is locked out; its
    /// owner cannot activate it again.
    pub fn waits_for_activation(&self) -> bool {
        !self.details.is_active
            && self.details.email_verified_at.is_none()
            && self.details.activated_at.is_none()
            && self.details.deleted_at.is_none()
    }

    /// Whether the account may sign in at all: it is active and not in the trash.
    pub fn may_sign_in(&self) -> bool {
        self.details.is_active && self.details.deleted_at.is_none()
    }
}
