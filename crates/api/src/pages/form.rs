//! What a mailed link, and the form behind it, carry.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue};
use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;
use vestibule_domain::messages::Language;

use super::outcome::Outcome;

/// The parameters of a mailed link, which the form sends back.
#[derive(Deserialize, Default)]
pub(super) struct LinkParameters {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub token: String,
    #[serde(default)]
    pub lang: String,
    /// The surface at which a reset was asked for.
    #[serde(default)]
    pub surface: String,
    /// The new password, from the form alone.
    #[serde(default)]
    pub password: String,
    /// The new password once more.
    #[serde(default)]
    pub repeated: String,
}

impl LinkParameters {
    pub(super) fn language(&self) -> Language {
        Language::from_tag(&self.lang).unwrap_or(Language::En)
    }
}

/// Forms post to this server only; nothing is loaded.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// A page as the answer.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status)
            .content_type(ContentType::html())
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .body(html),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page was not rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The page that tells how it ended.
pub(super) fn conclude(outcome: Outcome, language: Language) -> HttpResponse {
    answer(outcome.status(), &outcome.page(language))
}
