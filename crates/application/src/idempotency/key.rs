//! A key as it was sent.

use vestibule_domain::secret::SecretDigest;

/// An idempotency key (header `Idempotency-Key`), and what was asked for under it.
#[derive(Debug, Clone, Copy)]
pub struct IdempotencyKey {
    pub(crate) scope: &'static str,
    pub(crate) key: SecretDigest,
    pub(crate) request: SecretDigest,
}

impl IdempotencyKey {
    /// A key that was sent to `scope`, a method and a path of at most 64 characters, with these fields: names and
    /// values as they were read, whatever their encoding was, without the token.
    pub fn new(scope: &'static str, key: &str, fields: &[(&str, &str)]) -> Self {
        let mut request = String::new();
        for part in fields.iter().flat_map(|(name, value)| [name, value]) {
            // With its length, so that no part goes on in the next one.
            request.push_str(&part.len().to_string());
            request.push(':');
            request.push_str(part);
        }
        Self { scope, key: SecretDigest::of(key), request: SecretDigest::of(&request) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_differ_are_other_requests() {
        let request = |fields: &[(&str, &str)]| IdempotencyKey::new("PUT /x", "key", fields).request;
        assert_eq!(request(&[("a", "1")]), request(&[("a", "1")]));
        for other in [&[("a", "2")][..], &[("b", "1")], &[], &[("a", "1"), ("", "")], &[("a1", "")]] {
            assert_ne!(request(&[("a", "1")]), request(other), "{other:?}");
        }
    }
}
