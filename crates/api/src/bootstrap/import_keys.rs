//! The keys of systems that accounts were imported from.

use vestibule_infrastructure::crypto::ImportKeys;

/// The beginning of the variables; the key's name stands behind it.
const PREFIX: &str = "VESTIBULE_IMPORT__";

/// The keys that environment variables hold: `VESTIBULE_IMPORT__PEPPER` is the key `PEPPER`.
pub(crate) fn from_variables() -> ImportKeys {
    let mut keys = ImportKeys::default();
    for (name, value) in std::env::vars_os() {
        let key = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if let (Some(key), Some(value)) = (key, value.to_str())
            && !keys.insert(key, value)
        {
            tracing::warn!(
                variable = key,
                "an import key has capital letters, digits and underscores; it is not read"
            );
        }
    }
    keys
}
