//! Origins, as settings name them.

use url::Url;

/// An origin (RFC 6454 §6.2) in the form in which browsers send it. Not `*`.
///
/// # Errors
/// A sentence that says what the text must be.
pub fn parse_origin(text: &str) -> Result<String, String> {
    const ALLOWED: &str =
        "must be an origin: http or https, a host and perhaps a port, such as \"http://localhost:3000\"";
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(|url| url.origin().ascii_serialization())
        .filter(|origin| text.trim_end_matches('/').eq_ignore_ascii_case(origin))
        .ok_or_else(|| ALLOWED.to_owned())
}
