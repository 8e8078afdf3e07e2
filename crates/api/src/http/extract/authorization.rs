//! The header `Authorization`.

use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderValue};

/// The scheme and the credentials of a request (RFC 9110 section 11.6.2), parted at the first blank as `FastAPI` does.
/// Either may be empty.
pub fn authorization(request: &HttpRequest) -> (&str, &str) {
    let header = request.headers().get(AUTHORIZATION).and_then(text).unwrap_or_default();
    header.split_once(' ').unwrap_or((header, ""))
}

/// The token of `Bearer <token>` (RFC 6750 section 2.1), the scheme in any letter case. It may be empty.
pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = authorization(request);
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// What `HeaderValue::to_str` answers. A token is long, and this looks at several of its bytes at a time.
fn text(value: &HeaderValue) -> Option<&str> {
    let is_visible = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let is_text = value.as_bytes().iter().fold(true, |is_text, byte| is_text & is_visible(byte));
    is_text.then(|| std::str::from_utf8(value.as_bytes()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_text_exactly_if_http_says_so() {
        for byte in 0..=u8::MAX {
            let Ok(value) = HeaderValue::from_bytes(&[b'a', byte, b'z']) else { continue };
            assert_eq!(text(&value), value.to_str().ok(), "{byte}");
        }
    }
}
