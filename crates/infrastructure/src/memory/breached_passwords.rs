//! Breached passwords that are given.

use std::collections::HashSet;

use async_trait::async_trait;
use vestibule_domain::accounts::Password;
use vestibule_domain::ports::{BreachedPasswords, BreachedPasswordsError};

/// Knows the passwords that it is made of, and no other.
#[derive(Debug, Clone, Default)]
pub struct MemoryBreachedPasswords(HashSet<String>);

impl MemoryBreachedPasswords {
    /// Knows these passwords.
    pub fn of<'a>(passwords: impl IntoIterator<Item = &'a str>) -> Self {
        Self(passwords.into_iter().map(str::to_owned).collect())
    }
}

#[async_trait]
impl BreachedPasswords for MemoryBreachedPasswords {
    async fn knows(&self, password: &Password) -> Result<bool, BreachedPasswordsError> {
        Ok(self.0.contains(password.reveal()))
    }
}
