//! Keys of other systems, which hashes that came from there need.

use std::fmt;

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::store::StoreError;

/// A pepper, a signer key or a salt of a whole other system. `Debug` does not print the value.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportKey {
    /// What stored hashes call it: at most 32 capital letters, digits and underscores.
    pub name: String,
    /// The secret.
    pub value: String,
}

impl fmt::Debug for ImportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The same as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedImportKey {
    /// What stored hashes call it.
    pub name: String,
    /// The secret, encrypted.
    pub sealed: Vec<u8>,
    /// When an import last had it.
    pub kept_at: OffsetDateTime,
}

/// Keeps keys for as long as hashes need them.
#[async_trait]
pub trait ImportKeyRepository: Send {
    /// Keeps a key, in the place of the one of its name.
    async fn keep(&mut self, key: &SealedImportKey) -> Result<(), StoreError>;

    /// Keeps a key unless there is one of its name, and answers the one that is there, whose time becomes that of this
    /// key. Until the unit of work ends, nobody else keeps or holds a key of this name.
    async fn hold(&mut self, key: &SealedImportKey) -> Result<SealedImportKey, StoreError>;

    /// All keys, by name.
    async fn all(&mut self) -> Result<Vec<SealedImportKey>, StoreError>;

    /// Whether the hash of any account may need the key of this name. MUST be true if one does, and may be true if
    /// none does. It looks at all accounts if none does.
    async fn is_needed(&mut self, name: &str) -> Result<bool, StoreError>;

    /// Removes a key that no import had since then. Answers whether there was one.
    async fn remove(&mut self, name: &str, since: OffsetDateTime) -> Result<bool, StoreError>;
}
