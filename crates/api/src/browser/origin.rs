//! Whose pages send a request.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HOST, HeaderName, HeaderValue, ORIGIN};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request only reads, or a page of this server sends it. Every browser sends one of the two headers that tell,
/// so a write without either is nobody's. `public_origin` is the address by which browsers come from elsewhere.
pub(crate) fn is_of_own_page(request: &ServiceRequest, public_origin: Option<&str>) -> bool {
    if request.method().is_safe() {
        return true;
    }
    let headers = request.headers();
    let (site, origin) = (headers.get(SEC_FETCH_SITE), headers.get(ORIGIN));
    let is_own_site = site.is_none_or(|site| site == "same-origin");
    let is_own_origin = origin.is_none_or(|origin| is_own(origin, headers.get(HOST), public_origin));
    is_own_site && is_own_origin && (site.is_some() || origin.is_some())
}

/// Whether an origin is that of this server: the host that the request asks for, or the public address, whose host a proxy
/// may have replaced.
fn is_own(origin: &HeaderValue, host: Option<&HeaderValue>, public_origin: Option<&str>) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    let is_public = public_origin.is_some_and(|public| origin.eq_ignore_ascii_case(public));
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let host = host.and_then(|host| host.to_str().ok());
    is_public || authority.zip(host).is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
}

/// Scheme, host and port of an address.
pub(crate) fn origin_of(address: &str) -> String {
    let path = address.match_indices('/').nth(2).map_or(address.len(), |(at, _)| at);
    address.get(..path).unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        for address in ["https://accounts.example.org", "https://accounts.example.org/a/b"] {
            assert_eq!(origin_of(address), "https://accounts.example.org");
        }
        assert_eq!(origin_of("http://[::1]:8000/a"), "http://[::1]:8000");
    }
}
