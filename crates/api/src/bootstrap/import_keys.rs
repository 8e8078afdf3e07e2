//! The keys of the system that accounts are imported from.

use vestibule_infrastructure::crypto::ImportKeys;

/// The beginning of the variables; the key's name stands behind it.
pub(crate) const PREFIX: &str = "VESTIBULE_IMPORT__";

/// The keys that environment variables hold: `VESTIBULE_IMPORT__PEPPER` is the key `PEPPER`.
pub(crate) fn from_variables() -> ImportKeys {
    let mut keys = ImportKeys::default();
    for (name, value) in std::env::vars_os() {
        let key = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let Some(key) = key else { continue };
        if !value.to_str().is_some_and(|value| keys.insert(key, value)) {
            tracing::warn!(
                variable = name.to_str(),
                "an import key is not read: it is a text that is not empty, and its name has at most 32 capital \
                 letters, digits and underscores"
            );
        }
    }
    keys
}
