//! Files that pages load.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETag, EntityTag, IfNoneMatch};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use bytes::Bytes;

/// A file that concerns nobody, so browsers may keep it for as long as a page takes them, and ask then whether it is
/// still the same.
pub(crate) struct Asset {
    content_type: &'static str,
    bytes: Bytes,
    /// What tells it from that of another release.
    fingerprint: u64,
}

impl Asset {
    /// A text that the binary carries.
    pub(crate) const fn new(content_type: &'static str, text: &'static str) -> Self {
        let fingerprint = fingerprint(text.as_bytes());
        Self { content_type, bytes: Bytes::from_static(text.as_bytes()), fingerprint }
    }

    /// A file of the operator.
    pub(crate) fn of_bytes(content_type: &'static str, bytes: Bytes) -> Self {
        let fingerprint = fingerprint(&bytes);
        Self { content_type, bytes, fingerprint }
    }

    /// The file, or that the browser has it.
    pub(crate) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let tag = EntityTag::new_strong(format!("{:016x}", self.fingerprint));
        let is_known = match request.get_header::<IfNoneMatch>() {
            Some(IfNoneMatch::Any) => true,
            Some(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(&tag)),
            None => false,
        };
        let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, "private, max-age=300"));
        if is_known {
            return answer.finish();
        }
        answer.insert_header((CONTENT_TYPE, self.content_type)).body(self.bytes.clone())
    }
}

/// FNV-1a.
const fn fingerprint(mut bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_have_other_fingerprints() {
        // Of the published test vectors.
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
