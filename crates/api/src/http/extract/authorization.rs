//! The header `Authorization`.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;

/// The scheme and the credentials of a request (RFC 9110 section 11.6.2), parted at the first blank as `FastAPI` does.
/// Either may be empty.
pub fn authorization(request: &HttpRequest) -> (&str, &str) {
    let header =
        request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split_once(' ').unwrap_or((header, ""))
}

/// The token of `Bearer <token>` (RFC 6750 section 2.1), the scheme in any letter case. It may be empty.
pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = authorization(request);
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
