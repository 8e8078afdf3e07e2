//! `POST /account/come-back`: bringing one's own account back out of the trash.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;

use super::Rejection;
use super::desk::Typed;
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use super::sign_in::{credentials, problem};
use crate::browser::cookie::{self, Change};
use crate::browser::times::Moment;
use crate::http::extract::ClientDevice;

/// It asks for the password once more: nothing of the sign-in before it is kept, in the page or elsewhere.
#[derive(Template)]
#[template(path = "account/come_back.html")]
struct ComeBackPage<'a> {
    page: Page,
    identifier: &'a str,
    /// When the account goes for good, where that is known.
    until: Option<Moment>,
    problem: Option<&'static str>,
}

/// The page that tells an owner how the account comes back.
pub(super) fn offer(page: &Page, identifier: &str, until: Option<Moment>) -> HttpResponse {
    let page = page.titled(page.words.come_back);
    answer(StatusCode::OK, &ComeBackPage { page, identifier, until, problem: None })
}

pub(super) async fn submit(
    request: HttpRequest,
    typed: Typed,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = Page::of(&request, &policy);
    let input = credentials(&typed.0, device.0, &policy);
    match services.restore_own_account.execute(input, Some(page.language)).await {
        Ok(opened) => {
            cookie::change(&request, Change::Set(opened.access_token));
            Ok(page.lead_to_told("", Done::Restored))
        }
        Err(error) => {
            let problem = Some(problem(error, &page)?);
            let (page, identifier) = (page.titled(page.words.come_back), typed.0.text("identifier"));
            let again = ComeBackPage { page, identifier: &identifier, until: None, problem };
            Ok(answer(StatusCode::FORBIDDEN, &again))
        }
    }
}
