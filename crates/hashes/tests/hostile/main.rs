//! Whatever is read, nothing panics, nothing costs more than its limit, and no key is stored.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod costs;
mod passwords;
mod random;
mod refusals;

use serde_json::Map;
use vestibule_hashes::{ImportKeys, Refusal, read};

/// 128 MiB, and a little beside it.
pub(crate) const MOST_MEMORY: u64 = 129 << 20;
/// Three seconds at the reference, for the longest password in all its spellings.
pub(crate) const MOST_NANOSECONDS: u64 = 3_000_000_000;

pub(crate) fn keys() -> ImportKeys {
    let mut keys = ImportKeys::default();
    for name in ["SECRET", "PEPPER", "SECURITY_PASSWORD_SALT", "HMAC_KEY", "SALT_KEY"] {
        assert!(keys.insert(name, "a-key-of-the-other-system"));
    }
    assert!(keys.insert(
        "SIGNER_KEY",
        "pdRXtJscMFS3krS7mwS+2Sd0LIRMugCvTZiz2O02eFmTFIRsG+qyNpz38guW3KpsZC6DFKxo5LYIBu/6RGgfWA=="
    ));
    keys
}

pub(crate) fn refusal(format: &str, text: &str) -> Refusal {
    read(Some(format), text.into(), &Map::new(), &keys()).unwrap_err()
}
