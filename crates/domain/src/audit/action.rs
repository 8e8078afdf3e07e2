//! What can be done to an account.

use std::fmt;
use std::str::FromStr;

/// Declares the actions with their stored names, and the list of all of them.
macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $action:ident = $name:literal,)+) => {
        /// What was done. The names are stored and read by operators' scripts: they never change, and a name that
        /// is not used any more stays.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AuditAction {
            $($(#[doc = $doc])+ $action,)+
        }

        impl AuditAction {
            /// All actions.
            pub const ALL: &[Self] = &[$(Self::$action),+];

            /// The stored name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }
        }
    };
}

actions! {
    /// An account was added by a registration.
    AccountRegistered = "account_registered",
    /// An address whose account waits for its activation was registered once more.
    RegistrationRepeated = "registration_repeated",
    /// The messages that activate an account were asked for again; counted.
    ConfirmationRequested = "confirmation_requested",
    /// An account that waited for its activation was activated.
    AccountActivated = "account_activated",
    /// An administrator was added.
    AdminCreated = "admin_created",
    /// Accounts were added by an import; counted.
    AccountsImported = "accounts_imported",
    /// All accounts were written out, perhaps with the hashes of their passwords.
    AccountsExported = "accounts_exported",
    /// Contacts were added to the address book of an account by an import; counted.
    ContactsImported = "contacts_imported",
    /// The address book of an account was written out.
    ContactsExported = "contacts_exported",
    /// A session was opened.
    LoggedIn = "logged_in",
    /// A wrong password, or an address without an account; counted.
    LogInFailed = "log_in_failed",
    /// The right password of an account that was never activated or is locked out, or that its owner can bring back from
    /// the trash; counted.
    LogInRefused = "log_in_refused",
    /// Too many attempts to log in to one account: no password is compared for a while; counted.
    LogInLimitReached = "log_in_limit_reached",
    /// A session was ended by its owner.
    LoggedOut = "logged_out",
    /// Sessions of an account, one or all, were ended by somebody else, or all others by its owner.
    SessionsEnded = "sessions_ended",
    /// A refresh token came back that was exchanged before; its session was ended.
    RefreshTokenReused = "refresh_token_reused",
    /// A password reset or a recovery was asked for; counted.
    PasswordResetRequested = "password_reset_requested",
    /// A wrong reset token came for an address, and cancelled the reset that was under way; or a recovery token was
    /// refused. Counted.
    PasswordResetFailed = "password_reset_failed",
    /// A new password was set with a mailed token or a recovery token; all sessions ended.
    PasswordReset = "password_reset",
    /// A new password was set by somebody who was signed in; all other sessions ended.
    PasswordChanged = "password_changed",
    /// A wrong old password came for a change of the password; counted.
    PasswordChangeFailed = "password_change_failed",
    /// A wrong code; counted.
    CodeFailed = "code_failed",
    /// An account was given a role.
    RoleChanged = "role_changed",
    /// An account was locked out; all sessions ended.
    AccountDeactivated = "account_deactivated",
    /// An account was moved to the trash.
    AccountTrashed = "account_trashed",
    /// An account was brought back from the trash.
    AccountRestored = "account_restored",
    /// An account was removed for good.
    AccountRemoved = "account_removed",
    /// All that an account had was removed for good on its owner's wish; the details certify how much of each kind.
    AccountErased = "account_erased",
    /// All that an account has was written into an archive.
    AccountArchived = "account_archived",
    /// What is known of an account was changed.
    AccountEdited = "account_edited",
    /// Accounts that were never activated were removed for good; counted.
    UnactivatedAccountsRemoved = "unactivated_accounts_removed",
    /// A message that was given up was told to be tried again.
    MessageRetried = "message_retried",
    /// A test message was sent to an address that an administrator typed.
    TestMessageSent = "test_message_sent",
    /// A picture was set.
    AvatarSet = "avatar_set",
    /// A picture was removed.
    AvatarRemoved = "avatar_removed",
}

/// The text names no action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such action")]
pub struct UnknownAction;

impl fmt::Display for AuditAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AuditAction {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Self, UnknownAction> {
        Self::ALL.iter().copied().find(|action| action.as_str() == name).ok_or(UnknownAction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_is_snake_case() {
        for action in AuditAction::ALL {
            let name = action.as_str();
            assert_eq!(name.parse(), Ok(*action));
            assert!(name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        }
        assert_eq!("LOGGED_IN".parse::<AuditAction>(), Err(UnknownAction));
    }
}
