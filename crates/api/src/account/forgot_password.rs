//! `/account/forgot-password`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::RequestPasswordResetInput;
use vestibule_domain::accounts::EmailAddress;

use super::Rejection;
use super::desk::Typed;
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use crate::http::FrameworkProblem;

/// Where it is, below the account pages.
const PART: &str = "/forgot-password";

#[derive(Template)]
#[template(path = "account/forgot_password.html")]
struct ForgotPasswordPage<'a> {
    page: Page,
    /// What was typed into the form that was refused.
    email: &'a str,
    problem: Option<&'static str>,
    done: Option<&'static str>,
}

pub(super) async fn show(
    request: HttpRequest,
    typed: Typed,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    policy.resets.first().ok_or(FrameworkProblem::RouteNotFound)?;
    let page = Page::of(&request, &policy);
    let done = Done::of(typed.0.as_typed("done")).map(page.words.done);
    let page = page.titled(page.words.forgot_password);
    Ok(answer(StatusCode::OK, &ForgotPasswordPage { page, email: "", problem: None, done }))
}

/// The answer is the same whether the address has an account or not.
pub(super) async fn submit(
    request: HttpRequest,
    typed: Typed,
    services: web::Data<Services>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let first = policy.resets.first().copied().ok_or(FrameworkProblem::RouteNotFound)?;
    let page = Page::of(&request, &policy);
    let text = typed.0.text("email");
    let Ok(email) = EmailAddress::parse(&text) else {
        let problem = Some(page.words.not_an_address);
        let page = page.titled(page.words.forgot_password);
        let again = ForgotPasswordPage { page, email: &text, problem, done: None };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &again));
    };
    let input = RequestPasswordResetInput { email, language: Some(page.language), policy: first };
    services.request_password_reset.execute_by_origin(input, &policy.resets).await?;
    Ok(page.lead_to_told(PART, Done::ResetRequested))
}
