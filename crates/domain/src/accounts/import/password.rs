//! The password of an account that moves in.

use super::super::PasswordHash;

/// What is known of the password of an account that moves in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedPassword {
    /// Nothing: nobody can log in to the account until its password is reset.
    Unset,
    /// Its hash is that of the empty password, which nobody may log in with: as much as nothing.
    Empty,
    /// Its hash, in a notation that the hasher reads.
    Hash(PasswordHash),
    /// The same, but a guess is so cheap that it is not stored. Whoever imports it makes a stronger hash of it before.
    Weak(PasswordHash),
}

impl ImportedPassword {
    /// What is stored. What is weak is not.
    pub fn into_hash(self) -> PasswordHash {
        match self {
            Self::Unset | Self::Empty | Self::Weak(_) => PasswordHash::unset(),
            Self::Hash(hash) => hash,
        }
    }
}
