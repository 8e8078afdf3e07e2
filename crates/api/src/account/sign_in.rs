//! `/account/login`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::sessions::{Device, Entered, LogInError, LogInInput};
use vestibule_domain::accounts::Password;

use super::Rejection;
use super::come_back;
use super::desk::{Desk, Typed};
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use crate::browser::cookie::{self, Change};
use crate::browser::identifier::identifier;
use crate::browser::values::Values;
use crate::http::extract::ClientDevice;

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage<'a> {
    page: Page,
    /// What was typed into the form that was refused.
    identifier: &'a str,
    problem: Option<&'static str>,
    done: Option<&'static str>,
    /// How long an account that has just been deleted can come back.
    days_left: Option<String>,
    /// Whether somebody who forgot the password can ask for another one.
    mails_resets: bool,
}

pub(super) async fn show(
    request: HttpRequest,
    desk: Option<Desk>,
    typed: Typed,
    policy: web::Data<AccountPolicy>,
) -> HttpResponse {
    let page = Page::of(&request, &policy);
    if desk.is_some() {
        return page.lead_to("");
    }
    let done = Done::of(typed.0.as_typed("done"));
    let days_left = policy.trash.filter(|_| done == Some(Done::Deleted)).map(whole_days);
    let days_left = days_left.map(page.words.days_left);
    let done = done.map(page.words.done);
    let page = page.titled(page.words.sign_in);
    let mails_resets = !policy.resets.is_empty();
    answer(StatusCode::OK, &SignInPage { page, identifier: "", problem: None, done, days_left, mails_resets })
}

pub(super) async fn submit(
    request: HttpRequest,
    typed: Typed,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = Page::of(&request, &policy);
    let name = typed.0.text("identifier");
    let input = credentials(&typed.0, device.0, &policy);
    let problem = match services.enter_account.execute(input).await {
        Ok(Entered::LoggedIn(opened)) => {
            cookie::change(&request, Change::Set(opened.access_token));
            return Ok(page.lead_to(""));
        }
        Ok(Entered::InTrash { since }) => {
            return Ok(come_back::offer(&page, &name, policy.end_of_trash(since)));
        }
        Err(error) => problem(error, &page)?,
    };
    let page = page.titled(page.words.sign_in);
    let again = SignInPage {
        page,
        identifier: &name,
        problem: Some(problem),
        done: None,
        days_left: None,
        mails_resets: !policy.resets.is_empty(),
    };
    Ok(answer(StatusCode::FORBIDDEN, &again))
}

/// What a form says that signs somebody in.
pub(super) fn credentials(values: &Values, device: Device, policy: &AccountPolicy) -> LogInInput {
    let password = Password::new(values.as_typed("password"));
    let identifier = identifier(&values.text("identifier"));
    LogInInput { identifier, password, device, policy: policy.session }
}

/// Why nobody is signed in, in words that stand beside the form.
pub(super) fn problem(error: LogInError, page: &Page) -> Result<&'static str, Rejection> {
    match error {
        LogInError::WrongCredentials(_) => Ok(page.words.wrong_credentials),
        LogInError::NotActive { .. } => Ok(page.words.not_active),
        error => Err(error.into()),
    }
}

/// So many days, the last one perhaps in part.
fn whole_days(time: std::time::Duration) -> u64 {
    time.as_secs().div_ceil(24 * 60 * 60)
}
