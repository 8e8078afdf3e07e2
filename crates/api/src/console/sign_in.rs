//! `/console/login`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::Steward;
use vestibule_application::sessions::{LogInError, LogInInput};
use vestibule_domain::accounts::Password;

use super::Rejection;
use super::cookie::{self, Change};
use super::desk::Desk;
use super::done::Done;
use super::page::{Page, answer};
use super::policy::ConsolePolicy;
use super::values::Values;
use crate::browser::identifier::identifier;
use crate::http::extract::ClientDevice;

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage<'a> {
    page: Page,
    /// What was typed into the form that was refused.
    identifier: &'a str,
    problem: Option<&'static str>,
    done: Option<&'static str>,
}

pub(super) async fn show(
    request: HttpRequest,
    desk: Option<Desk>,
    values: Values,
    policy: web::Data<ConsolePolicy>,
) -> HttpResponse {
    let page = Page::of(&request, &policy);
    if desk.is_some() {
        return page.lead_to("");
    }
    let done = Done::of(values.as_typed("done")).map(page.words.done);
    let page = page.titled(page.words.sign_in);
    answer(StatusCode::OK, &SignInPage { page, identifier: "", problem: None, done })
}

pub(super) async fn submit(
    request: HttpRequest,
    values: Values,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = Page::of(&request, &policy);
    let typed = values.text("identifier");
    let password = Password::new(values.as_typed("password"));
    let device = device.0;
    let input = LogInInput { identifier: identifier(&typed), password, device, policy: policy.session };
    let problem = match services.log_in.execute_for(Steward::LEAST, input).await {
        Ok(opened) => {
            cookie::change(&request, Change::Set(opened.access_token));
            return Ok(page.lead_to(""));
        }
        Err(LogInError::WrongCredentials(_)) => page.words.wrong_credentials,
        Err(LogInError::NotActive { .. }) => page.words.not_active,
        Err(LogInError::RoleTooLow) => page.words.may_not_use,
        Err(error) => return Err(error.into()),
    };
    let page = page.titled(page.words.sign_in);
    let again = SignInPage { page, identifier: &typed, problem: Some(problem), done: None };
    Ok(answer(StatusCode::FORBIDDEN, &again))
}
