//! The keys of other systems.

use std::collections::BTreeMap;
use std::fmt;

use crate::coding;

/// Peppers, signer keys and salts of whole installations, by name. `Debug` prints the names alone.
///
/// A name has capital letters, digits and underscores. Stored hashes hold the name of the key that they need, never
/// the key.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ImportKeys(BTreeMap<String, String>);

impl ImportKeys {
    /// Adds a key, or replaces it. `false` if it is empty, or if the name has other characters or more than 32.
    pub fn insert(&mut self, name: &str, value: impl Into<String>) -> bool {
        let value = value.into();
        let is_sound = is_key_name(name) && !value.is_empty();
        if is_sound {
            self.0.insert(name.to_owned(), value);
        }
        is_sound
    }

    /// The names of all keys.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All keys: name and value.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The bytes that a key is the base64 of.
    pub(crate) fn base64(&self, name: &str) -> Option<Vec<u8>> {
        self.get(name).and_then(coding::base64).filter(|key| !key.is_empty())
    }
}

impl fmt::Debug for ImportKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

pub(crate) fn is_key_name(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
}
