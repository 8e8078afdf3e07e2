//! Headers that keep browsers from doing harm (OWASP Secure Headers Project).

use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use futures::FutureExt as _;

/// The policy of answers, which are data: a browser loads, runs and frames nothing. Pages set their own policy.
const DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Adds the headers that the answer has not set itself. Nothing is to be kept by caches unless the
/// answer says so: most answers concern one person.
pub fn security_headers<S, B>(
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<B>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    service.call(request).map(|outcome| super::amend::amend(outcome, add_missing))
}

fn add_missing(headers: &mut HeaderMap) {
    let own: Vec<_> = headers.keys().cloned().collect();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains")),
        (CONTENT_SECURITY_POLICY, DATA),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ] {
        if !own.contains(&name) {
            headers.insert(name, value);
        }
    }
}
