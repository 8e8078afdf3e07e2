//! An account that moves in.

use time::{Duration, OffsetDateTime};

use super::super::{
    AccountDetails, AccountSurface, AccountUuid, EmailAddress, MobileNumber, Profile, Role, Username,
};
use super::{ImportedContact, ImportedPassword, WholeAccount};

/// An account as another system or an export tells of it. What is not told is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportedAccount {
    /// Kept if it is given. Otherwise the account gets a new one.
    pub uuid: Option<AccountUuid>,
    pub email: Option<EmailAddress>,
    pub username: Option<Username>,
    pub mobile: Option<MobileNumber>,
    /// At most 255 characters, without NUL.
    pub display_name: Option<String>,
    /// Free text of at most 255 characters, without NUL.
    pub phone_number: Option<String>,
    pub password: ImportedPassword,
    pub role: Role,
    pub is_active: bool,
    /// When the owner proved to receive mail at the address.
    pub email_verified_at: Option<OffsetDateTime>,
    /// When the account was let in without such a proof. The outer `None` is for what was not told: an active account
    /// counts as let in when it was made.
    pub activated_at: Option<Option<OffsetDateTime>>,
    /// Never negative.
    pub points: i64,
    /// Through which surface it came, or the one that has the contract of the system from which it comes.
    pub surface: Option<AccountSurface>,
    /// Without it, the moment of the import.
    pub created_at: Option<OffsetDateTime>,
    /// Without it, the time of creation; of an inactive account the moment of the import, so that it does not count
    /// as one that was never activated and never touched.
    pub updated_at: Option<OffsetDateTime>,
    /// Of an account in the trash.
    pub trash: Option<ImportedTrash>,
    pub profile: Profile,
    pub contacts: Vec<ImportedContact>,
}

/// Why and since when an account lies in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportedTrash {
    pub deleted_at: OffsetDateTime,
    /// Without NUL; it may be empty.
    pub reason: String,
}

impl ImportedAccount {
    /// Whether anybody can name this account to log in to it.
    pub fn can_be_named(&self) -> bool {
        self.email.is_some() || self.username.is_some() || self.mobile.is_some()
    }

    /// The account that is added at `now`. `uuid` is for an account that brings none.
    pub fn settled(self, now: OffsetDateTime, uuid: impl FnOnce() -> AccountUuid) -> WholeAccount {
        let created_at = self.created_at.unwrap_or(now);
        let touched = if self.is_active { created_at } else { now.max(created_at + Duration::MICROSECOND) };
        let let_in = (self.is_active && self.email_verified_at.is_none()).then_some(created_at);
        let (deleted_at, trash_reason) = match self.trash {
            Some(trash) => (Some(trash.deleted_at), Some(trash.reason)),
            None => (None, None),
        };
        WholeAccount {
            details: AccountDetails {
                uuid: self.uuid.unwrap_or_else(uuid),
                email: self.email,
                username: self.username,
                display_name: self.display_name,
                mobile: self.mobile,
                phone_number: self.phone_number,
                hashed_password: self.password.into_hash(),
                role: self.role,
                is_active: self.is_active,
                email_verified_at: self.email_verified_at,
                activated_at: self.activated_at.unwrap_or(let_in),
                points: self.points,
                surface: self.surface,
                created_at,
                updated_at: self.updated_at.unwrap_or(touched),
                updated_by: None,
                deleted_at,
            },
            trash_reason,
            profile: self.profile,
            contacts: self.contacts,
        }
    }
}
