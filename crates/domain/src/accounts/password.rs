//! Passwords and their hashes.

use std::fmt;

/// A password in the clear, on its way to the hasher. `Debug` does not print it, nothing stores it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Wraps a password as it was typed. A login takes any text; only a *new* password has to pass a
    /// [`PasswordPolicy`](super::PasswordPolicy).
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The password in the clear, for the hasher.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// A password that passed a [`PasswordPolicy`](super::PasswordPolicy). An account can get no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPassword(Password);

impl NewPassword {
    pub(super) fn accepted(text: &str) -> Self {
        Self(Password::new(text))
    }

    /// The password, for the hasher.
    pub fn as_password(&self) -> &Password {
        &self.0
    }
}

/// A text that no hasher produces.
const UNSET: &str = "!";

/// The hash of a password in the hasher's own notation. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a hash that the hasher made or the store kept.
    pub fn new(hash: impl Into<String>) -> Self {
        Self(hash.into())
    }

    /// The placeholder of an account that has no password, because it was never activated. No password matches it.
    pub fn unset() -> Self {
        Self(UNSET.to_owned())
    }

    /// Whether this is a hash, and not the placeholder.
    pub fn is_set(&self) -> bool {
        self.0 != UNSET
    }

    /// The hash in the hasher's notation, or the placeholder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}
