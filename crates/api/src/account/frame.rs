//! What all answers of the account pages have in common.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError as _, web};
use askama::Template;
use vestibule_application::{Code, CodedError};

use super::dialect::{Account, Refusal};
use super::page::Page;
use super::policy::AccountPolicy;
use crate::browser::cookie::Answered;
use crate::browser::frame::{framed, hardened, leading_to};
use crate::browser::origin::is_of_own_page;
use crate::http::{Rejection, codes};

/// The request would write, and is not of a page of ours.
#[derive(Debug, thiserror::Error)]
#[error("the request is of another site's page")]
struct ForeignPage;

impl CodedError for ForeignPage {
    fn code(&self) -> Code {
        codes::FOREIGN_PAGE
    }
}

/// A refusal as a page.
#[derive(Template)]
#[template(path = "account/refusal.html")]
struct RefusalPage<'a> {
    page: &'a Page,
    text: &'static str,
}

/// Keeps out what foreign pages send, puts refusals into words, and adds the cookie and the headers of all pages.
pub(super) async fn frame(
    policy: web::Data<AccountPolicy>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let page = Page::of(request.request(), &policy);
    if !is_of_own_page(&request, Some(&policy.public_origin)) {
        let refused = Rejection::<Account>::from(ForeignPage).error_response();
        return Ok(request.into_response(hardened(worded(refused, &page))));
    }
    let cookie = Answered::to(request.request(), &page.root, policy.cookie());
    framed(cookie, request, next, |answer| worded(answer, &page)).await
}

/// The answer with the words of its refusal, if it is one.
fn worded(mut answer: HttpResponse, page: &Page) -> HttpResponse {
    let refusal = answer.extensions().get::<Refusal>().copied();
    let refusal = match refusal {
        None => return answer,
        Some(Refusal::SignIn) => return leading_to(answer, &page.to("/login")),
        Some(refusal) => refusal,
    };
    let [title, text] = (page.words.refusal)(refusal);
    match (RefusalPage { page: &page.titled(title), text }).render() {
        Ok(html) => {
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            answer.set_body(BoxBody::new(html))
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page was not rendered");
            answer
        }
    }
}
