//! Notices: the content of messages, before they are put into words.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Channel, RequestOrigin};

/// Something that a person is told. The outbox keeps the notice sealed, because notices carry secrets. The words are
/// chosen when the message is sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Notice {
    /// Tells how to activate the account.
    ActivateAccount {
        email: String,
        token: String,
        /// How long the token is accepted, in minutes.
        valid_minutes: u32,
        /// When and from where the registration came. `None` in notices from releases that did not store it.
        #[serde(default)]
        origin: Option<RequestOrigin>,
    },
    /// Tells how to confirm the address of an account: by opening a link, which works until it expires.
    ConfirmEmail {
        email: String,
        /// The recipient's display name, if it is known.
        name: Option<String>,
        #[expect(missing_docs, reason = "the names say it")]
        token: String,
        /// How long the link works, in minutes.
        valid_minutes: u32,
        /// When and from where the registration came. `None` in notices from releases that did not store it.
        #[serde(default)]
        origin: Option<RequestOrigin>,
    },
    /// Tells how to set a new password.
    ResetPassword {
        email: String,
        token: String,
        /// How long the token is accepted, in minutes.
        valid_minutes: u32,
        /// The surface at which the reset was asked for. Its password policy applies to the new password.
        surface: String,
    },
    /// Tells the owner that the password was changed.
    PasswordChanged { email: String },
    /// Tells the owner that the account was moved into the trash at the account pages, and how it comes back.
    AccountDeleted {
        email: String,
        /// When the account goes for good, in UTC and whole seconds. `None` where it is kept for ever.
        #[serde(with = "time::serde::timestamp::option")]
        until: Option<OffsetDateTime>,
        /// Whether the owner brings it back by signing in at the account pages. Otherwise an administrator does.
        owner_may_restore: bool,
    },
    /// Tells the owner that the account was brought back at the account pages.
    AccountRestored { email: String },
    /// A code that proves that an address or a number belongs to its reader.
    VerificationCode {
        to: Recipient,
        code: String,
        /// How long the code is accepted, in minutes.
        valid_minutes: u32,
    },
    /// Says that mail arrives. An administrator has it sent.
    Test { email: String },
    /// Nothing, and it is never sent. It is queued for an address without an account, so that a request for such an
    /// address does the same work as for an address with an account.
    Nobody,
}

/// The recipient of a code.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// An address, by mail.
    Email(String),
    /// A mobile number as [`MobileNumber`](crate::accounts::MobileNumber) writes it, by SMS.
    Mobile(String),
}

impl Notice {
    /// The channel by which the notice is sent.
    pub fn channel(&self) -> Channel {
        match self {
            Self::VerificationCode { to: Recipient::Mobile(_), .. } => Channel::Sms,
            _ => Channel::Mail,
        }
    }

    /// The address or number to which the notice goes. `None` if it goes to nobody.
    pub fn recipient(&self) -> Option<&str> {
        match self {
            Self::ActivateAccount { email, .. }
            | Self::ConfirmEmail { email, .. }
            | Self::ResetPassword { email, .. }
            | Self::PasswordChanged { email }
            | Self::AccountDeleted { email, .. }
            | Self::AccountRestored { email }
            | Self::Test { email } => Some(email),
            Self::VerificationCode { to: Recipient::Email(to) | Recipient::Mobile(to), .. } => Some(to),
            Self::Nobody => None,
        }
    }

    /// The kind of notice, for logs. It never names the recipient.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ActivateAccount { .. } => "activate_account",
            Self::ConfirmEmail { .. } => "confirm_email",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::AccountDeleted { .. } => "account_deleted",
            Self::AccountRestored { .. } => "account_restored",
            Self::VerificationCode { .. } => "verification_code",
            Self::Test { .. } => "test",
            Self::Nobody => "nobody",
        }
    }
}

impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Notice").field(&self.name()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_to(to: Recipient) -> Notice {
        Notice::VerificationCode { to, code: "123456".to_owned(), valid_minutes: 10 }
    }

    #[test]
    fn a_code_leaves_by_the_channel_of_its_recipient() {
        assert_eq!(code_to(Recipient::Mobile("+33612345678".to_owned())).channel(), Channel::Sms);
        assert_eq!(code_to(Recipient::Email("ada@example.com".to_owned())).channel(), Channel::Mail);
    }
}
