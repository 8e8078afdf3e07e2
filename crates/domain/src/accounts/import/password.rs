//! The password of an account that moves in.

use super::super::PasswordHash;

/// What is known of the password of an account that moves in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedPassword {
    /// Nothing: nobody can log in to the account until its password is reset.
    Unset,
    /// Its hash, in a notation that the hasher reads.
    Hash(PasswordHash),
}

impl ImportedPassword {
    /// What is stored.
    pub fn into_hash(self) -> PasswordHash {
        match self {
            Self::Unset => PasswordHash::unset(),
            Self::Hash(hash) => hash,
        }
    }

    /// Whether a password came.
    pub fn is_set(&self) -> bool {
        matches!(self, Self::Hash(hash) if hash.is_set())
    }
}
