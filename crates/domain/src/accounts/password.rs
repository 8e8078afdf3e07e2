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

/// The hash of a password in the hasher's own notation. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes over a hash that the hasher made or the store kept.
    pub fn new(hash: impl Into<String>) -> Self {
        Self(hash.into())
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
