//! Pages as answers.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue, REFERRER_POLICY};
use askama::Template;
use vestibule_domain::messages::Language;

use super::outcome::Outcome;
use crate::http::{Dialect as _, FrameworkProblem, Plain, Problem};

/// Forms post to this server only; nothing is loaded.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// No address of a page, which holds a token, goes anywhere. With `no-referrer`, forms would be sent
/// with `Origin: null`, like those of foreign pages.
const REFERRERS: HeaderValue = HeaderValue::from_static("strict-origin");

/// A page as the answer.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status)
            .content_type(ContentType::html())
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((REFERRER_POLICY, REFERRERS))
            .body(html),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page was not rendered");
            Plain::render(&Problem::Framework(FrameworkProblem::Panicked))
        }
    }
}

/// The page that tells how it ended.
pub(super) fn conclude(outcome: Outcome, language: Language) -> HttpResponse {
    answer(outcome.status(), &outcome.page(language))
}
