//! Pages as answers.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY};
use askama::Template;

use crate::browser;
use crate::http::Plain;

/// Forms post to this server only; nothing is loaded but the stylesheet and the logo.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// No address of a page, which holds a token, goes anywhere. With `no-referrer`, forms would be sent
/// with `Origin: null`, like those of foreign pages.
const REFERRERS: HeaderValue = HeaderValue::from_static("strict-origin");

/// A page as the answer.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    let mut answer = browser::answer::answer::<Plain>(status, page);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
    answer.headers_mut().insert(REFERRER_POLICY, REFERRERS);
    answer
}

/// A page that ends a way. It has no form, so its address need not go even to this server.
pub(super) fn conclusion(status: StatusCode, page: &impl Template) -> HttpResponse {
    let mut answer = answer(status, page);
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}
