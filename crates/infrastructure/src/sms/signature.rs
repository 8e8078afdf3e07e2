//! The signature by which a gateway knows that a call is ours, and when it was made.

use std::fmt::Write as _;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

/// `v1=` and the HMAC-SHA256, in hexadecimal, of the time in seconds since 1970, a dot and the body.
///
/// A receiver computes the same, compares in constant time, and refuses a time that is minutes away from its own
/// clock. So nobody can repeat an old call.
pub fn signature(secret: &[u8], timestamp: i64, body: &[u8]) -> String {
    let signed = [timestamp.to_string().as_bytes(), b".", body].concat();
    let tag = sign(&Key::new(HMAC_SHA256, secret), &signed);
    tag.as_ref().iter().fold("v1=".to_owned(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_openssl() {
        // printf '1767323045.{}' | openssl dgst -sha256 -hmac secret
        let expected = "v1=4a10b40c9c842e332be9ba9d790f8f8df44002dca45fd184d766fa8db55ef209";
        assert_eq!(signature(b"secret", 1_767_323_045, b"{}"), expected);
    }
}
