//! What people are told.

use serde::{Deserialize, Serialize};

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
    /// Nothing at all. Queued for an address that has no account, so that asking for it costs the
    /// same as for one that has; never sent.
    Nobody,
}

impl Notice {
    /// A name for logs: what kind it is, never for whom.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ActivateAccount { .. } => "activate_account",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::Nobody => "nobody",
        }
    }
}

impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Notice").field(&self.name()).finish()
    }
}
