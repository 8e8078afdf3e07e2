//! Passwords and their hashes.

use std::fmt;

/// A password in the clear, on its way to the hasher. `Debug` does not print it, nothing stores it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes a password as it was typed. Whether it is good enough for a *new* password is the
    /// business of [`PasswordPolicy`](super::PasswordPolicy); a login takes any text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The password itself, for the hasher.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// A password that a [`PasswordPolicy`](super::PasswordPolicy) accepted: the only kind that can become
/// the password of an account.
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

/// No hasher's notation begins like this.
const UNSET: &str = "!";

/// The hash of a password in the hasher's own notation. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes over a hash that the hasher made or the store kept.
    pub fn new(hash: impl Into<String>) -> Self {
        Self(hash.into())
    }

    /// What stands in the place of a hash where there is no password yet: an account has none before it is
    /// activated. No password matches it.
    pub fn unset() -> Self {
        Self(UNSET.to_owned())
    }

    /// Whether there is a password.
    pub fn is_set(&self) -> bool {
        self.0 != UNSET
    }

    /// The notation, for the hasher and the store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}
