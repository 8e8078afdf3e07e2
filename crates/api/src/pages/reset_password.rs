//! `/account/reset-password`: the page behind the link of the reset mail.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::{CompletePasswordResetError, CompletePasswordResetInput};
use vestibule_domain::accounts::{EmailAddress, NewPassword, PasswordPolicy};
use vestibule_domain::messages::Language;
use vestibule_domain::secret::SecretToken;

use super::answer::answer;
use super::dialect::refuse;
use super::form::LinkParameters;
use super::frame::conclude;
use super::outcome::Outcome;
use super::page::Page;
use crate::browser::weakness::{known_from_breach, passwords_differ, rules_in_words, words_of};
use crate::http::PublicPath;

/// Where it is.
pub(super) const PATH: &str = "/account/reset-password";

#[derive(Template)]
#[template(path = "reset_password.html")]
struct ResetPage<'a> {
    page: Page,
    /// Where the form goes.
    action: String,
    /// Before the address of the account, if the link has one.
    whose: Option<&'static str>,
    /// What makes a password good.
    rules: Vec<String>,
    password_label: &'static str,
    repeated_label: &'static str,
    button: &'static str,
    surface: &'a str,
    email: &'a str,
    token: &'a str,
    problem: Option<String>,
}

/// The rules for passwords of each surface that is served, by its name.
#[derive(Debug, Clone)]
pub(crate) struct PasswordPolicies(pub(crate) Vec<(&'static str, PasswordPolicy)>);

impl PasswordPolicies {
    /// The rules of the surface at which the reset was asked for. Where that is not known, or the surface is
    /// not served any more, the rules of all that are served: nobody chooses the weaker ones.
    fn of(&self, surface: Option<&str>) -> PasswordPolicy {
        let known = self.0.iter().find(|(name, _)| surface == Some(name)).map(|(_, policy)| *policy);
        known.unwrap_or_else(|| self.0.iter().map(|(_, policy)| *policy).fold(ANY, all_of_both))
    }
}

/// The rules without any but that there is a password.
const ANY: PasswordPolicy = PasswordPolicy {
    min_chars: 1,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

/// What makes a password good by either of two policies. A greatest length does not.
fn all_of_both(one: PasswordPolicy, other: PasswordPolicy) -> PasswordPolicy {
    PasswordPolicy {
        min_chars: one.min_chars.max(other.min_chars),
        max_chars: None,
        uppercase: one.uppercase || other.uppercase,
        lowercase: one.lowercase || other.lowercase,
        digit: one.digit || other.digit,
        special: one.special.or(other.special),
    }
}

pub(super) async fn show(
    request: HttpRequest,
    link: LinkParameters,
    policies: web::Data<PasswordPolicies>,
) -> HttpResponse {
    if !link.is_whole() {
        return conclude(Outcome::LinkNotWhole, link.language());
    }
    // The token tells the surface for certain, but opening a link asks nobody.
    let policy = policies.of(Some(&link.surface));
    answer(StatusCode::OK, &page(&request, &link, policy, None))
}

pub(super) async fn submit(
    request: HttpRequest,
    form: LinkParameters,
    services: web::Data<Services>,
    policies: web::Data<PasswordPolicies>,
) -> HttpResponse {
    let language = form.language();
    let Ok(email) = EmailAddress::parse(&form.email) else {
        return conclude(Outcome::LinkNotGood, language);
    };
    let token = SecretToken::new(form.token.clone());
    let policy = match services.show_password_reset.execute(&token).await {
        Ok(surface) => policies.of(surface.as_deref()),
        Err(error) => return refuse(error, language),
    };
    let again =
        |problem| answer(StatusCode::UNPROCESSABLE_ENTITY, &page(&request, &form, policy, Some(problem)));
    let password = match new_password(&form, policy) {
        Ok(password) => password,
        Err(problem) => return again(problem),
    };
    let input = CompletePasswordResetInput { email: Some(email), token, password, language: Some(language) };
    match services.complete_password_reset.execute(input).await {
        Ok(()) => conclude(Outcome::PasswordChanged, language),
        Err(CompletePasswordResetError::Breached) => again(known_from_breach(language).to_owned()),
        Err(error) => refuse(error, language),
    }
}

fn new_password(form: &LinkParameters, policy: PasswordPolicy) -> Result<NewPassword, String> {
    let language = form.language();
    if form.password != form.repeated {
        return Err(passwords_differ(language).to_owned());
    }
    policy.check(&form.password).map_err(|weakness| words_of(weakness, language))
}

fn page<'a>(
    request: &HttpRequest,
    link: &'a LinkParameters,
    policy: PasswordPolicy,
    problem: Option<String>,
) -> ResetPage<'a> {
    let language = link.language();
    let (title, whose, password_label, repeated_label, button) = match language {
        Language::En => (
            "Choose a new password",
            "For the account of",
            "New password",
            "The same once more",
            "Change password",
        ),
        Language::Fr => (
            "Choisir un nouveau mot de passe",
            "Pour le compte de",
            "Nouveau mot de passe",
            "Le même encore une fois",
            "Modifier le mot de passe",
        ),
    };
    let public = request.app_data::<web::Data<PublicPath>>();
    ResetPage {
        page: Page::of(request, language, title),
        action: public.map_or_else(|| PATH.to_owned(), |public| public.to(PATH)),
        whose: EmailAddress::parse(&link.email).is_ok().then_some(whose),
        rules: rules_in_words(policy, language),
        password_label,
        repeated_label,
        button,
        surface: &link.surface,
        email: &link.email,
        token: &link.token,
        problem,
    }
}
