//! Headers that keep browsers from doing harm (OWASP Secure Headers Project).

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;

/// The policy of answers, which are data: a browser loads, runs and frames nothing. Pages set their own policy.
const DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Adds the headers that the answer has not set itself. Nothing is to be kept by caches unless the
/// answer says so: most answers concern one person.
pub async fn security_headers<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    super::amend::amend(next.call(request).await, |headers| {
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
    })
}
