//! What all answers of such pages have in common.

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderValue, LOCATION, REFERRER_POLICY, SET_COOKIE, VARY,
};
use actix_web::middleware::Next;

use super::cookie::Answered;

/// Nothing but the own stylesheet and pictures, nothing in the page itself, forms to this server alone, in no frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'",
);

/// Addresses of pages hold ids and what is searched for: no other site is told. With `no-referrer`, forms would be sent
/// with `Origin: null`, like those of foreign pages.
const REFERRERS: HeaderValue = HeaderValue::from_static("same-origin");

/// Has a request answered, puts refusals into words by `worded`, and adds the cookie and the headers of all pages.
pub(crate) async fn framed(
    cookie: Answered,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    worded: impl Fn(HttpResponse) -> HttpResponse,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    match next.call(request).await {
        Ok(answer) => {
            let (request, answer) = answer.into_parts();
            let answer = worded(answer.map_into_boxed_body());
            Ok(ServiceResponse::new(request, carrying(hardened(answer), cookie)))
        }
        Err(error) => {
            // Such as that of a request that took too long. What its handler did up to there is done.
            let answer = worded(error.error_response());
            Err(InternalError::from_response(error, carrying(hardened(answer), cookie)).into())
        }
    }
}

/// An answer with the headers of all pages.
pub(crate) fn hardened(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    // Pages with script, and what is shown of a mail, have policies of their own.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    }
    headers.insert(REFERRER_POLICY, REFERRERS);
    headers.insert(VARY, HeaderValue::from_static("accept-language, cookie"));
    answer
}

/// An answer that leads to another place.
pub(crate) fn leading_to(mut answer: HttpResponse, place: &str) -> HttpResponse {
    if let Ok(place) = HeaderValue::from_str(place) {
        answer.headers_mut().insert(LOCATION, place);
    }
    answer
}

fn carrying(mut answer: HttpResponse, cookie: Answered) -> HttpResponse {
    if let Some(cookie) = cookie.header() {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    answer
}
