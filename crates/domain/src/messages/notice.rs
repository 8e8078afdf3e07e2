//! What people are told.

use serde::{Deserialize, Serialize};

use super::{Channel, RequestOrigin};

/// Something to tell a person. It is what the outbox keeps, sealed, since it carries secrets; the
/// words are found when it is sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// How to activate the account.
    ActivateAccount {
        /// Recipient.
        email: String,
        /// The activation token.
        token: String,
        /// How long the token is good, in minutes.
        valid_minutes: u32,
        /// When and from where the registration came that it activates. Notices from before it was told have
        /// none.
        #[serde(default)]
        origin: Option<RequestOrigin>,
    },
    /// How to confirm the address of an account, by opening a link that works until it expires.
    ConfirmEmail {
        /// Recipient.
        email: String,
        /// What the recipient is called, if that is known.
        name: Option<String>,
        /// The token in the link.
        token: String,
        /// How long the link is good, in minutes.
        valid_minutes: u32,
        /// When and from where the registration came that it confirms, likewise.
        #[serde(default)]
        origin: Option<RequestOrigin>,
    },
    /// How to set a new password.
    ResetPassword {
        /// Recipient.
        email: String,
        /// The reset token.
        token: String,
        /// How long the token is good, in minutes.
        valid_minutes: u32,
        /// The surface at which the reset was asked for: its password policy will apply.
        surface: String,
    },
    /// The password was changed: the owner should hear of it.
    PasswordChanged {
        /// Recipient.
        email: String,
    },
    /// A code that proves that an address or a number is theirs.
    VerificationCode {
        /// Recipient.
        to: Recipient,
        /// The code.
        code: String,
        /// How long the code is good, in minutes.
        valid_minutes: u32,
    },
    /// Nothing at all. Queued for an address that has no account, so that asking for it costs the
    /// same as for one that has; never sent.
    Nobody,
}

/// Where a code goes.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// To an address, by mail.
    Email(String),
    /// To a mobile number as [`MobileNumber`](crate::accounts::MobileNumber) writes it, by SMS.
    Mobile(String),
}

impl Notice {
    /// How it leaves.
    pub fn channel(&self) -> Channel {
        match self {
            Self::VerificationCode { to: Recipient::Mobile(_), .. } => Channel::Sms,
            _ => Channel::Mail,
        }
    }

    /// A name for logs: what kind it is, never for whom.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ActivateAccount { .. } => "activate_account",
            Self::ConfirmEmail { .. } => "confirm_email",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::VerificationCode { .. } => "verification_code",
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
