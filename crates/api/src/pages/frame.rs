//! How an outcome becomes a page.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Deps;
use vestibule_domain::messages::Language;

use super::answer::conclusion;
use super::outcome::Outcome;
use super::page::Page;
use crate::http::extract::RequestLanguage;

/// An outcome that is to be told, in a language or in that of the browser.
#[derive(Clone, Copy)]
struct Told(Outcome, Option<Language>);

/// The answer that tells how it ended.
pub(super) fn conclude(outcome: Outcome, language: Language) -> HttpResponse {
    told(Told(outcome, Some(language)))
}

/// The same in the language of the browser.
pub(super) fn conclude_in_any(outcome: Outcome) -> HttpResponse {
    told(Told(outcome, None))
}

fn told(told: Told) -> HttpResponse {
    let mut answer = HttpResponse::build(told.0.status()).finish();
    answer.extensions_mut().insert(told);
    answer
}

/// Puts outcomes into words, which need what the request knows: whose pages they are, and the language of the browser.
pub(super) async fn frame(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // Made before, since whoever keeps a request may not have it routed.
    let page = Page::of(request.request(), language_of(request.request()), "");
    match next.call(request).await {
        Ok(answer) => {
            let (request, answer) = answer.into_parts();
            Ok(ServiceResponse::new(request, worded(answer.map_into_boxed_body(), page)))
        }
        Err(error) => {
            let answer = worded(error.error_response(), page);
            Err(InternalError::from_response(error, answer).into())
        }
    }
}

/// The language of the browser.
pub(super) fn language_of(request: &HttpRequest) -> Language {
    let default = request.app_data::<web::Data<Deps>>().map(|deps| deps.default_language);
    RequestLanguage::of(request).or(default.unwrap_or(Language::En))
}

/// The page of an outcome at a request that was routed.
pub(super) fn framed(request: &HttpRequest, told: HttpResponse) -> HttpResponse {
    worded(told, Page::of(request, language_of(request), ""))
}

/// The page of an outcome, or the answer as it is.
fn worded(told: HttpResponse, page: Page) -> HttpResponse {
    let Some(Told(outcome, language)) = told.extensions().get::<Told>().copied() else {
        return told;
    };
    let language = language.unwrap_or(page.language);
    let mut worded = conclusion(told.status(), &outcome.page(Page { language, ..page }));
    // Such as how long to wait after too many attempts.
    for (name, value) in told.headers() {
        if !worded.headers().contains_key(name) {
            worded.headers_mut().append(name.clone(), value.clone());
        }
    }
    worded
}
