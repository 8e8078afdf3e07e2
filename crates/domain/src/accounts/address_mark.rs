//! Telling addresses apart without naming them.

use uuid::Uuid;

use super::EmailAddress;
use crate::secret::SecretDigest;

/// A short digest of an address. It stands where an address has to be compared and must not be read: in a cache, in the
/// token of a mailed link. Whoever holds one can still test an address that he guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressMark(pub Uuid);

impl AddressMark {
    /// The mark of this address: the halves of its SHA-256, combined by exclusive or.
    pub fn of(address: &EmailAddress) -> Self {
        let [first, second] = SecretDigest::of(address.as_str()).halves();
        Self(Uuid::from_u128(first ^ second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_addresses_have_equal_marks_and_others_have_others() {
        let mark = |text: &str| AddressMark::of(&EmailAddress::parse(text).unwrap());
        assert_eq!(mark("ada@example.com"), mark("Ada@example.com"));
        assert_ne!(mark("ada@example.com"), mark("adb@example.com"));
    }
}
