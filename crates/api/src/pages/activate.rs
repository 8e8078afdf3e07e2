//! `/account/activate`: the page behind the link of the activation mail.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::ActivateAccountInput;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::Language;
use vestibule_domain::secret::SecretToken;

use super::answer::answer;
use super::dialect::refuse;
use super::form::LinkParameters;
use super::frame::conclude;
use super::outcome::Outcome;
use super::page::Page;
use crate::http::PublicPath;

/// Where it is.
pub(super) const PATH: &str = "/account/activate";

#[derive(Template)]
#[template(path = "activate.html")]
struct ActivationPage<'a> {
    page: Page,
    /// Where the form goes.
    action: String,
    text: &'static str,
    button: &'static str,
    email: &'a str,
    token: &'a str,
}

pub(super) async fn show(
    request: HttpRequest,
    link: LinkParameters,
    public: web::Data<PublicPath>,
) -> HttpResponse {
    let language = link.language();
    if !link.is_whole() {
        return conclude(Outcome::LinkNotWhole, language);
    }
    let (title, text, button) = match language {
        Language::En => ("Activate your account", "One click, and you can log in as", "Activate"),
        Language::Fr => ("Activer votre compte", "Un clic, et vous pourrez vous connecter :", "Activer"),
    };
    let (page, action) = (Page::of(&request, language, title), public.to(PATH));
    let shown = ActivationPage { page, action, text, button, email: &link.email, token: &link.token };
    answer(StatusCode::OK, &shown)
}

pub(super) async fn submit(form: LinkParameters, services: web::Data<Services>) -> HttpResponse {
    let language = form.language();
    let Ok(email) = EmailAddress::parse(&form.email) else {
        return conclude(Outcome::LinkNotGood, language);
    };
    let token = SecretToken::new(form.token);
    match services.activate_account.execute(ActivateAccountInput { email, token }).await {
        Ok(()) => conclude(Outcome::Activated, language),
        Err(error) => refuse(error, language),
    }
}
